"""Wrong topology files and the exact words they are answered with."""
