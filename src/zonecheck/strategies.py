"""Public hypothesis strategies."""
