"""Declarations of a host or device that a finding may merely lack: what to look at first.

None of them excuses a finding. They tell which key is not there, of a sanitiser above all, since
without `services`, `listens` and `zones` it counts as any other host between two zones.
"""

from collections.abc import Iterable, Iterator

from zonecheck.dataplane import BroadcastDomains
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.channel import SANITISED_KINDS, Channel
from zonecheck.model.device import Device
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.host import ONE_WAY, Host
from zonecheck.model.link import LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import MissingDeclaration

_CORE = "/core"
"""What ends the name of the inside of a two-sided host, where payload is in neither side."""


def lacking_service(topology: Topology, channel: Channel) -> tuple[MissingDeclaration, ...]:
    """Return the services that sanitisers at the ends of a channel do not declare for it."""
    if channel.kind not in SANITISED_KINDS:
        return ()
    ends = (end for leg in channel.legs for end in (leg.origin, leg.destination))
    names = dict.fromkeys(end.id for end in ends if end.kind is EndpointKind.HOST)
    hosts = [topology.host_by_id[name] for name in names]
    if any(_offers(host, channel.kind) for host in hosts):
        return ()
    return tuple(
        MissingDeclaration(
            Message.of(
                "missing.relay-service",
                subject=host.id,
                method=channel.kind,
                channel=channel.id,
            ),
            host.source,
        )
        for host in hosts
        if host.two_sided and host.role != ONE_WAY
    )


def _offers(host: Host, method: str) -> bool:
    return any(service.method.value == method for service in host.services)


def lacking_inside(topology: Topology, nodes: Iterable[str]) -> tuple[MissingDeclaration, ...]:
    """Return what the two-sided hosts do not declare through whose inside a way of payload goes."""
    names = dict.fromkeys(node.removesuffix(_CORE) for node in nodes if node.endswith(_CORE))
    hosts = [topology.host_by_id[name] for name in names if name in topology.host_by_id]
    two_sided = (host for host in hosts if host.two_sided)
    found = dict.fromkeys(item for host in two_sided for item in _of_inside(topology, host))
    return tuple(found)


def _of_inside(topology: Topology, host: Host) -> Iterator[MissingDeclaration]:
    for channel in topology.channels:
        for item in lacking_service(topology, channel):
            if item.item.named["subject"] == host.id:
                yield item
    for card in host.interfaces:
        if card.listens is None:
            message = Message.of("missing.side-listens", subject=host.id, interface=card.id)
            yield MissingDeclaration(message, card.source)


def lacking_zones(element: Host | Device, zones: Iterable[str]) -> tuple[MissingDeclaration, ...]:
    """Return that something that may stand in several zones does not say in which."""
    actual = sorted(zones)
    if element.zones or "-" in actual or (isinstance(element, Host) and not element.two_sided):
        return ()
    code = "missing.host-zones" if isinstance(element, Host) else "missing.device-zones"
    message = Message.of(code, node=element.id, zones=", ".join(actual))
    return (MissingDeclaration(message, element.source),)


def lacking_tag(
    topology: Topology, domains: BroadcastDomains, point: AttachmentPoint
) -> tuple[MissingDeclaration, ...]:
    """Return that the cable of a tagged interface does not carry its tag at the far switch.

    If it carries the VLAN that the segment is planned in, the tag is the likelier slip.
    """
    device = topology.device_by_id.get(point.node)
    faces = device.interfaces if device is not None else ()
    face = next((each for each in faces if each.id == point.port), None)
    if face is None or face.vlan is None or face.port is None:
        return ()
    segment = topology.segment_by_id.get(face.segment or "")
    planned = None if segment is None else segment.vlan
    near = LinkEnd(point.node, face.port)
    found = []
    for link in topology.links:
        if near not in link.ends:
            continue
        far = link.b if link.a == near else link.a
        carried = domains.vlans_of_port(far.node, far.port)
        if planned in carried and planned != face.vlan:
            message = Message.of(
                "missing.other-tag",
                subject=point,
                tag=face.vlan,
                segment=face.segment,
                vlan=planned,
            )
            found.append(MissingDeclaration(message, face.source))
        elif carried and face.vlan not in carried:
            vlans = ", ".join(map(str, carried))
            message = Message.of(
                "missing.tag-on-link", link=link, point=point, tag=face.vlan, vlans=vlans
            )
            found.append(MissingDeclaration(message, link.source))
    return tuple(found)
