"""`zonecheck diff` of files, folders and git revisions, and `verify --baseline`."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.formats.topologies import MINIMAL
from tests.published import published
from zonecheck.cli import main

RULE = "  - insert: devices.fw.rules\n    at: end\n    value: {name: 更新, in: l-srv, out: edge, "
MORE = (
    "zonecheck: 1\noverlay: base.zones.yaml\nchanges:\n"
    + RULE
    + "from: L-SRV, service: tcp/443, action: permit}\n"
)
RULE_OF_OWN = (
    "      - {name: 更新, in: l-srv, out: edge, from: L-SRV, service: tcp/443, action: permit}\n"
)
SPLIT = "zonecheck: 1\nhosts:\n  extra: {segment: L-SRV, ip: 10.20.10.99}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a design, and one more that permits more."""
    (tmp_path / "base.zones.yaml").write_bytes(MINIMAL.read_bytes())
    (tmp_path / "more.zones.yaml").write_text(MORE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def repository(folder: Path) -> Path:
    """Return the same folder under git, in which the design includes another file."""
    design = folder / "base.zones.yaml"
    text = design.read_text(encoding="utf-8")
    design.write_text(text + "\ninclude: [parts/extra.zones.yaml]\n", encoding="utf-8")
    (folder / "parts").mkdir()
    (folder / "parts" / "extra.zones.yaml").write_text(SPLIT, encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=t", "-c", "user.email=t@example.net", "commit", "-qm", "one")
    git(folder, "tag", "approved")
    return folder


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def run(*arguments: str) -> Result:
    """Return what a command did."""
    return CliRunner().invoke(main, arguments)


def test_a_design_does_not_differ_from_itself(folder: Path) -> None:
    """Exit code 0, and both languages say so."""
    for lang, word in (("ja", "差分はない"), ("en", "Nothing differs")):
        result = run("diff", "base.zones.yaml", "base.zones.yaml", "--lang", lang)
        assert (result.exit_code, word in result.output) == (0, True)


def test_what_differs_is_shown_with_its_rule_and_its_cause(folder: Path) -> None:
    """Exit code 1; the lines of the file that permits it are named in both languages."""
    for lang in ("ja", "en"):
        result = run("diff", "base.zones.yaml", "more.zones.yaml", "--lang", lang)
        assert result.exit_code == 1
        assert "devices.fw.rules[更新]" in result.output
        assert "more.zones.yaml:6" in result.output
        assert "{" not in result.output


def test_machines_get_the_same(folder: Path) -> None:
    """Exact sets, one packet of each, elements by place, verdicts and the two checks."""
    result = run("diff", "base.zones.yaml", "more.zones.yaml", "--format", "json")
    found = published(result.output)
    assert (found["schema"], found["exit_code"]) == ("zonecheck.diff/1", result.exit_code)
    (element,) = found["elements"]
    assert (element["kind"], element["old"], element["new"]["line"]) == ("added", None, 6)
    first = found["permitted"][0]
    assert (first["from_zone"], first["to_zone"]) == ("lgwan", "ext:internet")
    assert first["witness"]["hops"]
    assert [cause["alone"] for cause in first["causes"]] == [True]
    assert not first["headers"]["more"]
    assert {change["new"] for change in found["verdicts"]} == {"violated"}
    reverse = published(
        run("diff", "more.zones.yaml", "base.zones.yaml", "--format", "json").output
    )
    assert [p["headers"] for p in reverse["blocked"]] == [p["headers"] for p in found["permitted"]]


def test_verdicts_can_be_left_out(folder: Path) -> None:
    """Then they are null, not none."""
    arguments = ("base.zones.yaml", "more.zones.yaml", "--format", "json", "--no-verdicts")
    found = published(run("diff", *arguments).output)
    assert found["verdicts"] is None
    assert found["permitted"]


def test_a_revision_is_read_with_what_it_includes(repository: Path) -> None:
    """As it was, whatever became of the files since; places say the revision."""
    same = run("diff", "approved:base.zones.yaml", "HEAD:base.zones.yaml", "--no-verdicts")
    assert same.exit_code == 0, same.output
    (repository / "parts" / "extra.zones.yaml").write_text(
        SPLIT.replace("10.20.10.99", "10.20.10.98"), encoding="utf-8"
    )
    result = run("diff", "approved:base.zones.yaml", "base.zones.yaml", "--no-verdicts")
    assert result.exit_code == 1
    assert "approved:parts/extra.zones.yaml:3" in result.output
    assert "10.20.10.98" in result.output


def test_a_path_may_start_from_here(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`./` is where the command runs, else the top of the repository."""
    monkeypatch.chdir(repository / "parts")
    result = run("diff", "HEAD:./../base.zones.yaml", "HEAD:base.zones.yaml", "--no-verdicts")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("given", ["nowhere:base.zones.yaml", "HEAD:no-such.zones.yaml"])
def test_what_is_not_in_git_is_said(repository: Path, given: str, lang: str) -> None:
    """An unknown revision, and a path it does not have: exit code 2 and one line."""
    result = run("diff", given, "base.zones.yaml", "--lang", lang)
    assert result.exit_code == 2
    assert given in result.output
    assert "Traceback" not in result.output


def test_what_is_wrong_in_a_revision_is_shown_at_its_place(repository: Path) -> None:
    """Nobody is pointed at a file in a temporary folder."""
    (repository / "base.zones.yaml").write_text("zonecheck: 1\nname: x\nhosts: 3\n")
    git(repository, "-c", "user.name=t", "-c", "user.email=t@example.net", "commit", "-qam", "two")
    result = run("diff", "HEAD:base.zones.yaml", "approved:base.zones.yaml")
    assert result.exit_code == 2
    assert "HEAD:base.zones.yaml:3" in result.output
    assert "zonecheck-" not in result.output


def test_without_git_or_a_repository_that_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both end with exit code 2."""
    outside = run("diff", "HEAD:base.zones.yaml", "base.zones.yaml", "--lang", "en")
    assert (outside.exit_code, "repository" in outside.output) == (2, True)
    monkeypatch.setenv("PATH", str(folder))
    absent = run("diff", "HEAD:base.zones.yaml", "base.zones.yaml", "--lang", "en")
    assert (absent.exit_code, "no git command" in absent.output) == (2, True)


def test_verify_answers_two_checks_beside_an_approved_design(folder: Path) -> None:
    """Without one they are not run; beside the same design they hold; else not."""
    arguments = ("verify", "more.zones.yaml", "--profile", "fuefuki-10", "--format", "json")
    asked = (*arguments, "--check", "change-impact-diff", "--check", "topology-change-approved")
    for more, status in (
        ((), "not-run"),
        (("--baseline", "more.zones.yaml"), "holds"),
        (("--baseline", "base.zones.yaml"), "violated"),
    ):
        found = published(run(*asked, *more).output)
        assert {check["status"] for check in found["checks"]} == {status}


def test_every_policy_is_told_what_changed(folder: Path) -> None:
    """Segments under a policy of their own are held against the approved design like the city."""
    own = "policies: {office: {profile: fuefuki-10, segments: L-SRV}}\n"
    base = (folder / "base.zones.yaml").read_text(encoding="utf-8")
    (folder / "base.zones.yaml").write_text(base + own, encoding="utf-8")
    asked = ("--check", "change-impact-diff", "--check", "topology-change-approved")
    for design, status in (("base", "holds"), ("more", "violated")):
        arguments = ("verify", f"{design}.zones.yaml", "--profile", "fuefuki-10", *asked)
        found = published(
            run(*arguments, "--baseline", "base.zones.yaml", "--format", "json").output
        )
        for report in (found, found["policies"][0]["report"]):
            assert {check["status"] for check in report["checks"]} == {status}


def test_two_designs_that_name_no_profile_are_judged_by_the_one_given(folder: Path) -> None:
    """The older design needs none at all: both are judged by that of the newer."""
    design = folder / "base.zones.yaml"
    text = design.read_text(encoding="utf-8")
    without = "".join(line for line in text.splitlines(True) if not line.startswith("profile:"))
    assert without != text
    (folder / "plain.zones.yaml").write_text(without, encoding="utf-8")
    for more in (("plain", "plain", "--profile", "fuefuki-10"), ("plain", "base")):
        old, new, *rest = more
        found = run("diff", f"{old}.zones.yaml", f"{new}.zones.yaml", "--no-verdicts", *rest)
        assert found.exit_code != 2, found.output
    assert run("diff", "base.zones.yaml", "plain.zones.yaml").exit_code == 2


def test_a_profile_that_asks_for_less_is_a_difference(repository: Path) -> None:
    """Though the design is the same and both are judged by what is left of the profile."""
    profile = repository / "p.yaml"
    profile.write_text("profile: ours\ntitle: 例\nextends: fuefuki-10\n", encoding="utf-8")
    design = repository / "base.zones.yaml"
    text = design.read_text(encoding="utf-8")
    lines = ("profile: p.yaml\n" if x.startswith("profile:") else x for x in text.splitlines(True))
    design.write_text("".join(lines), encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "-c", "user.name=t", "-c", "user.email=t@example.net", "commit", "-qm", "two")
    same = run("diff", "HEAD:base.zones.yaml", "base.zones.yaml", "--no-verdicts")
    assert same.exit_code == 0, same.output
    profile.write_text(
        profile.read_text(encoding="utf-8") + "disabled: [multi-zone-host]\n", encoding="utf-8"
    )
    for lang in ("ja", "en"):
        found = run("diff", "HEAD:base.zones.yaml", "base.zones.yaml", "--lang", lang)
        assert found.exit_code == 1, found.output
        assert "checks[multi-zone-host]" in found.output
    given = ("--profile", "fuefuki-10", "--no-verdicts")
    assert run("diff", "HEAD:base.zones.yaml", "base.zones.yaml", *given).exit_code == 0


def test_a_name_that_voids_waivers_is_never_told_as_nothing(folder: Path) -> None:
    """Under a policy of its own: a verdict turns; without verdicts a line says nobody asked."""
    text = (folder / "base.zones.yaml").read_text(encoding="utf-8")
    (folder / "p.yaml").write_text(
        "profile: ours\ntitle: 例\nextends: soumu-alpha\nwaivers: any\n", encoding="utf-8"
    )
    rules = "    default: deny\n"
    assert rules in text
    text = text.replace(rules, RULE_OF_OWN + rules)
    text += "policies: {council: {profile: p.yaml, segments: [L-SRV]}}\n"
    (folder / "old.zones.yaml").write_text(text, encoding="utf-8")
    asked = ("verify", "old.zones.yaml", "--check", "undeclared-permit", "--format", "json")
    (own,) = published(run(*asked).output)["policies"]
    (check,) = own["report"]["checks"]
    more = "clause: c, approver: a, reason: r, expires: 9999-12-31}"
    text += "waivers:\n" + "".join(
        f"  w{n}: {{check: undeclared-permit, finding: {finding['id']}, {more}\n"
        for n, finding in enumerate(check["findings"])
    )
    (folder / "old.zones.yaml").write_text(text, encoding="utf-8")
    (folder / "new.zones.yaml").write_text(text.replace("L-SRV", "L-SV"), encoding="utf-8")
    compared = ("diff", "old.zones.yaml", "new.zones.yaml")
    for lang in ("ja", "en"):
        found = run(*compared, "--lang", lang)
        assert (found.exit_code, "policies.council: undeclared-permit" in found.output) == (1, True)
        assert "waivers" in run(*compared, "--lang", lang, "--no-verdicts").output.lower()
    turned = published(run(*compared, "--format", "json").output)["verdicts"]
    told = {(v["policy"], v["old"], v["new"]) for v in turned}
    assert ("council", "waived", "violated") in told


def test_an_approved_design_that_no_profile_asks_about_is_said_to_be_unused(folder: Path) -> None:
    """On stderr, so that a report stays a report; where a profile asks, nothing is said."""
    arguments = ("verify", "base.zones.yaml", "--baseline", "base.zones.yaml", "--lang", "en")
    for profile, told in (("soumu-alpha", True), ("fuefuki-10", False)):
        found = run(*arguments, "--profile", profile, "--check", "zone-assignment")
        assert ("--baseline" in found.stderr) is told
        assert "--baseline" not in found.stdout
