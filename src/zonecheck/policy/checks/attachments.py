"""What attachments to other networks are declared to be: lines, approvals, times of use."""

from collections import defaultdict
from collections.abc import Iterable
from unicodedata import normalize

from zonecheck.model.attribute import attribute, is_true, values_of
from zonecheck.model.external import LGWAN_ROLE, PUBLIC_BODY_ROLE, External
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.attached import Attachment, attachments, paths_to
from zonecheck.policy.check import (
    BESIDE,
    MAINTENANCE,
    REGISTER,
    ROLES,
    STRUCTURE,
    WIRELESS,
    Check,
    Outcome,
)
from zonecheck.policy.check import attribute as on
from zonecheck.policy.extent import extent_of, extent_of_entry, told_in_full
from zonecheck.policy.safeguards import Standing, encrypts, limits, unclear
from zonecheck.policy.time_window import time_window
from zonecheck.policy.told_places import told_of_attachment, told_of_external
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration

_UNTRUSTED = ("internet", "mobile")
"""Kinds of lines that others use as well, so that what they carry has to be encrypted."""


def _missing(entries: Iterable[Attachment], name: str) -> tuple[MissingDeclaration, ...]:
    return tuple(
        MissingDeclaration(
            Message.of("missing.attribute", subject=entry.name, attribute=name), entry.source
        )
        for entry in entries
        if attribute(entry.attributes, name) is None
    )


def _at(message: Message, name: str, source: Source, extent: str) -> Finding:
    return Finding(message, (), MissingControl(name, source), source, extent=extent)


def ask_external_attachment_minimal(analysis: Analysis) -> Outcome:
    """No network of others is attached twice, unless for failures."""
    findings: list[Finding] = []
    for external in analysis.topology.externals:
        lines = _lines(analysis.topology, external)
        if len(lines) > 1:
            names = ", ".join(name for line in lines for name in line)
            message = Message.of(
                "external-attachment-minimal.several", external=external.id, edges=names
            )
            extent = extent_of("lines", told_of_external(analysis, external))
            findings.append(_at(message, external.id, external.source, extent))
    return Outcome(tuple(findings), len(analysis.topology.externals))


def _lines(topology: Topology, external: External) -> list[list[str]]:
    """Return the lines to a network of others, each as the attachments it has here.

    Several edges in one segment may be ends of one line, if the register says so; elsewhere it is
    another line, whatever it is called. Insides of tunnels are no lines, and those kept for
    failures are not counted.
    """
    inside = {tunnel.carries for tunnel in topology.tunnels if tunnel.ends}
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in external.edges:
        if edge.segment not in inside and not is_true(edge.attributes, "redundant"):
            name = f"{external.id}/{edge.id}" if edge.line is None else normalize("NFKC", edge.line)
            lines[edge.segment, name.strip()].append(edge.id)
    for path in paths_to(topology, external):
        if not is_true(path.attributes, "redundant"):
            lines["", path.id].append(path.id)
    return list(lines.values())


def ask_external_connection_approved(analysis: Analysis) -> Outcome:
    """Every attachment, and every remote access, has its approval."""
    entries = attachments(analysis.topology)
    entries += [
        Attachment(entry.id, entry.attributes, entry.source)
        for entry in analysis.topology.maintenance
    ]
    return Outcome((), len(entries), _missing(entries, "approval"))


def ask_wlan_approved(analysis: Analysis) -> Outcome:
    """Every wireless network has its approval."""
    ssids = [
        Attachment(segment.id, segment.attributes, segment.source)
        for segment in analysis.topology.segments
        if segment.laid_on is not None or segment.wireless is not None
    ]
    return Outcome((), len(ssids), _missing(ssids, "approval"))


def ask_public_links_via_lgwan(analysis: Analysis) -> Outcome:
    """Systems of public bodies are reached by LGWAN, or the line says why not."""
    public = [e for e in analysis.topology.externals if _is_of_public_body(e)]
    findings: list[Finding] = []
    for entry in attachments(analysis.topology):
        direct = [e for e in entry.externals if e in public and e.role != LGWAN_ROLE]
        if direct and attribute(entry.attributes, "exception") is None:
            message = Message.of("public-links-via-lgwan.direct", attachment=entry.name)
            bodies = [[external.id, told_in_full(external.peers)] for external in direct]
            extent = extent_of("bodies", entry.name, bodies)
            findings.append(_at(message, entry.name, entry.source, extent))
    return Outcome(tuple(findings), len(public))


