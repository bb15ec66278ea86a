"""Segments under a policy of their own: judged by it on the whole network, beside the city's."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.policy.designs import codes
from zonecheck.cli import main
from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.policy import CHECKS, CheckResult, Proofs, Status, load_profile, verify
from zonecheck.policy.own_policies import concerning

# A council on the city's firewall; only what concerns it is its policy's affair.
TEXT = """\
zonecheck: 1
name: 議会のある庁舎
profile: saikai-r6
zones: {council: {ja: 議会}}
segments:
  L: {zone: lgwan, prefix: 10.2.0.0/24, ip_source_guard: true, port_security: true}
  I: {zone: internet, prefix: 10.3.0.0/24, ip_source_guard: true, port_security: true}
  COUNCIL: {zone: council, prefix: 10.4.0.0/24, ip_source_guard: true, port_security: true}
hosts:
  l-pc: {segment: L, ip: 10.2.0.10}
  i-pc: {segment: I, ip: 10.3.0.10}
  council-pc: {segment: COUNCIL, ip: 10.4.0.10}
devices:
  fw:
    kind: firewall
    zones: [lgwan, internet, council]
    interfaces:
      l: {segment: L, ip: 10.2.0.1, reverse_path: strict}
      i: {segment: I, ip: 10.3.0.1, reverse_path: strict}
      c: {segment: COUNCIL, ip: 10.4.0.1, reverse_path: strict}
    routes: []
    management: none
    rules: RULES
    default: DEFAULT
policies:
  council: {profile: nemuro-council-r8, segments: COUNCIL}
"""
NEMURO = load_profile("nemuro-council-r8")
CROSSING = "unfiltered-zone-crossing"


def written(folder: Path, rules: str = "[]", default: str = "deny") -> Path:
    """Return the design as a file."""
    path = folder / "council.zones.yaml"
    path.write_text(TEXT.replace("RULES", rules).replace("DEFAULT", default), encoding="utf-8")
    return path


def run(path: Path, *more: str) -> Result:
    """Return what `verify` says and ends with."""
    return CliRunner().invoke(main, ["verify", str(path), "--lang", "en", *more])


def own(topology: Topology, check: str = CROSSING) -> CheckResult:
    """Return the verdict of a check on the council under its own policy."""
    segments = topology.policies[0].segments
    return verify(topology, NEMURO, checks=[check], segments=segments).result(check)


def test_both_policies_are_reported_the_citys_first(tmp_path: Path) -> None:
    """The clauses of the other follow, with the segments they are about."""
    report = run(written(tmp_path), "--allow-unknown")
    assert report.exit_code == 0, report.output
    city, head, council = report.output.partition("=== own policy of COUNCIL [council] ===")
    assert head
    assert "[saikai-r6]" in city
    assert "[nemuro-council-r8]" in council
    assert "第6条(6)" in city
    assert "6(6)" in council


@pytest.mark.parametrize(
    ("changed", "expected"),
    [("lgwan, internet", Status.HOLDS), ("council, internet", Status.VIOLATED)],
)
def test_a_finding_elsewhere_is_not_the_councils(
    tmp_path: Path, changed: str, expected: Status
) -> None:
    """A way without a filter concerns those it joins, and the city sees it in either case."""
    text = TEXT.replace("RULES", "[]").replace("DEFAULT", "deny")
    one, other = changed.split(", ")
    segment = {"lgwan": "L", "council": "COUNCIL", "internet": "I"}
    subnet = {"lgwan": "10.2.0", "council": "10.4.0", "internet": "10.3.0"}
    text = text.replace(
        "policies:",
        "  bypass:\n"
        "    kind: router\n"
        f"    zones: [{changed}]\n"
        "    interfaces:\n"
        f"      a: {{segment: {segment[one]}, ip: {subnet[one]}.2}}\n"
        f"      b: {{segment: {segment[other]}, ip: {subnet[other]}.2}}\n"
        "    routes: []\n"
        "    management: none\n"
        "policies:",
    )
    path = tmp_path / "bypass.zones.yaml"
    path.write_text(text, encoding="utf-8")
    design = read_topology(path)
    assert own(design).status is expected
    whole = verify(design, NEMURO, checks=[CROSSING]).result(CROSSING)
    assert whole.status is Status.VIOLATED
    assert run(path).exit_code == 1


def test_the_worse_of_two_exit_codes_counts(tmp_path: Path) -> None:
    """A violation of the council's policy alone fails the run."""
    text = written(tmp_path).read_text(encoding="utf-8")
    strict = "profile: own\ntitle: 議会\nextends: nemuro-council-r8\n"
    strict += "checks: {multi-zone-host: {clauses: {clause: 第1条}}}\n"
    (tmp_path / "council.yaml").write_text(strict, encoding="utf-8")
    text = text.replace("profile: nemuro-council-r8", "profile: council.yaml")
    text = text.replace(
        "council-pc: {segment: COUNCIL, ip: 10.4.0.10}",
        (
            "council-pc: {zones: [council, internet], ip_forward: false, interfaces: "
            "{a: {segment: COUNCIL, ip: 10.4.0.10}, b: {segment: I, ip: 10.3.0.11}}}"
        ),
    )
    text = text.replace("profile: saikai-r6", "profile: chiba-only.yaml")
    lenient = "profile: lenient\ntitle: 市\nextends: chiba-r7-03\n"
    lenient += "disabled: [multi-zone-host, undeclared-permit]\n"
    (tmp_path / "chiba-only.yaml").write_text(lenient, encoding="utf-8")
    path = tmp_path / "two.zones.yaml"
    path.write_text(text, encoding="utf-8")
    report = run(path)
    city, _, council = report.output.partition("=== own policy")
    assert "violated 0" in city
    assert "multi-zone-host" in council
    assert report.exit_code == 1


