"""Rules of a profile about zones say what the checks on the three areas say, on random networks."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.laws.test_verdicts import PROFILE, SLOW
from zonecheck.model.profile import CHANNELS, SANITISED, Isolation, Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import Status, verify
from zonecheck.strategies import topologies

CHECK = "zone-isolation"
AREAS = ("mynumber", "lgwan", "internet")


def under(*rules: Isolation) -> Profile:
    """Return the profile with these rules, importing only what is sanitised."""
    return replace(PROFILE, isolation=rules, sanitise="import", local_breakout=False)


def verdict(topology: Topology, profile: Profile, check: str = CHECK) -> Status:
    """Return the verdict of one check."""
    return verify(topology, profile, checks=[check]).result(check).status


@SLOW
@given(topologies(undeclared=True))
def test_an_area_kept_apart_from_all_is_isolated(topology: Topology) -> None:
    """A rule without exceptions asks for at least what isolation but for specific flows asks."""
    profile = under(Isolation("mynumber"))
    if verdict(topology, profile) is Status.HOLDS:
        assert verdict(topology, profile, "mynumber-isolation") is Status.HOLDS


@SLOW
@given(topologies(undeclared=True))
def test_channels_and_sanitising_are_the_regime_of_the_lgwan_area(topology: Topology) -> None:
    """The rule with both exceptions holds just where separation and sanitised imports hold."""
    rule = Isolation("lgwan", ("internet",), (CHANNELS, SANITISED), "in")
    profile = under(rule)
    both = {
        verdict(topology, profile, check)
        for check in ("lgwan-internet-separation", "sanitised-channel-only")
    }
    assert (verdict(topology, profile) is Status.HOLDS) == (both == {Status.HOLDS})


@SLOW
@given(
    topologies(undeclared=True),
    st.permutations(AREAS),
    st.sampled_from([(), (CHANNELS,), (SANITISED,), (CHANNELS, SANITISED)]),
)
def test_a_stricter_rule_never_holds_where_a_laxer_one_fails(
    topology: Topology, areas: list[str], exceptions: tuple[str, ...]
) -> None:
    """Fewer exceptions, more zones, or both directions of payload."""
    zone, other, _ = areas
    lax = Isolation(zone, (other,), exceptions, "in")
    if verdict(topology, under(lax)) is Status.HOLDS:
        return
    stricter = [replace(lax, payload="both"), replace(lax, others=()), replace(lax, exceptions=())]
    for rule in stricter:
        assert verdict(topology, under(rule)) is not Status.HOLDS, rule
