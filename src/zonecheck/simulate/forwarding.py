"""What one node does with a packet that enters an interface (docs/semantics.md, section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface, ReversePath
from zonecheck.model.filter import Filter
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.simulate.filtering import Decision, Way, judge
from zonecheck.simulate.matching import address_fits, names_fit, services_fit
from zonecheck.simulate.ownership import Ownership
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.routing import Entry, Exit, RouteTable, device_tables, host_table
from zonecheck.simulate.senders import Senders
from zonecheck.simulate.sessions import FilterKey, Sessions


@dataclass(frozen=True, slots=True)
class Hop:
    """A node a packet entered: by which interfaces, and what its filters decided.

    `out_interface` is None where the packet went no further; `route` is where the static route
    that sent it there is written.
    """

    node: str
    in_interface: str
    out_interface: str | None
    decisions: tuple[Decision, ...] = ()
    route: Source | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """A packet that a node dropped, and why."""

    hop: Hop
    reason: Message
    source: Source


@dataclass(frozen=True, slots=True)
class Passage:
    """All a node does with a packet: take it, send it on, drop it, remember its session."""

    taken: Hop | None = None
    sent: tuple[tuple[Hop, Exit], ...] = ()
    lost: tuple[Loss, ...] = ()
    admitted: tuple[FilterKey, ...] = ()


class Forwarding:
    """The devices and forwarding hosts of a topology."""

    def __init__(
        self, topology: Topology, ownership: Ownership, senders: Senders, closure: Closure
    ) -> None:
        self._topology = topology
        self._ownership = ownership
        self._senders = senders
        self.closure = closure
        self._device_tables = {device.id: device_tables(device) for device in topology.devices}
        self._host_tables = {host.id: host_table(host, topology) for host in topology.hosts}

    def enter(self, point: AttachmentPoint, packet: Packet, sessions: Sessions) -> Passage:
        """Return what a node does with a packet that enters the interface `point` names.

        A device that does not forward is entered only by packets for itself.
        """
        if point.kind is AttachmentKind.HOST:
            return self._enter_host(self._topology.host_by_id[point.node], point.port, packet)
        device = self._topology.device_by_id[point.node]
        face = device.interface(point.port)
        refusal = self._source_refusal(device, face, packet)
        hop = Hop(device.id, face.id, None)
        if refusal is not None:
            return Passage(lost=(Loss(hop, refusal, face.source),))
        return _DeviceWork(self, device, face, packet, sessions).passage()

    def _enter_host(self, host: Host, inward: str, packet: Packet) -> Passage:
        """Forward like a router without filters; what may be the host's own is taken too."""
        hop = Hop(host.id, inward, None)
        taken = hop if self._ownership.host_owns(host, packet.destination) else None
        if self._ownership.host_declares(host, packet.destination):
            return Passage(taken=taken)
        interfaces = [card.id for card in host.interfaces]
        exits, lost = self.exits(self._host_tables[host.id], interfaces, hop, packet, host.source)
        sent = tuple(
            (replace(hop, out_interface=way.interface, route=way.route), way) for way in exits
        )
        return Passage(taken=taken, sent=sent, lost=lost)

    def exits(
        self,
        table: RouteTable | None,
        interfaces: Iterable[str],
        hop: Hop,
        packet: Packet,
        source: Source,
    ) -> tuple[tuple[Exit, ...], tuple[Loss, ...]]:
        """Return the ways a packet leaves by, and those on which it is dropped: step 5."""
        if table is None:
            return tuple(Exit(name, anyone=True) for name in interfaces), ()
        best = table.best(packet.destination)
        exits = tuple(dict.fromkeys(way for entry in best for way in entry.exits))
        lost = tuple(Loss(hop, _discarded(hop, e), e.source) for e in best if e.discard)
        if not exits and not lost:
            reason = Message.of("drop.no-route", node=hop.node, destination=packet.destination)
            lost = (Loss(hop, reason, source),)
        return exits, lost

    def table(self, device: Device, vrf: str) -> RouteTable | None:
        """Return the routes of a VRF, None if the device's routes are not declared."""
        tables = self._device_tables[device.id]
        return None if tables is None else tables[vrf]

    def owns(self, device: Device, vrf: str, packet: Packet) -> bool:
        """Return whether a packet's destination is an address of a device in a VRF."""
        return self._ownership.device_owns(device, vrf, packet.destination)

    def stack_accepts(self, device: Device, face: L3Interface, packet: Packet) -> bool:
        """Return whether a device's own stack takes a packet addressed to it: step 3."""
        if self._senders.is_reply_to_opened(device.id, packet):
            return True
        if device.management is None:
            return self.closure is Closure.UPPER
        return any(
            names_fit(entry.interfaces, face)
            and address_fits(entry.sources, packet.source)
            and services_fit(entry.services, packet)
            for entry in device.management
        )

    def _source_refusal(self, device: Device, face: L3Interface, packet: Packet) -> Message | None:
        """Return why an interface does not accept a source address: steps 1 and 2."""
        arguments = {"node": device.id, "interface": face.id, "source": packet.source}
        allowed = face.sources
        if allowed is not None and not any(packet.source in prefix for prefix in allowed):
            return Message.of("drop.source-prefix", **arguments)
        table = self.table(device, face.vrf)
        if face.reverse_path is None or table is None:
            return None
        best = table.best(packet.source)
        if face.reverse_path is ReversePath.STRICT:
            passes = any(way.interface == face.id for entry in best for way in entry.exits)
        else:
            passes = bool(best)
        return None if passes else Message.of("drop.reverse-path", **arguments)


