"""A profile over another: what it says replaces, what it adds is added, nothing else changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from zonecheck.formats import BadInput, read_profile
from zonecheck.model.profile import Citation, Isolation, Profile

BASE = """\
profile: base
title: 元
document: 文書
edition: 初版
date: 2026-04
basis: municipal-policy
note: 元の注意。
zones: [{id: lgwan, ja: LGWAN接続系}, {id: internet, ja: インターネット接続系}]
methods: [mail-text]
isolation: [{zone: lgwan, from: internet, exceptions: channels}]
checks:
  zone-isolation: {clauses: {clause: 第1条}, severity: critical}
  zone-assignment: {clauses: {clause: 第2条, quote: 分割し}, strength: in-principle}
"""


@pytest.fixture
def over(tmp_path: Path) -> "Over":
    """Return what reads a profile over the base."""
    return Over(tmp_path)


class Over:
    """Reads texts as profiles over the base."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "base.yaml").write_text(BASE, encoding="utf-8")

    @property
    def base(self) -> Profile:
        """Return the base itself."""
        return read_profile(self._folder / "base.yaml")

    def __call__(self, text: str, base: str = "base.yaml", name: str = "own") -> Profile:
        """Return the profile a text makes of the base."""
        path = self._folder / f"{name}.yaml"
        head = f"profile: {name}\ntitle: 独自\nextends: {base}\n"
        path.write_text(head + text, encoding="utf-8")
        return read_profile(path, built_in={"built-in": self._folder / "base.yaml"})


def test_a_profile_that_changes_nothing_is_its_base(over: Over) -> None:
    """But for what it says of itself: id, title, and that it is nobody's published policy."""
    plain = over("")
    assert plain == replace(over.base, id="own", title="独自", basis="custom")
    assert over("", base="built-in") == plain


@pytest.mark.parametrize(
    ("own", "date"),
    [
        ("", "2026-04"),
        ("note: 別の注意。\n", "2026-04"),
        ("edition: 第2版\n", ""),
        ("document: 別の文書\n", ""),
        ("edition: 第2版\ndate: 2027\n", "2027"),
        ("date: 2027\n", "2027"),
    ],
)
def test_a_date_is_that_of_the_edition_it_came_with(own: str, date: str, over: Over) -> None:
    """Another text is not in force from the day of the one it was made of."""
    assert over(own).date == date


def test_a_check_is_changed_key_by_key(over: Over) -> None:
    """Clauses replace those of the base or are added to them."""
    own = over("checks: {zone-assignment: {more_clauses: {clause: 第9条}, level: warning}}\n")
    policy = own.policy_for("zone-assignment")
    assert policy is not None
    assert policy.citations == (Citation("第2条", "分割し"), Citation("第9条"))
    assert (policy.level, policy.strength, policy.waivable) == ("warning", "in-principle", True)
    again = over("checks: {zone-assignment: {clauses: {clause: 第9条}}}\n")
    changed = again.policy_for("zone-assignment")
    assert changed is not None
    assert changed.citations == (Citation("第9条"),)
    assert own.policy_for("zone-isolation") == over.base.policy_for("zone-isolation")


def test_another_strength_has_its_own_level_and_waivers(over: Over) -> None:
    """What becomes desirable is advice; what becomes a must is no longer waivable."""
    low = over("checks: {zone-assignment: {strength: desirable}}\n").policy_for("zone-assignment")
    assert low is not None
    assert (low.level, low.waivable) == ("advice", False)
    high = over("checks: {zone-isolation: {strength: in-principle}}\n").policy_for("zone-isolation")
    assert high is not None
    assert (high.level, high.waivable) == ("error", True)


@pytest.mark.parametrize(
    ("waivers", "expected"), [("any", True), ("in-principle", False), ("none", False)]
)
def test_a_profile_says_which_findings_may_be_waived(
    over: Over, waivers: str, *, expected: bool
) -> None:
    """A check may say otherwise for itself."""
    own = over(f"waivers: {waivers}\n").policy_for("zone-isolation")
    assert own is not None
    assert own.waivable is expected
    said = f"checks: {{zone-isolation: {{waivable: {str(not expected).lower()}}}}}\n"
    other = over(f"waivers: {waivers}\n{said}").policy_for("zone-isolation")
    assert other is not None
    assert other.waivable is not expected


def test_a_disabled_check_is_not_in_the_profile(over: Over) -> None:
    """It is not passed over: the profile does not ask for it."""
    own = over("disabled: zone-assignment\n")
    assert own.policy_for("zone-assignment") is None
    assert [item.check for item in own.checks] == ["zone-isolation"]


def test_zones_and_rules_are_added_and_what_is_there_stays(over: Over) -> None:
    """No rule of the base that keeps zones apart is lost by adding another."""
    own = over(
        "zones: [{id: internal, ja: 内部情報系}]\nisolation: [{zone: internal, from: all}]\n"
        "methods: [file-clean]\n"
    )
    assert [zone.id for zone in own.zones] == ["lgwan", "internet", "internal"]
    assert own.isolation == (
        Isolation("lgwan", ("internet",), ("channels",)),
        Isolation("internal"),
    )
    assert own.methods == ("file-clean",)


def test_a_zone_may_be_called_otherwise(over: Over) -> None:
    """Written again it replaces that of the base."""
    own = over("zones: [{id: lgwan, ja: 行政系}]\n")
    assert [(z.id, z.ja) for z in own.zones] == [
        ("internet", "インターネット接続系"),
        ("lgwan", "行政系"),
    ]


def test_notes_are_kept(over: Over) -> None:
    """What is to be minded about the base is to be minded still, however far it is below."""
    over("note: 二段目。\n", name="middle")
    assert over("note: 三段目。\n", base="middle.yaml").note == "元の注意。\n二段目。\n三段目。"


def test_what_the_base_needs_cannot_be_taken_from_it(over: Over) -> None:
    """A rule about a removed zone is a problem told where the zone is removed."""
    with pytest.raises(BadInput) as caught:
        over("removed_zones: internet\n")
    assert [(p.code, Path(p.source.file).name) for p in caught.value.problems] == [
        ("profile.unknown-zone", "own.yaml")
    ]


@pytest.mark.parametrize("key", ["zones", "isolation", "checks", "methods"])
@pytest.mark.parametrize("value", ["", " 5", " {a: {ja: b}}"])
def test_a_value_of_no_kind_its_key_takes_is_all_that_is_wrong(
    key: str, value: str, over: Over
) -> None:
    """The base stays as it is: nothing in it is to be blamed for what is written above it."""
    if (key, value) == ("checks", " {a: {ja: b}}"):
        value = " [a]"
    if (key, value) == ("methods", " 5"):
        value = " {a: b}"
    with pytest.raises(BadInput) as error:
        over(f"{key}:{value}\nnac_zones: [lgwan]\n")
    (problem,) = error.value.problems
    assert problem.code in ("shape.wrong-kind", "shape.empty-value")
    assert Path(problem.source.file).name == "own.yaml"
    assert problem.source.line == 4
