"""Who takes a packet out of a broadcast domain (docs/semantics.md, section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.host import Host
from zonecheck.model.topology import Topology
from zonecheck.simulate.ownership import Ownership
from zonecheck.simulate.routing import Exit
from zonecheck.simulate.switching import Switching


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Where a packet is delivered at once, and the interfaces it enters to be looked at."""

    delivered: tuple[AttachmentPoint, ...]
    entered: tuple[AttachmentPoint, ...]

    @property
    def nobody(self) -> bool:
        """Return whether nobody takes the packet."""
        return not self.delivered and not self.entered


class Arrival:
    """Who stands in each domain, and who of them takes a packet put into it."""

    def __init__(
        self, topology: Topology, switching: Switching, ownership: Ownership, closure: Closure
    ) -> None:
        self._topology = topology
        self._switching = switching
        self._ownership = ownership
        self._forwarding = frozenset(
            {host.id for host in topology.hosts if forwards(host, closure)}
            | {device.id for device in topology.devices if device.kind.forwards}
        )

    def of_sender(self, origin: AttachmentPoint, packet_to: IPAddress) -> Arrivals:
        """Return who takes a sender's packet: "Arrival in a domain", 1 to 4."""
        return self._gather(
            self._takes(point, packet_to, anyone=True) for point in self._around(origin)
        )

    def of_emission(self, point: AttachmentPoint, way: Exit, packet_to: IPAddress) -> Arrivals:
        """Return who takes a packet that a router puts out of an interface: step 7."""
        around = self._around(point)
        if way.next_hop is not None:
            hop = way.next_hop
            return self._gather(self._carries(member, hop) for member in around)
        found = self._gather(self._takes(m, packet_to, anyone=way.anyone) for m in around)
        if self._ownership.is_claimed(packet_to) and not way.anyone:
            return found
        answering = tuple(member for member in around if self._ownership.is_free_port(member))
        return replace(found, delivered=tuple(dict.fromkeys((*found.delivered, *answering))))

    def _around(self, point: AttachmentPoint) -> tuple[AttachmentPoint, ...]:
        """Return all members of the domains a point attaches to, itself included."""
        domains = self._switching.domains_of[point]
        return tuple(dict.fromkeys(m for d in domains for m in self._switching.members[d]))

    def _takes(
        self, member: AttachmentPoint, address: IPAddress, *, anyone: bool
    ) -> "tuple[AttachmentPoint, bool, bool]":
        """Return a member, whether it is delivered to, and whether its interface is entered.

        The owner of the address takes it; with `anyone`, so do all that forward and all edges.
        """
        owns = self._ownership.owns(member, address)
        forwarding = anyone and self._is_forwarding(member)
        if member.kind is AttachmentKind.STACK:
            return member, False, owns or forwarding
        if member.kind is AttachmentKind.EDGE:
            return member, owns or anyone, False
        return member, owns, forwarding

    def _carries(
        self, member: AttachmentPoint, next_hop: IPAddress
    ) -> "tuple[AttachmentPoint, bool, bool]":
        carries = self._ownership.carries(member, next_hop)
        if member.kind in (AttachmentKind.EDGE, AttachmentKind.ACCESS):
            return member, carries, False
        return member, False, carries and self._is_forwarding(member)

    def _is_forwarding(self, member: AttachmentPoint) -> bool:
        return (
            member.kind in (AttachmentKind.HOST, AttachmentKind.STACK)
            and member.node in self._forwarding
        )

    @staticmethod
    def _gather(taken: Iterable[tuple[AttachmentPoint, bool, bool]]) -> Arrivals:
        found = list(taken)
        return Arrivals(
            tuple(member for member, delivered, _ in found if delivered),
            tuple(member for member, _, entered in found if entered),
        )


def forwards(host: Host, closure: Closure) -> bool:
    """Return whether a host forwards; undeclared, one with several interfaces may (section 7)."""
    if host.ip_forward is None:
        return closure is Closure.UPPER and len(host.interfaces) > 1
    return host.ip_forward
