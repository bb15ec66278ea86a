"""Laws of sanitised mail in captures, from octets to verdicts: nothing is passed that was not read.

The frames are made with struct alone.
"""

import struct
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.captures.made_frames import ethernet, ipv4, ipv6
from zonecheck.capture.judge_files import Question, judge_analysed
from zonecheck.capture.judgement import MAIL_TEXT
from zonecheck.capture.mail_parts import session_parts
from zonecheck.capture.mail_streams import ACK, SYN, Connection, Segment
from zonecheck.capture.verdicts import CaptureStatus
from zonecheck.formats import read_topology
from zonecheck.model.closure import Closure
from zonecheck.policy import load_profile
from zonecheck.policy.analysis import Analysis

MINIMAL = Path("topologies/minimal/minimal.zones.yaml")
SANITISER, SERVER = 0x0A140A0D, 0x0A140A19
SANITISER_6, SERVER_6 = (0x20010DB8_00210000_00000000_00000000 + n for n in (0x13, 0x25))
FIN, PSH = 1, 8
HELLO = b"EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n"
TEXT = b"From: a\r\nContent-Type: text/plain\r\n\r\nhello\r\n"
HTML = b"From: a\r\nContent-Type: text/html\r\n\r\n<html>\r\n"
GOOD, BAD = (HELLO + b"DATA\r\n" + mail + b".\r\nQUIT\r\n" for mail in (TEXT, HTML))
OUT, BACK = (40000, 25), (25, 40000)
REFUTED, OPEN, FINE = CaptureStatus.VIOLATED, CaptureStatus.UNKNOWN, CaptureStatus.NOT_REFUTED
PASSED = (FINE, CaptureStatus.NOT_RUN)


IN_IPV6 = (
    ("prefix: 10.20.10.0/24", "prefix: [10.20.10.0/24, 2001:db8:21::/64]"),
    ("ip: 10.20.10.25", "ip: [10.20.10.25, 2001:db8:21::25]"),
    ("ip: 10.20.10.13", "ip: [10.20.10.13, 2001:db8:21::13]"),
)


@pytest.fixture(scope="module")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Return the smallest network, whose sanitiser hands mail on, in IPv6 too."""
    text = MINIMAL.read_text()
    for before, after in IN_IPV6:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path_factory.mktemp("topology") / "minimal.zones.yaml"
    path.write_text(text)
    return Analysis(read_topology(path), load_profile("soumu-alpha"), Closure.UPPER)


def tcp(
    data: bytes = b"", number: int = 1000, flags: int = ACK | PSH, ports: tuple[int, int] = OUT
) -> bytes:
    """Return a TCP segment."""
    return struct.pack("!HHIIBBHHH", *ports, number, 1, 5 << 4, flags, 512, 0, 0) + data


def v4(segment: bytes, *, back: bool = False, place: int = 0) -> bytes:
    """Return a frame of IPv4 between the sanitiser and the server it hands mail to."""
    ends = (SERVER, SANITISER) if back else (SANITISER, SERVER)
    return ethernet(0x0800, ipv4(6, segment, ends=ends, place=place))


def session(said: bytes, size: int = 60, begins: int = 999) -> list[bytes]:
    """Return the frames of one direction of a session."""
    pieces = range(0, len(said), size)
    data = [v4(tcp(said[at : at + size], begins + 1 + at)) for at in pieces]
    return [v4(tcp(number=begins, flags=SYN)), *data]


def capture(path: Path, frames: Sequence[bytes], cut: int = 1 << 16) -> Path:
    """Write a pcap file; of every frame at most `cut` octets."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, cut, 1)]
    for second, frame in enumerate(frames):
        kept = frame[:cut]
        parts.append(struct.pack("<IIII", 1_775_437_200 + second, 0, len(kept), len(frame)) + kept)
    path.write_bytes(b"".join(parts))
    return path


def said_of(analysis: Analysis, captured: Path) -> CaptureStatus:
    """Return what is said of mail in a capture."""
    found, _ = judge_analysed(analysis, Question((str(captured),), "L-SRV", payload=True))
    status = next(c.status for c in found.checks if c.check == MAIL_TEXT)
    assert (found.exit_code() == 0) <= (status in PASSED)
    return status


@pytest.mark.parametrize(("said", "status"), [(GOOD, FINE), (BAD, REFUTED)])
@pytest.mark.parametrize("size", [7, 60, 1000])
def test_mail_is_judged_by_its_parts(
    minimal: Analysis, tmp_path: Path, said: bytes, status: CaptureStatus, size: int
) -> None:
    """However it is cut into segments."""
    assert said_of(minimal, capture(tmp_path / "a.pcap", session(said, size))) is status


GRE = struct.pack("!HH", 0, 0x0800)
OPTIONS = bytes([6, 0, 1, 4, 0, 0, 0, 0])


def v6(segment: bytes, options: bytes = b"") -> bytes:
    """Return a frame of IPv6 with destination options."""
    following, ends = (60 if options else 6), (SANITISER_6, SERVER_6)
    return ethernet(0x86DD, ipv6(following, options + segment, ends=ends))


def in_gre(frame: bytes) -> bytes:
    """Return a frame of IPv4 inside GRE."""
    return ethernet(0x0800, ipv4(47, GRE + frame[14:], ends=(SANITISER, SERVER)))


