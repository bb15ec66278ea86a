"""Which zones a check names, and zones of a design that may be meant by one the design lacks.

A zone is known by its id alone. Where a design calls a zone of the profile by another id, checks of
that zone would find nothing in it and hold: they are unknown until the design says which is which.
"""

from collections.abc import Iterator
from typing import Final

from zonecheck.formats.fold import fold
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology
from zonecheck.model.zone import INTERNET, LGWAN, MYNUMBER, Zone, external_zone
from zonecheck.policy.verdict import MissingDeclaration

NEEDED: Final = {
    "mynumber-isolation": (MYNUMBER,),
    "specific-flow-bounded": (MYNUMBER,),
    "mac-binding-enforced": (MYNUMBER,),
    "peer-not-internet-connected": (MYNUMBER,),
    "public-body-exception": (MYNUMBER,),
    "public-body-via-lgwan": (MYNUMBER,),
    "mynumber-mfa": (MYNUMBER,),
    "mynumber-dedicated-terminal": (MYNUMBER,),
    "mynumber-media-export-blocked": (MYNUMBER,),
    "lgwan-internet-separation": (LGWAN, INTERNET),
    "sanitised-channel-only": (LGWAN, INTERNET),
    "sanitise-mail-text": (LGWAN,),
    "sanitise-screen-transfer": (LGWAN,),
    "sanitise-file": (LGWAN,),
    "lgwan-access-monitoring": (LGWAN,),
    "internet-monitoring-coverage": (INTERNET,),
}
"""The zones that checks speak of by name: without them they would hold of nothing."""

OF_AREAS: Final = frozenset(
    {
        "admin-flow-from-mgmt-only",
        "classified-egress-bounded",
        "cloud-class-allowed",
        "cloud-internal-control",
        "cloud-path-controlled",
        "dev-prod-separation",
        "east-west-monitoring",
        "egress-control",
        "egress-via-security-cloud",
        "internet-not-required-terminal",
        "ledger-model-match",
        "log-path-reachable",
        "log-store-protected",
        "mail-egress-control",
        "mail-size-limit",
        "mynumber-dedicated-terminal",
        "mynumber-media-export-blocked",
        "private-device-connected",
        "smtp-restricted",
        "system-access-minimal",
        "time-sync-reachable",
        "unused-service-open",
        "update-path-reachable",
        "web-category-blocked",
        "wlan-strong-auth",
    }
)
"""Checks that look into the zones of the profile, whichever they are."""

_BUILT_IN: Final = frozenset({MYNUMBER, LGWAN, INTERNET})
_BY_FIELD: Final = frozenset(
    {"zone-assignment", "zone-isolation", "nac-enforced", "wlan-zone-allowed"}
)
_LACKING: Final = "missing.zone-of-profile"
_NAMESAKE: Final = "missing.zone-of-that-name"


def codes_in_doubt(check: str) -> tuple[str, ...]:
    """Return the codes of what a check may ask about zones it names; built-in ones are there."""
    if check in OF_AREAS or check in _BY_FIELD:
        return (_LACKING, _NAMESAKE)
    return (_NAMESAKE,) if check in NEEDED else ()


def zones_named(check: str, profile: Profile) -> frozenset[str]:
    """Return the zones in which a check would find nothing if a design called them otherwise.

    Left out is what only permits more, such as `shared_platforms` and `extra_zones`: what a design
    calls otherwise is then found, not passed over. So is `out_of_scope`: what is not left out is
    judged like ours.
    """
    areas = frozenset(zone.id for zone in profile.zones)
    isolated = {name for rule in profile.isolation for name in (rule.zone, *rule.others)}
    if check == "zone-assignment":
        return areas | isolated | set(profile.nac_zones) | set(profile.wlan_zones or ())
    if check == "zone-isolation":
        return frozenset(isolated)
    if check == "nac-enforced":
        return frozenset(profile.nac_zones) or areas
    if check == "wlan-zone-allowed":
        allowed = areas - {MYNUMBER} if profile.wlan_zones is None else profile.wlan_zones
        return areas.difference(allowed)
    needed = frozenset(NEEDED.get(check, ()))
    return needed | areas if check in OF_AREAS else needed


def zones_in_doubt(
    check: str, topology: Topology, profile: Profile
) -> tuple[MissingDeclaration, ...]:
    """Return the zones of a design that may be one the check names, and where to say if they are.

    Such are those the profile does not know, if a zone it names is not in the design, and those
    that have the name of one of its zones under another id. A zone is in the design if something
    lies in it, if it is declared or if it is built in.
    """
    named = zones_named(check, profile)
    words = {zone.id: zone for zone in profile.zones}
    known = {*words, *profile.extra_zones, *profile.out_of_scope}
    used = dict(_used(topology))
    had = _BUILT_IN | used.keys() | {zone.id for zone in topology.zones}
    found: list[MissingDeclaration] = []
    for zone, source in used.values():
        for name in sorted(named - {zone.id}):
            wanted = words.get(name, Zone(name, name))
            code = None
            if _words(zone) & _words(wanted):
                code = _NAMESAKE
            elif name not in had and zone.id not in known:
                code = _LACKING
            if code is not None:
                message = Message.of(
                    code, subject=zone.id, name=zone.ja, wanted=wanted.id, wanted_name=wanted.ja
                )
                found.append(MissingDeclaration(message, source))
    return tuple(found)


def _used(topology: Topology) -> Iterator[tuple[str, tuple[Zone, Source]]]:
    """Yield each zone something lies in, with where it is declared or else first named."""
    declared = {zone.id: zone for zone in topology.zones}
    own = {external_zone(external.id) for external in topology.externals}
    places: dict[str, Source] = {}
    for segment in topology.segments:
        if segment.zone is not None:
            places.setdefault(segment.zone, segment.source)
    for external in topology.externals:
        if external.zone_tag is not None:
            places.setdefault(external.zone_tag, external.source)
    for name, place in places.items():
        if name not in own:
            zone = declared.get(name, Zone(name, name))
            yield name, (zone, place if zone.source == NOWHERE else zone.source)


def _words(zone: Zone) -> frozenset[str]:
    return frozenset(fold(word).casefold() for word in (zone.id, zone.ja))