class _DeviceWork:
    """One packet at one interface of one device, after the checks of its source address."""

    def __init__(
        self,
        network: Forwarding,
        device: Device,
        face: L3Interface,
        packet: Packet,
        sessions: Sessions,
    ) -> None:
        self._network = network
        self._device = device
        self._face = face
        self._packet = packet
        self._sessions = sessions
        self._admitted: dict[FilterKey, None] = {}
        self._lost: list[Loss] = []

    def passage(self) -> Passage:
        """Return what the device does: steps 3 to 6."""
        hop = Hop(self._device.id, self._face.id, None)
        after = self._filter(hop, self._named(self._face.filter_in), None)
        taken: Hop | None = None
        sent: list[tuple[Hop, Exit]] = []
        if after is not None:
            if self._network.owns(self._device, self._face.vrf, self._packet):
                taken = self._to_stack(after)
            else:
                sent = self._onward(after)
        return Passage(taken, tuple(sent), tuple(self._lost), tuple(self._admitted))

    def _to_stack(self, hop: Hop) -> Hop | None:
        if self._network.stack_accepts(self._device, self._face, self._packet):
            return hop
        reason = Message.of(
            "drop.local", node=self._device.id, destination=self._packet.destination
        )
        self._lost.append(Loss(hop, reason, self._device.source))
        return None

    def _onward(self, hop: Hop) -> list[tuple[Hop, Exit]]:
        """Return the packet on each way that policy and outgoing filter let it take."""
        table = self._network.table(self._device, self._face.vrf)
        names = [face.id for face in self._device.interfaces]
        exits, lost = self._network.exits(table, names, hop, self._packet, self._device.source)
        self._lost += lost
        sent = []
        for way in exits:
            outward = self._device.interface(way.interface)
            step: Hop | None = replace(hop, out_interface=outward.id, route=way.route)
            if self._device.policy is not None:
                between = tuple(sorted({self._face.id, outward.id}))
                key = FilterKey(
                    self._device.id, self._device.policy.id, policy=True, between=between
                )
                both = (self._face, outward)
                step = self._filter(step, (key, self._device.policy), both)
            step = self._filter(step, self._named(outward.filter_out), None)
            if step is not None:
                sent.append((step, way))
        return sent

    def _named(self, name: str | None) -> tuple[FilterKey, Filter] | None:
        if name is None:
            return None
        return FilterKey(self._device.id, name), self._device.filter_named(name)

    def _filter(
        self, hop: Hop | None, filtering: tuple[FilterKey, Filter] | None, way: Way | None
    ) -> Hop | None:
        """Return the hop with a filter's decision added, None if it dropped the packet."""
        if hop is None or filtering is None:
            return hop
        key, item = filtering
        everywhere, here = self._sessions.anywhere(key), self._sessions.of(key)
        ruling = judge(item, self._packet, everywhere, here, self._network.closure, way)
        decision = ruling.decision
        hop = replace(hop, decisions=(*hop.decisions, decision))
        if ruling.opens:
            self._admitted[key] = None
        if decision.passes:
            return hop
        name = decision.rule.name if decision.rule is not None else ""
        code = "drop.no-session" if ruling.stale else "drop.denied"
        reason = Message.of(code, node=self._device.id, filter=item.id, rule=name)
        self._lost.append(Loss(hop, reason, decision.source))
        return None


def _discarded(hop: Hop, entry: Entry) -> Message:
    return Message.of("drop.discard", node=hop.node, prefix=entry.prefix)
