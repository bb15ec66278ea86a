"""The assumption ledger: what verdicts rest on, where it is declared, on what basis."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zonecheck.model.device import Device, PortMode
from zonecheck.model.external import Openness
from zonecheck.model.filter import Filter
from zonecheck.model.host import ONE_WAY, Host, Method
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.breakout import breakouts
from zonecheck.policy.check import (
    ADMISSION,
    BESIDE,
    BINDING,
    CABLING,
    FLOW,
    LISTENS,
    MAINTENANCE,
    PACKETS,
    PEERS,
    PLATFORMS,
    PRINTERS,
    REGISTER,
    ROLES,
    SCOPE,
    SYSTEMS,
    WIRELESS,
    Statement,
    attribute_of,
)
from zonecheck.policy.enforcement import binds_mac
from zonecheck.policy.flow_ends import mac_bound, outer_ends, peer_of, public_peers
from zonecheck.policy.internet_nodes import peers_inside
from zonecheck.policy.ledger.attachments import (
    isolated_platforms,
    lines_switched_off,
    taken_on_trust,
    unknown_admission_servers,
)
from zonecheck.policy.ledger.declared import declared_attributes, declared_systems
from zonecheck.policy.routing_assumption import RoutingAssumption, basis_of_routes, routing_for
from zonecheck.policy.verdict import Assumption


def assumptions_of(
    topology: Topology,
    kind: str,
    routing: RoutingAssumption = RoutingAssumption.DECLARED,
) -> tuple[Assumption, ...]:
    """Return what every statement of one kind rests on in a topology in one state."""
    if kind == PACKETS:
        return tuple(_for_packets(topology, routing))
    if kind == FLOW:
        return tuple(_for_flow(topology))
    if kind == PEERS:
        return tuple(_for_peers(topology))
    if kind == BINDING:
        return tuple(_for_binding(topology))
    if kind == ROLES:
        return tuple(_for_roles(topology))
    if kind == MAINTENANCE:
        return tuple(_for_maintenance(topology))
    if kind == PLATFORMS:
        return tuple(isolated_platforms(topology))
    if kind == BESIDE:
        return tuple(lines_switched_off(topology))
    if kind in (WIRELESS, PRINTERS, REGISTER, SCOPE):
        return tuple(taken_on_trust(topology, kind))
    if kind == CABLING:
        return tuple(_free_trunks(topology))
    if kind == ADMISSION:
        return tuple(_for_admission(topology))
    if kind == LISTENS:
        return tuple(a for host in topology.hosts for a in _closed_lists(host))
    if kind == SYSTEMS:
        return tuple(declared_systems(topology))
    name = attribute_of(kind)
    if name is not None:
        return tuple(declared_attributes(topology, name))
    return ()


class Ledger:
    """What the checks of one design rest on, over all its states."""

    def __init__(
        self, design: Topology, proved: Sequence[Topology], routing: RoutingAssumption
    ) -> None:
        self._design = design
        # Cables that lead nowhere in a state are drawn all the same.
        self._proved = [replace(state, links=design.links) for state in proved]
        self._routing = routing
        self._known: dict[tuple[str, RoutingAssumption], tuple[Assumption, ...]] = {}

    def of(self, stated: Statement) -> tuple[Assumption, ...]:
        """Return what a check that holds rests on, each entry once."""
        routing = routing_for(stated, self._routing)
        found = [*assumptions_of_states(self._design, len(self._proved))]
        for kind in stated.rests_on:
            found += self._of_kind(kind, routing)
        return tuple(dict.fromkeys(found))

    def _of_kind(self, kind: str, routing: RoutingAssumption) -> tuple[Assumption, ...]:
        if (kind, routing) not in self._known:
            found = [a for state in self._proved for a in assumptions_of(state, kind, routing)]
            self._known[kind, routing] = tuple(dict.fromkeys(found))
        return self._known[kind, routing]


def assumptions_of_states(design: Topology, proved: int) -> Iterator[Assumption]:
    """Yield what every statement rests on because a design has several states."""
    if proved > 1:
        yield Assumption("declared-states", design.name, design.source)
    for device in design.devices:
        for member in device.standby:
            yield Assumption("standby-silent", member.id, member.source)


def _for_admission(topology: Topology) -> Iterator[Assumption]:
    for segment in topology.segments:
        auth = None if segment.wireless is None else segment.wireless.auth
        if segment.nac is not None or segment.port_security or auth is not None:
            yield Assumption("device-admission", segment.id, segment.source)


def _for_packets(topology: Topology, routing: RoutingAssumption) -> Iterator[Assumption]:
    for segment in topology.segments:
        if segment.guarded:
            yield Assumption("source-guard", segment.id, segment.source)
    for device in topology.devices:
        yield from _of_device(device, routing)
    for host in topology.hosts:
        if host.ip_forward is True:
            yield Assumption(basis_of_routes(host, routing), host.id, host.source)
        elif host.ip_forward is False and len(host.interfaces) > 1:
            yield Assumption("no-forwarding", host.id, host.source, host.basis or "")
    for external in topology.externals:
        yield Assumption("carrier-sources", external.id, external.source, external.basis or "")
        if external.openness is Openness.CLOSED:
            yield Assumption("external-closed", external.id, external.source, external.basis or "")
    for channel in topology.channels:
        yield Assumption("declared-flows", channel.id, channel.source, channel.clause)
    for flow in topology.specific_flows:
        yield Assumption("declared-flows", flow.id, flow.source, flow.clause)
    for entry in topology.maintenance:
        yield Assumption("declared-flows", entry.id, entry.source, entry.clause)
    yield from _free_trunks(topology)
    yield Assumption("not-forwarded", topology.name, topology.source)


def _free_trunks(topology: Topology) -> Iterator[Assumption]:
    used = {(end.node, end.port) for link in topology.links for end in link.ends}
    for device in topology.devices:
        for port in device.ports:
            free = port.mode is PortMode.TRUNK and not port.shutdown
            if free and (device.id, port.id) not in used:
                yield Assumption("free-trunk-port", f"{device.id}/{port.id}", port.source)


def _of_device(device: Device, routing: RoutingAssumption) -> Iterator[Assumption]:
    if device.kind.forwards:
        yield Assumption(basis_of_routes(device, routing), device.id, device.source)
    for interface in device.interfaces:
        if interface.sources is not None or interface.reverse_path is not None:
            subject = f"{device.id}/{interface.id}"
            yield Assumption("source-check", subject, interface.source)
    if device.interfaces:
        if device.management is not None:
            yield Assumption("management", device.id, device.source)
        yield Assumption("device-opens", device.id, device.source)
        yield Assumption("proxy-arp", device.id, device.source)
    filters = [*device.filters, *([device.policy] if device.policy is not None else [])]
    for item in filters:
        yield from _of_filter(device, item)


def _of_filter(device: Device, item: Filter) -> Iterator[Assumption]:
    subject = f"{device.id}/{item.id}"
    source: Source = item.source
    yield Assumption("extension-headers", subject, source)
    if item.stateful and not item.loose:
        yield Assumption("stateful-strict", subject, source)
    if item.stateful:
        yield Assumption("icmp-errors", subject, source)


def _for_flow(topology: Topology) -> Iterator[Assumption]:
    for host in topology.hosts:
        yield from _of_host(host)
    for external in topology.externals:
        if external.peers:
            yield Assumption(
                "carrier-isolation", external.id, external.source, external.basis or ""
            )
    for end, peer in peers_inside(topology):
        if peer.internet_connected is False:
            yield Assumption("peer-offline", str(end), peer.source, peer.basis or "")
    for channel in breakouts(topology):
        if channel.basis is not None:
            yield Assumption("local-breakout", channel.id, channel.source, channel.basis)
    yield from isolated_platforms(topology)
    yield from lines_switched_off(topology)
    yield from unknown_admission_servers(topology)


def _closed_lists(host: Host) -> Iterator[Assumption]:
    for interface in host.interfaces:
        if interface.listens is not None:
            subject = f"{host.id}/{interface.id}"
            why = interface.listens.basis or host.basis or ""
            yield Assumption("listens", subject, interface.listens.source, why)


def _of_host(host: Host) -> Iterator[Assumption]:
    basis = host.basis or ""
    yield from _closed_lists(host)
    if not host.relays and host.relay_basis is not None:
        yield Assumption("relay-none", host.id, host.source, host.relay_basis)
    if not host.two_sided:
        return
    yield Assumption(
        "one-way" if host.role == ONE_WAY else "side-isolation", host.id, host.source, basis
    )
    for service in host.services:
        if service.method is not Method.ONE_WAY:
            yield Assumption("service-settings", host.id, service.source, basis)
        if service.reverse_blocked is not None:
            yield Assumption("reverse-blocked", host.id, service.source, service.reverse_blocked)


def _for_peers(topology: Topology) -> Iterator[Assumption]:
    networks = {end.id: topology.external_by_id[end.id] for end in outer_ends(topology)}
    for external in networks.values():
        yield Assumption("carrier-isolation", external.id, external.source, external.basis or "")
    for end in outer_ends(topology):
        peer = peer_of(topology, end)
        if peer is not None and peer.internet_connected is False:
            yield Assumption("peer-offline", str(end), peer.source, peer.basis or "")
    for end, peer, _ in public_peers(topology):
        yield Assumption("public-body", str(end), peer.source, peer.legal_basis or "")


def _for_binding(topology: Topology) -> Iterator[Assumption]:
    names = {card.segment for _, _, card in mac_bound(topology)}
    for segment in topology.segments:
        if segment.id in names and binds_mac(segment):
            yield Assumption("mac-enforced", segment.id, segment.source)


def _for_roles(topology: Topology) -> Iterator[Assumption]:
    for external in topology.externals:
        if external.role is not None:
            subject, basis = external.id, external.basis or ""
            yield Assumption("external-role", subject, external.source, basis)


def _for_maintenance(topology: Topology) -> Iterator[Assumption]:
    for entry in topology.maintenance:
        safeguards = (entry.authentication, entry.encryption, entry.window)
        declared = tuple(value for value in safeguards if value is not None)
        if declared:
            source = entry.source
            yield Assumption("maintenance-safeguards", entry.id, source, declared=declared)
