"""In which zones hosts stand, where a zone may be undeclared (docs/semantics.md, section 7)."""

from collections.abc import Iterable
from itertools import combinations

from zonecheck.model.closure import Closure
from zonecheck.model.host import Host
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import UNZONED


def zone_known(analysis: Analysis, zone: str | None) -> str | None:
    """Return a zone; of an undeclared one a zone of its own in the upper closure, else None."""
    if zone is None and analysis.closure is Closure.UPPER:
        return UNZONED
    return zone


def zones_of_host(analysis: Analysis, host: Host) -> frozenset[str]:
    """Return the zones of a host's interfaces."""
    zones = (analysis.topology.zone_of_segment(i.segment) for i in host.interfaces)
    found = (zone_known(analysis, zone) for zone in zones)
    return frozenset(zone for zone in found if zone is not None)


def zones_of_hosts(analysis: Analysis, names: Iterable[str]) -> dict[str, list[str]]:
    """Return the hosts among some that stand in each zone."""
    found: dict[str, list[str]] = {}
    for name in names:
        host = analysis.topology.host_by_id.get(name)
        for zone in sorted(zones_of_host(analysis, host)) if host is not None else ():
            found.setdefault(zone, []).append(name)
    return found


def zone_pairs(zones: Iterable[str]) -> list[tuple[str, str]]:
    """Return each pair of different zones once, sorted."""
    return list(combinations(sorted(set(zones)), 2))
