"""Where results go: stdout or a file, whole or not at all."""

import errno
import io
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.report import samples
from zonecheck.cli import main
from zonecheck.cli.failure import Failure
from zonecheck.cli.language import default_lang
from zonecheck.cli.lazy_group import LazyGroup
from zonecheck.cli.result_file import create_file, replace_file
from zonecheck.cli.streams import soften
from zonecheck.policy.verdict import Verification

Verdicts = Callable[[Verification], None]
MINIMAL = "topologies/minimal"


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "ja"),
        ({"LANG": "C"}, "ja"),
        ({"LC_ALL": "C.UTF-8"}, "ja"),
        ({"LC_ALL": "POSIX"}, "ja"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "ZONECHECK_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "ZONECHECK_LANG": "ja"}, "ja"),
        ({"LANG": "en_US.UTF-8", "ZONECHECK_LANG": ""}, "en"),
    ],
)
def test_language(environ: dict[str, str], lang: str) -> None:
    """Our own variable decides, then the locale, and Japanese where that says nothing."""
    assert default_lang(environ) == lang


def test_stdout_carries_the_result_only(verdicts: Verdicts) -> None:
    """JSON on stdout is JSON from the first to the last character."""
    verdicts(samples.verification())
    result = CliRunner().invoke(main, ["verify", "x", "--format", "json"])
    document = json.loads(result.stdout)
    assert document["exit_code"] == result.exit_code == 1
    assert result.stderr == ""


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_text_and_file_are_the_same(verdicts: Verdicts, tmp_path: Path, lang: str) -> None:
    """`--output` writes what stdout would have shown, and says so on stderr."""
    verdicts(samples.verification())
    shown = CliRunner().invoke(main, ["verify", "x", "--lang", lang])
    path = tmp_path / "report.txt"
    written = CliRunner().invoke(main, ["verify", "x", "--lang", lang, "--output", str(path)])
    assert path.read_text(encoding="utf-8") == shown.stdout
    assert written.stdout == ""
    assert str(path) in written.stderr
    assert written.exit_code == shown.exit_code
    quiet = CliRunner().invoke(main, ["verify", "x", "-q", "--output", str(path)])
    assert quiet.stderr == ""


def test_replacing_keeps_mode_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """A file is replaced in one step; a link is followed."""
    target = tmp_path / "real.txt"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    replace_file(link, "新しい\n")
    assert target.read_text(encoding="utf-8") == "新しい\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.txt", "real.txt"]


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    """A report is readable for whom files usually are, not for its owner only."""
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "report.txt", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report.txt").stat().st_mode) == 0o640


def test_a_device_is_written_in_place() -> None:
    """`--output /dev/null` does not replace the device."""
    replace_file(Path(os.devnull), "x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_content_in_blocks_is_written_by_the_same_rules(tmp_path: Path) -> None:
    """Mode kept, a device written in place, and nothing left where the blocks break off."""
    target = tmp_path / "out.pcapng"
    target.write_bytes(b"old")
    target.chmod(0o640)
    replace_file(target, iter([b"new ", b"blocks"]))
    assert target.read_bytes() == b"new blocks"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    replace_file(Path(os.devnull), iter([b"x"]))
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)

    def breaking() -> Iterator[bytes]:
        yield b"half"
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        replace_file(target, breaking())
    assert target.read_bytes() == b"new blocks"
    assert [path.name for path in tmp_path.iterdir()] == ["out.pcapng"]


def test_a_missing_folder_is_said(verdicts: Verdicts, tmp_path: Path) -> None:
    """What cannot be written ends in exit code 2 and leaves nothing."""
    verdicts(samples.holding())
    path = tmp_path / "no" / "report.txt"
    result = CliRunner().invoke(main, ["verify", "x", "--output", str(path), "--lang", "en"])
    assert result.exit_code == 2
    assert "cannot write" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_creating_never_overwrites(tmp_path: Path) -> None:
    """An existing file stays as it is, and no other appears."""
    path = tmp_path / "a.zones.yaml"
    create_file(path, "first")
    with pytest.raises(Failure):
        create_file(path, "second")
    assert path.read_text(encoding="utf-8") == "first"
    assert list(tmp_path.iterdir()) == [path]


