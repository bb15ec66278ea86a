"""Every format of `verify` on designs that hold, fail, stay unknown or cannot be read."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests.policy.test_own_policies import written
from tests.report.test_annotations import commands
from tests.report.test_html import assert_stays_inside
from tests.report.test_junit import SCHEMA as JUNIT_SCHEMA
from tests.report.test_markdown import OURS, Page
from tests.report.test_sarif import schema as sarif_schema
from zonecheck.cli import main
from zonecheck.cli.format_names import IN_FILES
from zonecheck.cli.verify_formats import FORMATS
from zonecheck.report.lang import LANGS, Lang

ROOT = Path(__file__).parents[2]
REPORT_SCHEMA = ROOT / "schemas" / "report.schema.json"
POLICIES = ("saikai-r6", "nemuro-council-r8")


def _json(data: bytes) -> None:
    document = json.loads(data)
    jsonschema.validate(document, json.loads(REPORT_SCHEMA.read_text(encoding="utf-8")))


def _sarif(data: bytes) -> None:
    jsonschema.Draft4Validator(sarif_schema()).validate(json.loads(data))


def _junit(data: bytes) -> None:
    JUNIT_SCHEMA.validate(data.decode())


def _markdown(data: bytes) -> None:
    page = Page(data.decode())
    assert set(page.tags) <= OURS | {"details", "summary"}
    assert page.tags[0] == "h2"


def _github(data: bytes) -> None:
    assert commands(data.decode())


def _xlsx(data: bytes) -> None:
    assert len(openpyxl.load_workbook(io.BytesIO(data)).sheetnames) == 6


def _html(data: bytes) -> None:
    assert_stays_inside(data.decode())


def _text(data: bytes) -> None:
    assert data.decode().strip()


PARSERS: dict[str, Callable[[bytes], None]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "markdown": _markdown,
    "github": _github,
    "xlsx": _xlsx,
    "html": _html,
}

CASES = {
    "holds": (0, ("--allow-unknown",), {}),
    "violated": (1, (), {"default": "permit"}),
    "unknown": (2, (), {}),
}
"""Exit codes, options and designs: the council's, closed and open."""


def run(path: Path, form: str, output: Path, *more: str) -> Result:
    """Return how `verify` ends; its result is in a file."""
    arguments = ["verify", str(path), "--format", form, "--output", str(output), "-q", *more]
    return CliRunner().invoke(main, arguments)


def test_every_format_has_a_parser() -> None:
    """So that none goes untested."""
    assert set(PARSERS) == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_every_format_parses_and_the_code_is_the_same(case: str, form: str, tmp_path: Path) -> None:
    """In both languages, with the findings of both policies."""
    code, options, design = CASES[case]
    path, output = written(tmp_path, **design), tmp_path / "report"
    for lang in LANGS:
        result = run(path, form, output, "--lang", lang, *options)
        assert result.exit_code == code, result.output
        assert result.output == ""
        PARSERS[form](output.read_bytes())


@pytest.mark.parametrize("form", FORMATS)
def test_both_policies_are_in_every_format(form: str, tmp_path: Path) -> None:
    """The council's beside the city's."""
    output = tmp_path / "report"
    run(written(tmp_path), form, output, "--lang", "en")
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(output.read_bytes()))["Verdicts"]
        text = " ".join(str(line[0].value) for line in sheet.iter_rows())
    else:
        text = output.read_text(encoding="utf-8")
    for policy in POLICIES:
        assert policy in text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", LANGS)
def test_what_cannot_be_read_gives_two_and_no_report(form: str, lang: Lang, tmp_path: Path) -> None:
    """An error is said on stderr; an older report stays as it was."""
    broken, output = tmp_path / "bad.zones.yaml", tmp_path / "report"
    broken.write_text("zonecheck: 1\nname: x\nsegmants: {}\n", encoding="utf-8")
    output.write_text("older", encoding="utf-8")
    result = run(broken, form, output, "--lang", lang)
    assert result.exit_code == 2
    assert "bad.zones.yaml:3:" in result.stderr
    assert output.read_text(encoding="utf-8") == "older"


@pytest.mark.parametrize(
    "form", [form for form in FORMATS if form != "text" and form not in IN_FILES]
)
def test_stdout_carries_what_the_file_would(form: str, tmp_path: Path) -> None:
    """In UTF-8, byte for byte, and nothing on stderr."""
    path, output = written(tmp_path), tmp_path / "report"
    run(path, form, output)
    shown = CliRunner().invoke(main, ["verify", str(path), "--format", form])
    assert shown.stdout_bytes == output.read_bytes()
    assert shown.stderr == ""


@pytest.mark.parametrize("form", IN_FILES)
@pytest.mark.parametrize("lang", LANGS)
def test_a_workbook_and_a_page_need_a_file(lang: Lang, form: str) -> None:
    """It is refused before anything is read or proved."""
    result = CliRunner().invoke(
        main, ["verify", "nowhere.zones.yaml", "--format", form, "--lang", lang]
    )
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--output" in result.stderr


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_json_and_sarif_are_of_no_language(form: str, tmp_path: Path) -> None:
    """The same bytes whatever `--lang` says."""
    path = written(tmp_path, default="permit")
    found = set()
    for lang in LANGS:
        run(path, form, tmp_path / "report", "--lang", lang)
        found.add((tmp_path / "report").read_bytes())
    assert len(found) == 1


def test_a_check_asked_for_that_did_not_run_is_red(tmp_path: Path) -> None:
    """In JUnit and in annotations, as in the exit code."""
    minimal, output = ROOT / "topologies" / "minimal", tmp_path / "report"
    for form, sign in (("junit", 'errors="1"'), ("github", "::error ")):
        result = run(minimal, form, output, "--check", "capture-traffic-surge")
        assert result.exit_code == 2
        assert sign in output.read_text(encoding="utf-8")
        PARSERS[form](output.read_bytes())
