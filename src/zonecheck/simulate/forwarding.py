"""What one node does with a packet that enters an interface (docs/semantics.md, section 4)."""

from collections.abc import Iterable
from dataclasses import replace

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, L3Interface, ReversePath
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.simulate.completions import Completions
from zonecheck.simulate.hops import Hop, Loss, Passage, Sent, Taken
from zonecheck.simulate.inspection import Inspection
from zonecheck.simulate.own_stack import OwnStack
from zonecheck.simulate.ownership import Ownership
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.policy_routing import policy_routed
from zonecheck.simulate.representatives import Representatives
from zonecheck.simulate.routing import Entry, Exit, RouteTable, device_tables, host_table
from zonecheck.simulate.sessions import Sessions
from zonecheck.simulate.translated import Translated
from zonecheck.simulate.translation import Outcome, TranslationTable


class Forwarding:
    """The devices and forwarding hosts of a topology."""

    def __init__(
        self,
        topology: Topology,
        ownership: Ownership,
        stacks: OwnStack,
        completions: Completions,
        closure: Closure,
    ) -> None:
        self._topology = topology
        self._ownership = ownership
        self.stacks = stacks
        self.completions = completions
        self.closure = closure
        self._representatives = Representatives(topology)
        self._device_tables = {device.id: device_tables(device) for device in topology.devices}
        self._host_tables = {host.id: host_table(host, topology) for host in topology.hosts}

    def enter(
        self,
        point: AttachmentPoint,
        packet: Packet,
        sessions: Sessions,
        further: frozenset[IPAddress] = frozenset(),
        *,
        expiring: bool = True,
    ) -> Passage:
        """Return what a node does with a packet that enters the interface `point` names.

        A device that does not forward is entered only by packets for itself. `further` are
        addresses that a translation to any address of a range tries besides the representatives.
        With `expiring`, the entry that a reply answers may be gone.
        """
        if point.kind is AttachmentKind.HOST:
            return self._enter_host(self._topology.host_by_id[point.node], point.port, packet)
        device = self._topology.device_by_id[point.node]
        face = device.interface(point.port)
        refusal = self._source_refusal(device, face, packet)
        hop = Hop(device.id, face.id, None)
        if refusal is not None:
            return Passage(lost=(Loss(hop, refusal, face.source),))
        table = TranslationTable(
            device,
            sessions,
            self.completions,
            self._representatives,
            further,
            expiring=expiring,
        )
        return _DeviceWork(self, device, face, sessions, table).passage(packet)

    def _enter_host(self, host: Host, inward: str, packet: Packet) -> Passage:
        """Forward like a router without filters; what may be the host's own is taken too."""
        hop = Hop(host.id, inward, None)
        owns = self._ownership.host_owns(host, packet.destination)
        taken = (Taken(hop, packet),) if owns else ()
        if self._ownership.host_declares(host, packet.destination):
            return Passage(taken=taken)
        interfaces = [card.id for card in host.interfaces]
        exits, lost = self.exits(self._host_tables[host.id], interfaces, hop, packet, host.source)
        sent = tuple(Sent(_by_way(hop, way), packet, way) for way in exits)
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
            lost = (_no_route(hop, packet, source),)
        return exits, lost

    def table(self, device: Device, vrf: str) -> RouteTable | None:
        """Return the routes of a VRF, None if the device's routes are not declared."""
        tables = self._device_tables[device.id]
        return None if tables is None else tables[vrf]

    def owns(self, device: Device, vrf: str, packet: Packet) -> bool:
        """Return whether a packet's destination is an address of a device in a VRF."""
        return self._ownership.device_owns(device, vrf, packet.destination)

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
        sessions: Sessions,
        table: TranslationTable,
    ) -> None:
        self._network = network
        self._device = device
        self._face = face
        self._sessions = sessions
        self._inspection = Inspection(device, sessions, network.completions, network.closure)
        self._table = table
        self._taken: list[Taken] = []
        self._sent: list[Sent] = []
        self._lost = self._inspection.lost
        self._translated: dict[Translated, None] = {}

    def passage(self, packet: Packet) -> Passage:
        """Return what the device does: steps 3 to 6."""
        hop = Hop(self._device.id, self._face.id, None)
        after = self._inspection.by_named(hop, packet, self._face.filter_in)
        if after is not None:
            self._go_on(after, packet)
        return Passage(
            tuple(self._taken),
            tuple(self._sent),
            tuple(self._lost),
            tuple(self._inspection.admitted),
            tuple(self._translated),
        )

    def _go_on(self, hop: Hop, packet: Packet) -> None:
        """Translate the destination; then the packet is the device's own or goes onward."""
        if not self._device.kind.forwards:
            return self._to_stack(hop, packet)
        for outcome in self._table.of_destination(packet, self._face):
            step = self._noted(hop, outcome)
            if not self._network.owns(self._device, self._face.vrf, outcome.packet):
                self._onward(step, outcome)
            elif not outcome.owed:
                self._to_stack(step, outcome.packet)
        return None

    def _to_stack(self, hop: Hop, packet: Packet) -> None:
        if self._network.stacks.accepts(self._device, self._face, packet):
            self._taken.append(Taken(hop, packet))
            return
        reason = Message.of("drop.local", node=self._device.id, destination=packet.destination)
        self._lost.append(Loss(hop, reason, self._device.source))

    def _onward(self, hop: Hop, outcome: Outcome) -> None:
        """Send a packet on each way that policy and outgoing filter let it take."""
        seen = _seen_by_policy(self._device, outcome)
        exits, lost = self._exits(hop, outcome.packet)
        self._lost += lost
        for way in exits:
            outward = self._device.interface(way.interface)
            step = self._inspection.by_policy(_by_way(hop, way), seen, self._face, outward)
            if step is None:
                continue
            for leaving in self._table.of_source(outcome, self._face, outward):
                noted = self._noted(step, leaving)
                out = self._inspection.by_named(noted, leaving.packet, outward.filter_out)
                if out is not None:
                    self._sent.append(Sent(out, leaving.packet, way))

    def _exits(self, hop: Hop, packet: Packet) -> tuple[tuple[Exit, ...], tuple[Loss, ...]]:
        """Return the ways a packet leaves by, those of a policy route before the routes.

        A fragment leaves by the ways of all it may be the rest of.
        """
        source = self._device.source
        completions = self._network.completions.of(packet, self._sessions)
        chosen = policy_routed(self._device, self._face, completions)
        lost = (_no_route(hop, packet, source),) if chosen.leads_nowhere else ()
        if not chosen.by_routes:
            return chosen.exits, lost
        table = self._network.table(self._device, self._face.vrf)
        names = [face.id for face in self._device.interfaces]
        exits, dropped = self._network.exits(table, names, hop, packet, source)
        return tuple(dict.fromkeys((*chosen.exits, *exits))), (*lost, *dropped)

    def _noted(self, hop: Hop, outcome: Outcome) -> Hop:
        """Return the hop with a step of translation added, which the device remembers."""
        if outcome.step is None:
            return hop
        entry = self._table.remembered(outcome.step)
        if entry is not None:
            self._translated[entry] = None
        step = replace(outcome.step, decided=len(hop.decisions))
        return replace(hop, translations=(*hop.translations, step))


def _seen_by_policy(device: Device, outcome: Outcome) -> Packet:
    """Return a packet as the policy sees it: after the translation of its destination.

    A policy that sees the original sees what a rule changed as it was before. What a reply got
    back is seen by every policy: nothing of it was translated, something was undone.
    """
    step = outcome.step
    if step is None or step.restores is not None or not device.policy_sees_original:
        return outcome.packet
    return step.before


def _by_way(hop: Hop, way: Exit) -> Hop:
    return replace(hop, out_interface=way.interface, route=way.route, policy_route=way.policy_route)


def _no_route(hop: Hop, packet: Packet, source: Source) -> Loss:
    reason = Message.of("drop.no-route", node=hop.node, destination=packet.destination)
    return Loss(hop, reason, source)


def _discarded(hop: Hop, entry: Entry) -> Message:
    return Message.of("drop.discard", node=hop.node, prefix=entry.prefix)
