"""`zonecheck plot` and `zonecheck export dot|mermaid|drawio` from the command line."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.report.drawings import CITY, TOPOLOGIES
from zonecheck.cli import main
from zonecheck.report.lang import LANGS
from zonecheck.report.plot import presence

ROOT = Path(__file__).parents[2]
MINIMAL = str(TOPOLOGIES / "minimal")
BYPASS = str(TOPOLOGIES / "mistakes" / "m11-sanitiser-bypass.zones.yaml")
IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 200_000
STARTS = {"png": b"\x89PNG\r\n", "svg": b"<?xml", "pdf": b"%PDF-"}


def _size(png: bytes) -> tuple[int, int]:
    """Return the width and height a PNG file declares."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("what", ["topology", "matrix"])
@pytest.mark.parametrize("form", STARTS)
def test_the_end_of_the_name_chooses_the_form(tmp_path: Path, what: str, form: str) -> None:
    """A file is written whole, and nothing is said."""
    pytest.importorskip("matplotlib")
    path = tmp_path / f"picture.{form.upper()}"
    result = CliRunner().invoke(main, ["plot", MINIMAL, "-o", str(path), "--what", what])
    assert (result.exit_code, result.output) == (0, "")
    assert path.read_bytes().startswith(STARTS[form])


@pytest.mark.parametrize("lang", LANGS)
def test_another_form_is_refused_with_those_there_are(tmp_path: Path, lang: str) -> None:
    """Before anything is read or written."""
    path = tmp_path / "picture.gif"
    result = CliRunner().invoke(main, ["plot", MINIMAL, "-o", str(path), "--lang", lang])
    assert result.exit_code == 2
    assert ".png, .svg, .pdf" in result.stderr
    assert not path.exists()


@pytest.mark.parametrize("lang", LANGS)
def test_without_matplotlib_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str
) -> None:
    """One line with the command that brings it, exit code 2, no file."""
    monkeypatch.setattr(presence, "find_spec", lambda _: None)
    path = tmp_path / "picture.png"
    result = CliRunner().invoke(main, ["plot", MINIMAL, "-o", str(path), "--lang", lang])
    assert result.exit_code == 2
    assert "pip install matplotlib matplotlib-fontja" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not path.exists()


def test_a_design_is_never_replaced_by_its_picture(tmp_path: Path) -> None:
    """The name of a design ends in none of the forms."""
    path = tmp_path / "x.zones.yaml"
    path.write_text("kept", encoding="utf-8")
    result = CliRunner().invoke(main, ["plot", MINIMAL, "-o", str(path)])
    assert result.exit_code == 2
    assert path.read_text(encoding="utf-8") == "kept"


def test_a_finding_is_drawn_by_its_number(tmp_path: Path) -> None:
    """Its number is checked as in `explain`; `--what` says nothing about a finding."""
    pytest.importorskip("matplotlib")
    path = tmp_path / "path.png"
    start = ["plot", BYPASS, "-o", str(path), "--lang", "ja", "--finding"]
    assert CliRunner().invoke(main, [*start, "sanitise-screen-transfer#1"]).exit_code == 0
    shown = (IMAGES / "plot-finding.ja.png").read_bytes()
    assert _size(path.read_bytes()) == _size(shown), "docs/images shows another picture"
    for wrong in (["sanitise-screen-transfer#99"], ["no-such-check"]):
        assert CliRunner().invoke(main, [*start, *wrong]).exit_code == 2
    both = [*start, "sanitise-screen-transfer", "--what", "matrix"]
    assert CliRunner().invoke(main, both).exit_code == 2


def test_a_finding_without_a_path_is_told_so(tmp_path: Path) -> None:
    """A declaration that lacks something has no way through the network."""
    pytest.importorskip("matplotlib")
    design = str(TOPOLOGIES / "mistakes" / "m24-shadowed-deny.zones.yaml")
    arguments = ["plot", design, "-o", str(tmp_path / "x.png"), "--finding", "rule-anomaly"]
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    assert result.exit_code == 2
    assert "rule-anomaly#1 shows no path" in result.stderr


def test_states_are_drawn_and_unknown_ones_refused(tmp_path: Path) -> None:
    """The picture of a standby state names it."""
    pytest.importorskip("matplotlib")
    one, other = tmp_path / "normal.svg", tmp_path / "standby.svg"
    assert CliRunner().invoke(main, ["plot", str(CITY), "-o", str(one)]).exit_code == 0
    arguments = ["plot", str(CITY), "-o", str(other), "--state"]
    assert CliRunner().invoke(main, [*arguments, "x-fw-2"]).exit_code == 0
    assert one.read_bytes() != other.read_bytes()
    assert CliRunner().invoke(main, [*arguments, "no-such-state"]).exit_code == 2


@pytest.mark.parametrize(
    ("form", "start"), [("dot", "graph "), ("mermaid", "flowchart TB"), ("drawio", "<mxfile ")]
)
def test_exports_go_to_stdout_or_a_file(tmp_path: Path, form: str, start: str) -> None:
    """They need no matplotlib, and say the same in both places."""
    shown = CliRunner().invoke(main, ["export", form, MINIMAL, "--lang", "ja"])
    assert shown.exit_code == 0
    assert shown.stdout.startswith(start)
    path = tmp_path / "file"
    written = CliRunner().invoke(main, ["export", form, MINIMAL, "--lang", "ja", "-o", str(path)])
    assert written.exit_code == 0
    assert path.read_text(encoding="utf-8") == shown.stdout


def test_the_export_loads_no_matplotlib() -> None:
    """Nor do the commands before they draw."""
    code = (
        "import sys, zonecheck.cli.plot, zonecheck.cli.export\n"
        f"zonecheck.cli.export.export(['drawio', {MINIMAL!r}], standalone_mode=False)\n"
        "assert 'matplotlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_pictures_in_the_documents_are_small_and_those_of_the_command(tmp_path: Path) -> None:
    """Their size in pixels follows from the layout alone, whatever draws the letters."""
    pytest.importorskip("matplotlib")
    pictures = sorted(IMAGES.glob("*.png"))
    assert pictures
    assert all(path.stat().st_size < MOST_BYTES for path in pictures)
    path = tmp_path / "minimal.png"
    CliRunner().invoke(main, ["plot", MINIMAL, "-o", str(path), "--lang", "ja"])
    assert _size(path.read_bytes()) == _size((IMAGES / "plot-minimal.png").read_bytes())
