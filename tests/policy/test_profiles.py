"""Every clause that can be checked appears in its policy's report with its citation.

`clauses.tsv` is the clause table: policy, clause, quoted words, checks.
"""

from itertools import groupby
from pathlib import Path

import pytest

from zonecheck.formats import read_topology
from zonecheck.policy import CHECKS, Status, load_profile, profile_ids, verify
from zonecheck.policy.pending import PENDING
from zonecheck.report.text.verification import render_text

HERE = Path(__file__).parent
MINIMAL = read_topology(HERE.parents[1] / "topologies" / "minimal")
ROWS = [
    tuple(line.split("\t"))
    for line in (HERE / "clauses.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
_NATIONAL = ("soumu-alpha", "soumu-alpha-prime", "soumu-beta", "soumu-beta-prime")
OF_POLICY = {policy: list(rows) for policy, rows in groupby(ROWS, key=lambda row: row[0])}


@pytest.mark.parametrize("policy", OF_POLICY)
def test_every_clause_has_a_verdict_and_its_citation(policy: str) -> None:
    """A clause of the table is never passed over, though its check may not be made."""
    results = {item.check: item for item in verify(MINIMAL, load_profile(policy)).results}
    for _, clause, quote, checks in OF_POLICY[policy]:
        for check in checks.split():
            result = results[check]
            assert result.status is not Status.NOT_IN_PROFILE, (check, clause)
            assert result.policy is not None
            cited = {(item.clause, item.quote) for item in result.policy.citations}
            assert (clause, quote) in cited, (check, cited)


def test_every_policy_of_the_table_is_a_profile() -> None:
    """The five policies come with zonecheck, and the four models of the national guideline."""
    assert set(OF_POLICY) | set(_NATIONAL) == set(profile_ids())


@pytest.mark.parametrize("policy", sorted(OF_POLICY))
def test_a_profile_asks_for_known_checks_and_cites_words_for_each(policy: str) -> None:
    """An entry that no check answers would be lost."""
    known = {check.id for check in CHECKS} | set(PENDING)
    for item in load_profile(policy).checks:
        assert item.check in known
        # What no clause asks for is advice, and says so.
        assert item.citations or (item.level == "advice" and item.note)
        assert all(citation.clause and citation.quote for citation in item.citations)


def test_a_check_is_made_or_pending_and_never_both() -> None:
    """What becomes a check leaves the list of those to come."""
    assert not {check.id for check in CHECKS} & set(PENDING)
    assert len(set(PENDING)) == len(PENDING)


def test_a_check_asked_for_by_name_and_not_made_says_so() -> None:
    """It is not run where the profile has it, and not in the profile elsewhere."""
    asked = ["change-impact-diff"]
    (named,) = verify(MINIMAL, load_profile("fuefuki-10"), checks=asked).results
    assert named.status is Status.NOT_RUN
    (other,) = verify(MINIMAL, load_profile("nemuro-council-r8"), checks=asked).results
    assert other.status is Status.NOT_IN_PROFILE


# Where the five differ, for the checks that are made: (check, the level each asks it at).
_DIFFERENCES = {
    "zone-assignment": ("error", "error", "error", "error", "error"),
    "multi-zone-host": ("error", "error", "error", "error", None),
    "shared-l2-domain": ("error", "error", "error", "error", None),
    "mynumber-isolation": ("error", "error", "error", None, None),
    "specific-flow-bounded": ("error", "advice", "advice", None, None),
    "mac-binding-enforced": ("error", "advice", "advice", None, None),
    "peer-not-internet-connected": ("error", "advice", "advice", None, None),
    "public-body-via-lgwan": ("error", "advice", "advice", None, None),
    "lgwan-internet-separation": ("error", "error", "error", None, None),
    "sanitised-channel-only": ("error", "error", "error", None, None),
    "unfiltered-zone-crossing": ("error", "error", "error", "error", "error"),
    "egress-via-security-cloud": ("error", "error", "error", None, None),
    "scope-boundary-declared": ("error", "error", "warning", "warning", "error"),
    "internet-monitoring-coverage": ("error", "error", "error", None, "error"),
    "miswire-resilience": ("advice", "advice", "advice", "warning", "advice"),
}
_ORDER = ("fuefuki-10", "ishioka-r8-03", "saikai-r6", "chiba-r7-03", "nemuro-council-r8")


@pytest.mark.parametrize("check", _DIFFERENCES)
def test_the_policies_differ_as_their_texts_do(check: str) -> None:
    """Levels are those of the words: must, in principle, desirable."""
    asked = [load_profile(name).policy_for(check) for name in _ORDER]
    levels = tuple(None if item is None else item.level for item in asked)
    assert levels == _DIFFERENCES[check]


def test_what_is_imported_is_sanitised_in_one_policy_and_both_ways_in_two() -> None:
    """Fuefuki asks when taking in, Ishioka and Saikai whenever the systems communicate."""
    assert [load_profile(name).sanitise for name in _ORDER[:3]] == ["import", "both", "both"]


@pytest.mark.parametrize("name", _NATIONAL)
def test_the_national_models_say_what_they_are(name: str) -> None:
    """They come from summaries, say so in every report, and quote only what was seen quoted."""
    profile = load_profile(name)
    assert profile.basis == "national-R7.3"
    report = render_text(
        verify(MINIMAL, profile, checks=["zone-assignment"]), MINIMAL, profile, "ja"
    )
    assert "derived from public summaries; verify against the current guideline" in report
    assert "現行のガイドラインで確認すること" in report
    quoted = {c.quote for item in profile.checks for c in item.citations if c.quote}
    assert quoted == {
        "他の領域との分離は維持しつつ",
        "国が認めた特定通信（例：eLTAX、ぴったりサービス）に限り",
        "マイナンバー利用事務系においては、無線LANは利用しないこと",
        (
            "通信経路の限定(MACアドレス、IPアドレス)に加えて、"
            "アプリケーションプロトコル(ポート番号)のレベルでの限定も行うこと"
        ),
    }


def test_the_national_models_differ_in_where_screens_come_from_and_what_breaks_out() -> None:
    """Alpha and beta open screen transfer from opposite sides; only alpha-prime breaks out."""
    found = {name: load_profile(name) for name in _NATIONAL}
    assert [found[name].screen_initiators for name in _NATIONAL] == [
        ("lgwan",),
        ("lgwan",),
        ("internet",),
        ("internet",),
    ]
    assert [found[name].local_breakout for name in _NATIONAL] == [False, True, False, False]
