"""Declared legs, service by service: who may send them, and one packet of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Leg
from zonecheck.model.service import ANY_SERVICE, Service
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis


@dataclass(frozen=True, slots=True)
class LegPart:
    """One service of a leg of a channel, of maintenance, of a specific flow, or of a use.

    A specific flow is `exact`: what is permitted of it is all that is declared.
    """

    name: str
    leg: Leg
    service: Service
    exact: bool = False

    def __str__(self) -> str:
        return f"{self.name}: {self.leg.origin} -> {self.leg.destination} {self.service}"


@dataclass(frozen=True, slots=True)
class LegPair:
    """What an origin may rightly send of a declared part to one of its destinations."""

    origin: Origin
    destination: AttachmentPoint
    headers: PacketSet

    @property
    def rank(self) -> tuple[object, ...]:
        """Return a key that puts pairs of hosts first."""
        ends = self.origin.point, self.destination
        hosts = [end.kind is not AttachmentKind.HOST for end in ends]
        return (*hosts, *(end.order for end in ends))


def leg_parts(topology: Topology) -> Iterator[LegPart]:
    """Yield every service of every declared leg."""
    named = [(channel.id, leg, False) for channel in topology.channels for leg in channel.legs]
    named += [(entry.id, leg, False) for entry in topology.maintenance for leg in entry.legs]
    named += [(flow.id, flow.leg, True) for flow in topology.specific_flows]
    for name, leg, exact in named:
        for service in leg.services or (ANY_SERVICE,):
            yield LegPart(name, leg, service, exact)


def used_parts(topology: Topology) -> Iterator[LegPart]:
    """Yield every service that clients and administrators use of a system.

    These say who may, not that it works: only who asks what would be missed counts them.
    """
    for system in topology.systems:
        for leg in system.uses:
            for service in leg.services or (ANY_SERVICE,):
                yield LegPart(system.id, leg, service)


def leg_pairs(analysis: Analysis, part: LegPart) -> list[LegPair]:
    """Return between whom a part is declared, hosts first; those who can send none left out.

    Their headers are whole.
    """
    plane = analysis.plane
    excuses = analysis.excuses([part.leg], tunnels=True)
    of_service = plane.filters.services((part.service,)).whole
    standing = analysis.standing_for(part.leg.destination)
    ends = [p for p in plane.domains_of if p in standing]
    starts = analysis.standing_for(part.leg.origin)
    found: list[LegPair] = []
    for origin in plane.origins:
        if origin.point not in starts:
            continue
        rightly = origin.may_send & origin.honest & of_service
        for end in ends:
            headers = excuses.declared(origin.point, end) & rightly
            if not same_party(origin.point, end) and not headers.is_empty:
                found.append(LegPair(origin, end, headers))
    return sorted(found, key=lambda pair: pair.rank)


def same_party(a: AttachmentPoint, b: AttachmentPoint) -> bool:
    """Return whether two attachment points belong to one host, device, segment or network."""
    return party(a) == party(b)


def party(point: AttachmentPoint) -> tuple[AttachmentKind, str]:
    """Return what tells the owner of an attachment point: host, device, segment or network."""
    return point.kind, point.node
