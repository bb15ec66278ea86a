"""What a topology leaves undeclared, and where to write it (docs/semantics.md, section 7)."""

from collections.abc import Iterator

from zonecheck.model.channel import Leg
from zonecheck.model.device import UNTRANSLATED, Device
from zonecheck.model.external import INTERNET_ROLE, LGWAN_ROLE, SECURITY_CLOUD_ROLE, Openness
from zonecheck.model.filter import Filter
from zonecheck.model.host import Host, Method, RelayService
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.model.service import ICMP_PROTOCOLS, Service
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.breakout import cloud_ends
from zonecheck.policy.flow_ends import (
    mac_bound,
    missing_of_public_body,
    outer_ends,
    peer_of,
    public_peers,
)
from zonecheck.policy.internet_nodes import peers_inside
from zonecheck.policy.safeguards import missing_safeguards
from zonecheck.policy.verdict import MissingDeclaration
from zonecheck.prove.excuse import TUNNEL_PROTOCOLS, TUNNEL_UDP_PORTS
from zonecheck.prove.out_of_band import leads_nowhere

REDIRECTIONS = ("clipboard", "drive", "printer", "usb")


def undeclared_items(topology: Topology) -> tuple[MissingDeclaration, ...]:
    """Return everything that makes the upper and the lower closure of a topology differ."""
    found: list[MissingDeclaration] = []
    for host in topology.hosts:
        found += _of_host(host)
    for device in topology.devices:
        found += _of_device(device)
    for external in topology.externals:
        if external.openness is None:
            found.append(_missing("missing.openness", external.id, external.source))
        elif external.basis is None and (external.openness is Openness.CLOSED or external.peers):
            found.append(_missing("missing.external-basis", external.id, external.source))
    for segment in topology.segments:
        if segment.zone is None:
            found.append(_missing("missing.zone", segment.id, segment.source))
        if _is_open_radio(segment):
            found.append(_missing("missing.wireless-auth", segment.id, segment.source))
    unplanned = [
        (h.id, i.id, i.source) for h in topology.hosts for i in h.interfaces if i.segment is None
    ]
    unplanned += [
        (d.id, i.id, i.source) for d in topology.devices for i in d.interfaces if i.segment is None
    ]
    for node, interface, source in unplanned:
        found.append(_missing("missing.segment", node, source, interface=interface))
    for link in topology.links:
        if link.zones is None:
            found.append(_missing("missing.link-tag", str(link), link.source))
    for name, leg in _named_legs(topology):
        if _may_tunnel(leg):
            found.append(_missing("missing.tunnel", name, leg.source))
    found += _of_specific_flows(topology)
    found += _of_roles(topology)
    found += _of_platforms(topology)
    for entry in topology.maintenance:
        found += [MissingDeclaration(item, entry.source) for _, item in missing_safeguards(entry)]
    return tuple(found)


def beyond_proof(topology: Topology) -> tuple[MissingDeclaration, ...]:
    """Return why no packet statement can hold, whatever the closures say.

    Devices forward what the model has no packets for; networks said to be closed are the Internet.
    """
    return (*_closed_internet(topology), *_also_forwarded(topology))


def _closed_internet(topology: Topology) -> Iterator[MissingDeclaration]:
    """Yield closed networks that, by what else is said of them, lead to the Internet.

    By their role, or, where they have none, by their peers; systems of public bodies and what
    channels of local breakout lead to have checks of their own.
    """
    clouds = cloud_ends(topology)
    for external in topology.externals:
        if external.openness is not Openness.CLOSED:
            continue
        if external.role in (INTERNET_ROLE, SECURITY_CLOUD_ROLE):
            role = str(external.role)
            yield _missing("missing.open-by-role", external.id, external.source, role=role)
        elif external.role is None:
            for peer in external.peers:
                left_out = peer.public_body or (external.id, peer.id) in clouds
                if peer.internet_connected and not left_out:
                    name = f"{external.id}/{peer.id}"
                    yield _missing("missing.open-by-peer", external.id, peer.source, peer=name)


def _also_forwarded(topology: Topology) -> tuple[MissingDeclaration, ...]:
    return tuple(
        _missing("missing.untranslated", device.id, _policy_source(device))
        if feature == UNTRANSLATED
        else _missing("missing.also-forwards", device.id, device.source, feature=feature)
        for device in topology.devices
        for feature in device.also_forwards
    )


def _policy_source(device: Device) -> Source:
    return device.source if device.policy is None else device.policy.source


def _is_open_radio(segment: Segment) -> bool:
    """Return whether it is not declared how an SSID authenticates devices."""
    if segment.nac is not None or segment.port_security:
        return False
    radio = segment.laid_on is not None or segment.wireless is not None
    return radio and (segment.wireless is None or segment.wireless.auth is None)


