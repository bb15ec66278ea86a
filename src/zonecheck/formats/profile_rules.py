"""What a profile says, held against itself and against the checks there are."""

from collections.abc import Mapping
from typing import Any, Final

from zonecheck.formats.context import complete
from zonecheck.formats.fold import fold
from zonecheck.formats.names import BUILT_IN_ZONES
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.problems import Problems
from zonecheck.formats.profile_schema import ALL, LEVELS
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items, Table
from zonecheck.model.profile import STRENGTHS
from zonecheck.model.source import Source

ZONE_ISOLATION: Final = "zone-isolation"
EGRESS: Final = "egress-via-security-cloud"
_ZONE_FIELDS: Final = ("nac_zones", "wlan_zones", "screen_initiators")
Catalogue = Mapping[str, frozenset[str]]
"""Every check there is with the zones it speaks of by name."""


def check_profile(
    element: Element,
    catalogue: Catalogue | None,
    problems: Problems,
    unread: frozenset[str] = frozenset(),
) -> None:
    """Report all that does not go together; without a catalogue any check may be named.

    Of keys that are `unread` it is not known what they should add.
    """
    checks: Table[str, Element] = element["checks"] or Table({}, {})
    zones = _check_zones(element, problems)
    sure = bool(zones) and complete(element, "zones") and "zones" not in unread
    removed = _places(element["removed_zones"])
    more = complete(element, "extra_zones") and "extra_zones" not in unread
    known = _Known(element, zones, problems, sure=sure and more)
    _check_zone_fields(element, known)
    _check_isolation(element, known, problems)
    _check_rules(element, checks, unread, problems)
    for name, policy in checks.items():
        if catalogue is not None and name not in catalogue:
            problems.add(
                checks.sources[name],
                "profile.unknown-check",
                check=name,
                hint=did_you_mean(name, catalogue),
            )
        needed = (catalogue or {}).get(name, frozenset()) if sure else frozenset()
        for zone in sorted(needed - set(zones)):
            place = removed.get(zone, checks.sources[name])
            problems.add(place, "profile.zone-needed", check=name, zone=zone)
        _check_level(policy, problems)
    edge = element["internet_edge"]
    if edge is not None and edge["count_rule"] == "none" and EGRESS in checks:
        problems.add(edge.source_of("count_rule"), "profile.edge-not-counted", check=EGRESS)


def _places(names: Items[str] | None) -> dict[str, Source]:
    return dict(zip(names or (), names.sources if names else (), strict=True))


def _check_zones(element: Element, problems: Problems) -> list[str]:
    """Return the ids of the zones of the policy."""
    taken: dict[Any, str] = {}
    for part in element["zones"] or ():
        for key in ("id", "ja"):
            word = part[key]
            if word is not None and (key, word) in taken:
                first = taken[key, word]
                problems.add(part.source_of(key), "shape.duplicate-id", key=word, first=first)
            taken.setdefault((key, word), part.source_of(key).short)
            for zone in BUILT_IN_ZONES if word is not None else ():
                if fold(word) in (zone.id, fold(zone.ja)) and part["id"] not in (None, zone.id):
                    source = part.source_of(key)
                    problems.add(source, "profile.zone-built-in", word=word, zone=zone.id)
    extra: Items[str] = element["extra_zones"] or Items.of([])
    for name, source in zip(extra, extra.sources, strict=True):
        if ("id", name) in taken:
            problems.add(source, "shape.duplicate-id", key=name, first=taken["id", name])
    return [part["id"] for part in element["zones"] or () if part["id"] is not None]


def _check_zone_fields(element: Element, known: "_Known") -> None:
    for field in _ZONE_FIELDS:
        known.require(element[field], field)
    for pair in element["shared_platforms"] or ():
        known.require(pair, "shared_platforms")


class _Known:
    """The zones a field may name. What a removed one leaves behind is told where it is removed.

    Unless `sure`, some of them could not be read, and nothing is said of names.
    """

    def __init__(
        self, element: Element, zones: list[str], problems: Problems, *, sure: bool
    ) -> None:
        self._sure = sure
        self._names = tuple(dict.fromkeys((*zones, *(element["extra_zones"] or ()))))
        self._removed = _places(element["removed_zones"])
        self._problems = problems

    def require(self, names: Items[str] | None, field: str, *words: str) -> None:
        """Report what is neither one of the zones nor one of the words."""
        known = (*self._names, *words)
        for name, source in _places(names).items():
            if name in known or not self._sure:
                continue
            self._problems.add(
                self._removed.get(name, source),
                "profile.unknown-zone",
                zone=name,
                key=field,
                known=", ".join(known),
                hint=did_you_mean(name, known),
            )


def _check_isolation(element: Element, known: _Known, problems: Problems) -> None:
    for rule in element["isolation"] or ():
        others: Items[str] = rule["from"] or Items.of([])
        own = None if rule["zone"] is None else Items.of([(rule["zone"], rule.source_of("zone"))])
        known.require(own, "isolation")
        known.require(others, "isolation", ALL)
        if rule["zone"] is not None and rule["zone"] in others:
            problems.add(rule.source_of("from"), "profile.zone-from-itself", zone=rule["zone"])


def _check_rules(
    element: Element, checks: Table[str, Element], unread: frozenset[str], problems: Problems
) -> None:
    """Report zones without a rule, rules without the check and the check without rules."""
    rules: Items[Element] = element["isolation"] or Items.of([])
    all_rules = complete(element, "isolation") and "isolation" not in unread
    all_checks = element["checks"] is not None and "checks" not in unread
    spoken_of = {zone.id for zone in BUILT_IN_ZONES}
    for rule in rules:
        spoken_of |= {rule["zone"], *(rule["from"] or ())}
    for part in element["zones"] or ():
        if all_rules and part["id"] is not None and part["id"] not in spoken_of:
            problems.add(part.source_of("id"), "profile.zone-without-rule", zone=part["id"])
    if rules and all_checks and ZONE_ISOLATION not in checks:
        problems.add(element.source_of("isolation"), "profile.isolation-unchecked")
    if ZONE_ISOLATION in checks and all_rules and not rules:
        problems.add(checks.sources[ZONE_ISOLATION], "profile.isolation-missing")


def _check_level(policy: Element, problems: Problems) -> None:
    """Report a level above what the words allow: what is desirable never fails a run."""
    level, strength = policy["level"], policy["strength"]
    if level is None:
        return
    highest = STRENGTHS[strength]
    if LEVELS.index(level) < LEVELS.index(highest):
        problems.add(
            policy.source_of("level"),
            "profile.level-above-strength",
            level=level,
            strength=strength,
            highest=highest,
        )
