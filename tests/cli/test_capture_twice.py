"""Captures that a question makes `zonecheck capture` read twice: never a judgement on half of one.

Mail parts, surges and violating packets are looked for in a second reading. If it gives other
packets than the first, nothing was seen, which is not the same as nothing being there.
"""

import os
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.captures.made_frames import arp, ethernet
from tests.cli.test_capture import BAD, GOOD, Capture
from zonecheck.capture.again import ChangedError
from zonecheck.capture.again import again as read_again
from zonecheck.capture.read import Source
from zonecheck.capture.reading import read
from zonecheck.capture.stamps import stamp

ASKED = {
    "surge": ["--baseline", "{other}"],
    "violations": ["--write-violations", "{folder}/out.pcapng"],
}


@pytest.fixture
def capture(tmp_path: Path) -> Capture:
    """Return what writes captures and judges them at the terminals of LGWAN."""
    return Capture(tmp_path)


def asked_of(capture: Capture, asked: str) -> list[str]:
    """Return the options that ask a question."""
    other = capture.write(GOOD, "ordinary.pcap")
    return [each.format(other=other, folder=capture.folder) for each in ASKED[asked]]


@pytest.mark.parametrize("asked", ASKED)
def test_a_pipe_is_not_read_twice(asked: str, capture: Capture) -> None:
    """It would be empty then, or wait for ever; by whatever name it is given."""
    data = Path(capture.write([*GOOD, BAD])).read_bytes()
    options = asked_of(capture, asked)
    pipe = capture.folder / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(data,))
    writer.start()
    found = capture.judge(str(pipe), *options)
    writer.join()
    assert (found.exit_code, found.stdout) == (2, "")
    assert "cannot be read twice" in found.stderr
    assert not (capture.folder / "out.pcapng").exists()


CHANGES: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "longer": lambda path: path.write_bytes(path.read_bytes() + path.read_bytes()[24:]),
    "another": lambda path: _put_another(path),
}


def _put_another(path: Path) -> None:
    """Put a file with as many packets in the place of a capture."""
    made = path.with_suffix(".new")
    made.write_bytes(path.read_bytes())
    made.replace(path)


@pytest.mark.parametrize("change", CHANGES)
def test_a_capture_that_changes_between_two_readings_is_not_judged(
    change: str, capture: Capture
) -> None:
    """Rings rotate, and files are replaced, while somebody reads them."""
    path = Path(capture.write([*GOOD, BAD]))
    reading = read([Source.of_path(path)])
    assert list(read_again(reading))
    CHANGES[change](path)
    with pytest.raises(ChangedError):
        list(read_again(reading))


def test_a_command_whose_capture_changed_says_so(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, no report, and nothing written."""
    path = Path(capture.write([*GOOD, BAD]))
    module = import_module("zonecheck.capture.again")
    monkeypatch.setattr(module, "stamp", lambda source: (*(stamp(source) or ()), 0))
    found = capture.judge(str(path), *asked_of(capture, "violations"))
    assert (found.exit_code, found.stdout) == (2, "")
    assert "changed while it was read" in found.stderr
    assert not (capture.folder / "out.pcapng").exists()


@pytest.mark.parametrize("shown", [arp()[:6], arp()[:20], b"\x00\x20" + arp()[2:]])
def test_arp_that_does_not_show_its_sender_is_not_allowed(shown: bytes, capture: Capture) -> None:
    """Cut before it, or of hardware nobody here reads: who speaks is then not known."""
    found = capture.judge(capture.write([*GOOD, ethernet(0x0806, shown)]))
    assert found.exit_code == 2
    assert "1 undecidable" in found.stdout
    assert not [
        line
        for line in found.stdout.splitlines()
        if "not refuted" in line and ("unknown-device-seen" in line or "drift" in line)
    ]