def _is_of_public_body(external: External) -> bool:
    return external.role == PUBLIC_BODY_ROLE or any(p.public_body for p in external.peers)


def ask_line_class_adequate(analysis: Analysis) -> Outcome:
    """Every line is of a kind the policy accepts."""
    entries = attachments(analysis.topology)
    accepted = analysis.profile.line_kinds
    findings = [
        _at(
            Message.of("line-class-adequate.kind", attachment=entry.name, kind=kind),
            entry.name,
            entry.source,
            extent_of("line", told_of_attachment(analysis, entry)),
        )
        for entry in entries
        for kind in entry.line_kinds
        if kind not in accepted
    ]
    return Outcome(tuple(findings), len(entries), _missing(entries, "line_kind"))


def ask_transit_encryption(analysis: Analysis) -> Outcome:
    """What leaves over a line others use is encrypted on it."""
    entries = attachments(analysis.topology)
    findings: list[Finding] = []
    missing = list(_missing(entries, "line_kind"))
    for entry in entries:
        kinds = [kind for kind in entry.line_kinds if kind in _UNTRUSTED]
        if not kinds:
            continue
        how = values_of(entry.attributes, "encryption")
        if how is None:
            missing += _missing([entry], "encryption")
            continue
        text = ", ".join(how)
        if encrypts(text) is Standing.NONE:
            message = Message.of("transit-encryption.none", attachment=entry.name, kind=kinds[0])
            extent = extent_of("line", told_of_attachment(analysis, entry), set(kinds), set(how))
            findings.append(_at(message, entry.name, entry.source, extent))
        elif encrypts(text) is Standing.UNCLEAR:
            item = unclear(entry.name, "encryption", text)
            missing.append(MissingDeclaration(item, entry.source))
    return Outcome(tuple(findings), len(entries), tuple(missing))


def ask_admin_session_window(analysis: Analysis) -> Outcome:
    """Remote maintenance and access of staff have a time window."""
    entries = analysis.topology.maintenance
    missing = [
        MissingDeclaration(
            Message.of("missing.safeguard", subject=entry.id, setting="window"), entry.source
        )
        for entry in entries
        if entry.window is None
    ]
    findings = [
        _at(
            Message.of("admin-session-window.unclear", entry=entry.id, window=entry.window),
            entry.id,
            entry.source,
            extent_of_entry(analysis, entry),
        )
        for entry in entries
        if entry.window is not None and _names_no_hours(entry.window)
    ]
    missing += [
        MissingDeclaration(unclear(entry.id, "window", entry.window), entry.source)
        for entry in entries
        if entry.window is not None
        and not _names_no_hours(entry.window)
        and limits(entry.window) is not Standing.THERE
    ]
    return Outcome(tuple(findings), len(entries), tuple(missing))


def _names_no_hours(window: str) -> bool:
    """Return whether a window names no hours, or all: what else it says may limit nothing."""
    return not time_window(window).parts or limits(window) is Standing.NONE


CHECKS = (
    Check(
        "external-attachment-minimal",
        3,
        (STRUCTURE, REGISTER, BESIDE, on("redundant")),
        ask_external_attachment_minimal,
    ),
    Check(
        "external-connection-approved",
        2,
        (STRUCTURE, BESIDE, on("approval")),
        ask_external_connection_approved,
    ),
    Check(
        "public-links-via-lgwan",
        2,
        (STRUCTURE, BESIDE, ROLES, on("exception")),
        ask_public_links_via_lgwan,
    ),
    Check("line-class-adequate", 2, (REGISTER, BESIDE, on("line_kind")), ask_line_class_adequate),
    Check(
        "transit-encryption",
        2,
        (REGISTER, BESIDE, on("line_kind"), on("encryption")),
        ask_transit_encryption,
    ),
    Check("admin-session-window", 2, (MAINTENANCE,), ask_admin_session_window),
    Check("wlan-approved", 2, (WIRELESS, on("approval")), ask_wlan_approved),
)
