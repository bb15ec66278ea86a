"""Local breakout: the LGWAN area uses approved cloud services past its boundary.

A channel of that kind counts as declared under a profile that allows it, if all its sessions that
leave our network are opened in the LGWAN area to a peer of a network that is not open, and pass
everything the channel has to pass (docs/semantics.md, section 9).
"""

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.channel import LOCAL_BREAKOUT_KIND, Channel, Leg
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.topology import Topology
from zonecheck.prove import Excuses, Reachability, covers

_OUTSIDE = (EndpointKind.PEER, EndpointKind.EXTERNAL)


def breakouts(topology: Topology) -> tuple[Channel, ...]:
    """Return the channels of local breakout."""
    return tuple(c for c in topology.channels if c.kind == LOCAL_BREAKOUT_KIND)


def leaving(channel: Channel) -> tuple[Leg, ...]:
    """Return the sessions of a channel that one end of is outside our network."""
    return tuple(
        leg
        for leg in channel.legs
        if leg.origin.kind in _OUTSIDE or leg.destination.kind in _OUTSIDE
    )


def cloud_ends(topology: Topology) -> frozenset[tuple[str, str]]:
    """Return the networks and peers that channels of local breakout end in."""
    return frozenset(
        (end.id, end.peer)
        for channel in breakouts(topology)
        for leg in channel.legs
        for end in (leg.origin, leg.destination)
        if end.kind in _OUTSIDE
    )


def has_form(channel: Channel) -> bool:
    """Return whether a channel says what it has to: waypoints, basis, sessions to named peers."""
    legs = leaving(channel)
    ours_to_peer = all(
        leg.origin.kind not in _OUTSIDE and leg.destination.kind is EndpointKind.PEER
        for leg in legs
    )
    return bool(channel.via) and channel.basis is not None and bool(legs) and ours_to_peer


def passes(leg: Leg, node: str, without: Reachability) -> bool:
    """Return whether nothing a leg declares, nor its replies, is delivered without a node.

    `without` is what is delivered if the node hands nothing on. A session that begins in the
    node has passed it.
    """
    if leg.origin == EndpointRef(EndpointKind.HOST, node):
        return True
    excuses = Excuses(without, [leg])
    topology = without.plane.topology

    def concerns(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return covers(topology, leg.origin, a) and covers(topology, leg.destination, b)

    def delivers(origin: Origin, destination: AttachmentPoint) -> bool:
        flow = without.flow(origin, destination)
        left = excuses.judge(flow, origin, destination)
        return not (flow.everything - left.everything).is_empty

    return not any(
        delivers(origin, destination)
        for origin in without.plane.origins
        if not origin.may_send.is_empty
        for destination in without.destinations(origin)
        if concerns(origin.point, destination) or concerns(destination, origin.point)
    )
