"""What a waiver may do, and what it may never hide (docs/waivers.md)."""

from dataclasses import replace
from datetime import date, timedelta
from ipaddress import ip_interface
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.leaks.case_file import LEAKS, CaseFile
from tests.policy.designs import (
    PROFILE,
    addresses,
    host,
    match,
    permit,
    router,
    segment,
    tcp,
)
from zonecheck.formats import read_topology
from zonecheck.model.device import Standby
from zonecheck.model.filter import Filter
from zonecheck.model.nat import DESTINATION_NAT, NatRule
from zonecheck.model.profile import Profile
from zonecheck.model.service import PortRange, Service
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.model.waiver import Waiver
from zonecheck.policy import CheckResult, Status, Verification, load_profile, verify
from zonecheck.policy.finding_id import finding_id
from zonecheck.policy.waiver_standing import Standing
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.text.verification import render_text
from zonecheck.report.words import say

TODAY = date(2026, 12, 1)
HTTPS = PortRange(443, 443)
PERMIT = "undeclared-permit"
ISOLATION = "mynumber-isolation"
VALID = "exception-valid"
ASKED = (ISOLATION, PERMIT, "unfiltered-zone-crossing", VALID)
PLAIN = Waiver(
    "w",
    PERMIT,
    "f-",
    clause="第120条第1項",
    approver="統括情報セキュリティ責任者",
    reason="更新までの間",
    expires=date(2027, 3, 31),
)
ADDRESSES = {"l-pc": "10.2.0.10", "m-pc": "10.1.0.10"}


def design(*permitted: tuple[str, str, int], waivers: tuple[Waiver, ...] = ()) -> Topology:
    """Return two areas behind a firewall that permits TCP ports from one PC to the other."""
    rules = [permit(ADDRESSES[a], ADDRESSES[b], tcp(port)) for a, b, port in permitted]
    faces = {"m": ("M", "10.1.0.1/24"), "l": ("L", "10.2.0.1/24")}
    firewall = router("fw", faces, {}, *rules)
    assert firewall.policy is not None
    return Topology(
        "two areas",
        zones=PROFILE.zones,
        segments=(
            segment("M", "mynumber", "10.1.0.0/24"),
            segment("L", "lgwan", "10.2.0.0/24"),
        ),
        hosts=(host("m-pc", "M", ADDRESSES["m-pc"]), host("l-pc", "L", ADDRESSES["l-pc"])),
        devices=(replace(firewall, policy=replace(firewall.policy, stateful=False)),),
        waivers=waivers,
    )


LEAKING = (("l-pc", "m-pc", 443),)


LENIENT = replace(PROFILE, checks=tuple(replace(p, waivable=True) for p in PROFILE.checks))
"""A profile under which any check may be waived; that one may not is a law of its own below."""


def verified(
    topology: Topology,
    profile: Profile = LENIENT,
    today: date = TODAY,
    checks: tuple[str, ...] = ASKED,
) -> Verification:
    """Return the verdicts on a day."""
    return verify(topology, profile, checks=checks, today=today)


def ids(verification: Verification) -> dict[str, list[str]]:
    """Return the names of what violated checks found."""
    return {
        result.check: sorted(finding.id for finding in result.findings)
        for result in verification.results
        if result.status is Status.VIOLATED
    }


def waivers_of(
    verification: Verification, *checks: str, like: Waiver = PLAIN
) -> tuple[Waiver, ...]:
    """Return a waiver for every finding of some checks."""
    return tuple(
        replace(like, id=f"w-{check}-{number}", check=check, finding=finding.id)
        for check in checks
        for number, finding in enumerate(verification.result(check).findings)
    )


def judged(topology: Topology, like: Waiver, today: date = TODAY) -> Verification:
    """Return the verdicts with the permits waived by waivers like one."""
    given = waivers_of(verified(topology), PERMIT, like=like)
    return verified(replace(topology, waivers=given), today=today)


# --- what counts ---------------------------------------------------------------------------------


