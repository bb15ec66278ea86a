"""What zones are called in a report."""

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.crossing import UNZONED
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase


def zone_names(topology: Topology, profile: Profile | None, lang: Lang) -> dict[str, str]:
    """Return names for zone ids: in Japanese the policy's own words, in English the ids.

    External networks with a zone of their own, and what has no zone, are named too.
    """
    names = {UNZONED: phrase(lang, "zone.none")}
    for external in topology.externals:
        if external.zone_tag is None:
            names[external.zone] = phrase(lang, "zone.external", external=external.id)
    if lang == "ja":
        zones = (*(profile.zones if profile else ()), *topology.zones)
        names |= {zone.id: zone.ja for zone in zones if zone.ja}
    return names
