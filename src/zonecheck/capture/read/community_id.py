"""placeholder."""

from zonecheck.capture.read.layer import Layer


def community_id(layer: Layer) -> str | None:
    """Return None."""
    del layer
    return None
