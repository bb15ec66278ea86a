"""A profile with four zones: the fourth is proved to be kept apart, and is seen when it is not."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.policy.designs import codes
from zonecheck.formats import read_topology
from zonecheck.model.filter import Action, Filter, Rule
from zonecheck.model.profile import Isolation, Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import CheckResult, Status, load_profile, verify

FOLDER = Path(__file__).parents[2] / "topologies" / "four-zones"
DESIGN = read_topology(FOLDER)
PROFILE = load_profile(str(FOLDER / "profile.yaml"))
CHECK = "zone-isolation"


def asked(topology: Topology, profile: Profile = PROFILE) -> CheckResult:
    """Return the verdict on the isolation of further zones."""
    return verify(topology, profile, checks=[CHECK]).result(CHECK)


def permitting(name: str, source: str, target: str) -> Topology:
    """Return the design with one more rule in front: from one segment to another, anything."""
    firewall = DESIGN.device_by_id["fw"]
    before = firewall.policy
    assert isinstance(before, Filter)
    assert before.rules is not None
    inside = next(i.id for i in firewall.interfaces if i.segment == source)
    outside = next(i.id for i in firewall.interfaces if i.segment == target)
    rule = Rule(Action.PERMIT, name, in_interfaces=(inside,), out_interfaces=(outside,))
    policy = replace(before, rules=(rule, *before.rules))
    devices = tuple(replace(d, policy=policy) if d.id == "fw" else d for d in DESIGN.devices)
    return replace(DESIGN, devices=devices)


def test_the_example_holds_as_a_whole() -> None:
    """Nothing the profile asks for is violated or unknown, and the fourth zone is examined."""
    found = verify(DESIGN, PROFILE)
    wrong = {r.check for r in found.results if r.status in (Status.VIOLATED, Status.UNKNOWN)}
    assert not wrong
    assert found.result(CHECK).status is Status.HOLDS
    assert found.result(CHECK).examined > 0


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("N-TERM", "M-TERM"),
        ("M-TERM", "N-TERM"),
        ("N-TERM", "L-TERM"),
        ("L-TERM", "N-TERM"),
        ("N-TERM", "I-EDGE"),
        ("I-TERM", "N-SRV"),
    ],
)
def test_whatever_else_passes_its_edge_is_seen(source: str, target: str) -> None:
    """Towards every zone it is kept apart from, in both directions."""
    found = asked(permitting("extra", source, target))
    assert found.status is Status.VIOLATED
    assert "zone-isolation.packet" in codes(found)


def test_what_passes_elsewhere_is_not_its_affair() -> None:
    """The rule speaks of the fourth zone alone."""
    assert asked(permitting("extra", "L-TERM", "L-SRV")).status is Status.HOLDS


def test_payload_past_a_sanitiser_that_does_not_sanitise_is_seen() -> None:
    """Every packet is declared; what goes through the relay is not cleaned."""
    sanitiser = DESIGN.host_by_id["san-mail"]
    service = replace(sanitiser.services[0], mail_mode="as-is")
    hosts = tuple(
        replace(h, services=(service,)) if h.id == "san-mail" else h for h in DESIGN.hosts
    )
    found = asked(replace(DESIGN, hosts=hosts))
    assert (found.status, codes(found)) == (Status.VIOLATED, {"zone-isolation.relay"})


def _with(*rules: Isolation) -> Profile:
    return replace(PROFILE, isolation=rules)


def test_an_exception_that_is_not_made_does_not_excuse() -> None:
    """The same design under stricter rules."""
    strict = _with(Isolation("internal", ("lgwan",)))
    assert codes(asked(DESIGN, strict)) == {"zone-isolation.packet", "zone-isolation.relay"}
    unsanitised = _with(Isolation("internal", ("internet",), (), "in"))
    assert codes(asked(DESIGN, unsanitised)) == {"zone-isolation.relay"}
    everyone = _with(Isolation("internal", (), ("channels",)))
    assert asked(DESIGN, everyone).status is Status.HOLDS


def test_sanitised_both_ways_is_more_than_what_comes_in() -> None:
    """Mail relays answer; nothing keeps the way back of the sanitiser shut."""
    rule = Isolation("internal", ("internet",), ("channels", "sanitised"), "in")
    assert asked(DESIGN, _with(rule)).status is Status.HOLDS
    assert asked(DESIGN, _with(replace(rule, payload="both"))).status is Status.VIOLATED


def test_a_segment_without_a_zone_may_be_either() -> None:
    """What may lie in the zone or outside is not kept apart from it."""
    segments = tuple(replace(s, zone=None) if s.id == "L-TERM" else s for s in DESIGN.segments)
    opened = permitting("extra", "N-TERM", "L-TERM")
    assert asked(replace(opened, segments=segments)).status is Status.UNKNOWN


def test_a_zone_that_shares_a_domain_is_not_kept_apart() -> None:
    """Two zones in one VLAN."""
    segments = tuple(
        replace(s, vlan=220, ip_source_guard=False, port_security=False) if s.id == "N-TERM" else s
        for s in DESIGN.segments
    )
    assert asked(replace(DESIGN, segments=segments)).status is Status.VIOLATED
