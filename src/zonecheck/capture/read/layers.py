"""The plain decoder: what a frame says, octet by octet. The fast one must say the same."""

from typing import Final

from zonecheck.capture.read import ip_headers, link_headers, transport_headers, tunnel_headers
from zonecheck.capture.read.layer import Decoded
from zonecheck.capture.read.walk import Parser, Step, Walk
from zonecheck.capture.read.weird import NESTED_TOO_DEEP

DEEPEST: Final = 8
"""So many layers of one packet are followed, tunnel in tunnel."""

LINK_TYPES: Final = {
    0: "null",
    1: "ethernet",
    12: "raw",
    14: "raw",
    101: "raw",
    108: "null",
    113: "cooked",
    228: "ipv4",
    229: "ipv6",
    276: "cooked-2",
}
"""The first parser by the link type of the interface."""

_PARSERS: Final[dict[str, Parser]] = {
    **link_headers.PARSERS,
    **ip_headers.PARSERS,
    **transport_headers.PARSERS,
    **tunnel_headers.PARSERS,
}


def decode(
    frame: bytes, link_type: int, original: int, fcs: int = 0, interface: int = 0
) -> Decoded:
    """Return every layer of one frame, outermost first; any octets give an answer.

    Args:
        frame: what was captured of it.
        link_type: of the interface, one of `LINK_TYPES`.
        original: octets of the frame on the wire.
        fcs: octets of frame check sequence among them, at the end.
        interface: what the layers name as their interface.

    Raises:
        KeyError: the link type is not supported.
    """
    end = max(0, max(original, len(frame)) - fcs)
    walk = Walk(frame, min(len(frame), end), interface)
    step: Step | None = Step(LINK_TYPES[link_type], 0, end)
    while step is not None:
        if len(walk.layers) == DEEPEST:
            walk.draft.undecided = "link"
            walk.weird.append(NESTED_TOO_DEEP)
            break
        step = _PARSERS[step.parser](walk, step.at, step.end, step.value)
    walk.close()
    return Decoded(tuple(walk.layers), tuple(walk.weird), tuple(walk.shares))
