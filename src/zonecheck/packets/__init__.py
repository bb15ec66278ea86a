"""The room packets."""
