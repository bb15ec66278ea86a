"""The room simulate."""
