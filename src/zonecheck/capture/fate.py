"""What the design does with a packet that should not be where it was seen."""

from typing import Final

from zonecheck.capture.address_book import Holders
from zonecheck.capture.expected import Passage
from zonecheck.capture.frames import FrameRules
from zonecheck.capture.judgement import Blocked
from zonecheck.capture.read import Layer
from zonecheck.capture.seen_headers import header_of
from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.replay import packet_of, replay
from zonecheck.policy.verdict import PacketPath
from zonecheck.prove import find_witness
from zonecheck.simulate import Drop

_DENIED: Final = "drop.denied"
_NO_SESSION: Final = "drop.no-session"


_MOST: Final = 2_000
"""Packets the simulator is asked about: of a scan, more tell nobody more."""


class Fate:
    """Asks the simulator, packet by packet, until it was asked often enough."""

    def __init__(self, analysis: Analysis, frames: FrameRules) -> None:
        self._analysis = analysis
        self._frames = frames
        self._asked = 0

    def path(self, passage: Passage) -> PacketPath | None:
        """Return how the design delivers a packet, replayed in the simulator."""
        self._asked += 1
        if self._asked > _MOST:
            return None
        plane = self._analysis.plane
        witness = find_witness(plane, passage.origin, passage.destination, passage.sent)
        return None if witness is None else replay(self._analysis, witness)

    def blocked(
        self, layer: Layer, sources: Holders, destinations: Holders, *, undeclared: bool
    ) -> Blocked | None:
        """Return where the design drops a packet that its source's holder sends.

        Of what several routers of the wire would do, that of the one the frame goes to counts.
        What becomes of a later packet of a session depends on sessions, which nobody replays here:
        of what is `undeclared` between zones it is said which filter asks for one.
        """
        header = header_of(layer)
        self._asked += 1
        if header is None or not sources or self._asked > _MOST:
            return None
        point = min(sources, key=lambda p: (p.kind is not AttachmentKind.HOST, p.order))
        trace = self._analysis.simulator.send(packet_of(header), point)
        if not trace.drops or any(delivery.at in destinations for delivery in trace.deliveries):
            return None
        addressed = self._frames.receivers(layer)

        def telling(drop: Drop) -> tuple[bool, bool, int]:
            meant = bool(drop.hops) and drop.hops[0].node in addressed
            return meant, drop.reason.code == _DENIED, len(drop.hops)

        drop = max(trace.drops, key=telling)
        reason = drop.reason
        if layer.flag == "established" and reason.code == _NO_SESSION:
            if not undeclared:
                return None
            reason = Message.of("capture.needs-session", filter=reason.named["filter"])
        node = drop.hops[-1].node if drop.hops else point.node
        way = dict.fromkeys((point.node, *(hop.node for hop in drop.hops), node))
        return Blocked(node, reason, drop.source, tuple(way))