def _of_specific_flows(topology: Topology) -> Iterator[MissingDeclaration]:
    cards = {(host.id, card.id): card for _, host, card in mac_bound(topology) if card.mac is None}
    for (host, name), card in cards.items():
        yield _missing("missing.mac", host, card.source, interface=name)
    ends = {end: peer_of(topology, end) for end in outer_ends(topology)}
    for end, peer in (ends | dict(peers_inside(topology))).items():
        if peer is None:
            continue
        if peer.internet_connected is None:
            yield _missing("missing.internet-connected", str(end), peer.source)
        elif not peer.internet_connected and peer.basis is None:
            yield _missing("missing.peer-basis", str(end), peer.source)
    for end, peer, _ in public_peers(topology):
        for setting in missing_of_public_body(peer):
            yield _missing("missing.public-body", str(end), peer.source, setting=setting)


def _of_roles(topology: Topology) -> Iterator[MissingDeclaration]:
    """Yield external networks that may be the waypoint no other is declared to be."""
    roles = {external.role for external in topology.externals}
    no_cloud = SECURITY_CLOUD_ROLE not in roles
    no_lgwan = LGWAN_ROLE not in roles and bool(public_peers(topology))
    for external in topology.externals:
        closed = external.openness is Openness.CLOSED and external.basis is not None
        if external.role is None and (no_lgwan or (no_cloud and not closed)):
            yield _missing("missing.role", external.id, external.source)


def _of_platforms(topology: Topology) -> Iterator[MissingDeclaration]:
    for hypervisor in topology.hypervisors:
        if hypervisor.isolation is None:
            yield _missing("missing.isolation", hypervisor.id, hypervisor.source)
        if hypervisor.commanded_by_anyone:
            yield _missing("missing.platform-management", hypervisor.id, hypervisor.source)
    for line in topology.out_of_band:
        if line.enabled and leads_nowhere(line):
            yield _missing("missing.far-end", line.id, line.source, medium=line.medium)


def _missing(code: str, subject: str, source: Source, **more: str) -> MissingDeclaration:
    return MissingDeclaration(Message.of(code, subject=subject, **more), source)


def _of_host(host: Host) -> Iterator[MissingDeclaration]:
    if host.ip_forward is None and len(host.interfaces) > 1:
        yield _missing("missing.ip-forward", host.id, host.source)
    if not host.relays and host.relay_basis is None:
        yield _missing("missing.relay-basis", host.id, host.source)
    for interface in host.interfaces:
        listens = interface.listens
        if listens is not None and listens.basis is None and host.basis is None:
            yield _missing("missing.listens-basis", host.id, listens.source, interface=interface.id)
    if not host.two_sided:
        return
    if host.basis is None:
        yield _missing("missing.basis", host.id, host.source)
    for interface in host.interfaces:
        if interface.side is None:
            yield _missing("missing.side", host.id, interface.source, interface=interface.id)
    for service in host.services:
        for setting in missing_settings(service):
            yield _missing("missing.setting", host.id, service.source, setting=setting)


def missing_settings(service: RelayService) -> list[str]:
    """Return the names of the settings that decide whether a service sanitises."""
    if service.method is Method.MAIL_TEXT:
        return ["mail_mode"] if service.mail_mode is None else []
    if service.method is Method.FILE_CLEAN:
        settings = {"file_mode": service.file_mode, "unsanitisable": service.unsanitisable}
        return [name for name, value in settings.items() if value is None]
    if service.method is Method.SCREEN_TRANSFER:
        given = dict(service.redirection)
        return [f"redirection.{name}" for name in REDIRECTIONS if name not in given]
    return []


def _of_device(device: Device) -> Iterator[MissingDeclaration]:
    if device.management is None:
        yield _missing("missing.management", device.id, device.source)
    if device.kind.filters_frames and device.non_ip is None:
        yield _missing("missing.non-ip", device.id, device.source)
    filters = [*device.filters, *([device.policy] if device.policy is not None else [])]
    for item in filters:
        yield from _of_filter(device, item)


def _of_filter(device: Device, item: Filter) -> Iterator[MissingDeclaration]:
    if item.rules is None:
        yield _missing("missing.rules", device.id, item.source, filter=item.id)
        return
    if item.default is None:
        yield _missing("missing.default", device.id, device.source, filter=item.id)
    # A line of another system's file may have become several rules, and counts once.
    yield from dict.fromkeys(
        _missing(
            "missing.rule-meaning",
            device.id,
            rule.source,
            rule=rule.name,
            reason=rule.uncertain,
        )
        for rule in (*item.rules, *(item.session_rules or ()))
        if rule.uncertain is not None
    )


def _named_legs(topology: Topology) -> Iterator[tuple[str, Leg]]:
    for channel in topology.channels:
        for leg in channel.legs:
            yield channel.id, leg
    for entry in topology.maintenance:
        for leg in entry.legs:
            yield entry.id, leg
    for flow in topology.specific_flows:
        yield flow.id, flow.leg


def _may_tunnel(leg: Leg) -> bool:
    return not leg.services or any(map(_tunnels, leg.services))


def _tunnels(service: Service) -> bool:
    if service.protocol is None or service.protocol in TUNNEL_PROTOCOLS:
        return True
    if service.protocol in ICMP_PROTOCOLS or service.protocol != 17:
        return False
    return not service.ports or any(
        port in item for item in service.ports for port in TUNNEL_UDP_PORTS
    )