def test_a_check_all_of_whose_findings_are_waived_is_waived() -> None:
    """Its findings stay, each with its waiver; the other checks are what they were."""
    found = judged(design(*LEAKING), PLAIN)
    result = found.result(PERMIT)
    assert result.status is Status.WAIVED
    assert result.findings
    assert all(finding.waiver is not None for finding in result.findings)
    assert found.result(ISOLATION).status is Status.VIOLATED
    assert found.result(VALID).status is Status.HOLDS
    assert [use.standing for use in found.waivers] == [Standing.COUNTS] * len(result.findings)


def test_isolation_can_be_waived_with_the_ways_of_information() -> None:
    """Packets and ways each have a name, and one without the other is not enough."""
    topology = design(*LEAKING)
    given = waivers_of(verified(topology), ISOLATION)
    assert {len(waiver.finding) for waiver in given} == {18}
    assert verified(replace(topology, waivers=given)).result(ISOLATION).status is Status.WAIVED
    for left_out in given:
        others = tuple(waiver for waiver in given if waiver != left_out)
        result = verified(replace(topology, waivers=others)).result(ISOLATION)
        assert result.status is Status.VIOLATED
        assert sum(finding.waiver is None for finding in result.findings) == 1


@pytest.mark.parametrize(
    ("like", "standing"),
    [
        (replace(PLAIN, expires=TODAY), Standing.COUNTS),
        (replace(PLAIN, expires=TODAY - timedelta(1)), Standing.EXPIRED),
        (replace(PLAIN, expires=None), Standing.INCOMPLETE),
        (replace(PLAIN, approver=None), Standing.INCOMPLETE),
        (replace(PLAIN, reason=None), Standing.INCOMPLETE),
        (replace(PLAIN, clause=None), Standing.INCOMPLETE),
        (replace(PLAIN, emergency=True), Standing.NOT_REPORTED),
        (replace(PLAIN, emergency=True, reported=TODAY + timedelta(1)), Standing.NOT_REPORTED),
        (replace(PLAIN, emergency=True, expires=None, reported=TODAY), Standing.COUNTS),
        (replace(PLAIN, emergency=True, approver=None, reported=TODAY), Standing.INCOMPLETE),
        (
            replace(PLAIN, emergency=True, expires=TODAY - timedelta(1), reported=TODAY),
            Standing.EXPIRED,
        ),
    ],
)
def test_a_waiver_that_is_not_valid_is_no_waiver(like: Waiver, standing: Standing) -> None:
    """Expired, incomplete and unreported ones change nothing, and are reported with their place."""
    found = judged(design(*LEAKING), like)
    assert {use.standing for use in found.waivers} == {standing}
    counts = standing is Standing.COUNTS
    assert found.result(PERMIT).status is (Status.WAIVED if counts else Status.VIOLATED)
    valid = found.result(VALID)
    assert valid.status is (Status.HOLDS if counts else Status.VIOLATED)
    assert len(valid.findings) == (0 if counts else len(found.waivers))
    assert not any(finding.id for finding in valid.findings)


def test_the_day_decides() -> None:
    """The same design is waived on the last day and violated on the next."""
    topology = design(*LEAKING)
    last = PLAIN.expires
    assert last is not None
    assert judged(topology, PLAIN, last).result(PERMIT).status is Status.WAIVED
    assert judged(topology, PLAIN, last + timedelta(1)).result(PERMIT).status is Status.VIOLATED


def test_a_profile_may_forbid_waivers_of_a_check() -> None:
    """Then none counts for it, and one that tries is itself a violation."""
    policies = tuple(replace(p, waivable=p.check != PERMIT) for p in PROFILE.checks)
    strict = replace(PROFILE, checks=policies)
    topology = design(*LEAKING)
    given = waivers_of(verified(topology), PERMIT)
    found = verified(replace(topology, waivers=given), strict)
    assert found.result(PERMIT).status is Status.VIOLATED
    assert found.result(VALID).status is Status.VIOLATED
    assert {use.standing for use in found.waivers} == {Standing.FORBIDDEN}


@pytest.mark.parametrize("check", [VALID, "verification-record"])
def test_what_guards_waivers_cannot_be_waived(check: str) -> None:
    """An expired waiver may not be waived by another."""
    found = verified(design(waivers=(replace(PLAIN, check=check),)))
    assert found.result(VALID).status is Status.VIOLATED


