"""The room policy."""
