"""Edits of hosts: moved, connected twice, made to forward; and elements taken out."""

from dataclasses import dataclass, replace

from zonecheck.model.device import PortMode
from zonecheck.model.edit import without_node
from zonecheck.model.edits.edit import (
    Edit,
    EditError,
    host_of,
    segment_of,
    with_card,
    with_host,
    with_port,
)
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.link import LinkEnd
from zonecheck.model.topology import Topology

SECOND_CARD = "added"
"""The interface that `AddCard` puts in."""


@dataclass(frozen=True, slots=True)
class MoveHost(Edit):
    """A network card is moved to another segment, in the plan and at the switch.

    It takes any unclaimed address there. If it is cabled to an access port, that port goes into
    the segment's VLAN.
    """

    host: str
    interface: str
    segment: str

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the card in the segment."""
        host = host_of(topology, self.host)
        card = _card(host, self.interface)
        segment = segment_of(topology, self.segment)
        if any(route.next_hop is not None for route in host.routes or ()):
            raise EditError(f"{self.host!r} has next hops that it would no longer reach")
        moved = with_card(topology, host, replace(card, segment=segment.id, addresses=()))
        here = LinkEnd(host.id, card.id)
        for link in topology.links:
            if here not in link.ends:
                continue
            other = link.b if link.a == here else link.a
            device = topology.device_by_id.get(other.node)
            port = next((p for p in device.ports if p.id == other.port), None) if device else None
            if device is None or port is None or port.mode is not PortMode.ACCESS:
                raise EditError(f"{here} is cabled to {other}, which is no access port")
            if segment.vlan is None:
                raise EditError(f"{self.segment!r} has no VLAN to put {other} in")
            moved = with_port(moved, device, replace(port, vlan=segment.vlan))
        return moved


@dataclass(frozen=True, slots=True)
class AddCard(Edit):
    """A host is connected to a further segment, and forwards between its segments or not."""

    host: str
    segment: str
    forwards: bool = False

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the host in both segments."""
        host = host_of(topology, self.host)
        segment = segment_of(topology, self.segment)
        if any(card.id == SECOND_CARD for card in host.interfaces):
            raise EditError(f"{self.host!r} has an interface {SECOND_CARD!r} already")
        if host.two_sided:
            raise EditError(f"{self.host!r} keeps two sides apart; a card would need one of them")
        cards = (*host.interfaces, HostInterface(SECOND_CARD, segment.id))
        return with_host(topology, _forwarding(replace(host, interfaces=cards), self.forwards))


@dataclass(frozen=True, slots=True)
class SetForwarding(Edit):
    """A host with several cards forwards packets between them, or no longer does."""

    host: str
    forwards: bool

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the host forwarding or not."""
        host = host_of(topology, self.host)
        if len(host.interfaces) < 2:
            raise EditError(f"{self.host!r} has a single card")
        return with_host(topology, _forwarding(host, self.forwards))


@dataclass(frozen=True, slots=True)
class RemoveNode(Edit):
    """A segment, host, device or external network is taken out with all that refers to it."""

    name: str

    def apply(self, topology: Topology) -> Topology:
        """Return the topology without it."""
        try:
            return without_node(topology, self.name)
        except KeyError as error:
            raise EditError(f"nothing is called {self.name!r}") from error


def _card(host: Host, name: str) -> HostInterface:
    for card in host.interfaces:
        if card.id == name:
            return card
    raise EditError(f"{host.id!r} has no interface {name!r}")


def _forwarding(host: Host, forwards: bool) -> Host:  # noqa: FBT001 - what it says
    routes = (host.routes or ()) if forwards else None
    return replace(host, ip_forward=forwards, routes=routes)
