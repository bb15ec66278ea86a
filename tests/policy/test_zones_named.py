"""A zone of the profile that the design calls otherwise is asked for, and never passed over."""

import ast
import inspect
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.policy.designs import missing, result
from tests.policy.test_four_zones import DESIGN, PROFILE, permitting
from zonecheck.formats import read_topology
from zonecheck.model.external import External
from zonecheck.model.profile import Profile
from zonecheck.model.segment import Segment, Wireless
from zonecheck.model.topology import Topology
from zonecheck.model.zone import Zone
from zonecheck.policy import CHECKS, Status, load_profile, verify
from zonecheck.policy.check import Check
from zonecheck.policy.zones_named import OF_AREAS, zones_named
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.text.verification import render_text

CHECK = "zone-isolation"
LACKING, NAMESAKE = "missing.zone-of-profile", "missing.zone-of-that-name"
OPEN = replace(PROFILE, exact_partition=False)
INNER = Zone("internal", "内部情報系")


def called(zone: Zone, topology: Topology = DESIGN, *declared: Zone) -> Topology:
    """Return the design with its fourth zone called otherwise, and whatever else it declares."""

    def moved(segment: Segment) -> Segment:
        return replace(segment, zone=zone.id) if segment.zone == INNER.id else segment

    kept = tuple(each for each in topology.zones if each.id != INNER.id)
    return replace(
        topology, zones=(*kept, zone, *declared), segments=tuple(map(moved, topology.segments))
    )


def test_a_leak_does_not_vanish_with_the_id_of_its_zone() -> None:
    """Its zone called otherwise, the check finds nothing to examine, and says so."""
    leaking = permitting("extra", "L-TERM", "N-TERM")
    assert result(leaking, CHECK, OPEN).status is Status.VIOLATED
    for name in ("内部情報系", "庁内系"):
        found = result(called(Zone("naibu2", name), leaking), CHECK, OPEN)
        assert found.status is Status.UNKNOWN
        assert missing(found) == {NAMESAKE if name == INNER.ja else LACKING}


def test_what_is_asked_for_stands_where_the_zone_is_declared() -> None:
    """An engineer is led to the line that is to be changed, else to the first place in it."""
    source = replace(DESIGN.zones[-1].source, line=77)
    found = result(called(Zone("naibu2", "庁内系", source)), CHECK, OPEN)
    (item,) = found.missing
    assert item.source == source
    assert item.item.named["wanted"] == INNER.id
    (item,) = result(called(Zone("naibu2", "庁内系")), CHECK, OPEN).missing
    inner = [s.source for s in DESIGN.segments if s.zone == INNER.id]
    assert item.source in inner


def test_a_design_without_the_zone_says_so_by_declaring_it() -> None:
    """Declared and empty, it has nothing to be kept apart."""
    found = result(called(Zone("naibu2", "庁内系"), DESIGN, INNER), CHECK, OPEN)
    assert (found.status, found.vacuous) == (Status.HOLDS, True)


def test_a_zone_the_profile_knows_is_no_other() -> None:
    """What `extra_zones` or `out_of_scope` name was foreseen beside it."""
    design = called(Zone("naibu2", "庁内系"))
    for known in (replace(OPEN, extra_zones=("naibu2",)), replace(OPEN, out_of_scope=("naibu2",))):
        assert result(design, CHECK, known).status is Status.HOLDS


def test_without_a_zone_of_its_own_a_design_needs_to_say_nothing() -> None:
    """Where all lies in zones of the profile, none of it is meant by another."""
    kept = tuple(s for s in DESIGN.segments if s.zone != INNER.id)
    built_in = tuple(zone for zone in DESIGN.zones if zone.id != INNER.id)
    design = Topology("three", zones=built_in, segments=kept)
    assert result(design, CHECK, OPEN).status is Status.HOLDS


@pytest.mark.parametrize("name", ["内部情報系", "INTERNAL", "ｉnternal"])
def test_the_name_of_a_zone_is_not_had_under_another_id(name: str) -> None:
    """Though the design has that zone as well, and though the profile knows the other id."""
    known = replace(OPEN, extra_zones=("naibu2",))
    design = called(Zone("naibu2", name), DESIGN, replace(INNER, ja="空き"))
    found = result(design, CHECK, known)
    assert (found.status, missing(found)) == (Status.UNKNOWN, {NAMESAKE})