# --- what is not there ---------------------------------------------------------------------------


@pytest.mark.parametrize("check", [PERMIT, "no-such-check", "shared-l2-domain"])
def test_a_waiver_without_its_finding_does_not_silently_stay(check: str) -> None:
    """What it excused is gone, or has become something else, or was not looked for."""
    found = verified(design(waivers=(replace(PLAIN, check=check, finding="f-gone"),)))
    assert found.result(PERMIT).status is Status.HOLDS
    valid = found.result(VALID)
    assert valid.status is Status.UNKNOWN
    assert [item.item.named["waiver"] for item in valid.missing] == ["w"]
    expected = Standing.UNMATCHED if check == PERMIT else Standing.NOT_ASKED
    assert [use.standing for use in found.waivers] == [expected]


@pytest.mark.parametrize("asked", [None, ASKED, (PERMIT, VALID)])
def test_a_waiver_of_a_check_the_profile_does_not_ask_for_is_not_called_mended(
    asked: tuple[str, ...] | None,
) -> None:
    """Nobody looked, and no further run under this profile will."""
    topology = design(*LEAKING)
    given = waivers_of(verified(topology), ISOLATION)
    without = replace(LENIENT, checks=tuple(p for p in LENIENT.checks if p.check != ISOLATION))
    found = verify(replace(topology, waivers=given), without, checks=asked, today=TODAY)
    assert found.result(VALID).status is Status.UNKNOWN
    codes = {item.item.code for item in found.result(VALID).missing}
    assert codes == {"missing.waived-not-in-profile"}
    assert {use.standing for use in found.waivers} == {Standing.NOT_ASKED}


@pytest.mark.parametrize("lang", LANGS)
def test_all_waivers_that_do_not_count_are_told_in_one_run(lang: Lang) -> None:
    """Those whose finding is not there do not wait until those that expired are mended."""
    expired = replace(PLAIN, id="expired", expires=TODAY - timedelta(1))
    gone = replace(PLAIN, id="gone", finding="f-aaaaaaaaaaaaaaaa")
    unasked = replace(PLAIN, id="unasked", check="shared-l2-domain")
    topology = design(*LEAKING, waivers=(expired, gone, unasked))
    found = verified(topology)
    valid = found.result(VALID)
    assert valid.status is Status.VIOLATED
    assert [item.message.named["waiver"] for item in valid.findings] == ["expired"]
    assert [item.item.named["waiver"] for item in valid.missing] == ["gone", "unasked"]
    text = render_text(found, topology, LENIENT, lang)
    for missing in valid.missing:
        assert say(missing.item, lang) in text


def test_a_report_in_the_future_is_told_apart_from_none() -> None:
    """It is written: what is wrong is the day, which is named."""
    told = {}
    for day in (None, TODAY + timedelta(1)):
        like = replace(PLAIN, emergency=True, reported=day)
        (finding,) = verified(design(waivers=(like,))).result(VALID).findings
        told[day] = finding.message
    assert told[None].code == "exception-valid.not-reported"
    later = told[TODAY + timedelta(1)]
    assert (later.code, later.named["reported"]) == ("exception-valid.reported-later", "2026-12-02")


def test_of_two_valid_waivers_for_one_finding_the_second_is_told_to_be_surplus() -> None:
    """Both are valid, and the report says which of them nobody needs."""
    topology = design(*LEAKING)
    (first,) = waivers_of(verified(topology), PERMIT)
    second = replace(first, id="again")
    given = replace(topology, waivers=(first, second))
    found = verified(given)
    assert found.result(VALID).status is Status.HOLDS
    assert [use.surplus_to for use in found.waivers] == ["", first.id]
    assert f"counts, but so does {first.id}" in render_text(found, given, LENIENT, "en")


def test_no_waivers_hold_vacuously() -> None:
    """A design without exceptions has none that is not valid."""
    result = verified(design()).result(VALID)
    assert (result.status, result.vacuous) == (Status.HOLDS, True)


# --- what a waiver never hides -------------------------------------------------------------------


