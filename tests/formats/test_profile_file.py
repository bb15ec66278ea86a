"""Profiles are data with citations; a wrong one is refused as a whole."""

from pathlib import Path

import pytest

from tests.formats.topologies import ROOT, codes
from zonecheck.formats import BadInput, read_profile
from zonecheck.formats.names import BUILT_IN_ZONES
from zonecheck.formats.profile_schema import PROFILE
from zonecheck.model.profile import STRENGTHS, CheckPolicy, Citation, FlowLimits

PROFILES = sorted((ROOT / "src/zonecheck/policy/profiles").glob("*.yaml"))
HEAD = "profile: p\ntitle: t\ndocument: d\nedition: e\n"
ZONES = "zones: [{id: lgwan, ja: LGWAN接続系}]\n"


def written(folder: Path, text: str) -> Path:
    """Return a file that holds a text."""
    path = folder / "p.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_profile_of_ours_reads(path: Path) -> None:
    """A profile is named like its file, cites for every check, and names its zones as we do."""
    profile = read_profile(path)
    assert profile.id == path.stem
    for policy in profile.checks:
        assert all(citation.clause for citation in policy.citations)
        # What no clause asks for is advice, and says so.
        assert policy.citations or (policy.level == "advice" and policy.note)
    ours = {(zone.id, zone.ja) for zone in BUILT_IN_ZONES}
    named = {(zone.id, zone.ja) for zone in profile.zones}
    # A council's own policy knows the Internet area only.
    assert named == ours or (path.stem == "nemuro-council-r8" and named < ours)


def test_a_profile_reads_to_what_it_says(tmp_path: Path) -> None:
    """Defaults are an error of high severity, and sanitising of imports."""
    second = "d: {level: advice, severity: low, clauses: []}"
    checks = f"checks: {{c: {{clauses: {{clause: 第1条}}}}, {second}}}\n"
    profile = read_profile(written(tmp_path, HEAD + ZONES + "methods: file-clean\n" + checks))
    assert profile.policy_for("c") == CheckPolicy("c", (Citation("第1条"),), "error", "high")
    assert profile.policy_for("d") == CheckPolicy("d", (), "advice", "low")
    assert (profile.methods, profile.sanitise) == (("file-clean",), "import")


def test_a_profile_says_how_narrow_flows_and_how_far_vendors_may_be(tmp_path: Path) -> None:
    """What is not given has the default; the exception for public bodies has to be given."""
    checks = "checks: {c: {clauses: 第1条}}\n".replace("第1条", "{clause: 第1条}")
    plain = read_profile(written(tmp_path, HEAD + ZONES + checks))
    assert plain.specific_flow == FlowLimits()
    assert (plain.public_body_exception, plain.maintenance_depth) == (False, None)
    more = (
        "specific_flow: {bind: ip, ports: 4}\npublic_body_exception: true\nmaintenance_depth: 2\n"
    )
    profile = read_profile(written(tmp_path, HEAD + ZONES + more + checks))
    assert profile.specific_flow == FlowLimits(bind=("ip",), ports=4)
    assert (profile.public_body_exception, profile.maintenance_depth) == (True, 2)
    with pytest.raises(BadInput):
        read_profile(written(tmp_path, HEAD + ZONES + "specific_flow: {bind: dns}\n" + checks))


def test_everything_wrong_with_a_profile_is_told(tmp_path: Path) -> None:
    """Unknown words, missing keys and zones given twice."""
    zones = "zones: [{id: lgwan, ja: あ}, {id: lgwan, ja: い}]\n"
    text = HEAD + zones + "methods: [pray]\nchecks: {c: {level: fatal}}\n"
    with pytest.raises(BadInput) as caught:
        read_profile(written(tmp_path, text))
    assert sorted(codes(caught.value)) == [
        "shape.duplicate-id",
        "shape.missing-key",
        "shape.unknown-word",
        "shape.unknown-word",
    ]


def test_a_profile_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    """There is nothing to read in a list."""
    with pytest.raises(BadInput):
        read_profile(written(tmp_path, "[1]\n"))


def test_every_key_is_explained_in_both_languages() -> None:
    """What can be written is written about."""
    text = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    english, japanese = text.split("# 日本語\n")
    limits = {"nac_zones", "wlan_zones", "shared_platforms", "printer_ports", "maintenance_depth"}
    for key in PROFILE.fields:
        assert f"`{key}" in english, key
        assert f"`{key}" in japanese or key in limits | {"note"}, key
    assert all(strength in english and strength in japanese for strength in STRENGTHS)


@pytest.mark.parametrize("strength", STRENGTHS)
def test_the_words_of_a_rule_bound_its_level(tmp_path: Path, strength: str) -> None:
    """Each level up to that of the words can be given, and none above."""
    levels = ("advice", "warning", "error")
    for level in levels:
        asked = f"checks: {{c: {{clauses: [], strength: {strength}, level: {level}}}}}\n"
        path = written(tmp_path, HEAD + ZONES + asked)
        if levels.index(level) <= levels.index(STRENGTHS[strength]):
            policy = read_profile(path).policy_for("c")
            assert policy is not None
            assert policy.level == level
        else:
            with pytest.raises(BadInput) as caught:
                read_profile(path)
            assert codes(caught.value) == ["profile.level-above-strength"]


@pytest.mark.parametrize("text", ["2026-13", "26", "2026-04-32", "令和8年", "2026-4"])
def test_a_date_is_a_date(tmp_path: Path, text: str) -> None:
    """A year, a month or a day."""
    checks = "checks: {c: {clauses: []}}\n"
    with pytest.raises(BadInput) as caught:
        read_profile(written(tmp_path, HEAD + ZONES + f"date: {text}\n" + checks))
    assert codes(caught.value) == ["profile.date"]
    dated = read_profile(written(tmp_path, HEAD + ZONES + "date: 2026-04\n" + checks))
    assert dated.date == "2026-04"
