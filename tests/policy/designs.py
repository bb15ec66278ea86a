"""Small designs, built of model elements, that the laws of single checks vary."""

from dataclasses import replace
from ipaddress import ip_address, ip_interface, ip_network

from zonecheck.model.address import AddressRange
from zonecheck.model.channel import Leg, SpecificFlow
from zonecheck.model.device import Device, DeviceKind, L3Interface, Route
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External, ExternalEdge, Openness, Peer
from zonecheck.model.filter import Action, AddressMatch, Filter, Rule
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.profile import Profile
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.policy import CheckResult, load_profile, verify

PROFILE = load_profile("fuefuki-10")


def result(topology: Topology, check: str, profile: Profile = PROFILE) -> CheckResult:
    """Return the verdict of one check."""
    return verify(topology, profile, checks=[check]).result(check)


def codes(found: CheckResult) -> set[str]:
    """Return the codes of what a check found."""
    return {finding.message.code for finding in found.findings}


def missing(found: CheckResult) -> set[str]:
    """Return the codes of what an unknown check lacks."""
    return {item.item.code for item in found.missing}


def addresses(*texts: str) -> tuple[AddressRange, ...]:
    """Return single addresses and prefixes as ranges."""
    return tuple(AddressRange.of_network(ip_network(text)) for text in texts)


def match(*texts: str) -> AddressMatch:
    """Return the match of a rule on addresses; none given means any."""
    return AddressMatch(addresses(*texts) if texts else None)


def tcp(*ports: int) -> Service:
    """Return TCP on these ports."""
    return Service(6, tuple(PortRange(port, port) for port in ports))


def permit(source: str, destination: str, *services: Service) -> Rule:
    """Return a rule that permits; `any` is every address."""
    ends = [() if text == "any" else (text,) for text in (source, destination)]
    return Rule(
        Action.PERMIT, f"{source}-{destination}", match(*ends[0]), match(*ends[1]), services
    )


def segment(name: str, zone: str | None, prefix: str, *, guarded: bool = True) -> Segment:
    """Return a segment, guarded against forging unless said otherwise."""
    return Segment(
        name,
        zone,
        prefixes=(ip_network(prefix),),
        ip_source_guard=guarded,
        port_security=guarded,
    )


def host(name: str, at: str, address: str | None, mac: str | None = "00:00:5e:00:53:01") -> Host:
    """Return a host with one card."""
    own = () if address is None else addresses(address)
    return Host(name, (HostInterface("eth0", at, own, mac),))


def router(
    name: str, faces: dict[str, tuple[str, str]], routes: dict[str, str], *rules: Rule
) -> Device:
    """Return a firewall: interfaces as (segment, address), routes as prefix to next hop."""
    return Device(
        name,
        DeviceKind.FIREWALL,
        tuple(L3Interface(i, at, (ip_interface(own),)) for i, (at, own) in faces.items()),
        routes=tuple(Route(ip_network(to), (ip_address(via),)) for to, via in routes.items()),
        policy=Filter("rules", rules, stateful=True),
    )


def external(name: str, at: str, address: str, **more: object) -> External:
    """Return a closed network with a basis and one edge, unless more is said."""
    plain = External(
        name,
        (ExternalEdge("edge", at, addresses(address)),),
        Openness.CLOSED,
        basis="contract",
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def a_host(name: str) -> EndpointRef:
    """Return a reference to a host."""
    return EndpointRef(EndpointKind.HOST, name)


def a_peer(network: str, name: str) -> EndpointRef:
    """Return a reference to a peer."""
    return EndpointRef(EndpointKind.PEER, network, name)


def leg(origin: EndpointRef, destination: EndpointRef, *services: Service) -> Leg:
    """Return a leg."""
    return Leg(origin, destination, services)


ASP = "198.18.6.10"
FLOW = SpecificFlow(
    "batch", a_host("m-srv"), a_peer("lgwan", "asp"), (tcp(443),), bind=("ip", "port", "mac")
)
OFFLINE = Peer("asp", addresses(ASP), internet_connected=False, basis="agreement")
PUBLIC = replace(
    OFFLINE, internet_connected=True, public_body=True, operator="J-LIS", legal_basis="Act 1"
)
NARROW = permit("10.1.0.10", ASP, tcp(443))


def specific_flow_design(
    *rules: Rule, flow: SpecificFlow = FLOW, peer: Peer = OFFLINE, guarded: bool = True
) -> Topology:
    """Return one server of the My Number area with a specific flow through a firewall.

    m-srv -- M -- m-fw -- LINE -- lgwan (peer asp)
    """
    return Topology(
        "specific-flow",
        zones=PROFILE.zones,
        segments=(
            segment("M", "mynumber", "10.1.0.0/24", guarded=guarded),
            segment("LINE", "ext:lgwan", "10.9.0.0/30"),
        ),
        hosts=(host("m-srv", "M", "10.1.0.10"),),
        devices=(
            router(
                "m-fw",
                {"m": ("M", "10.1.0.1/24"), "line": ("LINE", "10.9.0.1/30")},
                {"198.18.0.0/16": "10.9.0.2"},
                *(rules or (NARROW,)),
            ),
        ),
        externals=(external("lgwan", "LINE", "10.9.0.2", peers=(peer,), role="lgwan"),),
        specific_flows=(flow,),
    )


def with_external(topology: Topology, changed: External) -> Topology:
    """Return a design in which an external network is replaced, or added if it is new."""
    others = tuple(e for e in topology.externals if e.id != changed.id)
    return replace(topology, externals=(*others, changed))
