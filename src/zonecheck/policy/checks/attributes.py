"""What hosts and devices are declared to be: authentication, media, support, place, snapshots."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.attribute import attribute, values_of
from zonecheck.model.device import Device
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.zone import MYNUMBER
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import LISTENS, PACKETS, STRUCTURE, SYSTEMS, Check, Outcome
from zonecheck.policy.check import attribute as on
from zonecheck.policy.extent import extent_of, told_of
from zonecheck.policy.roles import is_server, is_terminal, stands_in
from zonecheck.policy.sessions import Gathered, apart, openable, origins_of, points_of
from zonecheck.policy.unlisted import missing_systems, unlisted
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration

Element = Host | Device
Judgement = Callable[[Element, tuple[str, ...]], Message | None]
_TWO_FACTORS = 2
_TWO_APPROVALS = 2
_BLOCKED = ("blocked",)
_EXCEPTION = ("exception",)
_PRIVATE = ("private",)


def _ask(analysis: Analysis, elements: Iterable[Element], name: str, judge: Judgement) -> Outcome:
    """Return what a judgement finds wrong with an attribute, or where it is not declared."""
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    examined = 0
    for element in elements:
        examined += 1
        found = attribute(element.attributes, name)
        if found is None:
            item = Message.of("missing.attribute", subject=element.id, attribute=name)
            missing.append(MissingDeclaration(item, element.source))
            continue
        message = judge(element, found.values)
        if message is not None:
            control = MissingControl(element.id, found.source)
            extent = extent_of("attribute", name, set(found.values), told_of(element))
            zones = _zones(analysis, element)
            findings.append(Finding(message, zones, control, found.source, extent=extent))
    return Outcome(tuple(findings), examined, tuple(missing))


def _zones(analysis: Analysis, element: Element) -> tuple[str, ...]:
    zones = {analysis.topology.zone_of_segment(i.segment) for i in element.interfaces}
    return tuple(sorted(zone for zone in zones if zone is not None))


def _in_mynumber(analysis: Analysis) -> list[Host]:
    area = frozenset({MYNUMBER})
    return [h for h in analysis.topology.hosts if stands_in(analysis.topology, h, area)]


def _ours(analysis: Analysis) -> list[Host]:
    return [h for h in analysis.topology.hosts if stands_in(analysis.topology, h, analysis.areas)]


def ask_mynumber_mfa(analysis: Analysis) -> Outcome:
    """Whoever logs in to a terminal or server of the area shows factors of two classes."""
    hosts = [
        h
        for h in _in_mynumber(analysis)
        if is_terminal(analysis.topology, h) or is_server(analysis.topology, h)
    ]

    def judge(element: Element, values: tuple[str, ...]) -> Message | None:
        if len(set(values)) >= _TWO_FACTORS:
            return None
        factors = ", ".join(values) or "-"
        return Message.of("mynumber-mfa.factors", host=element.id, factors=factors)

    return _ask(analysis, hosts, "mfa", judge)


def ask_mynumber_media_export_blocked(analysis: Analysis) -> Outcome:
    """No terminal of the area writes to media, and none reaches a file store outside it."""
    terminals = [h for h in _in_mynumber(analysis) if is_terminal(analysis.topology, h)]

    def judge(element: Element, values: tuple[str, ...]) -> Message | None:
        if values in (_BLOCKED, _EXCEPTION):
            return None
        return Message.of("mynumber-media-export-blocked.allowed", host=element.id)

    declared = _ask(analysis, terminals, "media_export", judge)
    found = Gathered(analysis)
    stores = [s for s in analysis.topology.systems if "file-store" in s.provides]
    points = points_of(analysis, (host for system in stores for host in system.hosts))
    for origin in origins_of(analysis, (host.id for host in terminals)):
        for point in points:
            if apart(analysis, origin.point, point):
                found.add(origin, point, openable(analysis, origin, point))
    missing = (*declared.missing, *_perhaps_stores(analysis, terminals))
    if found.is_empty:
        return Outcome(declared.findings, declared.examined, missing)
    finding = found.finding("mynumber-media-export-blocked.store")
    return Outcome((*declared.findings, finding), declared.examined, missing)


def _perhaps_stores(analysis: Analysis, terminals: list[Host]) -> Iterator[MissingDeclaration]:
    """Yield the servers outside the area that no system claims and its terminals can reach."""
    origins = origins_of(analysis, (host.id for host in terminals))
    for host in unlisted(analysis):
        reached = any(
            not openable(analysis, origin, point).is_empty
            for origin in origins
            for point in points_of(analysis, [host.id])
            if apart(analysis, origin.point, point)
        )
        if reached:
            item = Message.of("missing.system", subject=host.id)
            yield MissingDeclaration(item, host.source)


def ask_private_device_connected(analysis: Analysis) -> Outcome:
    """Nothing in an area is privately owned, whatever it is for."""
    hosts = _ours(analysis)

    def judge(element: Element, values: tuple[str, ...]) -> Message | None:
        if values != _PRIVATE:
            return None
        return Message.of("private-device-connected.private", host=element.id)

    return _ask(analysis, hosts, "ownership", judge)


def ask_mail_size_limit(analysis: Analysis) -> Outcome:
    """Every mail server has a limit on the size of mail."""
    names = {h for s in analysis.topology.systems if "mail" in s.provides for h in s.hosts}
    servers = [host for host in _ours(analysis) if host.id in names]
    found = _ask(analysis, servers, "mail_size_limit", lambda *_: None)
    return Outcome(found.findings, found.examined, (*found.missing, *missing_systems(analysis)))


def ask_offsite_host_approved(analysis: Analysis) -> Outcome:
    """Whatever stands outside the premises was approved by two."""
    topology = analysis.topology
    elements: list[Element] = [*topology.hosts, *topology.devices]
    outside = [e for e in elements if values_of(e.attributes, "location") == ("offsite",)]

    def judge(element: Element, values: tuple[str, ...]) -> Message | None:
        if len(set(values)) >= _TWO_APPROVALS:
            return None
        by = ", ".join(values) or "-"
        return Message.of("offsite-host-approved.approvals", element=element.id, by=by)

    return _ask(analysis, outside, "approvals", judge)


def _devices(analysis: Analysis) -> list[Device]:
    """Return the devices the body runs itself."""
    return [
        device
        for device in analysis.topology.devices
        if attribute(device.attributes, "operated_by") is None
    ]


def ask_config_snapshot_held(analysis: Analysis) -> Outcome:
    """The configuration of every device with rules is stored, and is the one that was read."""
    devices = [device for device in _devices(analysis) if device.kind.has_rules]

    def judge(element: Element, values: tuple[str, ...]) -> Message | None:
        read = element.config_digests if isinstance(element, Device) else ()
        stored = "".join(values).strip().lower()
        if not read or not stored.startswith("sha256:") or stored.removeprefix("sha256:") in read:
            return None
        found = ", ".join(f"sha256:{digest}" for digest in read)
        return Message.of(
            "config-snapshot-held.other", device=element.id, stored=stored, read=found
        )

    return _ask(analysis, devices, "config_snapshot", judge)


def ask_device_software_supported(analysis: Analysis) -> Outcome:
    """The software of every device, and of hosts that say when, is supported on this day."""
    elements: list[Element] = [*_devices(analysis)]
    elements += [
        host
        for host in analysis.topology.hosts
        if attribute(host.attributes, "support_until") is not None
    ]
    today = analysis.today.isoformat()

    def judge(element: Element, values: tuple[str, ...]) -> Message | None:
        if values[0] >= today:
            return None
        return Message.of("device-software-supported.over", element=element.id, until=values[0])

    return _ask(analysis, elements, "support_until", judge)


def ask_mynumber_dedicated_terminal(analysis: Analysis) -> Outcome:
    """Every terminal of the area reaches the servers of one business only."""
    terminals = [h for h in _in_mynumber(analysis) if is_terminal(analysis.topology, h)]
    of_business: dict[str, list[AttachmentPoint]] = {}
    missing: list[MissingDeclaration] = []
    for system in analysis.topology.systems:
        points = points_of(analysis, system.hosts)
        if system.business is not None:
            of_business.setdefault(system.business, []).extend(points)
        # What serves every business, such as a log store, is none of its own.
        elif not system.provides and any(analysis.zone_of(p) == MYNUMBER for p in points):
            item = Message.of("missing.system-key", subject=system.id, key="business")
            missing.append(MissingDeclaration(item, system.source))
    found = [_of_several(analysis, host, of_business) for host in terminals]
    findings = tuple(finding for finding in found if finding is not None)
    # Further businesses would make a finding no smaller.
    asked = bool(terminals) and not findings
    lacking = (*missing, *missing_systems(analysis)) if asked else ()
    return Outcome(findings, len(terminals), lacking)


def _of_several(
    analysis: Analysis, host: Host, of_business: Mapping[str, list[AttachmentPoint]]
) -> Finding | None:
    """Return that a terminal reaches several businesses, with a packet to one too many."""
    reached: dict[str, Gathered] = {}
    for business, points in sorted(of_business.items()):
        sessions = Gathered(analysis)
        for origin in origins_of(analysis, [host.id]):
            for point in points:
                sessions.add(origin, point, openable(analysis, origin, point))
        if not sessions.is_empty:
            reached[business] = sessions
    if len(reached) <= 1:
        return None
    message = Message.of(
        "mynumber-dedicated-terminal.several", host=host.id, businesses=", ".join(reached)
    )
    *_, last = reached.values()
    control = MissingControl(host.id, host.source, None if analysis.verdicts_only else last.path())
    told = {business: found.extent() for business, found in reached.items()}
    whole = None not in told.values()
    extent = extent_of("businesses", told_of(host), set(told.items())) if whole else None
    return Finding(message, (MYNUMBER,), control, host.source, extent=extent)


CHECKS = (
    Check("mynumber-mfa", 2, (STRUCTURE, on("mfa")), ask_mynumber_mfa),
    Check(
        "mynumber-dedicated-terminal",
        3,
        (PACKETS, LISTENS, SYSTEMS),
        ask_mynumber_dedicated_terminal,
    ),
    Check(
        "mynumber-media-export-blocked",
        2,
        (PACKETS, LISTENS, SYSTEMS, on("media_export")),
        ask_mynumber_media_export_blocked,
    ),
    Check(
        "private-device-connected",
        2,
        (STRUCTURE, on("ownership")),
        ask_private_device_connected,
    ),
    Check("mail-size-limit", 3, (SYSTEMS, on("mail_size_limit")), ask_mail_size_limit),
    Check(
        "offsite-host-approved",
        3,
        (STRUCTURE, on("location"), on("approvals")),
        ask_offsite_host_approved,
    ),
    Check(
        "device-software-supported",
        3,
        (STRUCTURE, on("support_until"), on("operated_by")),
        ask_device_software_supported,
    ),
    Check(
        "config-snapshot-held",
        3,
        (STRUCTURE, on("config_snapshot"), on("operated_by")),
        ask_config_snapshot_held,
    ),
)
