"""A way that frames with two tags go is told as one."""

from pathlib import Path

import pytest

from zonecheck.formats import read_topology
from zonecheck.policy import load_profile, verify
from zonecheck.report.finding_summary import evidence_lines
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.words import phrase

LEAKS = Path(__file__).parents[1] / "leaks"
CHECK = "shared-l2-domain"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("name", "double"),
    [("double-tagging-through-native-vlan", True), ("native-vlan-mismatch", False)],
)
def test_only_a_join_out_of_a_native_vlan_in_use_is_called_double_tagged(
    name: str, double: bool, lang: Lang
) -> None:
    """Without a word nobody would see why one VLAN is another."""
    design = read_topology(LEAKS / f"{name}.zones.yaml")
    result = verify(design, load_profile("soumu-alpha"), checks=(CHECK,)).results[0]
    said = phrase(lang, "report.join-double-tagged", a="", b="").removeprefix(" = ")
    lines = [line for finding in result.findings for line in evidence_lines(finding, lang)]
    assert lines
    assert any(said in line for line in lines) is double
