"""Short words to build small networks and packets from the model's own dataclasses."""

from ipaddress import ip_address, ip_interface, ip_network
from typing import Any

from zonecheck.model.address import AddressRange
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import (
    Device,
    DeviceKind,
    L3Interface,
    PortMode,
    Route,
    SwitchPort,
)
from zonecheck.model.external import External, ExternalEdge, Peer
from zonecheck.model.filter import Action, AddressMatch, Filter, Rule
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.simulate import Packet, Sessions, Simulator, Trace

ROUTER = DeviceKind.ROUTER
TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58


def segment(name: str, *prefixes: str, guarded: bool = False, **rest: Any) -> Segment:
    """Return a segment."""
    return Segment(
        name,
        prefixes=tuple(map(ip_network, prefixes)),
        ip_source_guard=guarded,
        port_security=guarded,
        **rest,
    )


def addresses(*texts: str) -> tuple[AddressRange, ...]:
    """Return addresses, ranges `low-high` and prefixes as ranges."""
    found = []
    for text in texts:
        if "/" in text:
            found.append(AddressRange.of_network(ip_network(text)))
        else:
            low, _, high = text.partition("-")
            found.append(AddressRange(ip_address(low), ip_address(high or low)))
    return tuple(found)


def card(name: str, home: str | None, *own: str) -> HostInterface:
    """Return a host interface."""
    return HostInterface(name, home, addresses(*own))


def host(name: str, home: str, *own: str, **rest: Any) -> Host:
    """Return a host with one interface `eth0`."""
    return Host(name, (card("eth0", home, *own),), **rest)


def face(name: str, home: str | None, *own: str, **rest: Any) -> L3Interface:
    """Return an L3 interface of a device."""
    return L3Interface(name, home, tuple(map(ip_interface, own)), **rest)


def device(name: str, *faces: L3Interface, kind: DeviceKind = ROUTER, **rest: Any) -> Device:
    """Return a device, a router unless told otherwise."""
    return Device(name, kind, faces, **rest)


def switch(name: str, *ports: SwitchPort, faces: tuple[L3Interface, ...] = ()) -> Device:
    """Return a switch, an L3 switch if it has interfaces."""
    kind = DeviceKind.L3_SWITCH if faces else DeviceKind.L2_SWITCH
    return Device(name, kind, faces, ports)


def access(name: str, vlan: int, **rest: Any) -> SwitchPort:
    """Return an access port."""
    return SwitchPort(name, PortMode.ACCESS, vlan=vlan, **rest)


def trunk(name: str, low: int, high: int, **rest: Any) -> SwitchPort:
    """Return a trunk port that allows the VLANs from low to high."""
    return SwitchPort(name, PortMode.TRUNK, allowed=(PortRange(low, high),), **rest)


def route(prefix: str, *next_hops: str, **rest: Any) -> Route:
    """Return a static route."""
    return Route(ip_network(prefix), tuple(map(ip_address, next_hops)), **rest)


def link(a: str, b: str) -> Link:
    """Return a cable between two ends written `node/port`."""
    return Link(LinkEnd(*a.split("/", 1)), LinkEnd(*b.split("/", 1)))


def external(name: str, home: str, *own: str, peers: tuple[str, ...] = ()) -> External:
    """Return an external network with one edge `e`."""
    edge = ExternalEdge("e", home, addresses(*own))
    known = tuple(Peer(f"p{n}", addresses(text)) for n, text in enumerate(peers))
    return External(name, (edge,), peers=known)


def net(*elements: Segment | Host | Device | External | Link) -> Topology:
    """Return the topology of some elements."""

    def of(kind: type) -> Any:
        return tuple(element for element in elements if isinstance(element, kind))

    return Topology(
        "test",
        segments=of(Segment),
        hosts=of(Host),
        devices=of(Device),
        links=of(Link),
        externals=of(External),
    )


def match(*texts: str, negated: bool = False) -> AddressMatch:
    """Return an address match."""
    return AddressMatch(addresses(*texts), negated=negated)


def service(protocol: int, *ports: int, **rest: Any) -> Service:
    """Return a service by destination ports or ICMP types."""
    ranges = tuple(PortRange(port, port) for port in ports)
    if protocol in (ICMP, ICMPV6):
        return Service(protocol, icmp_types=ranges, **rest)
    return Service(protocol, ports=ranges, **rest)


def permit(name: str = "permit", **rest: Any) -> Rule:
    """Return a rule that permits."""
    return Rule(Action.PERMIT, name, **rest)


def deny(name: str = "deny", **rest: Any) -> Rule:
    """Return a rule that denies."""
    return Rule(Action.DENY, name, **rest)


def rules(*lines: Rule, name: str = "acl", **rest: Any) -> Filter:
    """Return a filter of rules; what is left is denied unless told otherwise."""
    return Filter(name, lines, **rest)


def packet(source: str, destination: str, protocol: int = UDP, **rest: Any) -> Packet:
    """Return a packet; UDP from port 1000 to 2000 unless told otherwise."""
    if protocol in (TCP, UDP):
        rest = {"source_port": 1000, "destination_port": 2000, **rest}
    return Packet(ip_address(source), ip_address(destination), protocol, **rest)


def fragment(source: str, destination: str, protocol: int = UDP) -> Packet:
    """Return a non-first fragment, of UDP unless told otherwise."""
    return Packet(ip_address(source), ip_address(destination), protocol, fragment=True)


def point(text: str) -> AttachmentPoint:
    """Return a point written `host:h/eth0`, `access:A`, `edge:x/e` or `stack:r/a`."""
    kind, _, rest = text.partition(":")
    node, _, port = rest.partition("/")
    return AttachmentPoint(AttachmentKind(kind), node, port)


def trace(
    topology: Topology,
    sent: Packet,
    origin: str,
    closure: Closure = Closure.LOWER,
    sessions: Sessions = Sessions.NONE,
) -> Trace:
    """Return what becomes of a packet."""
    return Simulator(topology, closure).send(sent, point(origin), sessions)


def arrivals(found: Trace) -> set[str]:
    """Return where a packet was delivered, in the words of `point`."""
    return {
        f"{d.at.kind.value}:{d.at.node}" + (f"/{d.at.port}" if d.at.port else "")
        for d in found.deliveries
    }


def reached(
    topology: Topology, sent: Packet, origin: str, closure: Closure = Closure.LOWER
) -> set[str]:
    """Return where a packet is delivered without sessions."""
    return arrivals(trace(topology, sent, origin, closure))


def known_reached(
    topology: Topology, sent: Packet, origin: str, closure: Closure = Closure.LOWER
) -> set[str]:
    """Return where a packet is delivered without sessions, whoever may plug in left out."""
    return known_arrivals(trace(topology, sent, origin, closure))


def known_arrivals(found: Trace) -> set[str]:
    """Return where a packet was delivered, whoever may plug in left out."""
    return {place for place in arrivals(found) if not place.startswith("access:")}


def reasons(found: Trace) -> set[str]:
    """Return the codes of all drops."""
    return {drop.reason.code for drop in found.drops}
