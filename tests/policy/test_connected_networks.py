"""Networks that are closed and lead to the Internet all the same."""

from pathlib import Path

import pytest

from tests.policy.designs import codes, missing
from tests.policy.overlaid import judged, overlaid
from zonecheck.policy import Status

FUEFUKI = "fuefuki"
ISOLATION = "mynumber-isolation"
EDGE = (
    "egress-control",
    "egress-via-security-cloud",
    "internet-monitoring-coverage",
    "mail-egress-control",
    "web-category-blocked",
)
CLOSED = "{set: externals.cloud.openness, value: closed}"


def government(peer: str) -> tuple[str, ...]:
    """Return a closed network in the My Number area with a peer that terminals use."""
    return (
        (
            "{add: externals.gov, value: {role: public-body, zone: mynumber, openness: closed,"
            " basis: b, prefix: 198.19.16.0/20, edges: {e: {segment: GSEG, ip: 10.97.0.2,"
            " purpose: p, line: l, owner: o}},"
            f" peers: {{std: {{ip: 198.19.16.10{peer}}}}}}}}}"
        ),
        (
            "{add: segments.GSEG, value: {zone: mynumber, prefix: 10.97.0.0/30,"
            " ip_source_guard: true, port_security: true, nac: mac-auth}}"
        ),
        (
            "{add: devices.fw.interfaces.gov, value: {segment: GSEG, ip: 10.97.0.1,"
            " reverse_path: strict}}"
        ),
        "{insert: devices.fw.routes, value: {to: 198.19.16.0/20, via: 10.97.0.2}}",
        (
            "{insert: devices.fw.rules, value: {name: GV, in: m-term, out: gov, from: M-TERM,"
            " to: gov/std, service: tcp/443, action: permit}}"
        ),
    )


@pytest.mark.parametrize(
    ("peer", "status", "lacking"),
    [
        (", internet_connected: false, basis: b", Status.HOLDS, set()),
        (", internet_connected: true", Status.VIOLATED, set()),
        (
            ", internet_connected: true, public_body: true, operator: 国, legal_basis: 法",
            Status.VIOLATED,
            set(),
        ),
        ("", Status.UNKNOWN, {"missing.internet-connected"}),
        (", internet_connected: false", Status.UNKNOWN, {"missing.peer-basis"}),
    ],
)
def test_who_is_on_the_internet_is_not_in_the_my_number_area(
    peer: str, status: Status, lacking: set[str], tmp_path: Path
) -> None:
    """Nor may it be that it is; no exception is made inside the area."""
    found = judged(overlaid(tmp_path, FUEFUKI, *government(peer)), ISOLATION)[ISOLATION]
    assert found.status is status
    assert missing(found) == lacking
    if status is Status.VIOLATED:
        assert codes(found) == {f"{ISOLATION}.relay"}
    if status is Status.HOLDS:
        assert "gov/std" in {a.subject for a in found.assumptions if a.id == "peer-offline"}


@pytest.mark.parametrize("role", ["security-cloud", "internet"])
def test_the_internet_is_not_closed_because_the_file_says_so(role: str, tmp_path: Path) -> None:
    """A role that says the contrary makes every statement on packets unknown."""
    named = f"{{set: externals.cloud.role, value: {role}}}"
    found = judged(overlaid(tmp_path, FUEFUKI, CLOSED, named), *EDGE)
    assert {result.status for result in found.values()} == {Status.UNKNOWN}
    assert all("missing.open-by-role" in missing(result) for result in found.values())


@pytest.mark.parametrize("scope", [(), ("{add: externals.cloud.scope, value: 県のもの}",)])
def test_a_network_of_no_role_with_peers_on_the_internet_may_be_a_way_there(
    scope: tuple[str, ...], tmp_path: Path
) -> None:
    """Nobody says what it is: silence is no way out of the checks of the Internet edge."""
    silent = "{remove: externals.cloud.role}"
    found = judged(overlaid(tmp_path, FUEFUKI, CLOSED, silent, *scope), *EDGE)
    assert {result.status for result in found.values()} == {Status.UNKNOWN}
    assert all("missing.open-by-peer" in missing(result) for result in found.values())


def test_without_any_way_to_the_internet_nothing_leaves(tmp_path: Path) -> None:
    """Then that only relays do is said of nothing."""
    closed = "{set: externals.cloud, value: {role: maintenance, openness: closed, basis: b, "
    edge = "edges: {isp: {segment: CLOUD, ip: 10.99.0.6}}, prefix: 192.0.2.0/24, "
    peers = "peers: {relay: {ip: 192.0.2.25, internet_connected: false, basis: b}, "
    more = "proxy: {ip: 192.0.2.80, internet_connected: false, basis: b}}}}"
    found = judged(overlaid(tmp_path, FUEFUKI, closed + edge + peers + more), EDGE[0])[EDGE[0]]
    assert (found.status, found.vacuous) == (Status.HOLDS, True)
