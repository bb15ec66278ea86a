"""The room dataplane."""