@pytest.mark.parametrize(("default", "code"), [("deny", 0), ("permit", 1)])
def test_the_last_line_of_several_reports_is_the_result_of_all(
    default: str, code: int, tmp_path: Path
) -> None:
    """Whoever looks at the end sees no verdict on a part only."""
    path = written(tmp_path, default=default)
    report = run(path, "--check", CROSSING)
    assert report.exit_code == code
    last = report.stdout.splitlines()[-1].strip()
    assert last.startswith("overall: ")
    assert f"exit code {code}" in last
    kept = tmp_path / "report.txt"
    told = run(path, "--check", CROSSING, "--output", str(kept))
    assert "overall: " in told.stderr
    assert kept.read_text(encoding="utf-8") == report.stdout


def test_findings_that_name_one_way_of_many_are_all_kept(tmp_path: Path) -> None:
    """Where a finding stands for others, none may be left out as another's."""
    design = read_topology(written(tmp_path))
    for check in CHECKS:
        asked = concerning(check, design.policies[0].segments)
        assert (asked is check) == (
            check.id not in {"multi-zone-host", "shared-l2-domain", CROSSING, "undeclared-permit"}
        )


def test_a_segment_without_a_zone_concerns_everything(tmp_path: Path) -> None:
    """Nobody can say that a finding is about other places."""
    design = read_topology(written(tmp_path, rules="[{from: L, to: I, action: permit}]"))
    undeclared = "undeclared-permit"
    profile = load_profile("saikai-r6")
    asked = verify(design, profile, checks=[undeclared], segments=("COUNCIL",))
    assert asked.result(undeclared).status is Status.HOLDS
    segments = tuple(replace(s, zone=None) if s.id == "COUNCIL" else s for s in design.segments)
    unzoned = replace(design, segments=segments)
    again = verify(unzoned, profile, checks=[undeclared], segments=("COUNCIL",))
    assert again.result(undeclared).status is Status.VIOLATED
    assert codes(again.result(undeclared)) == {"undeclared-permit.packet"}


def test_quick_verdicts_leave_nothing_out(tmp_path: Path) -> None:
    """Where one finding stands for all, that it is about other places says nothing."""
    design = read_topology(written(tmp_path, rules="[{from: L, to: I, action: permit}]"))
    found = verify(
        design,
        load_profile("saikai-r6"),
        checks=["undeclared-permit"],
        segments=("COUNCIL",),
        proofs=Proofs(verdicts_only=True),
    )
    assert found.result("undeclared-permit").status is Status.VIOLATED


def test_an_unknown_profile_is_told(tmp_path: Path) -> None:
    """As for the city's own."""
    path = written(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("nemuro-council-r8", "nobody"))
    report = run(path)
    assert report.exit_code == 2
    assert "nobody" in report.output
