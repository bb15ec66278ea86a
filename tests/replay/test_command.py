"""`zonecheck export` and `zonecheck replay` as commands."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.published import published
from tests.replay.namespaces import SMALL, need_namespaces
from zonecheck.cli import main


def _run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    return result.exit_code, result.stdout, result.stderr


def test_an_exported_firewall_is_written_and_its_differences_told(tmp_path: Path) -> None:
    """The ruleset goes to the file, what is stricter to stderr."""
    target = tmp_path / "x-fw.nft"
    code, out, err = _run("export", "nftables", str(SMALL), "--device", "x-fw", "-o", str(target))
    assert (code, out) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("# zonecheck: device x-fw (")
    assert err.count("differs from the model") >= 3


def test_what_cannot_be_exported_is_an_error_with_its_line() -> None:
    """Exit code 2, file and line, no traceback."""
    code, out, err = _run("export", "nftables", str(SMALL), "--device", "core-1")
    assert (code, out) == (2, "")
    assert "mihon-small.zones.yaml:" in err
    assert "error[nftables.several-vrfs]" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--device", "nobody"), "no device is called nobody"),
        (("--device", "x-fw", "--interface", "l-core"), "is not ID=NAME"),
        (("--device", "x-fw", "--interface", "other=eth0"), "names no interface"),
        (("--device", "x-fw", "--interface", "l-core=a b"), "error[nftables.interface-name]"),
        (("--device", "x-fw", "--state", "none"), "no state is called none"),
    ],
)
def test_a_wrong_word_is_an_error(arguments: tuple[str, ...], said: str) -> None:
    """Each is told in one sentence, with exit code 2."""
    code, _, err = _run("export", "nftables", str(SMALL), *arguments)
    assert code == 2
    assert said in err
    assert "Traceback" not in err


def test_a_design_alone_is_not_enough_to_replay() -> None:
    """Neither the kernel nor something to push was named."""
    code, out, err = _run("replay", "topologies/minimal")
    assert (code, out) == (2, "")
    assert "--kernel" in err


def test_without_root_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """And judges nothing."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    code, out, err = _run("replay", "topologies/minimal", "--kernel")
    assert (code, out) == (2, "")
    assert "needs root" in err


@pytest.mark.parametrize("missing", ["ip", "nft"])
def test_without_its_commands_it_names_the_package(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    """And judges nothing."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    def which(name: str, path: str) -> str | None:
        return None if name == missing else f"{path}/{name}"

    monkeypatch.setattr(shutil, "which", which)
    code, out, err = _run("replay", "topologies/minimal", "--kernel")
    assert (code, out) == (2, "")
    assert f"there is no command {missing}; install the package" in err


def test_a_design_that_cannot_be_built_is_an_error_with_its_line() -> None:
    """Agreement is never said of what the kernel network leaves out."""
    need_namespaces()
    code, out, err = _run("replay", "tests/formats/every_word.zones.yaml", "--kernel")
    assert (code, out) == (2, "")
    for said in ("kernel.transparent", "kernel.policy-route", "every_word.zones.yaml:"):
        assert said in err


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_agreement_is_exit_code_0_and_says_what_it_does_not_cover(lang: str) -> None:
    """Text and JSON tell the same figures."""
    need_namespaces()
    arguments = ["replay", "topologies/minimal", "--kernel", "--probes", "60", "--lang", lang]
    text = CliRunner().invoke(main, arguments)
    data = CliRunner().invoke(main, [*arguments, "--format", "json"])
    assert (text.exit_code, data.exit_code) == (0, 0)
    view = published(data.stdout)
    assert view["schema"] == "zonecheck.kernel/1"
    assert view["agrees"] is True
    assert view["disagreements"] == []
    assert str(view["copies"]) in text.stdout
    assert "kernel." not in text.stdout
    assert {entry["code"] for entry in view["emulated"]} >= {"kernel.emulated-vlans"}
