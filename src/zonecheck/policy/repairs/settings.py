"""Repairs that configure something: guards, forwarding, redirection, authentication."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from zonecheck.model.device import Device, L3Interface, ReversePath
from zonecheck.model.host import Host, Method, RelayService
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment, Wireless
from zonecheck.model.topology import Topology
from zonecheck.policy.ledger.undeclared import REDIRECTIONS
from zonecheck.policy.repairs.lists import with_device
from zonecheck.policy.repairs.repair import Repair, Size
from zonecheck.policy.roles import is_printer
from zonecheck.policy.sanitising import BLOCK, TEXT_ONLY

AUTH = "wpa3-enterprise"
NAC = "dot1x"
NO_LINE = "none"
FILE_MODE = "reconstruct"


def setting_repairs(topology: Topology) -> Iterator[Repair]:
    """Yield every setting that would keep more apart and is not on."""
    for host in topology.hosts:
        yield from _of_host(host)
    for segment in topology.segments:
        yield from _of_segment(segment)
    for device in topology.devices:
        for face in device.interfaces:
            if face.reverse_path is not ReversePath.STRICT:
                end = f"{device.id}/{face.id}"
                message = Message.of("repair.reverse-path-strict", interface=end)
                edit = partial(with_device, name=device.id, edit=partial(_strict, face=face.id))
                yield Repair(Size.SETTING, message, face.source, edit, (end,))
        if device.management is None:
            message = Message.of("repair.management-none", node=device.id)
            edit = partial(with_device, name=device.id, edit=_without_management)
            yield Repair(Size.SETTING, message, device.source, edit, (device.id,))
        if device.non_ip is not False and device.kind.filters_frames:
            message = Message.of("repair.non-ip-off", node=device.id)
            edit = partial(with_device, name=device.id, edit=_without_other_frames)
            yield Repair(Size.SETTING, message, device.source, edit, (device.id,))


def _of_host(host: Host) -> Iterator[Repair]:
    if len(host.interfaces) > 1 and host.ip_forward is not False:
        message = Message.of("repair.ip-forward-off", node=host.id)
        yield _host_setting(host, message, ip_forward=False, routes=None)
    if is_printer(host) and host.fax != NO_LINE:
        message = Message.of("repair.fax-off", node=host.id)
        yield _host_setting(host, message, fax=NO_LINE)
    for service in host.services:
        mended = mended_service(service)
        if mended != service:
            text = ", ".join(_settings(mended))
            message = Message.of(
                "repair.service-settings",
                node=host.id,
                method=service.method.value,
                settings=text,
            )
            edit = partial(_with_service, host=host.id, service=service, mended=mended)
            yield Repair(Size.SETTING, message, service.source, edit, (host.id,))


def mended_service(service: RelayService) -> RelayService:
    """Return a service with the settings that make it sanitise."""
    if service.method is Method.MAIL_TEXT:
        return replace(service, mail_mode=TEXT_ONLY)
    if service.method is Method.FILE_CLEAN:
        mode = service.file_mode or FILE_MODE
        return replace(service, file_mode=mode, unsanitisable=BLOCK)
    if service.method is Method.SCREEN_TRANSFER:
        off = tuple((name, False) for name in REDIRECTIONS)
        if dict(service.redirection) == dict(off):
            return service
        return replace(service, redirection=off)
    return service


def _settings(service: RelayService) -> Iterator[str]:
    """Yield the settings of a service as a file says them."""
    if service.method is Method.MAIL_TEXT:
        yield f"mail_mode: {service.mail_mode}"
    elif service.method is Method.FILE_CLEAN:
        yield f"file_mode: {service.file_mode}"
        yield f"unsanitisable: {service.unsanitisable}"
    else:
        yield from (f"redirection.{name}: off" for name, _ in service.redirection)


def _with_service(
    topology: Topology, host: str, service: RelayService, mended: RelayService
) -> Topology:
    def edit(each: Host) -> Host:
        services = tuple(mended if item is service else item for item in each.services)
        return replace(each, services=services)

    return replace(topology, hosts=tuple(edit(h) if h.id == host else h for h in topology.hosts))


def _host_setting(host: Host, message: Message, **values: Any) -> Repair:
    edit = partial(with_host, name=host.id, values=values)
    return Repair(Size.SETTING, message, host.source, edit, (host.id,))


def with_host(topology: Topology, name: str, values: dict[str, Any]) -> Topology:
    """Return the topology with some fields of a host set."""
    return replace(
        topology,
        hosts=tuple(replace(h, **values) if h.id == name else h for h in topology.hosts),
    )


def _of_segment(segment: Segment) -> Iterator[Repair]:
    if not segment.port_security:
        message = Message.of("repair.port-security-on", segment=segment.id)
        yield _segment_setting(segment, message, port_security=True)
    if segment.nac is None:
        message = Message.of("repair.nac-on", segment=segment.id, nac=NAC)
        yield _segment_setting(segment, message, nac=NAC)
    if not segment.guarded:
        message = Message.of("repair.guard-on", segment=segment.id)
        yield _segment_setting(segment, message, ip_source_guard=True, port_security=True)
    radio = segment.laid_on is not None or segment.wireless is not None
    if radio and (segment.wireless is None or segment.wireless.auth != AUTH):
        wireless = replace(segment.wireless or Wireless(), auth=AUTH)
        message = Message.of("repair.wireless-auth", segment=segment.id, auth=AUTH)
        yield _segment_setting(segment, message, wireless=wireless)


def _segment_setting(segment: Segment, message: Message, **values: Any) -> Repair:
    edit = partial(with_segment, name=segment.id, values=values)
    return Repair(Size.SETTING, message, segment.source, edit, (segment.id,))


def with_segment(topology: Topology, name: str, values: dict[str, Any]) -> Topology:
    """Return the topology with some fields of a segment set."""
    return replace(
        topology,
        segments=tuple(replace(s, **values) if s.id == name else s for s in topology.segments),
    )


def _strict(device: Device, face: str) -> Device:
    def edit(interface: L3Interface) -> L3Interface:
        if interface.id != face:
            return interface
        return replace(interface, reverse_path=ReversePath.STRICT)

    return replace(device, interfaces=tuple(map(edit, device.interfaces)))


def _without_other_frames(device: Device) -> Device:
    return replace(device, non_ip=False)


def _without_management(device: Device) -> Device:
    return replace(device, management=())
