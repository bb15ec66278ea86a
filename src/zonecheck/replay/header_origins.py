"""Who may have sent a packet that only its header is known of: who has its source address."""

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.external import Openness
from zonecheck.simulate import Simulator
from zonecheck.simulate.ownership import Ownership

_RANK = {
    AttachmentKind.HOST: 1,
    AttachmentKind.STACK: 2,
    AttachmentKind.EDGE: 3,
    AttachmentKind.ACCESS: 4,
}


class HeaderOrigins:
    """The attachment points of a design by the addresses they may rightly send from."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._topology = simulator.topology
        self._ownership = Ownership(simulator.topology)
        self._known: dict[IPAddress, AttachmentPoint | None] = {}

    def of(self, address: IPAddress) -> AttachmentPoint | None:
        """Return who sends from an address: a host before a network, None if nobody does.

        An address that lies nowhere in the design is sent from by an open network.
        """
        if address not in self._known:
            points = self._simulator.origins()
            found = [point for point in points if self._holds(point, address)]
            if not found and not self._is_ours(address):
                found = [point for point in points if self._is_open(point)]
            best = sorted(found, key=lambda point: (_RANK[point.kind], point.order))
            self._known[address] = best[0] if best else None
        return self._known[address]

    def _holds(self, point: AttachmentPoint, address: IPAddress) -> bool:
        if point.kind is AttachmentKind.EDGE:
            external = self._topology.external_by_id[point.node]
            within = any(address in prefix for prefix in external.prefixes)
            return (
                within
                or any(address in each for peer in external.peers for each in peer.addresses)
                or self._ownership.carries(point, address)
            )
        return self._ownership.carries(point, address)

    def _is_ours(self, address: IPAddress) -> bool:
        segments = self._topology.segments
        return any(address in prefix for segment in segments for prefix in segment.prefixes)

    def _is_open(self, point: AttachmentPoint) -> bool:
        if point.kind is not AttachmentKind.EDGE:
            return False
        return self._topology.external_by_id[point.node].openness is Openness.OPEN
