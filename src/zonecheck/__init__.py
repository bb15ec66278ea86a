"""zonecheck: proves whether a network keeps its zones apart, or shows the packet that does not."""

__version__ = "0.1.0"
