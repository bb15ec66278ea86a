"""The ends of specific flows: their peers outside, the cards that open them, their zones."""

from collections.abc import Iterator

from zonecheck.model.channel import SpecificFlow
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import Peer
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import UNZONED
from zonecheck.prove import covers

MAC = "mac"


def outer_ends(topology: Topology) -> dict[EndpointRef, list[SpecificFlow]]:
    """Return the external networks and peers that specific flows end in, with those flows."""
    found: dict[EndpointRef, list[SpecificFlow]] = {}
    for flow in topology.specific_flows:
        for end in (flow.origin, flow.destination):
            if end.kind in (EndpointKind.EXTERNAL, EndpointKind.PEER):
                found.setdefault(end, []).append(flow)
    return found


def peer_of(topology: Topology, end: EndpointRef) -> Peer | None:
    """Return the peer an end names, None if it is a whole external network."""
    if end.kind is not EndpointKind.PEER:
        return None
    return topology.external_by_id[end.id].peer(end.peer)


def public_peers(topology: Topology) -> list[tuple[EndpointRef, Peer, list[SpecificFlow]]]:
    """Return the peers of specific flows that are declared to be systems of public bodies."""
    found = []
    for end, flows in outer_ends(topology).items():
        peer = peer_of(topology, end)
        if peer is not None and peer.public_body:
            found.append((end, peer, flows))
    return found


def is_excepted(peer: Peer, profile: Profile, closure: Closure) -> bool:
    """Return whether a peer may be connected to the Internet as a public body's system.

    Who runs it and on what legal basis may still be undeclared in the lower closure.
    """
    if not (peer.public_body and profile.public_body_exception):
        return False
    return not missing_of_public_body(peer) or closure is Closure.LOWER


def missing_of_public_body(peer: Peer) -> list[str]:
    """Return what the exception for public bodies needs and the peer does not declare."""
    needed = {"operator": peer.operator, "legal_basis": peer.legal_basis}
    return [name for name, value in needed.items() if value is None]


def mac_bound(topology: Topology) -> Iterator[tuple[SpecificFlow, Host, HostInterface]]:
    """Yield the cards of hosts that open specific flows bound by MAC address."""
    for flow in topology.specific_flows:
        if MAC not in flow.bind:
            continue
        for host in topology.hosts:
            for card in host.interfaces:
                named = {EndpointKind.HOST: host.id, EndpointKind.SEGMENT: card.segment}
                if named.get(flow.origin.kind) == flow.origin.id:
                    yield flow, host, card


def zones_at(analysis: Analysis, end: EndpointRef) -> set[str | None]:
    """Return the zones of the attachment points an end stands for."""
    points = [o.point for o in analysis.plane.origins if covers(analysis.topology, end, o.point)]
    return {analysis.zone_of(point) for point in points}


def zones_of_flow(analysis: Analysis, flow: SpecificFlow) -> tuple[str, ...]:
    """Return the zones a specific flow joins, sorted."""
    ends = zones_at(analysis, flow.origin) | zones_at(analysis, flow.destination)
    return tuple(sorted(zone or UNZONED for zone in ends))


def names_of(flows: list[SpecificFlow]) -> str:
    """Return the ids of flows as messages print them."""
    return ", ".join(dict.fromkeys(flow.id for flow in flows))
