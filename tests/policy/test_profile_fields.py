"""Each field of a profile changes what its check says, and nothing else does."""

from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest

from tests.policy.designs import PROFILE, codes, external, host, missing, result, router
from zonecheck.formats import read_topology
from zonecheck.model.external import Openness
from zonecheck.model.profile import STRENGTHS
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.policy import Status, load_profile, profile_ids

MINIMAL = read_topology(Path(__file__).parents[2] / "topologies" / "minimal")
CHIBA = load_profile("chiba-r7-03")
LEVELS = ("advice", "warning", "error")


@pytest.mark.parametrize("name", profile_ids())
def test_no_rule_counts_for_more_than_its_words(name: str) -> None:
    """What is desirable never fails a run; what holds in principle may be waived."""
    for policy in load_profile(name).checks:
        highest = STRENGTHS[policy.strength]
        assert LEVELS.index(policy.level) <= LEVELS.index(highest), policy.check
        assert policy.waivable or policy.strength != "in-principle", policy.check


def test_isolation_is_absolute_in_one_policy_and_in_principle_in_two() -> None:
    """Fuefuki names its exceptions; Ishioka and Saikai say 原則として and name none."""
    names = ("fuefuki-10", "ishioka-r8-03", "saikai-r6")
    asked = [load_profile(name).policy_for("mynumber-isolation") for name in names]
    found = [(policy.strength, policy.waivable) for policy in asked if policy is not None]
    assert found == [("must", False), ("in-principle", True), ("in-principle", True)]


def _with_segment(zone: str) -> Topology:
    added = Segment("NEW", zone, prefixes=(ip_network("10.77.0.0/24"),))
    return replace(MINIMAL, segments=(*MINIMAL.segments, added))


def test_an_exact_partition_knows_no_zones_but_its_own() -> None:
    """A zone nobody foresaw is in none of the areas; one the profile names may be there."""
    exact = result(_with_segment("lab"), "zone-assignment", CHIBA)
    assert (exact.status, codes(exact)) == (Status.VIOLATED, {"zone-assignment.beyond"})
    assert result(_with_segment("dmz"), "zone-assignment", CHIBA).status is Status.HOLDS
    covered = replace(CHIBA, exact_partition=False)
    assert result(_with_segment("lab"), "zone-assignment", covered).status is Status.HOLDS


def test_a_zone_left_out_is_a_network_of_others() -> None:
    """A device of ours that stands in it straddles the boundary of the policy."""
    design = Topology(
        "left-out",
        zones=PROFILE.zones,
        segments=(
            Segment("L", "lgwan", prefixes=(ip_network("10.1.0.0/24"),)),
            Segment("S", "school", prefixes=(ip_network("10.2.0.0/24"),)),
        ),
        hosts=(host("l", "L", "10.1.0.5"), host("s", "S", "10.2.0.5")),
        devices=(router("fw", {"l": ("L", "10.1.0.1/24"), "s": ("S", "10.2.0.1/24")}, {}),),
    )
    found = result(design, "scope-boundary-declared")
    assert (found.status, codes(found)) == (Status.VIOLATED, {"scope-boundary-declared.node"})
    without = replace(PROFILE, out_of_scope=())
    assert result(design, "scope-boundary-declared", without).status is Status.HOLDS


def _uplinks(**more: object) -> Topology:
    open_line = external(
        "line",
        "GUEST",
        "10.3.0.2",
        openness=Openness.OPEN,
        prefixes=(ip_network("203.0.113.0/24"),),
        **more,
    )
    cloud = external(
        "cloud",
        "EDGE",
        "10.2.0.2",
        openness=Openness.OPEN,
        role="security-cloud",
        prefixes=(ip_network("198.51.100.0/24"),),
    )
    return Topology(
        "uplinks",
        zones=PROFILE.zones,
        segments=(
            Segment("EDGE", "internet", prefixes=(ip_network("10.2.0.0/24"),)),
            Segment("GUEST", "guest", prefixes=(ip_network("10.3.0.0/24"),)),
        ),
        externals=(cloud, open_line),
    )


def test_one_policy_counts_attachments_and_another_what_passes() -> None:
    """A guest line of its own carries nothing of the areas, and is an attachment all the same."""
    check = "egress-via-security-cloud"
    for role in ("internet", "maintenance"):
        by_traffic = result(_uplinks(role=role), check, load_profile("saikai-r6"))
        assert by_traffic.status is Status.HOLDS
        by_attachment = result(_uplinks(role=role), check, load_profile("ishioka-r8-03"))
        assert by_attachment.status is Status.VIOLATED
        assert codes(by_attachment) == {"egress-via-security-cloud.attachment"}
    left_out = _uplinks(role=None, scope="school")
    assert result(left_out, check, load_profile("ishioka-r8-03")).status is Status.HOLDS


def test_an_attachment_nobody_describes_is_no_holding() -> None:
    """It may be the cloud's, or a line past it."""
    found = result(_uplinks(role=None), "egress-via-security-cloud", load_profile("ishioka-r8-03"))
    assert found.status is Status.UNKNOWN
    assert missing(found) == {"missing.scope"}


def test_keys_pressed_in_the_internet_area_are_payload_unless_kept_out() -> None:
    """A screen of the LGWAN area goes out; what comes back over it has to be declared barred."""
    design = read_topology(Path(__file__).parent / "cross_profile" / "screen-beta.zones.yaml")
    beta, check = load_profile("soumu-beta"), "sanitised-channel-only"
    assert result(design, check, beta).status is Status.HOLDS
    (i_pc, l_srv, broker) = design.hosts
    both_ways = replace(broker, services=(replace(broker.services[0], reverse_blocked=None),))
    opened = replace(design, hosts=(i_pc, l_srv, both_ways))
    assert result(opened, check, beta).status is Status.VIOLATED
