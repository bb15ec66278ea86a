"""Small networks in which nothing but what a test adds joins the My Number and LGWAN areas."""

from dataclasses import replace
from ipaddress import ip_interface, ip_network

from zonecheck.dataplane import DataPlane
from zonecheck.model.address import AddressRange
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, DeviceKind, L3Interface, PortMode, Span, SwitchPort
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.host import Host, HostInterface, Side
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSpace
from zonecheck.prove import FlowNode, InformationFlow, PlatformEdge, Reachability, shortest_chain

M_PC, L_PC = FlowNode("host", "m-pc"), FlowNode("host", "l-pc")


def segment(name: str, zone: str, prefix: str, vlan: int | None = None) -> Segment:
    """Return a segment at whose access ports nothing unknown can be plugged in."""
    return Segment(
        name,
        zone,
        vlan=vlan,
        prefixes=(ip_network(prefix),),
        ip_source_guard=True,
        port_security=True,
    )


def host(name: str, at: str, address: str, **more: object) -> Host:
    """Return a host with one card."""
    own = (AddressRange.of_network(ip_network(address)),)
    return replace(Host(name, (HostInterface("eth0", at, own),)), **more)  # type: ignore[arg-type]


def sanitiser(name: str, outer: str, inner: str) -> Host:
    """Return a sanitiser without services, isolated inside on a basis."""
    cards = (
        HostInterface("eth0", outer, side=Side.OUTER),
        HostInterface("eth1", inner, side=Side.INNER),
    )
    return Host(name, cards, role="sanitiser", ip_forward=False, basis="test report")


def apart() -> Topology:
    """Return two areas with a host each and nothing that joins them."""
    return Topology(
        "apart",
        segments=(
            segment("M", "mynumber", "10.1.0.0/24", 10),
            segment("L", "lgwan", "10.2.0.0/24", 20),
        ),
        hosts=(host("m-pc", "M", "10.1.0.10"), host("l-pc", "L", "10.2.0.10")),
    )


def switch(*spans: Span) -> Device:
    """Return a switch with a port in each area, and its mirror sessions."""
    ports = (
        SwitchPort("p1", PortMode.ACCESS, vlan=10),
        SwitchPort("p2", PortMode.ACCESS, vlan=20),
        SwitchPort("p3", PortMode.ACCESS, vlan=30),
    )
    return Device("sw", DeviceKind.L2_SWITCH, ports=ports, spans=spans)


def firewall(name: str, *faces: tuple[str, str], permits: bool = True, **more: object) -> Device:
    """Return a firewall between segments, each with its address there, that permits all or none."""
    rules = (Rule(Action.PERMIT, "all"),) if permits else ()
    made = Device(
        name,
        DeviceKind.FIREWALL,
        tuple(L3Interface(f"i{n}", at, (ip_interface(own),)) for n, (at, own) in enumerate(faces)),
        routes=(),
        policy=Filter("rules", rules, stateful=True),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def flow(topology: Topology, closure: Closure = Closure.UPPER) -> InformationFlow:
    """Return the information flow of a topology."""
    return InformationFlow(Reachability(DataPlane(topology, PacketSpace(), closure)))


def leads(found: InformationFlow, start: FlowNode, end: FlowNode) -> bool:
    """Return whether payload gets from one node to another."""
    return shortest_chain(found, [start], [end]) is not None


def joined(found: InformationFlow, kind: str) -> set[tuple[FlowNode, FlowNode]]:
    """Return the edges that one kind of platform makes."""
    return {
        (source, target)
        for source, targets in found.edges.items()
        for target, evidence in targets.items()
        if any(isinstance(e, PlatformEdge) and e.kind == kind for e in evidence)
    }