def test_an_encoding_without_japanese_does_not_crash() -> None:
    """Characters a terminal lacks become question marks."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    soften(stream)
    stream.write("違反 violated\n")
    stream.flush()
    assert raw.getvalue() == b"?? violated\n"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_init_writes_a_starter_once(tmp_path: Path, lang: str) -> None:
    """`init` names the file like the folder and refuses to overwrite it."""
    folder = tmp_path / "みほん"
    first = CliRunner().invoke(main, ["init", str(folder), "--lang", lang])
    assert first.exit_code == 0
    assert first.stdout == ""
    path = folder / "みほん.zones.yaml"
    assert path.read_text(encoding="utf-8").startswith("#")
    path.write_text("mine", encoding="utf-8")
    second = CliRunner().invoke(main, ["init", str(folder), "--lang", lang])
    assert second.exit_code == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert [p.name for p in folder.iterdir()] == ["みほん.zones.yaml"]


def test_the_starter_is_the_minimal_topology() -> None:
    """What `init` writes is the reviewed minimal design, word for word."""
    minimal = Path(__file__).parents[2] / "topologies" / "minimal" / "minimal.zones.yaml"
    starter = Path(main.callback.__code__.co_filename).parent / "starter.zones.yaml"  # type: ignore[union-attr]
    assert starter.read_text(encoding="utf-8") == minimal.read_text(encoding="utf-8")


def test_what_the_starter_only_mentions_can_be_written_as_it_stands(tmp_path: Path) -> None:
    """Its comments show keys there are, and a design with them verifies as well."""
    CliRunner().invoke(main, ["init", str(tmp_path / "city")])
    path = tmp_path / "city" / "city.zones.yaml"
    text = path.read_text(encoding="utf-8")
    for commented, written in (
        ("# systems:", "systems:"),
        ("#   mail:", "  mail:"),
        ("text-only}    # ", "text-only, reverse_blocked: 設計書 4.1}    # "),
        ("m-term: {", "m-term: {" + _mentioned(text, "hosts") + ", "),
        ("sw: {", "sw: {" + _mentioned(text, "devices") + ", "),
    ):
        assert commented in text
        text = text.replace(commented, written, 1)
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["verify", str(path.parent)])
    assert result.exit_code == 0, result.output


def _mentioned(text: str, section: str) -> str:
    """Return the attributes that a comment shows for a section."""
    return text.partition(f"# {section} の属性: ")[2].partition("\n")[0]


def test_a_result_never_replaces_a_design(tmp_path: Path) -> None:
    """`--output` refuses a name that marks a design, and leaves the file as it was."""
    design = tmp_path / "a.zones.yaml"
    design.write_text("zonecheck: 1\n", encoding="utf-8")
    minimal = Path(__file__).parents[2] / "topologies" / "minimal"
    result = CliRunner().invoke(main, ["verify", str(minimal), "--output", str(design)])
    assert result.exit_code == 2
    assert design.read_text(encoding="utf-8") == "zonecheck: 1\n"


@pytest.mark.parametrize("arguments", [["verify"], ["diff", MINIMAL, "--no-verdicts"]])
@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_changes_no_exit_code(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], closed: str
) -> None:
    """The shell's `>&-` leaves Python without the stream; the answer is the same."""
    asked = [arguments[0], MINIMAL, *arguments[1:]]
    usual = CliRunner().invoke(main, asked).exit_code
    monkeypatch.setattr(sys, closed, None)
    try:
        assert main(asked, standalone_mode=False) == usual == 0
    finally:
        getattr(sys, closed).close()


@pytest.mark.parametrize(
    "asked", [["checks"], ["checks", "--format", "json"], ["--help"], ["verify", "--help"]]
)
def test_a_full_device_is_a_result_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    """It ends in 2 with a reason, and what was not written troubles no later flush."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(asked, standalone_mode=False) == 2
    assert "stdout" in (told := capsys.readouterr().err)
    assert os.strerror(errno.ENOSPC) in told


def test_what_shows_at_the_last_flush_only_ends_in_2_as_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A result is written when it has left the buffer."""
    group = LazyGroup(lazy={})
    group.add_command(click.Command("say", callback=lambda: sys.stdout.write("not flushed")))
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert group.main(["say"], standalone_mode=False) == 2
    assert os.strerror(errno.ENOSPC) in capsys.readouterr().err


@pytest.mark.parametrize("asked", [["checks"], ["--help"], ["verify", "--help"]])
def test_that_the_reader_has_gone_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    """`| head` has read enough."""
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as stream:  # noqa: PTH123 - has no path
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(asked, standalone_mode=False) == 0
    assert capsys.readouterr().err == ""


def test_that_nothing_can_be_told_changes_no_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be said on stderr is not said; 1 keeps meaning violated."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stderr", full)
        assert main(["verify", "/no/such/design"], standalone_mode=False) == 2


def test_a_name_that_is_not_utf_8_is_escaped_in_a_file(tmp_path: Path) -> None:
    """A report names what it read, whatever bytes the name is of."""
    replace_file(tmp_path / "report.txt", "\udcff.pcap 違反\n")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == "\\udcff.pcap 違反\n"
