"""Why checks do not hold, and the smallest changes with which they do (docs/explain.md)."""