@pytest.mark.parametrize("asked", [ASKED, (PERMIT, VALID)])
def test_a_right_name_under_a_wrong_check_is_told_with_the_right_one(
    asked: tuple[str, ...],
) -> None:
    """Whether or not the wrong check was made: what was found says whose finding it is."""
    topology = design(*LEAKING)
    (waiver,) = waivers_of(verified(topology), PERMIT)
    wrong = replace(topology, waivers=(replace(waiver, check=ISOLATION),))
    found = verified(wrong, checks=asked).result(VALID)
    assert found.status is Status.UNKNOWN
    (missing,) = found.missing
    assert missing.item.code == "missing.waived-elsewhere"
    assert missing.item.named["owner"] == PERMIT


@pytest.mark.parametrize(
    "change",
    [
        {"finding": "f-aaaaaaaaaaaaaaaa"},
        {"check": "nac-enforced"},
        {"expires": TODAY - timedelta(days=1)},
        {"approver": None},
    ],
)
def test_a_report_speaks_of_a_waiver_as_no_missing_declaration_or_control(
    change: dict[str, Any],
) -> None:
    """It is written already: what there is to say is why it does not count and what to do."""
    topology = design(*LEAKING)
    (waiver,) = waivers_of(verified(topology), PERMIT)
    given = replace(topology, waivers=(replace(waiver, source=Source("x", 7, 1), **change),))
    text = render_text(verified(given), given, LENIENT, "en")
    _, _, part = text.partition(f" {VALID} ")
    part = part.partition("\n\n")[2].partition(f" {VALID} ")[2].partition("\n\n")[0]
    assert "x:7" in part
    for unfit in ("not declared", "write it at", "control missing"):
        assert unfit not in part


ports = st.tuples(st.sampled_from(("l-pc", "m-pc")), st.sampled_from((22, 443, 445, 1024))).map(
    lambda end: (end[0], "m-pc" if end[0] == "l-pc" else "l-pc", end[1])
)


@settings(max_examples=25, deadline=None)
@given(st.sets(ports, min_size=1, max_size=3), ports)
def test_a_waiver_stops_counting_as_soon_as_one_more_packet_leaks(
    permitted: set[tuple[str, str, int]], more: tuple[str, str, int]
) -> None:
    """Though the example and most of the packets are still the same."""
    before = design(*sorted(permitted))
    given = waivers_of(verified(before), PERMIT, ISOLATION)
    after = design(*sorted(permitted | {more}), waivers=given)
    found = verified(after)
    expected = Status.WAIVED if more in permitted else Status.VIOLATED
    assert found.result(PERMIT).status is expected
    assert found.result(ISOLATION).status is expected


def pairs_of_ports(*numbers: int) -> Topology:
    """Return a design that permits one destination port from one source port each."""
    services = [Service(6, (PortRange(n, n),), (PortRange(n, n),)) for n in numbers]
    (firewall,) = design().devices
    assert firewall.policy is not None
    rule = permit(ADDRESSES["l-pc"], ADDRESSES["m-pc"], *services)
    return replace(
        design(),
        devices=(replace(firewall, policy=replace(firewall.policy, rules=(rule,))),),
    )


def test_more_than_a_report_shows_counts_too() -> None:
    """The name stands for all packets and not for the boxes a report has room for."""
    before, after = pairs_of_ports(*range(100, 130)), pairs_of_ports(*range(100, 131))
    (told,) = verified(before).result(PERMIT).findings
    (later,) = verified(after).result(PERMIT).findings
    assert told.more_boxes
    assert (told.boxes, told.message) == (later.boxes, later.message)
    assert told.id != later.id
    given = waivers_of(verified(before), PERMIT)
    assert verified(replace(before, waivers=given)).result(PERMIT).status is Status.WAIVED
    assert verified(replace(after, waivers=given)).result(PERMIT).status is Status.VIOLATED


def test_another_host_with_the_same_packets_is_another_finding() -> None:
    """Who sends and who receives are part of what was permitted."""
    topology = design(*LEAKING)
    given = waivers_of(verified(topology), PERMIT)
    (m_pc, l_pc) = topology.hosts
    other = replace(topology, hosts=(m_pc, replace(l_pc, id="l-other")), waivers=given)
    assert verified(other).result(PERMIT).status is Status.VIOLATED
    grown = replace(topology, hosts=(m_pc, replace(l_pc, count=2)), waivers=given)
    assert verified(grown).result(PERMIT).status is Status.VIOLATED


