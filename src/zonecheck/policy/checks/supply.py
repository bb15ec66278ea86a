"""Logs, time and updates get where they should: to a system that provides them, in the own zone.

Whether something works is asked under both closures (docs/semantics.md, section 7).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.attribute import attribute
from zonecheck.model.device import Device
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.service import PortRange, Service
from zonecheck.model.system import System
from zonecheck.model.zone import LGWAN, MYNUMBER
from zonecheck.packets import TCP, UDP, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.answered import is_answered
from zonecheck.policy.check import LISTENS, PACKETS, SYSTEMS, Check, Outcome
from zonecheck.policy.check import attribute as on
from zonecheck.policy.extent import extent_of, told_of
from zonecheck.policy.roles import is_server, is_terminal, stands_in
from zonecheck.policy.sessions import Gathered, accepted, origins_of, points_of, sent_or_arriving
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration

_UNANSWERED = 514
"""UDP port of syslog, to which nobody answers."""
_TIME_PORT = 123


def _to(protocol: int, *ports: int) -> tuple[Service, ...]:
    return tuple(Service(protocol, (PortRange(port, port),)) for port in ports)


_LOG = (*_to(UDP, 514), *_to(TCP, 514, 6514))
_TIME = _to(UDP, _TIME_PORT)
_UPDATE = _to(TCP, 80, 443, 8530, 8531)
_RESTS_ON = (PACKETS, LISTENS, SYSTEMS, on("operated_by"))


@dataclass(frozen=True, slots=True)
class _Need:
    """Who needs what from whom; `code` begins its messages.

    `services` are meant where a provider does not say by which it provides.
    """

    code: str
    provides: str
    services: tuple[Service, ...]
    terminals: bool = False
    devices: bool = True


def ask_log_path_reachable(analysis: Analysis) -> Outcome:
    """Every device and server reaches a log store of its zone."""
    return _ask(analysis, _Need("log-path-reachable", "log", _LOG))


def ask_time_sync_reachable(analysis: Analysis) -> Outcome:
    """Every device and server reaches a time source of its zone, and none asks the Internet."""
    found = _ask(analysis, _Need("time-sync-reachable", "time", _TIME))
    outside = Gathered(analysis)
    time = analysis.space.box(protocols=[(UDP, UDP)], dst_ports=[(_TIME_PORT, _TIME_PORT)])
    for origin in analysis.plane.origins:
        if analysis.zone_of(origin.point) not in (MYNUMBER, LGWAN) or origin.may_send.is_empty:
            continue
        for point in analysis.reach.destinations(origin):
            if point.kind is AttachmentKind.EDGE and analysis.is_open(point.node):
                flow = analysis.reach.flow(origin, point).at_once
                outside.add(origin, point, sent_or_arriving(flow, time))
    if outside.is_empty:
        return found
    finding = outside.finding("time-sync-reachable.internet")
    return Outcome((*found.findings, finding), found.examined, found.missing)


def ask_update_path_reachable(analysis: Analysis) -> Outcome:
    """Every server and terminal reaches a distributor of updates of its zone."""
    need = _Need("update-path-reachable", "update", _UPDATE, terminals=True, devices=False)
    return _ask(analysis, need)


def _ask(analysis: Analysis, need: _Need) -> Outcome:
    topology = analysis.topology
    providers = [s for s in topology.systems if need.provides in s.provides]
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    examined = 0
    providing = {host for system in providers for host in system.hosts}
    for host in topology.hosts:
        wanted = is_server(topology, host) or (need.terminals and is_terminal(topology, host))
        if not wanted or host.id in providing or not stands_in(topology, host, analysis.areas):
            continue
        examined += 1
        origins = origins_of(analysis, [host.id])
        _judge(analysis, need, providers, host, origins, findings, missing)
    for device in topology.devices if need.devices else ():
        if attribute(device.attributes, "operated_by") is not None or not _has_stack(device):
            continue
        examined += 1
        opened = {o.to.id for o in device.opens if o.to.kind is EndpointKind.HOST}
        if not opened & providing:
            item = Message.of("missing.opens", subject=device.id, provides=need.provides)
            missing.append(MissingDeclaration(item, device.source))
            continue
        origins = [
            origin
            for origin in analysis.plane.origins
            if origin.point.kind is AttachmentKind.STACK and origin.point.node == device.id
        ]
        _judge(analysis, need, providers, device, origins, findings, missing)
    return Outcome(tuple(findings), examined, tuple(missing))


def _has_stack(device: Device) -> bool:
    return any(interface.addresses for interface in device.interfaces)


def _judge(
    analysis: Analysis,
    need: _Need,
    providers: Iterable[System],
    element: Host | Device,
    origins: list[Origin],
    findings: list[Finding],
    missing: list[MissingDeclaration],
) -> None:
    """Add what keeps an element from what it needs, nothing if it gets it from one provider."""
    zones = {analysis.zone_of(origin.point) for origin in origins}
    near = [s for s in providers if _stands_in(analysis, s, zones)]
    if not near:
        item = Message.of(
            "missing.provider",
            subject=element.id,
            provides=need.provides,
            zone=", ".join(sorted(zone or "-" for zone in zones)),
        )
        missing.append(MissingDeclaration(item, element.source))
        return
    if any(_reaches(analysis, need, origins, system, zones) for system in near):
        return
    message = Message.of(
        f"{need.code}.lost", element=element.id, providers=", ".join(s.id for s in near)
    )
    control = MissingControl(element.id, element.source)
    named = tuple(sorted(zone for zone in zones if zone is not None))
    extent = extent_of("lost", told_of(element))
    findings.append(Finding(message, named, control, element.source, extent=extent))


def _stands_in(analysis: Analysis, system: System, zones: set[str | None]) -> bool:
    return any(analysis.zone_of(point) in zones for point in points_of(analysis, system.hosts))


def _reaches(
    analysis: Analysis,
    need: _Need,
    origins: list[Origin],
    system: System,
    zones: set[str | None],
) -> bool:
    """Return whether some packet of an element arrives at a provider and is answered."""
    filters = analysis.plane.filters
    services = filters.services(system.services or need.services)
    if len(system.provides) > 1:
        services &= filters.services(need.services)
    for point in points_of(analysis, system.hosts):
        if analysis.zone_of(point) not in zones:
            continue
        wanted = services & accepted(analysis, point)
        for origin in origins:
            if _is_served(analysis, origin, point, wanted):
                return True
    return False


def _is_served(
    analysis: Analysis, origin: Origin, point: AttachmentPoint, wanted: PacketSet
) -> bool:
    # What a stack answers is not modelled as sent by it (docs/semantics.md, section 2).
    unanswered = analysis.space.box(protocols=[(UDP, UDP)], dst_ports=[(_UNANSWERED, _UNANSWERED)])
    for part in analysis.reach.flow(origin, point).fresh_parts:
        asked = part.starting(origin.honest).arriving(wanted)
        arrived = asked.arrived.whole
        if arrived.is_empty:
            continue
        if not (arrived & unanswered).is_empty or is_answered(analysis, origin, point, asked):
            return True
    return False


CHECKS = (
    Check("log-path-reachable", 2, _RESTS_ON, ask_log_path_reachable, monotone=False),
    Check("time-sync-reachable", 2, _RESTS_ON, ask_time_sync_reachable, monotone=False),
    Check("update-path-reachable", 2, _RESTS_ON, ask_update_path_reachable, monotone=False),
)
