"""`zonecheck synthesise` as a command, and what is said where scapy is missing."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from zonecheck.cli import main
from zonecheck.replay import scapy_presence

needs_scapy = pytest.mark.skipif(find_spec("scapy") is None, reason="no scapy here")


def _run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    return result.exit_code, result.stdout, result.stderr


@needs_scapy
def test_a_capture_is_written_and_told(tmp_path: Path) -> None:
    """The same bytes the second time; quiet says nothing."""
    target = tmp_path / "a.pcapng"
    arguments = ["synthesise", "topologies/minimal", "--at", "L-SRV", "-o", str(target)]
    code, out, err = _run(*arguments, "--violation", "mail-attachment", "--seed", "3")
    assert (code, out) == (0, "")
    assert "frames to" in err
    first = target.read_bytes()
    assert _run(*arguments, "--violation", "mail-attachment", "--seed", "3", "-q") == (0, "", "")
    assert target.read_bytes() == first
    assert b"attachment" in first


@needs_scapy
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_list_names_every_case_in_both_languages(lang: str) -> None:
    """With a place, whether each can be there."""
    from zonecheck.replay.synthesise_cases import CASES

    plain = CliRunner().invoke(main, ["synthesise", "topologies/minimal", "--list", "--lang", lang])
    assert plain.exit_code == 0
    assert [line.split()[0] for line in plain.stdout.splitlines()] == list(CASES)
    assert "synthesise." not in plain.stdout
    arguments = ["synthesise", "topologies/minimal", "--list", "--at", "L-SRV", "--lang", lang]
    there = CliRunner().invoke(main, arguments)
    assert there.exit_code == 0
    assert len(there.stdout) > len(plain.stdout)


@needs_scapy
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--at PLACE"),
        (("--at", "L-SRV"), "-o FILE"),
        (("--at", "L-SVR", "-o", "x"), "Similar names: L-SRV"),
        (("--at", "L-SRV", "-o", "x", "--flow", "nothing"), "known are: mail-in, web"),
        (("--at", "L-SRV", "-o", "x", "--violation", "nothing"), "known are: mail-attachment"),
        (("--at", "M-TERM", "-o", "x", "--no-background"), "nothing declared passes M-TERM"),
        (("--at", "L-SRV", "-o", "x.zones.yaml"), "design"),
    ],
)
def test_a_wrong_word_is_an_error(arguments: tuple[str, ...], said: str) -> None:
    """Exit code 2, one sentence, nothing written."""
    code, out, err = _run("synthesise", "topologies/minimal", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert not Path("x").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("synthesise", "topologies/minimal", "--at", "L-SRV", "-o", "x"),
        ("synthesise", "topologies/minimal", "--list"),
        ("replay", "README.md", "--topology", "topologies/minimal"),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_without_scapy_it_says_what_to_install(
    arguments: tuple[str, ...], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2 and the very command."""
    monkeypatch.setattr(scapy_presence, "find_spec", lambda _: None)
    result = CliRunner().invoke(main, [*arguments, "--lang", lang])
    assert result.exit_code == 2
    assert "pip install scapy" in result.stderr


@pytest.mark.parametrize("command", ["replay", "synthesise"])
@pytest.mark.parametrize(("locale", "word"), [("ja", "キャプチャ"), ("en", "capture")])
def test_help_speaks_both_languages(command: str, locale: str, word: str) -> None:
    """In the language of the environment, without scapy."""
    run = subprocess.run(
        [sys.executable, "-m", "zonecheck", command, "--help"],
        env={**os.environ, "ZONECHECK_LANG": locale, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert word in run.stdout