def translated(port: int) -> Topology:
    """Return a design that gives out an address of its own for one port of the other PC."""
    topology = design()
    (firewall,) = topology.devices
    (target,) = addresses(ADDRESSES["m-pc"])
    rule = NatRule(
        "publish",
        DESTINATION_NAT,
        destinations=match("10.2.0.100"),
        services=(tcp(443),),
        destination_to=target,
        port_to=port,
    )
    permitting = Filter("rules", (permit("any", ADDRESSES["m-pc"]),))
    interfaces = tuple(
        replace(i, addresses=(*i.addresses, ip_interface("10.2.0.100/24"))) if i.id == "l" else i
        for i in firewall.interfaces
    )
    changed = replace(firewall, nat=(rule,), policy=permitting, interfaces=interfaces)
    changed = replace(changed, management=())
    return replace(topology, devices=(changed,))


def test_what_arrives_is_part_of_what_was_permitted() -> None:
    """The same packet that a translation makes a login of is another finding."""
    published = verified(translated(443)).result(PERMIT)
    login = verified(translated(22)).result(PERMIT)
    assert published.findings[0].boxes == login.findings[0].boxes
    assert {f.id for f in published.findings}.isdisjoint({f.id for f in login.findings})


def test_what_needs_no_session_is_more_than_replies() -> None:
    """Let through without the session they needed, packets are another finding."""
    rules = (permit(ADDRESSES["m-pc"], ADDRESSES["l-pc"], tcp(443)),)
    back = permit(ADDRESSES["l-pc"], ADDRESSES["m-pc"], Service(6, source_ports=(HTTPS,)))
    found = []
    for more in ((), (back,)):
        (firewall,) = design().devices
        policy = Filter("rules", (*rules, *more), stateful=True)
        topology = replace(design(), devices=(replace(firewall, policy=policy),))
        by_zones = {f.zones: f for f in verified(topology).result(PERMIT).findings}
        found.append(by_zones["lgwan", "mynumber"])
    assert found[0].id != found[1].id


def test_what_a_state_leaves_unknown_is_not_waived_with_the_others() -> None:
    """A standby member without rules might let through anything once it is in charge."""
    topology = design(*LEAKING)
    (firewall,) = topology.devices
    member = Standby("fw-b", policy=Filter("rules", None))
    topology = replace(topology, devices=(replace(firewall, standby=(member,)),))
    before = verified(topology)
    assert before.result(PERMIT).status is Status.VIOLATED
    given = waivers_of(before, PERMIT)
    after = verified(replace(topology, waivers=given)).result(PERMIT)
    assert after.status is Status.UNKNOWN
    assert after.missing


def with_doubts(topology: Topology) -> Topology:
    """Return a design in which something undeclared might let more through."""
    (firewall,) = topology.devices
    assert firewall.policy is not None
    rule = permit(ADDRESSES["l-pc"], ADDRESSES["m-pc"], tcp(8080))
    rules = (*(firewall.policy.rules or ()), replace(rule, uncertain="fqdn"))
    policy = Filter("rules", rules, default=firewall.policy.default)
    return replace(topology, devices=(replace(firewall, policy=policy),))


def test_no_waiver_makes_an_unknown_check_pass() -> None:
    """What is certain is waived; what might come with it keeps the check from passing."""
    topology = with_doubts(design(*LEAKING))
    before = verified(topology)
    assert before.result(PERMIT).status is Status.VIOLATED
    given = waivers_of(before, PERMIT)
    after = verified(replace(topology, waivers=given)).result(PERMIT)
    assert after.status is Status.UNKNOWN
    assert after.missing
    assert {finding.waiver is None for finding in after.findings} == {True, False}


def test_a_name_is_the_same_from_run_to_run() -> None:
    """A change of this name voids every waiver there is: say so in the changelog."""
    assert ids(verified(design(*LEAKING))) == {
        ISOLATION: ["f-4t2pu3wp4yo2dfu4", "f-7aasergw5onq4btx"],
        PERMIT: ["f-eh5l6djdlakogqed"],
    }


