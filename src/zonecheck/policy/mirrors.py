"""Mirror ports: what comes by where they copy, and whether the copies get to the sensor.

Copies go by a cable like everything else: in a state in which the sensor's is cut, dead or at a
shut port nothing is watched, whatever the switch copies (docs/semantics.md, section 9).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from zonecheck.model.device import Device, L3Interface, Span
from zonecheck.model.host import HostInterface
from zonecheck.model.link import LinkEnd
from zonecheck.policy.analysis import Analysis


class Arrival(Enum):
    """Whether copies get to the sensor; `UNSAID` where the drawing leaves open by which cable."""

    SURE = "sure"
    UNSAID = "unsaid"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mirror:
    """A mirror session of a switch, in one state.

    `interfaces` (`node/interface`) are those all of whose frames come by what it copies.
    """

    device: Device
    span: Span
    interfaces: frozenset[str]
    arrival: Arrival


def mirrors(analysis: Analysis) -> tuple[Mirror, ...]:
    """Return every mirror session of a design."""
    return analysis.once("mirrors", lambda: tuple(_mirrors(analysis)))


def _mirrors(analysis: Analysis) -> Iterator[Mirror]:
    for device in analysis.topology.devices:
        for span in device.spans:
            if span.to in analysis.topology.host_by_id:
                interfaces = frozenset(_copied(analysis, device, span))
                yield Mirror(device, span, interfaces, _arrival(analysis, device, span.to))


def _copied(analysis: Analysis, device: Device, span: Span) -> Iterator[str]:
    """Yield the interfaces all of whose frames come by a mirrored port or VLAN.

    Of a VLAN these are the switch's own interface in it and what is cabled to the switch in it.
    """
    if span.vlan is not None and _leaks(analysis, device, span.vlan):
        return
    for own in device.interfaces:
        if _only_in(analysis, device, span.vlan, device.id, own):
            yield f"{device.id}/{own.id}"
    for link in analysis.topology.links:
        for near, far in _ways(link.ends):
            if near.node == device.id and span.port in (None, near.port):
                for face in _faces(analysis, far):
                    if span.vlan is None or _only_in(analysis, device, span.vlan, far.node, face):
                        yield f"{far.node}/{face.id}"


def _faces(analysis: Analysis, end: LinkEnd) -> Iterator[L3Interface | HostInterface]:
    """Yield the interfaces behind an end of a cable; none of a switch, which has other ports."""
    other = analysis.topology.device_by_id.get(end.node)
    if other is not None:
        for interface in other.interfaces:
            if not other.kind.bridges and (interface.port or interface.id) == end.port:
                yield interface
    elif end.node in analysis.topology.host_by_id:
        yield analysis.topology.host_by_id[end.node].interface(end.port)


def _only_in(
    analysis: Analysis,
    device: Device,
    vlan: int | None,
    node: str,
    interface: L3Interface | HostInterface,
) -> bool:
    """Return whether an interface attaches to a VLAN of a switch, and to nothing else.

    Where it is cabled decides, not the segment it is planned in; behind a trunk a host has all.
    """
    points = analysis.plane.domains.points_of(node, interface)
    return vlan is not None and points == [("bridge", device.id, vlan)]


def _leaks(analysis: Analysis, device: Device, vlan: int) -> bool:
    """Return whether frames of another VLAN of a switch may leave it as those of this one."""
    graph, bridge = analysis.plane.domains.graph, ("bridge", device.id, vlan)
    if bridge not in graph:
        return False
    return any(other[:2] == bridge[:2] and other != bridge for other in graph[bridge])


def _arrival(analysis: Analysis, device: Device, sensor: str) -> Arrival:
    """Return whether what a switch copies gets to a sensor.

    A sensor drawn without cables gets it, as everything without cables is attached. Copies go by
    the cables between the two; where there are none, by any the sensor has, and surely only if it
    shares a broadcast domain with the switch.
    """
    host = analysis.topology.host_by_id[sensor]
    drawn = [c for c in host.interfaces if LinkEnd(sensor, c.id) in analysis.drawn]
    if not drawn:
        return Arrival.SURE
    cabled = {end: far for link in analysis.topology.links for end, far in _ways(link.ends)}
    straight = [c for c in drawn if device.id in _far_nodes(analysis, cabled, sensor, c)]
    ways = straight or drawn
    working = [c for c in ways if _works(analysis, cabled, LinkEnd(sensor, c.id))]
    if not working:
        return Arrival.NONE
    if len(working) < len(ways):
        return Arrival.UNSAID
    if straight or any(_meets(analysis, device, sensor, card) for card in working):
        return Arrival.SURE
    return Arrival.UNSAID


def _ways(ends: tuple[LinkEnd, LinkEnd]) -> tuple[tuple[LinkEnd, LinkEnd], ...]:
    return ends, ends[::-1]


def _far_nodes(
    analysis: Analysis, cabled: dict[LinkEnd, LinkEnd], sensor: str, card: HostInterface
) -> list[str]:
    """Return what a card is cabled to, in the design and in this state."""
    end = LinkEnd(sensor, card.id)
    return [ways[end].node for ways in (analysis.drawn, cabled) if end in ways]


def _works(analysis: Analysis, cabled: dict[LinkEnd, LinkEnd], end: LinkEnd) -> bool:
    """Return whether the cable of a card is there in this state and ends at no shut port."""
    far = cabled.get(end)
    if far is None or end in analysis.topology.detached:
        return False
    other = analysis.topology.device_by_id.get(far.node)
    ports = other.ports if other is not None else ()
    return not any(port.id == far.port and port.shutdown for port in ports)


def _meets(analysis: Analysis, device: Device, sensor: str, card: HostInterface) -> bool:
    """Return whether a card shares a broadcast domain with a switch."""
    domains = analysis.plane.domains
    own = domains.domains_of_bridges(device.id, domains.vlans)
    return bool(set(own) & set(domains.domains_of(sensor, card)))
