"""`zonecheck capture` and files whose names are hostile, or not to be told, or the same."""

import os
import zipfile

import pytest

from tests.cli.test_capture import BAD, GOOD, Capture, capture
from tests.published import published

__all__ = ["capture"]


HOSTILE_NAME = "\x1b[31mred\x07\u202e\nresult: nothing refuted (exit code 0)\n.pcap"


@pytest.mark.parametrize("form", ["text", "csv"])
def test_a_name_makes_no_line_and_no_command_of_its_own(capture: Capture, form: str) -> None:
    """Neither in what people read nor in what is told on stderr, read to its end or not."""
    for tail in (b"", b"cut"):
        path = capture.write([BAD], HOSTILE_NAME, tail)
        other = capture.write([], "空　白\n.pcap")
        found = capture.judge(path, other, "--format", form)
        assert found.exit_code == 1
        told = found.stdout + found.stderr
        assert "red\\x07\\u202e\\nresult: nothing refuted" in told
        assert "空　白\\n.pcap" in told
        assert not [line for line in told.splitlines() if line.startswith("result: nothing")]
        assert all(each.isprintable() or each in "\n　" for each in told)


def test_json_keeps_a_name_as_it_is(capture: Capture) -> None:
    """Programs open the file by it."""
    path = capture.write([BAD], HOSTILE_NAME)
    told = published(capture.judge(path, "--format", "json").stdout)
    assert [file["name"] for file in told["files"]] == [path]


def test_a_name_that_is_not_utf_8_ends_alike_in_every_format(capture: Capture) -> None:
    """The exit code is of what was captured."""
    path = capture.write([BAD], os.fsdecode(b"\xff\xfebad.pcap"))
    for form in ("text", "json", "csv", "xlsx", "html"):
        out = capture.folder / "out"
        found = capture.judge(path, "--format", form, "-o", str(out))
        assert found.exit_code == 1, form
        assert out.stat().st_size, form


@pytest.mark.parametrize("form", ["text", "json", "csv", "html", "xlsx"])
def test_pseudonyms_are_of_the_names_of_captures_too(capture: Capture, form: str) -> None:
    """Wherever the address begins: after a line end and after what is written as an escape."""
    secrets = ("10.20.20.5", "10.20.20.6", "2001:db8::77", "02:00:5e:10:00:07")
    name = f"{secrets[0]}\n{secrets[1]} \n{secrets[2]}\x1b{secrets[3]}\x07.pcap"
    out = capture.folder / "out"
    paths = (capture.write([BAD], name), capture.write(GOOD), capture.write([], "x" + name))
    found = capture.judge(*paths, "--format", form, "--pseudonymise", "key", "-o", str(out))
    assert found.exit_code == 1
    octets = out.read_bytes()
    if form == "xlsx":
        with zipfile.ZipFile(out) as book:
            octets = b"".join(map(book.read, book.namelist()))
    if form == "html":  # what the design says stays in the graph and its source
        octets = octets.partition(b'id="inputs"')[2]
    told = found.stderr.replace(str(out), "") + octets.decode()
    assert "pcap" in told
    for secret in secrets:
        assert secret not in told


def test_a_report_does_not_replace_the_packets_it_is_about(capture: Capture) -> None:
    """Evidence and report under one name, or two that lead to one file, are refused."""
    path, out = capture.write([BAD]), capture.folder / "out.pcapng"
    (capture.folder / "link").symlink_to(out)
    for other in (out, capture.folder / "link"):
        found = capture.judge(path, "-o", str(out), "--write-violations", str(other))
        assert (found.exit_code, found.stdout) == (2, "")
        assert "another name" in found.stderr
        assert not out.exists()
