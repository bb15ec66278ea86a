"""The register of external attachments: what is attached is what is registered."""

from zonecheck.model.external import ExternalEdge
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.attached import Attachment, attachments
from zonecheck.policy.check import REGISTER, STRUCTURE, Check, Outcome
from zonecheck.policy.extent import extent_of
from zonecheck.policy.told_places import told_of_attachment
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration

FIELDS = ("purpose", "line", "owner")


def ask_external_attachment_registered(analysis: Analysis) -> Outcome:
    """Every attachment to a network of others has its entry: purpose, line and owner."""
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    entries = attachments(analysis.topology)
    for each in entries:
        lacking = [field for field in FIELDS if getattr(each.entry, field) is None]
        if len(lacking) == len(FIELDS):
            message = Message.of("external-attachment-registered.absent", attachment=each.name)
            control = MissingControl(each.name, each.source)
            extent = extent_of("attachment", told_of_attachment(analysis, each))
            zones = _zones(analysis, each)
            findings.append(Finding(message, zones, control, each.source, extent=extent))
            continue
        for field in lacking:
            item = Message.of("missing.register", subject=each.name, field=field)
            missing.append(MissingDeclaration(item, each.source))
    return Outcome(tuple(findings), len(entries), tuple(missing))


def _zones(analysis: Analysis, each: Attachment) -> tuple[str, ...]:
    """Return the zones an edge joins; a path beside the network names none."""
    if not isinstance(each.entry, ExternalEdge):
        return ()
    zones = {analysis.topology.zone_of_segment(each.entry.segment)}
    zones |= {external.zone for external in each.externals}
    return tuple(sorted(zone for zone in zones if zone is not None))


CHECKS = (
    Check(
        "external-attachment-registered",
        1,
        (STRUCTURE, REGISTER),
        ask_external_attachment_registered,
    ),
)
