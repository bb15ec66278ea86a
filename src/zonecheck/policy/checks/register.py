"""The register of external attachments: what is attached is what is registered."""

from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.external import ExternalEdge
from zonecheck.model.message import Message
from zonecheck.model.platform import OutOfBand
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.attached import attachments
from zonecheck.policy.check import REGISTER, STRUCTURE, Check, Outcome
from zonecheck.policy.extent import extent_of
from zonecheck.policy.told_places import told_of_attachment
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import leads_nowhere

FIELDS = ("purpose", "line", "owner")


def ask_external_attachment_registered(analysis: Analysis) -> Outcome:
    """Every attachment to a network of others has its entry: purpose, line and owner."""
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    entries = _entries(analysis)
    joining = {each.name: each for each in attachments(analysis.topology)}
    for name, zones, entry in entries:
        lacking = [field for field in FIELDS if getattr(entry, field) is None]
        if len(lacking) == len(FIELDS):
            message = Message.of("external-attachment-registered.absent", attachment=name)
            control = MissingControl(name, entry.source)
            extent = extent_of("attachment", told_of_attachment(analysis, joining[name]))
            findings.append(Finding(message, zones, control, entry.source, extent=extent))
            continue
        for field in lacking:
            item = Message.of("missing.register", subject=name, field=field)
            missing.append(MissingDeclaration(item, entry.source))
    return Outcome(tuple(findings), len(entries), tuple(missing))


def _entries(
    analysis: Analysis,
) -> list[tuple[str, tuple[str, ...], ExternalEdge | OutOfBand]]:
    """Return where networks of others are attached, each with the zones it joins."""
    topology = analysis.topology
    found: list[tuple[str, tuple[str, ...], ExternalEdge | OutOfBand]] = []
    for external in topology.externals:
        for edge in external.edges:
            zones = {topology.zone_of_segment(edge.segment), external.zone} - {None}
            named = tuple(sorted(zone for zone in zones if zone is not None))
            found.append((f"{external.id}/{edge.id}", named, edge))
    for entry in topology.out_of_band:
        outside = (EndpointKind.EXTERNAL, EndpointKind.PEER)
        if entry.enabled and (
            leads_nowhere(entry) or any(end.kind in outside for end in entry.joins)
        ):
            found.append((entry.id, (), entry))
    return found


CHECKS = (
    Check(
        "external-attachment-registered",
        1,
        (STRUCTURE, REGISTER),
        ask_external_attachment_registered,
    ),
)
