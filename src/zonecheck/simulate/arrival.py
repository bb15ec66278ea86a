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

    def in_domains(
        self, domains: Iterable[int], packet_to: IPAddress, way: Exit | None
    ) -> Arrivals:
        """Return who takes a packet that is in some domains.

        Put there by a sender (`way` None) that is "Arrival in a domain", 1 to 4; put there by a
        router that sent it this way it is step 7.
        """
        around = self._around(domains)
        if way is None:
            return self._gather(self._takes(member, packet_to, anyone=True) for member in around)
        if way.next_hop is not None:
            hop = way.next_hop
            return self._gather(self._carries(member, hop) for member in around)
        found = self._gather(self._takes(m, packet_to, anyone=way.anyone) for m in around)
        if self._ownership.is_claimed(packet_to) and not way.anyone:
            return found
        answering = tuple(member for member in around if self._ownership.is_free_port(member))
        return replace(found, delivered=tuple(dict.fromkeys((*found.delivered, *answering))))

    def _around(self, domains: Iterable[int]) -> tuple[AttachmentPoint, ...]:
        """Return all members of some domains, each once."""
        members = self._switching.members
        return tuple(dict.fromkeys(m for d in sorted(domains) for m in members[d]))

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
