"""Captures read: containers to chunks of packets, packets to layers and flows."""
