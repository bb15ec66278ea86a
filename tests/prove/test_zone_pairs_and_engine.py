"""Zone pairs of arrays and the engine on the topology of the same network give the same sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_interface, ip_network

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dataplane.routed import table_of
from zonecheck.dataplane import DataPlane
from zonecheck.dataplane.route_tables import FilterList, RoutedInterface, RoutedNetwork, Way
from zonecheck.model.address import AddressRange, IPNetwork
from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, DeviceKind, L3Interface, Route
from zonecheck.model.filter import Action, AddressMatch, Filter
from zonecheck.model.filter import Rule as ModelRule
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.packets import TCP, UDP, Interval, PacketSpace, Rule
from zonecheck.prove import Reachability
from zonecheck.prove.zone_pairs import zone_pairs

ZONES = 3
LAN = 28
LINK = 30


def lan(number: int) -> IPNetwork:
    """Return the prefix of a zone's segment."""
    return ip_network(f"10.0.{number}.0/{LAN}")


def link(number: int) -> IPNetwork:
    """Return the prefix of a link between routers."""
    return ip_network(f"192.168.{number}.0/{LINK}")


@dataclass(frozen=True)
class Port:
    """An interface: its router, its segment, its address there, its zone, filters and check."""

    router: int
    segment: str
    prefix: IPNetwork
    place: int
    zone: int | None
    filters: tuple[int | None, int | None]
    sources: tuple[IPNetwork, ...] | None

    @property
    def address(self) -> int:
        """Return its address."""
        return int(self.prefix[self.place])


@dataclass(frozen=True)
class Plan:
    """A network before it is written either way: static routes go to ports of neighbours."""

    routers: int
    ports: tuple[Port, ...]
    lists: tuple[FilterList, ...]
    static: tuple[dict[IPNetwork, tuple[int, ...]], ...]


