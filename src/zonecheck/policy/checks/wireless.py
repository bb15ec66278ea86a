"""Wireless networks: each in one zone that allows it, each with authentication that holds."""

from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.model.zone import MYNUMBER
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import STRUCTURE, WIRELESS, Check, Outcome
from zonecheck.policy.crossing import UNZONED
from zonecheck.policy.extent import extent_of
from zonecheck.policy.standing import zone_known
from zonecheck.policy.told_places import told_of_segment
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration

STRONG = ("wpa2-enterprise", "wpa3-enterprise")


def ask_wlan_zone_allowed(analysis: Analysis) -> Outcome:
    """Each SSID lies in the zone of the segment it is laid on, and wireless is allowed there."""
    topology = analysis.topology
    findings: list[Finding] = []
    ssids = _ssids(analysis)
    for ssid in ssids:
        zone = _zone(analysis, ssid)
        if ssid.laid_on is not None and zone is not None:
            under = zone_known(analysis, topology.zone_of_segment(ssid.laid_on))
            if under not in (None, zone):
                message = Message.of(
                    "wlan-zone-allowed.other-zone",
                    ssid=ssid.id,
                    segment=ssid.laid_on,
                    from_zone=zone,
                    to_zone=under,
                )
                zones = tuple(sorted((zone, str(under))))
                findings.append(_at(analysis, message, zones, ssid))
        if zone is not None and not _allowed(analysis, zone):
            message = Message.of("wlan-zone-allowed.zone", ssid=ssid.id, zone=zone)
            findings.append(_at(analysis, message, (zone,), ssid))
    return Outcome(tuple(findings), len(ssids))


def ask_wlan_strong_auth(analysis: Analysis) -> Outcome:
    """Every SSID for staff authenticates with 802.1X; one for guests lies in no area."""
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    ssids = _ssids(analysis)
    for ssid in ssids:
        radio = ssid.wireless
        if radio is not None and radio.guest:
            zone = _zone(analysis, ssid)
            if zone is not None and (zone == UNZONED or zone in analysis.areas):
                message = Message.of("wlan-strong-auth.guest", ssid=ssid.id, zone=zone)
                findings.append(_at(analysis, message, (zone,), ssid))
        elif radio is None or radio.auth is None:
            item = Message.of("missing.wlan-auth", subject=ssid.id)
            missing.append(MissingDeclaration(item, ssid.source))
        elif radio.auth not in STRONG:
            message = Message.of("wlan-strong-auth.weak", ssid=ssid.id, auth=radio.auth)
            findings.append(_at(analysis, message, (), ssid))
    return Outcome(tuple(findings), len(ssids), tuple(missing))


def _ssids(analysis: Analysis) -> list[Segment]:
    segments = analysis.topology.segments
    return [s for s in segments if s.laid_on is not None or s.wireless is not None]


def _zone(analysis: Analysis, ssid: Segment) -> str | None:
    """Return the zone of an SSID: its own, else that of the segment it is laid on."""
    zone = ssid.zone
    if zone is None:
        zone = analysis.topology.zone_of_segment(ssid.laid_on)
    return zone_known(analysis, zone)


def _allowed(analysis: Analysis, zone: str) -> bool:
    """Return whether a zone may have wireless networks; the policy restricts its own areas."""
    if zone == UNZONED:
        return False
    if zone not in analysis.areas:
        return True
    named = analysis.profile.wlan_zones
    return zone != MYNUMBER if named is None else zone in named


def _at(analysis: Analysis, message: Message, zones: tuple[str, ...], ssid: Segment) -> Finding:
    control = MissingControl(ssid.id, ssid.source)
    extent = extent_of("ssid", told_of_segment(analysis, ssid))
    return Finding(message, zones, control, ssid.source, extent=extent)


CHECKS = (
    Check("wlan-zone-allowed", 1, (STRUCTURE,), ask_wlan_zone_allowed),
    Check("wlan-strong-auth", 1, (STRUCTURE, WIRELESS), ask_wlan_strong_auth),
)