def test_what_is_unknown_has_no_name() -> None:
    """There is nothing for a waiver to speak of."""
    found = verified(with_doubts(design()))
    assert found.result(PERMIT).status is Status.UNKNOWN
    assert [finding.id for finding in found.result(PERMIT).findings] == [""]


def reordered(topology: Topology) -> Topology:
    """Return the same design written the other way round, where order means nothing."""
    names = ("segments", "hosts", "devices", "links", "externals", "channels", "specific_flows")
    others = ("maintenance", "tunnels", "hypervisors", "datastores", "out_of_band")
    turned: dict[str, Any] = {
        name: tuple(reversed(getattr(topology, name))) for name in (*names, *others)
    }
    hosts = tuple(replace(h, interfaces=h.interfaces[::-1]) for h in turned["hosts"])
    devices = tuple(
        replace(d, interfaces=d.interfaces[::-1], ports=d.ports[::-1]) for d in turned["devices"]
    )
    return replace(topology, **turned | {"hosts": hosts, "devices": devices})


def shuffled_ids(file: CaseFile, topology: Topology) -> dict[str, list[str]]:
    """Return the names of the findings a leak is about."""
    checks = tuple(dict.fromkeys((*(item.check for item in file.expected), ISOLATION, PERMIT)))
    return ids(verified(topology, checks=checks))


MODELLED = sorted(name for name, file in LEAKS.items() if file.not_modelled is None)
SOME = sorted({*MODELLED[::4], "nas-in-two-zones"})


@pytest.mark.parametrize("name", SOME)
def test_the_name_of_a_finding_does_not_depend_on_the_order_of_elements(name: str) -> None:
    """Nor on how the nodes of a diagram are numbered, which follows from that order."""
    topology = read_topology(LEAKS[name].path)
    assert shuffled_ids(LEAKS[name], reordered(topology)) == shuffled_ids(LEAKS[name], topology)


@pytest.mark.parametrize("name", SOME)
def test_a_waiver_never_changes_the_verdict_of_another_finding(name: str) -> None:
    """A waived cause leaves its consequences where they are."""
    topology = read_topology(LEAKS[name].path)
    checks = tuple(dict.fromkeys((*(i.check for i in LEAKS[name].expected), ISOLATION, PERMIT)))
    before = verified(topology, checks=checks)
    for result in before.results:
        for finding in result.findings[:1]:
            if not finding.id:
                continue
            waiver = replace(PLAIN, check=result.check, finding=finding.id)
            after = verified(replace(topology, waivers=(waiver,)), checks=checks)
            assert _without(after, result.check) == _without(before, result.check)
            assert _findings(after.result(result.check)) >= _findings(result)
            assert after.result(result.check).status is not Status.HOLDS


def _without(verification: Verification, check: str) -> list[tuple[object, ...]]:
    return [
        (r.check, r.status, r.findings, r.missing)
        for r in sorted(verification.results, key=lambda r: r.check)
        if r.check != check
    ]


def _findings(result: CheckResult) -> set[str]:
    return {finding.id for finding in result.findings}


def test_the_name_of_a_finding_says_in_which_states_it_occurs() -> None:
    """What was waived for the time a standby is in charge is not waived for every day."""
    (finding,) = verified(design(*LEAKING)).result(PERMIT).findings[:1]
    normal, standby = ((("", finding.extent),), (("fw-b", finding.extent),))
    names = {finding_id(PERMIT, finding, each) for each in (normal, standby, (*normal, *standby))}
    assert len(names) == 3


def test_saying_the_same_strength_again_lifts_no_ban(tmp_path: Path) -> None:
    """Only another strength takes its own level and waivers along."""
    path = tmp_path / "again.yaml"
    path.write_text(
        "{profile: again, title: t, document: d, edition: e, extends: fuefuki-10,"
        " checks: {mynumber-isolation: {strength: must}}}",
        encoding="utf-8",
    )
    policy = load_profile(str(path)).policy_for("mynumber-isolation")
    assert policy is not None
    assert not policy.waivable
