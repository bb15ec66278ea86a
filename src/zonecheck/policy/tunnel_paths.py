"""Declared tunnels have an outer path: their two ends can talk (docs/semantics.md, section 9)."""

from collections.abc import Iterator

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.message import Message
from zonecheck.model.tunnel import Tunnel
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.verdict import Finding, MissingControl
from zonecheck.prove import segment_of


def broken_tunnels(analysis: Analysis) -> Iterator[Finding]:
    """Yield a finding for each tunnel whose ends cannot talk: one opens, the other answers.

    A circuit that the carrier runs has no ends in the design.
    """
    for tunnel in analysis.topology.tunnels:
        if not tunnel.ends:
            continue
        one, other = tunnel.ends
        there = _delivered(analysis, tunnel, one, other, opening=True)
        back = _delivered(analysis, tunnel, other, one, opening=True)
        works = (there and _delivered(analysis, tunnel, other, one, opening=False)) or (
            back and _delivered(analysis, tunnel, one, other, opening=False)
        )
        if not works:
            stopped = (one, other) if not there else (other, one)
            message = Message.of(
                "route-filter-consistency.tunnel",
                tunnel=tunnel.id,
                near=stopped[0],
                far=stopped[1],
                services=", ".join(map(str, tunnel.outer_services)),
            )
            zone = analysis.topology.zone_of_segment(tunnel.carries) or "-"
            control = MissingControl(tunnel.id, tunnel.source)
            yield Finding(message, (zone,), control, tunnel.source)


def _delivered(
    analysis: Analysis, tunnel: Tunnel, near: IPAddress, far: IPAddress, *, opening: bool
) -> bool:
    """Return whether some outer packet gets from one end to the other, `opening` without state.

    It arrives as one, too. What the tunnel itself carries is no way for its outer packets.
    """
    plane, addressing = analysis.plane, analysis.plane.addressing

    def inside(point: AttachmentPoint) -> bool:
        return segment_of(analysis.topology, point) == tunnel.carries

    to_far, to_near = _to(analysis, far), _to(analysis, near)
    # What is left of a packet whose first fragment is lost makes no tunnel work.
    arriving = (to_far & plane.filters.services(tunnel.outer_services)).whole
    outer = arriving & addressing.swap(to_near)
    for origin in plane.origins:
        sent = origin.may_send & origin.honest & outer
        if sent.is_empty or inside(origin.point):
            continue
        for end in analysis.reach.destinations(origin):
            if inside(end) or (addressing.rightful(end) & to_far).is_empty:
                continue
            flow = analysis.reach.flow(origin, end)
            parts = (*flow.fresh_parts, *(() if opening else flow.state_parts))
            if any(not p.starting(sent).arriving(arriving).sent.is_empty for p in parts):
                return True
    return False


def _to(analysis: Analysis, address: IPAddress) -> PacketSet:
    return analysis.plane.addressing.to((AddressRange.of_address(address),))
