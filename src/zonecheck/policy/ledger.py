"""The assumption ledger: what verdicts rest on, where it is declared, on what basis."""

from collections.abc import Iterator

from zonecheck.model.device import Device, PortMode
from zonecheck.model.external import Openness
from zonecheck.model.filter import Filter
from zonecheck.model.host import ONE_WAY, Host
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.check import ADMISSION, CABLING, FLOW, PACKETS
from zonecheck.policy.verdict import Assumption


def assumptions_of(topology: Topology, kind: str) -> tuple[Assumption, ...]:
    """Return what every statement of one kind rests on in a topology."""
    if kind == PACKETS:
        return tuple(_for_packets(topology))
    if kind == FLOW:
        return tuple(_for_flow(topology))
    if kind == CABLING:
        return tuple(_free_trunks(topology))
    if kind == ADMISSION:
        return tuple(_for_admission(topology))
    return ()


def _for_admission(topology: Topology) -> Iterator[Assumption]:
    for segment in topology.segments:
        auth = None if segment.wireless is None else segment.wireless.auth
        if segment.nac is not None or segment.port_security or auth is not None:
            yield Assumption("device-admission", segment.id, segment.source)


def _for_packets(topology: Topology) -> Iterator[Assumption]:
    for segment in topology.segments:
        if segment.guarded:
            yield Assumption("source-guard", segment.id, segment.source)
    for device in topology.devices:
        yield from _of_device(device)
    for external in topology.externals:
        yield Assumption("carrier-sources", external.id, external.source, external.basis or "")
        if external.openness is Openness.CLOSED:
            yield Assumption("external-closed", external.id, external.source, external.basis or "")
    for channel in topology.channels:
        yield Assumption("declared-flows", channel.id, channel.source, channel.clause)
    for flow in topology.specific_flows:
        yield Assumption("declared-flows", flow.id, flow.source, flow.clause)
    yield from _free_trunks(topology)
    yield Assumption("not-forwarded", topology.name, topology.source)


def _free_trunks(topology: Topology) -> Iterator[Assumption]:
    used = {(end.node, end.port) for link in topology.links for end in link.ends}
    for device in topology.devices:
        for port in device.ports:
            free = port.mode is PortMode.TRUNK and not port.shutdown
            if free and (device.id, port.id) not in used:
                yield Assumption("free-trunk-port", f"{device.id}/{port.id}", port.source)


def _of_device(device: Device) -> Iterator[Assumption]:
    if device.kind.forwards:
        declared = device.routes is not None
        name = "routing-declared" if declared else "routing-any"
        yield Assumption(name, device.id, device.source)
    for interface in device.interfaces:
        if interface.sources is not None or interface.reverse_path is not None:
            subject = f"{device.id}/{interface.id}"
            yield Assumption("source-check", subject, interface.source)
    if device.interfaces:
        yield Assumption("device-opens", device.id, device.source)
        yield Assumption("proxy-arp", device.id, device.source)
    filters = [*device.filters, *([device.policy] if device.policy is not None else [])]
    for item in filters:
        yield from _of_filter(device, item)


def _of_filter(device: Device, item: Filter) -> Iterator[Assumption]:
    subject = f"{device.id}/{item.id}"
    source: Source = item.source
    yield Assumption("fragments", subject, source)
    yield Assumption("extension-headers", subject, source)
    if item.stateful:
        yield Assumption("stateful-strict", subject, source)
        yield Assumption("icmp-errors", subject, source)


def _for_flow(topology: Topology) -> Iterator[Assumption]:
    for host in topology.hosts:
        yield from _of_host(host)
    for external in topology.externals:
        if external.peers:
            yield Assumption(
                "carrier-isolation", external.id, external.source, external.basis or ""
            )


def _of_host(host: Host) -> Iterator[Assumption]:
    basis = host.basis or ""
    for interface in host.interfaces:
        if interface.listens is not None:
            subject = f"{host.id}/{interface.id}"
            why = interface.listens.basis or basis
            yield Assumption("listens", subject, interface.listens.source, why)
    if not host.relays and host.relay_basis is not None:
        yield Assumption("relay-none", host.id, host.source, host.relay_basis)
    if not host.two_sided:
        return
    yield Assumption(
        "one-way" if host.role == ONE_WAY else "side-isolation", host.id, host.source, basis
    )
    for service in host.services:
        yield Assumption("service-settings", host.id, service.source, basis)
        if service.reverse_blocked is not None:
            yield Assumption("reverse-blocked", host.id, service.source, service.reverse_blocked)
