"""Timed comparisons of the engine; run `python -m benchmarks`."""
