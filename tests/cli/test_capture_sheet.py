"""`zonecheck capture --format xlsx`, and the digests that say which bytes were judged."""

import io
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.cli.test_capture import BAD, DESIGN, GOOD, OTHER, STRANGER, Capture, frame
from tests.published import published
from zonecheck.capture.digests import digested
from zonecheck.capture.read import Source
from zonecheck.capture.reading import read
from zonecheck.capture.stamps import stamps
from zonecheck.cli import main

ZONES_APART = [*GOOD, BAD, frame(STRANGER, OTHER, 445)]


@pytest.fixture
def capture(tmp_path: Path) -> Capture:
    """Return what writes captures and judges them at the terminals of LGWAN."""
    return Capture(tmp_path)


def book(capture: Capture, *arguments: str, code: int = 1) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each sheet of a workbook without their heads."""
    target = capture.folder / "out.xlsx"
    found = capture.judge(*arguments, "--format", "xlsx", "-o", str(target))
    assert found.exit_code == code, found.output
    sheets = load_workbook(io.BytesIO(target.read_bytes()))
    return {
        s.title: [tuple(row) for row in s.iter_rows(min_row=2, values_only=True)] for s in sheets
    }


def test_a_workbook_says_what_the_json_says(capture: Capture) -> None:
    """Flow by flow, check by check and zone by zone."""
    path = capture.write(ZONES_APART)
    sheets = book(capture, path, "--all")
    told = published(capture.judge(path, "--all", "--format", "json").stdout)
    assert [row[3] for row in sheets["Flows"]] == [flow["flow"] for flow in told["flows"]]
    assert [row[0] for row in sheets["Flows"]] == [flow["verdict"] for flow in told["flows"]]
    assert [row[1] for row in sheets["Verdicts"]] == [check["id"] for check in told["checks"]]
    counted = [sum(row[2:]) for row in sheets["Matrix"]]
    assert counted == [sum(cell["packets"].values()) for cell in told["matrix"]]
    assert sheets["Summary"][:2] == [("result", "refuted"), ("exit code", 1)]
    filters = [flow["display_filter"] for flow in told["flows"]]
    assert [row[-1] for row in sheets["Flows"]] == filters


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_headings_of_a_workbook_say_what_its_cells_need_not_say_again(
    capture: Capture, lang: str
) -> None:
    """Every column and every pair has a name of its own, and no text needs an apostrophe."""
    target = capture.folder / "out.xlsx"
    path, form = capture.write(ZONES_APART), ("--format", "xlsx", "-o", str(target))
    words = ("capture", path, "--topology", DESIGN, "--at", "L-TERM", "--lang", lang, *form)
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 1, found.output
    for sheet in load_workbook(io.BytesIO(target.read_bytes())):
        head, *rows = sheet.iter_rows(values_only=True)
        assert all(head)
        assert len(set(head)) == len(head)
        for row in rows:
            for name, cell in zip(head, row, strict=True):
                assert not str(cell).startswith(("'", f"{name}:")), (name, cell)
    summary = load_workbook(io.BytesIO(target.read_bytes())).worksheets[0]
    pairs = list(summary.iter_rows(values_only=True))
    assert all(name for name, _ in pairs)
    assert not any(str(said).startswith(f"{name}:") for name, said in pairs)


def test_a_workbook_is_never_printed(capture: Capture) -> None:
    """It asks for a file, and judges nothing first."""
    found = capture.judge(capture.write(GOOD), "--format", "xlsx")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "--output" in found.stderr


def test_no_cell_of_a_workbook_names_an_address_under_a_pseudonym(capture: Capture) -> None:
    """Display filters, which would, are left out."""
    sheets = book(capture, capture.write(ZONES_APART), "--pseudonymise", "k")
    texts = [str(cell) for rows in sheets.values() for row in rows for cell in row]
    assert not any(real in text for real in ("10.20.20.", "10.30.20.") for text in texts)
    assert not any(row[-1] for row in sheets["Flows"])


def test_a_report_names_the_bytes_it_is_about(capture: Capture) -> None:
    """By the digest of each file as it is stored; of standard input there is none."""
    path = Path(capture.write(GOOD))
    digest = sha256(path.read_bytes()).hexdigest()
    told = published(capture.judge(str(path), "--format", "json").stdout)
    assert [file["sha256"] for file in told["files"]] == [digest]
    assert book(capture, str(path), code=0)["Captures"][0][5] == digest
    piped = capture.judge("-", "--format", "json", given=path.read_bytes())
    assert [file["sha256"] for file in published(piped.stdout)["files"]] == [None]


def test_a_file_that_changed_since_it_was_read_has_no_digest(capture: Capture) -> None:
    """Better none than one of other bytes than those that were judged."""
    path = Path(capture.write(GOOD))
    sources = [Source.of_path(path)]
    before = stamps(sources)
    reading = read(sources)
    assert digested(reading.files, sources, before)[0].sha256
    path.write_bytes(path.read_bytes() + b"\0")
    assert not digested(reading.files, sources, before)[0].sha256
    path.unlink()
    assert not digested(reading.files, sources, before)[0].sha256