def test_a_built_in_zone_by_the_name_the_profile_gives_it_is_asked_for() -> None:
    """The words of the policy for the My Number area, as another zone, are taken for it."""
    base = load_profile("soumu-alpha")
    words = tuple(replace(z, ja="個人番号系") if z.id == "mynumber" else z for z in base.zones)
    profile = replace(base, zones=words)
    zone = Zone("kojin", "個人番号系")
    design = Topology("renamed", zones=(*base.zones, zone), segments=(Segment("K", zone.id),))
    for check in ("mynumber-isolation", "zone-assignment"):
        found = result(design, check, profile)
        assert NAMESAKE in missing(found), check
        assert found.status is not Status.HOLDS, check


def _inner_only(**fields: object) -> Profile:
    """Return a profile in which these fields alone name the fourth zone."""
    return replace(OPEN, isolation=(), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("check", "profile"),
    [
        ("zone-assignment", _inner_only()),
        ("nac-enforced", _inner_only(nac_zones=("internal",))),
        ("nac-enforced", _inner_only()),
        ("wlan-zone-allowed", _inner_only(wlan_zones=("lgwan",))),
        ("wlan-strong-auth", _inner_only()),
        ("egress-via-security-cloud", _inner_only()),
    ],
)
def test_every_rule_that_names_a_zone_asks_for_it(check: str, profile: Profile) -> None:
    """Each of them would have found something, had the zone its id."""
    base = load_profile("fuefuki-10")
    profile = replace(profile, checks=base.checks)
    radio = Segment("R", "naibu2", wireless=Wireless(guest=True), laid_on="N", port_security=True)
    wired = Segment("N", "naibu2", port_security=True)
    zones = (*base.zones, Zone("naibu2", "庁内系"))
    design = Topology("renamed", zones=zones, segments=(wired, radio))
    found = result(design, check, profile)
    assert (found.status, missing(found)) == (Status.UNKNOWN, {LACKING})
    declared = replace(design, zones=(*zones, INNER))
    assert result(declared, check, profile).status is Status.HOLDS


def test_an_external_network_is_asked_about_by_the_zone_it_is_tagged_with() -> None:
    """A network of others lies in a zone as well; in one of its own it is no zone of ours."""
    zones = (*load_profile("soumu-alpha").zones, Zone("naibu2", "庁内系"))
    tagged = Topology("tagged", zones=zones, externals=(External("x", (), zone_tag="naibu2"),))
    assert LACKING in missing(result(tagged, CHECK, OPEN))
    own = Topology("own", zones=zones, externals=(External("x", (), zone_tag="ext:x"),))
    assert LACKING not in missing(result(own, CHECK, OPEN))


_FUNCTIONS = {
    (name, node.name): node
    for name, module in list(sys.modules.items())
    if name.startswith("zonecheck.policy.") and hasattr(module, "__file__")
    for node in ast.parse(inspect.getsource(module)).body
    if isinstance(node, ast.FunctionDef)
}


def _looks_into_areas(function: tuple[str, str], seen: set[tuple[str, str]]) -> bool:
    """Return whether a function, or one it calls, asks for the zones of the profile."""
    if function in seen or function not in _FUNCTIONS:
        return False
    seen.add(function)
    own = vars(sys.modules[function[0]])
    for node in ast.walk(_FUNCTIONS[function]):
        if isinstance(node, ast.Attribute) and node.attr in ("areas", "is_ours"):
            return True
        if isinstance(node, ast.Name):
            named = own.get(node.id)
            where = (getattr(named, "__module__", ""), getattr(named, "__name__", ""))
            if _looks_into_areas(where, seen):
                return True
    return False


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_that_looks_into_the_zones_of_a_profile_is_known_to(check: Check) -> None:
    """Else it would look into a zone that is called otherwise, find nothing and hold."""
    asks = _looks_into_areas((check.ask.__module__, check.ask.__name__), set())
    assert asks == (check.id in OF_AREAS or check.id == "wlan-zone-allowed")
    if asks:
        assert zones_named(check.id, replace(PROFILE, wlan_zones=())) >= {"internal"}


def test_no_design_of_ours_is_asked() -> None:
    """The examples call every zone of their profiles by its id."""
    for name in ("four-zones", "nemuro-council"):
        folder = Path(__file__).parents[2] / "topologies" / name
        design = read_topology(folder)
        profile = PROFILE if name == "four-zones" else load_profile(design.profile)
        assert result(design, "zone-assignment", profile).status is Status.HOLDS


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_to_be_written_is_the_id(lang: Lang) -> None:
    """Reports call zones by the words of the policy; here they say what to write."""
    design = called(Zone("naibu2", "庁内系"))
    text = render_text(verify(design, OPEN, checks=[CHECK]), design, OPEN, lang)
    assert re.search(r"naibu2 を internal に|write internal in place of naibu2", text)
