"""Captures are read as they are, and never as more than they are."""
