"""`trace`, `reach` and `matrix` on the sample design, in both languages and as JSON."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.published import published
from zonecheck.cli import main

GOLDEN = Path(__file__).parent / "golden"

COMMANDS = {
    "trace-delivered": ["trace", "x", "--from", "l-term", "--to", "m-srv", "--tcp", "445"],
    "trace-dropped": [
        *["trace", "x", "--from", "m-srv", "--to", "10.30.60.9", "--tcp", "22"],
        "--established",
    ],
    "trace-forged": [
        *["trace", "x", "--from", "internet", "--to", "m-srv", "--udp", "53"],
        *["--src-ip", "10.20.20.15"],
    ],
    "trace-same-domain": ["trace", "x", "--from", "L-TERM", "--to", "l-term", "--icmp"],
    "reach": ["reach", "x", "--from", "l-term", "--to", "internet"],
    "reach-nothing": ["reach", "x", "--from", "fw/m", "--to", "l-term"],
    "matrix": ["matrix", "x"],
}


def _same_as_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("ZONECHECK_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_text(name: str, lang: str, sample_design: None) -> None:
    """What a person reads is as reviewed; the exit code is 0 whenever it could run."""
    result = CliRunner().invoke(main, [*COMMANDS[name], "--lang", lang])
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    _same_as_golden(f"{name}.{lang}.txt", result.stdout)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_json(name: str, sample_design: None) -> None:
    """What a machine reads names its schema and does not depend on the language."""
    found = {
        CliRunner().invoke(main, [*COMMANDS[name], "--format", "json", "--lang", lang]).stdout
        for lang in ("ja", "en")
    }
    assert len(found) == 1
    text = found.pop()
    assert published(text)["schema"] == f"zonecheck.{name.split('-')[0]}/1"
    _same_as_golden(f"{name}.json", text)


@pytest.mark.parametrize(
    "arguments",
    [
        ["trace", "x", "--from", "nobody", "--to", "m-srv", "--tcp", "1"],
        ["trace", "x", "--from", "fw", "--to", "m-srv", "--tcp", "1"],
        ["trace", "x", "--from", "l-term", "--to", "m-srv"],
        ["trace", "x", "--from", "l-term", "--to", "m-srv", "--tcp", "65536"],
        ["reach", "x", "--from", "l-term", "--to", "nobody"],
        ["reach", "x", "--from", "l-term"],
        ["matrix", "x", "--profile", "no-such-profile"],
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_refusals(arguments: list[str], lang: str, sample_design: None) -> None:
    """What cannot be asked ends in 2 with a reason on stderr."""
    result = CliRunner().invoke(main, [*arguments, "--lang", lang])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("command", ["checks", "profiles"])
def test_catalogues(command: str, lang: str) -> None:
    """Every entry of a catalogue can be shown in full, as text and as JSON."""
    listing = CliRunner().invoke(main, [command, "--lang", lang])
    assert listing.exit_code == 0
    names = [line.split()[0] for line in listing.stdout.splitlines()]
    assert names
    for name in names:
        shown = CliRunner().invoke(main, [command, name, "--lang", lang])
        assert shown.exit_code == 0
        assert shown.stdout.startswith(name)
        document = CliRunner().invoke(main, [command, name, "--format", "json"])
        assert [entry["id"] for entry in published(document.stdout)[command]] == [name]
    wrong = CliRunner().invoke(main, [command, "no-such-id", "--lang", lang])
    assert wrong.exit_code == 2


@pytest.mark.parametrize("command", ["verify", "trace", "reach", "matrix", "checks", "init"])
def test_help(command: str) -> None:
    """Every command explains itself."""
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "--lang" in result.stdout
