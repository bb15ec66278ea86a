"""What attachments to other networks are declared to be: lines, approvals, times of use."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.model.attribute import Attributes, attribute, is_true, values_of
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.external import LGWAN_ROLE, PUBLIC_BODY_ROLE, External
from zonecheck.model.message import Message
from zonecheck.model.says_none import says_none
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import MAINTENANCE, REGISTER, ROLES, STRUCTURE, WIRELESS, Check, Outcome
from zonecheck.policy.check import attribute as on
from zonecheck.policy.time_window import time_window
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import leads_nowhere

_UNTRUSTED = ("internet", "mobile")
"""Kinds of lines that others use as well, so that what they carry has to be encrypted."""


@dataclass(frozen=True, slots=True)
class _Attachment:
    name: str
    attributes: Attributes
    source: Source
    external: External | None = None


def _attachments(topology: Topology) -> list[_Attachment]:
    """Return every attachment to a network of others."""
    found = [
        _Attachment(f"{external.id}/{edge.id}", edge.attributes, edge.source, external)
        for external in topology.externals
        for edge in external.edges
    ]
    outside = (EndpointKind.EXTERNAL, EndpointKind.PEER)
    found += [
        _Attachment(path.id, path.attributes, path.source)
        for path in topology.out_of_band
        if path.enabled and (leads_nowhere(path) or any(e.kind in outside for e in path.joins))
    ]
    return found


def _missing(entries: Iterable[_Attachment], name: str) -> tuple[MissingDeclaration, ...]:
    return tuple(
        MissingDeclaration(
            Message.of("missing.attribute", subject=entry.name, attribute=name), entry.source
        )
        for entry in entries
        if attribute(entry.attributes, name) is None
    )


def _at(message: Message, name: str, source: Source) -> Finding:
    return Finding(message, (), MissingControl(name, source), source)


def ask_external_attachment_minimal(analysis: Analysis) -> Outcome:
    """No network of others is attached twice, unless for failures."""
    findings: list[Finding] = []
    for external in analysis.topology.externals:
        segments: dict[str, list[str]] = defaultdict(list)
        for edge in external.edges:
            if not is_true(edge.attributes, "redundant"):
                segments[edge.segment].append(edge.id)
        inside = {tunnel.carries for tunnel in analysis.topology.tunnels if tunnel.ends}
        lines = [edges for segment, edges in segments.items() if segment not in inside]
        if len(lines) > 1:
            names = ", ".join(edge for edges in lines for edge in edges)
            message = Message.of(
                "external-attachment-minimal.several", external=external.id, edges=names
            )
            findings.append(_at(message, external.id, external.source))
    return Outcome(tuple(findings), len(analysis.topology.externals))


def ask_external_connection_approved(analysis: Analysis) -> Outcome:
    """Every attachment, and every remote access, has its approval."""
    entries = _attachments(analysis.topology)
    entries += [
        _Attachment(entry.id, entry.attributes, entry.source)
        for entry in analysis.topology.maintenance
    ]
    return Outcome((), len(entries), _missing(entries, "approval"))


def ask_wlan_approved(analysis: Analysis) -> Outcome:
    """Every wireless network has its approval."""
    ssids = [
        _Attachment(segment.id, segment.attributes, segment.source)
        for segment in analysis.topology.segments
        if segment.laid_on is not None or segment.wireless is not None
    ]
    return Outcome((), len(ssids), _missing(ssids, "approval"))


def ask_public_links_via_lgwan(analysis: Analysis) -> Outcome:
    """Systems of public bodies are reached by LGWAN, or the line says why not."""
    findings: list[Finding] = []
    examined = 0
    for external in analysis.topology.externals:
        public = external.role == PUBLIC_BODY_ROLE or any(p.public_body for p in external.peers)
        if not public:
            continue
        examined += 1
        if external.role == LGWAN_ROLE:
            continue
        for edge in external.edges:
            if attribute(edge.attributes, "exception") is None:
                name = f"{external.id}/{edge.id}"
                message = Message.of("public-links-via-lgwan.direct", attachment=name)
                findings.append(_at(message, name, edge.source))
    return Outcome(tuple(findings), examined)


def ask_line_class_adequate(analysis: Analysis) -> Outcome:
    """Every line is of a kind the policy accepts."""
    entries = _attachments(analysis.topology)
    accepted = analysis.profile.line_kinds
    findings = [
        _at(
            Message.of("line-class-adequate.kind", attachment=e.name, kind=kind[0]),
            e.name,
            e.source,
        )
        for e in entries
        if (kind := values_of(e.attributes, "line_kind")) and kind[0] not in accepted
    ]
    return Outcome(tuple(findings), len(entries), _missing(entries, "line_kind"))


def ask_transit_encryption(analysis: Analysis) -> Outcome:
    """What leaves over a line others use is encrypted on it."""
    entries = _attachments(analysis.topology)
    findings: list[Finding] = []
    missing = list(_missing(entries, "line_kind"))
    for entry in entries:
        kind = values_of(entry.attributes, "line_kind")
        if kind is None or kind[0] not in _UNTRUSTED:
            continue
        how = values_of(entry.attributes, "encryption")
        if how is None:
            missing += _missing([entry], "encryption")
        elif says_none(how[0]):
            message = Message.of("transit-encryption.none", attachment=entry.name, kind=kind[0])
            findings.append(_at(message, entry.name, entry.source))
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
        )
        for entry in entries
        if entry.window is not None and not time_window(entry.window).limits
    ]
    return Outcome(tuple(findings), len(entries), tuple(missing))


CHECKS = (
    Check(
        "external-attachment-minimal",
        3,
        (STRUCTURE, on("redundant")),
        ask_external_attachment_minimal,
    ),
    Check(
        "external-connection-approved",
        2,
        (STRUCTURE, on("approval")),
        ask_external_connection_approved,
    ),
    Check(
        "public-links-via-lgwan",
        2,
        (STRUCTURE, ROLES, on("exception")),
        ask_public_links_via_lgwan,
    ),
    Check("line-class-adequate", 2, (REGISTER, on("line_kind")), ask_line_class_adequate),
    Check(
        "transit-encryption",
        2,
        (REGISTER, on("line_kind"), on("encryption")),
        ask_transit_encryption,
    ),
    Check("admin-session-window", 2, (MAINTENANCE,), ask_admin_session_window),
    Check("wlan-approved", 2, (WIRELESS, on("approval")), ask_wlan_approved),
)
