"""Who may plug in: access ports and radio cells authenticate devices."""

from collections.abc import Iterator

from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import ADMISSION, STRUCTURE, Check, Outcome
from zonecheck.policy.extent import extent_of
from zonecheck.policy.told_places import told_of_segment
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration

BY_DEVICE = frozenset({"dot1x", "mac-auth"})
BY_CERTIFICATE = frozenset({"wpa2-enterprise", "wpa3-enterprise"})
CABLE_ENDS = 2


def ask_nac_enforced(analysis: Analysis) -> Outcome:
    """Every access port and SSID of the covered zones authenticates what is plugged in."""
    findings: list[Finding] = []
    examined = 0
    for segment in analysis.topology.segments:
        if _covered(analysis, segment) and not _is_cable(analysis, segment):
            examined += 1
            findings += _open(analysis, segment)
    return Outcome(tuple(findings), examined)


def _covered(analysis: Analysis, segment: Segment) -> bool:
    """Return whether a segment lies in a zone the profile wants authenticated."""
    profile = analysis.profile
    covered = profile.nac_zones or tuple(zone.id for zone in profile.zones)
    if not segment.in_scope:
        return False
    if segment.zone is None:
        return bool(covered) and analysis.closure is Closure.UPPER
    return segment.zone in covered


def _is_cable(analysis: Analysis, segment: Segment) -> bool:
    """Return whether a segment is a cable between two: no switch, and both its ends in use."""
    if is_radio(segment):
        return False
    domains = analysis.plane.domains
    if any(kind == "bridge" for kind, _, _ in domains.homes(segment.id)):
        return False
    own = set(domains.domains_of_segment(segment.id))
    members = [point for point, found in analysis.plane.domains_of.items() if own & set(found)]
    ends = [p for p in members if p.kind in (AttachmentKind.STACK, AttachmentKind.EDGE)]
    hosts = [p for p in members if p.kind is AttachmentKind.HOST]
    return len(ends) == CABLE_ENDS and not hosts


def is_radio(segment: Segment) -> bool:
    """Return whether a segment is an SSID."""
    return segment.laid_on is not None or segment.wireless is not None


def _open(analysis: Analysis, segment: Segment) -> Iterator[Finding]:
    """Yield a finding if nothing authenticates the devices of a segment."""
    if segment.nac in BY_DEVICE or segment.port_security:
        return
    zones = (segment.zone or "-",)
    if not is_radio(segment):
        place = _place(analysis, segment)
        message = Message.of("nac-enforced.open", segment=segment.id, place=place)
        yield Finding(message, zones, MissingControl(place, segment.source), segment.source)
        return
    auth = segment.wireless.auth if segment.wireless is not None else None
    if auth in BY_CERTIFICATE:
        return
    if auth is None:
        if analysis.closure is Closure.UPPER:
            item = Message.of("missing.wireless-auth", subject=segment.id)
            undeclared = MissingDeclaration(item, segment.source)
            message = Message.of("nac-enforced.undeclared", segment=segment.id)
            yield Finding(message, zones, undeclared, segment.source)
        return
    message = Message.of("nac-enforced.radio", segment=segment.id, auth=auth)
    control = MissingControl(segment.id, segment.source)
    extent = extent_of("ssid", told_of_segment(analysis, segment))
    yield Finding(message, zones, control, segment.source, extent=extent)


def _place(analysis: Analysis, segment: Segment) -> str:
    """Return the switches whose access ports are open, with VLAN and segment."""
    homes = analysis.plane.domains.homes(segment.id)
    switches = [node for kind, node, _ in homes if kind == "bridge"]
    if not switches:
        return segment.id
    return f"{', '.join(sorted(switches))}: VLAN {segment.vlan} {segment.id}"


CHECKS = (Check("nac-enforced", 1, (STRUCTURE, ADMISSION), ask_nac_enforced),)
