"""`data` of a channel is a requirement on the sanitiser it uses (docs/topology-file.md)."""

from dataclasses import replace
from pathlib import Path

import pytest

from zonecheck.formats import read_topology
from zonecheck.model.host import Side
from zonecheck.model.topology import Topology
from zonecheck.policy import Status, load_profile, verify

MINIMAL = read_topology(Path(__file__).parents[2] / "topologies" / "minimal")
FUEFUKI = load_profile("fuefuki-10")


def wanting(data: tuple[str, str] | None) -> Topology:
    """Return the network whose mail channel wants that direction."""
    channels = tuple(replace(c, data=data) if c.id == "mail-in" else c for c in MINIMAL.channels)
    return replace(MINIMAL, channels=channels)


def codes(design: Topology) -> list[str]:
    """Return what the check of mail says."""
    result = verify(design, FUEFUKI, checks=["sanitise-mail-text"]).result("sanitise-mail-text")
    assert (result.status is Status.VIOLATED) is bool(result.findings)
    return [finding.message.code for finding in result.findings]


@pytest.mark.parametrize("data", [("internet", "lgwan"), None])
def test_a_channel_along_its_sanitiser_or_without_a_wish_holds(
    data: tuple[str, str] | None,
) -> None:
    """Import is from the side payload comes from."""
    assert codes(wanting(data)) == []


@pytest.mark.parametrize(
    "data", [("lgwan", "internet"), ("mynumber", "mynumber"), ("internet", "internet")]
)
def test_a_channel_against_its_sanitiser_is_violated(data: tuple[str, str]) -> None:
    """The sanitiser hands payload on the other way, or nowhere near."""
    assert "sanitise-mail-text.against-data" in codes(wanting(data))


def test_turning_the_sanitiser_round_turns_what_its_channel_may_want() -> None:
    """The direction is that of the service, not that of the names."""
    hosts = tuple(
        replace(host, services=tuple(replace(s, data_from=Side.INNER) for s in host.services))
        for host in MINIMAL.hosts
    )
    turned = replace(wanting(("internet", "lgwan")), hosts=hosts)
    assert "sanitise-mail-text.against-data" in codes(turned)
    found = verify(turned, FUEFUKI, checks=["sanitise-mail-text"]).results[0].findings
    assert "inner" in {finding.message.named.get("side") for finding in found}