UNUSUAL = {
    "PSH alone": [v4(tcp(number=999, flags=SYN)), v4(tcp(BAD, flags=PSH))],
    "no flag": [v4(tcp(number=999, flags=SYN)), v4(tcp(BAD, flags=0))],
    "data of SYN": [v4(tcp(BAD, 999, SYN))],
    "GRE": [in_gre(frame) for frame in session(BAD)],
    "half in GRE": [in_gre(f) if n % 2 else f for n, f in enumerate(session(BAD))],
    "IPv6": [v6(tcp(number=999, flags=SYN)), v6(tcp(BAD))],
    "IPv6 with options": [v6(tcp(number=999, flags=SYN), OPTIONS), v6(tcp(BAD), OPTIONS)],
    "port used again": session(GOOD) + session(BAD),
    "port used again, other number": session(GOOD) + session(BAD, begins=77),
    "sent again otherwise": [*session(BAD), v4(tcp(GOOD))],
    "sent again otherwise, last": [*session(GOOD), v4(tcp(BAD))],
    "MPLS": [ethernet(0x8847, b"\0\0\x51\xff" + frame[14:]) for frame in session(BAD)],
    "four tags": [
        ethernet(0x0800, frame[14:], tags=((0x8100, 210),) * 4) for frame in session(BAD)
    ],
}


@pytest.mark.parametrize("frames", UNUSUAL.values(), ids=UNUSUAL)
def test_mail_is_looked_at_however_it_is_carried(
    minimal: Analysis, tmp_path: Path, frames: list[bytes]
) -> None:
    """Whatever may reach the receiver counts."""
    assert said_of(minimal, capture(tmp_path / "a.pcap", frames)) is REFUTED


whole = tcp(GOOD)
UNREAD = {
    "begins midway": session(GOOD)[2:],
    "begins midway, with a command": session(GOOD)[1:],
    "gap": [*session(GOOD)[:2], *session(GOOD)[3:]],
    "no end": session(GOOD)[:-1],
    "fragments": [
        v4(tcp(number=999, flags=SYN)),
        v4(whole[:80], place=0x2000),
        v4(whole[80:], place=10),
    ],
    "later fragment alone": [v4(whole[80:], place=10)],
    "TLS": session(b"\x16\x03\x01\x02\x00" + b"\xaa" * 90),
    "noise": session(b"\xaa" * 900),
    "sent again otherwise": [*session(GOOD), v4(tcp(GOOD.replace(b"hello", b"HELLO")))],
    "answers alone": [v4(tcp(b"220 a\r\n", ports=BACK), back=True)],
}


@pytest.mark.parametrize("frames", UNREAD.values(), ids=UNREAD)
def test_mail_that_cannot_be_read_leaves_the_check_open(
    minimal: Analysis, tmp_path: Path, frames: list[bytes]
) -> None:
    """Never a pass."""
    assert said_of(minimal, capture(tmp_path / "a.pcap", frames)) is OPEN


@pytest.mark.parametrize("cut", range(36, 120, 6))
def test_mail_that_is_captured_in_part_is_never_passed(
    minimal: Analysis, tmp_path: Path, cut: int
) -> None:
    """Wherever frames were cut."""
    assert said_of(minimal, capture(tmp_path / "a.pcap", session(GOOD, 1000), cut)) is OPEN


@pytest.mark.parametrize("at", range(1, 5))
@pytest.mark.parametrize(("said", "status"), [(GOOD, FINE), (BAD, REFUTED)])
def test_rotated_files_are_one_capture(
    minimal: Analysis, tmp_path: Path, at: int, said: bytes, status: CaptureStatus
) -> None:
    """A session may go on in the next file."""
    frames = session(said, 30)
    capture(tmp_path / "a.pcap", frames[:at])
    capture(tmp_path / "b.pcap", frames[at:])
    assert said_of(minimal, tmp_path) is status


def directions(said: bytes, answers: bytes) -> tuple[Connection, Connection]:
    """Return both directions of a session."""
    out = [Segment(0, 0, SYN), Segment(1, 1, ACK, said)]
    back = [Segment(0, 1, SYN | ACK), Segment(1, 1 + len(said), ACK, answers)]
    return Connection(0, out), Connection(0, back)


REFUSED = HELLO + b"DATA\r\nRSET\r\n" + BAD[8:]


def test_answers_tell_whether_a_mail_was_refused() -> None:
    """Without them both readings are possible, and they differ."""
    answers = b"220 a\r\n250 b\r\n250 c\r\n250 d\r\n503 e\r\n250 f\r\n250 g\r\n250 h\r\n354 i\r\n"
    said, back = directions(REFUSED, answers)
    assert session_parts(said, back)[0] == ["text/html"]
    unwanted, doubts = session_parts(said, None)
    assert not unwanted
    assert "replies" in doubts


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r.\r"])
def test_a_smuggled_mail_counts(end: bytes) -> None:
    """It lies inside a mail of plain text for one server, and is one of its own for another."""
    said, _ = directions(HELLO + b"DATA\r\n" + TEXT[:-2] + end + BAD[8:], b"")
    unwanted, doubts = session_parts(said, None)
    assert "text/html" in unwanted
    assert "line-ends" in doubts