@st.composite
def filter_lists(draw: st.DrawFn, lans: int) -> FilterList:
    """Draw a list whose rules name segments, single addresses and a few services."""
    prefix = st.integers(0, lans - 1).map(lan)
    interval = st.one_of(
        prefix.map(lambda p: ((int(p[0]), int(p[-1])),)),
        prefix.map(lambda p: ((int(p[5]), int(p[5])),)),
    )
    protocols = st.none() | st.sampled_from((((TCP, TCP),), ((UDP, UDP),)))
    ports = st.none() | st.just(((80, 90),))
    rule = st.builds(
        lambda permit, dst, src, protocol, port: Rule(
            permit, dst, src, protocol, port if protocol else None
        ),
        *(st.booleans(), st.none() | interval, st.none() | interval, protocols, ports),
    )
    return FilterList(tuple(draw(st.lists(rule, max_size=3))), draw(st.booleans()))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw up to three routers with a segment or two each, links, and static routes (ECMP)."""
    routers = draw(st.integers(1, 3))
    homes = [*range(routers), *draw(st.lists(st.integers(0, routers - 1), max_size=2))]
    lists = draw(st.lists(filter_lists(len(homes)), min_size=1, max_size=3))
    number = st.none() | st.integers(0, len(lists) - 1)
    filters = st.tuples(number, number)
    networks = st.integers(0, len(homes) - 1).map(lan)
    checks = st.none() | st.lists(networks, min_size=1, max_size=2).map(tuple)
    ports = [
        Port(
            router,
            f"lan{n}",
            lan(n),
            1,
            draw(st.integers(0, ZONES - 1)),
            draw(filters),
            draw(checks),
        )
        for n, router in enumerate(homes)
    ]
    pairs = [(a, b) for a in range(routers) for b in range(a)]
    drawn = draw(st.lists(st.sampled_from(pairs), max_size=4)) if pairs else []
    for n, (a, b) in enumerate([*pairs, *drawn][: 4 if pairs else 0]):
        ports += [
            Port(router, f"link{n}", link(n), place, None, draw(filters), draw(checks))
            for place, router in ((1, a), (2, b))
        ]
    static: list[dict[IPNetwork, tuple[int, ...]]] = []
    targets: st.SearchStrategy[IPNetwork] = st.one_of(
        networks, networks.map(lambda p: next(p.subnets())), st.just(ip_network("0.0.0.0/0"))
    )
    for router in range(routers):
        near = [
            n
            for n, each in enumerate(ports)
            if each.zone is None
            and each.router != router
            and any(p.segment == each.segment and p.router == router for p in ports)
        ]
        hops = st.lists(st.sampled_from(near), min_size=1, max_size=2, unique=True).map(tuple)
        static.append(draw(st.dictionaries(targets, hops, max_size=5)) if near else {})
    return Plan(routers, tuple(ports), tuple(lists), tuple(static))


def as_arrays(plan: Plan) -> RoutedNetwork:
    """Write a plan as arrays: connected prefixes, own addresses kept, static routes."""
    interfaces = tuple(
        RoutedInterface(
            each.router,
            each.zone,
            *each.filters,
            sources=None
            if each.sources is None
            else tuple((int(p[0]), int(p[-1])) for p in each.sources),
        )
        for each in plan.ports
    )
    labels: list[tuple[Way, ...]] = [()]
    tables = []
    for router in range(plan.routers):
        ways: dict[IPNetwork, tuple[Way, ...]] = {
            prefix: tuple(Way(beside(plan, router, hop), hop) for hop in hops)
            for prefix, hops in plan.static[router].items()
        }
        for number, port in enumerate(plan.ports):
            if port.router == router:
                ways[port.prefix] = (Way(number),)
                ways[ip_network((port.address, 32))] = ()
        routes = []
        for prefix, out in ways.items():
            routes.append((int(prefix[0]), prefix.prefixlen, len(labels)))
            labels.append(out)
        tables.append(table_of(routes, 4))
    return RoutedNetwork(4, tuple(tables), tuple(labels), interfaces, plan.lists)


def beside(plan: Plan, router: int, hop: int) -> int:
    """Return a router's own port on the link of a neighbour's."""
    segment = plan.ports[hop].segment
    (found,) = (n for n, p in enumerate(plan.ports) if p.router == router and p.segment == segment)
    return found


def as_topology(plan: Plan) -> Topology:
    """Write a plan as a topology; nobody may send on links between routers."""
    segments = {
        p.segment: Segment(
            p.segment,
            zone=None if p.zone is None else f"zone{p.zone}",
            prefixes=(p.prefix,),
            ip_source_guard=p.zone is None,
            port_security=p.zone is None,
        )
        for p in plan.ports
    }
    names = tuple(model_filter(number, item) for number, item in enumerate(plan.lists))
    devices = tuple(
        Device(
            f"r{router}",
            DeviceKind.ROUTER,
            interfaces=tuple(
                L3Interface(
                    f"i{number}",
                    port.segment,
                    (ip_interface(f"{port.prefix[port.place]}/{port.prefix.prefixlen}"),),
                    sources=port.sources,
                    filter_in=None if port.filters[0] is None else f"f{port.filters[0]}",
                    filter_out=None if port.filters[1] is None else f"f{port.filters[1]}",
                )
                for number, port in enumerate(plan.ports)
                if port.router == router
            ),
            routes=tuple(
                Route(prefix, tuple(plan.ports[h].prefix[plan.ports[h].place] for h in hops))
                for prefix, hops in plan.static[router].items()
            ),
            filters=names,
        )
        for router in range(plan.routers)
    )
    return Topology("drawn", segments=tuple(segments.values()), devices=devices)


def model_filter(number: int, item: FilterList) -> Filter:
    """Write a list in the words of the model."""
    rules = []
    for position, rule in enumerate(item.rules):
        services: tuple[Service, ...] = ()
        if rule.protocols:
            ports = tuple(PortRange(*each) for each in rule.dst_ports or ())
            services = (Service(rule.protocols[0][0], ports),)
        src, dst = (
            AddressMatch(None if each is None else tuple(ranges_of(each)))
            for each in (rule.src, rule.dst)
        )
        action = Action.PERMIT if rule.permit else Action.DENY
        rules.append(ModelRule(action, f"rule{position}", src, dst, services))
    return Filter(f"f{number}", tuple(rules), Action.PERMIT if item.default else Action.DENY)


def ranges_of(intervals: Sequence[Interval]) -> list[AddressRange]:
    """Write intervals of IPv4 addresses as ranges."""
    return [AddressRange(IPv4Address(low), IPv4Address(high)) for low, high in intervals]


@settings(max_examples=60, deadline=None)
@given(plans())
def test_both_ways_of_writing_a_network_have_the_same_answer(plan: Plan) -> None:
    """Between any two zones the same packets cross, whichever tier is asked."""
    space = PacketSpace()
    pairs = zone_pairs(as_arrays(plan), space)
    topology = as_topology(plan)
    reach = Reachability(DataPlane(topology, space, Closure.UPPER))
    zones = {port.segment: port.zone for port in plan.ports}
    found = {(a, b): space.empty for a in range(ZONES) for b in range(ZONES)}
    for origin in reach.plane.origins:
        if origin.point.kind is not AttachmentKind.ACCESS:
            continue
        sending = zones[origin.point.node]
        for point in reach.destinations(origin):
            if point.kind is not AttachmentKind.ACCESS:
                continue
            taking = zones[point.node]
            if sending is not None and taking is not None:
                found[sending, taking] |= reach.flow(origin, point).everything.only(4)
    for (a, b), crossing in found.items():
        if a != b:
            assert pairs.headers(a, b) == crossing
