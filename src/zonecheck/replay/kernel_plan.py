"""What is built of a design: its nodes as namespaces, their ports and the domains they are in."""

from dataclasses import dataclass, field, replace

from zonecheck.formats.nftables import nft_ruleset
from zonecheck.formats.nftables_ruleset import NftRuleset
from zonecheck.formats.problems import Problems
from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.device import Device
from zonecheck.model.host import Host
from zonecheck.model.topology import Topology
from zonecheck.replay.kernel_owners import Owners, declared_addresses, prefixes_of
from zonecheck.replay.kernel_refusals import refuse
from zonecheck.replay.kernel_routes import Way, ways_of_device, ways_of_host
from zonecheck.simulate import Simulator

LOG_GROUP = 7


@dataclass(frozen=True, slots=True)
class Port:
    """An interface of a node: `point` None is where whoever may have a free address stands."""

    namespace: str
    name: str
    mac: str
    domain: int | None
    point: AttachmentPoint | None
    addresses: tuple[IPAddress, ...] = ()

    @property
    def mac_bytes(self) -> bytes:
        """Return its MAC address as it stands in a frame."""
        return bytes.fromhex(self.mac.replace(":", ""))


@dataclass(slots=True)
class Node:
    """A namespace: one VRF of a device, a host, an edge, or the free addresses of a domain.

    A node with a `stack` runs the kernel's own; the others are only looked at and spoken for.
    """

    namespace: str
    id: str
    ports: list[Port] = field(default_factory=list)
    stack: bool = False
    forwards: bool = False
    ways: tuple[Way, ...] = ()
    ruleset: NftRuleset | None = None


@dataclass(slots=True)
class Plan:
    """All that is built."""

    prefix: str
    nodes: list[Node] = field(default_factory=list)
    members: dict[int, list[AttachmentPoint]] = field(default_factory=dict)
    port_at: dict[AttachmentPoint, Port] = field(default_factory=dict)
    free_at: dict[int, Port] = field(default_factory=dict)

    @property
    def ports(self) -> list[Port]:
        """Return every port of every node."""
        return [port for node in self.nodes for port in node.ports]


def plan_of(topology: Topology, simulator: Simulator, prefix: str) -> Plan:
    """Return what is to be built of a design in one state.

    Domains are those of the simulator: how frames are switched is not judged here.

    Raises:
        BadInput: something of it cannot be built; the problems name each element and its line.
    """
    problems = Problems()
    refuse(topology, simulator, problems)
    problems.raise_if_any()
    maker = _Maker(topology, simulator, prefix, problems)
    plan = maker.plan()
    problems.raise_if_any()
    return plan


def neighbours(
    plan: Plan, owners: Owners, node: Node, addresses: frozenset[IPAddress]
) -> list[tuple[IPAddress, Port, Port]]:
    """Return (address, port of the node, port that answers) for all a node may look for.

    `addresses` are those that probes are sent to or come to have.
    """
    by_name = {port.name: port for port in node.ports}
    found: dict[tuple[IPAddress, str], tuple[IPAddress, Port, Port]] = {}
    for way in node.ways:
        port = by_name.get(way.interface or "")
        if port is None or port.domain is None:
            continue
        if way.next_hop is not None:
            wanted = {way.next_hop}
        else:
            mine = way.prefix
            wanted = {a for a in addresses if a.version == mine.version and a in mine}
        for address in sorted(wanted, key=int):
            ask = owners.on_link if way.next_hop is None else owners.next_hop
            takers = ask(port.domain, address)
            if len(takers) == 1:
                (taker,) = takers
                answers = (
                    plan.free_at[port.domain] if isinstance(taker, str) else plan.port_at[taker]
                )
                if answers.namespace != node.namespace:
                    found[address, port.name] = (address, port, answers)
    return list(found.values())


class _Maker:
    """Numbers namespaces, ports and MAC addresses while the plan grows."""

    def __init__(
        self, topology: Topology, simulator: Simulator, prefix: str, problems: Problems
    ) -> None:
        self._topology = topology
        self._simulator = simulator
        self._problems = problems
        self._plan = Plan(prefix)
        self._macs = 0

    def plan(self) -> Plan:
        """Return the plan of the whole design."""
        for point in self._simulator.origins():
            for domain in self._simulator.domains_of(point):
                self._plan.members.setdefault(domain, []).append(point)
        for device in self._topology.devices:
            for vrf in sorted({face.vrf for face in device.interfaces}):
                self._device(device, vrf)
        for host in self._topology.hosts:
            self._host(host)
        for external in self._topology.externals:
            for edge in external.edges:
                node = self._node(f"{external.id}/{edge.id}")
                self._port(node, AttachmentPoint(AttachmentKind.EDGE, external.id, edge.id), ())
        for domain in sorted(self._plan.members):
            node = self._node(f"free/{domain}")
            port = self._make(node, domain, None, ())
            self._plan.free_at[domain] = port
        return self._plan

    def _device(self, device: Device, vrf: str) -> None:
        node = self._node(device.id)
        faces = tuple(face for face in device.interfaces if face.vrf == vrf)
        names = {}
        for face in faces:
            point = AttachmentPoint(AttachmentKind.STACK, device.id, face.id)
            port = self._port(node, point, tuple(item.ip for item in face.addresses))
            names[face.id] = port.name
        node.stack, node.forwards = True, device.kind.forwards
        node.ways = ways_of_device(device, vrf, names)
        own = replace(device, interfaces=faces, policy_routes=())
        node.ruleset = nft_ruleset(self._topology, own, names=names, log_group=LOG_GROUP)

    def _host(self, host: Host) -> None:
        node = self._node(host.id)
        names, links = {}, []
        for card in host.interfaces:
            point = AttachmentPoint(AttachmentKind.HOST, host.id, card.id)
            port = self._port(node, point, declared_addresses(card))
            names[card.id] = port.name
            segment = self._topology.segment_by_id.get(card.segment or "")
            prefixes = prefixes_of(self._topology, segment) if segment else ()
            links += [(prefix, port.name) for prefix in prefixes]
        # One card can be a bridge to nowhere; with two, the stack of the kernel is asked.
        node.stack = len(host.interfaces) > 1
        node.forwards = bool(host.ip_forward)
        if node.stack:
            node.ways = ways_of_host(host, links, names)

    def _node(self, name: str) -> Node:
        node = Node(f"{self._plan.prefix}-{len(self._plan.nodes)}", name)
        self._plan.nodes.append(node)
        return node

    def _port(self, node: Node, point: AttachmentPoint, addresses: tuple[IPAddress, ...]) -> Port:
        domains = self._simulator.domains_of(point)
        port = self._make(node, domains[0] if domains else None, point, addresses)
        self._plan.port_at[point] = port
        return port

    def _make(
        self,
        node: Node,
        domain: int | None,
        point: AttachmentPoint | None,
        addresses: tuple[IPAddress, ...],
    ) -> Port:
        self._macs += 1
        mac = ":".join(f"{byte:02x}" for byte in (2, 0, *self._macs.to_bytes(4, "big")))
        port = Port(node.namespace, f"i{len(node.ports)}", mac, domain, point, addresses)
        node.ports.append(port)
        return port
