"""`zonecheck capture`: what it answers, what it writes, and how it ends."""

import csv
import gzip
import io
import struct
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.captures.build import pcap_header, read, record
from tests.captures.made_frames import ethernet, ipv4, tcp, udp
from tests.published import published
from zonecheck.cli import main

DESIGN = "topologies/minimal"
TERMINAL, OTHER, MAIL, OUTSIDE, STRANGER = (
    0x0A141405,  # 10.20.20.5
    0x0A141406,
    0x0A140A19,  # 10.20.10.25
    0x0A1E1405,  # 10.30.20.5
    0x0A140A63,  # 10.20.10.99, which nobody declares
)


def frame(source: int, target: int, port: int, flags: int = 2) -> bytes:
    """Return a frame with the first segment of a session."""
    return ethernet(0x0800, ipv4(6, tcp((50000, port), flags), ends=(source, target)))


GOOD = [frame(TERMINAL, MAIL, 25), frame(TERMINAL, OTHER, 445)]
BAD = frame(TERMINAL, OUTSIDE, 445)


@pytest.fixture
def capture(tmp_path: Path) -> "Capture":
    """Return what writes captures and judges them at the terminals of LGWAN."""
    return Capture(tmp_path)


class Capture:
    """Captures in a folder, judged against the minimal design."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, frames: list[bytes], name: str = "made.pcap", tail: bytes = b"") -> str:
        """Return the name of a file with these frames, one a second."""
        records = [record(data, time=(1_700_000_000 + n, 0)) for n, data in enumerate(frames)]
        path = self.folder / name
        path.write_bytes(pcap_header() + b"".join(records) + tail)
        return str(path)

    def judge(self, *arguments: str, at: str | None = "L-TERM", given: bytes = b"") -> Result:
        """Return what the command says."""
        place = [] if at is None else ["--at", at]
        words = ["capture", "--topology", DESIGN, *arguments, *place, "--lang", "en"]
        return CliRunner().invoke(main, words, input=given)


def test_what_the_design_explains_ends_in_0(capture: Capture) -> None:
    """Declared and within the zone."""
    found = capture.judge(capture.write(GOOD))
    assert (found.exit_code, found.stderr) == (0, "")
    assert "packets: 2 allowed, 0 violating" in found.stdout


def test_what_a_rule_forbids_ends_in_1_and_names_packet_rule_and_filter(capture: Capture) -> None:
    """An engineer finds the packet in Wireshark and the line in the design."""
    found = capture.judge(capture.write([*GOOD, BAD]))
    assert found.exit_code == 1
    assert "capture-zone-crossing" in found.stdout
    assert "first #3" in found.stdout
    assert "fw" in found.stdout
    assert "minimal.zones.yaml:" in found.stdout
    assert "ip.src == 10.20.20.5 && ip.dst == 10.30.20.5 && tcp.srcport == 50000" in found.stdout


def test_of_a_later_packet_the_filter_that_asks_for_a_session_is_named(capture: Capture) -> None:
    """Where it is undeclared between zones; whether there was a session is not claimed."""
    told = published(
        capture.judge(
            capture.write([BAD, frame(TERMINAL, OUTSIDE, 445, 0x10)]), "--format", "json"
        ).stdout
    )
    opening, later = (flow["blocked"] for flow in told["flows"])
    assert opening["reason"]["code"] == "drop.denied"
    assert later["reason"]["code"] == "capture.needs-session"
    assert (later["node"], later["source"]["file"]) == (
        opening["node"],
        opening["source"]["file"],
    )


def test_an_address_nobody_declares_is_an_unknown_device(capture: Capture) -> None:
    """Whatever it says, and to whom."""
    found = capture.judge(capture.write([frame(STRANGER, MAIL, 25)]), at="L-SRV")
    assert found.exit_code == 1
    assert "unknown-device-seen: no device of the design has address 10.20.10.99" in found.stdout


@pytest.mark.parametrize(
    ("octets", "told"),
    [
        (b"", "the file is empty"),
        (pcap_header(), "no packets; nothing was checked"),
        (b"not a capture at all, but text", "neither pcap nor pcapng"),
        (pcap_header(magic="kuznetsov") + record(), "another layout"),
        (pcap_header(link=999) + record(), "this link type"),
    ],
    ids=["empty", "no packets", "no capture", "modified", "link type"],
)
def test_nothing_read_is_never_a_pass(capture: Capture, octets: bytes, told: str) -> None:
    """It says what was not read, judges no check, and ends in 2."""
    path = capture.folder / "odd.pcap"
    path.write_bytes(octets)
    found = capture.judge(str(path), "--allow-unknown")
    assert found.exit_code == 2
    assert told in found.stdout
    assert "not refuted" not in found.stdout


@pytest.mark.parametrize(("frames", "code"), [(GOOD, 2), ([BAD], 1)], ids=["good", "bad"])
def test_a_cut_capture_ends_in_2_unless_a_violation_was_seen_before(
    capture: Capture, frames: list[bytes], code: int
) -> None:
    """What was readable is kept and judged."""
    found = capture.judge(capture.write(frames, tail=record()[:20]), "--allow-unknown")
    assert found.exit_code == code
    assert "the last packet is cut" in found.stdout
    assert f"{len(frames)} packets," in found.stdout


def test_packets_cut_before_their_ports_are_decided_only_where_ports_do_not_matter(
    capture: Capture,
) -> None:
    """Within the zone any port passes; to the mail server only some do."""
    cut = [data[:34] for data in (frame(TERMINAL, OTHER, 445), frame(TERMINAL, MAIL, 25))]
    records = [record(data, original=80) for data in cut]
    path = capture.folder / "cut.pcap"
    path.write_bytes(pcap_header() + b"".join(records))
    found = capture.judge(str(path), "--format", "json")
    verdicts = {flow["header"]["destination"]: flow["verdict"] for flow in flows(found)}
    assert verdicts["10.20.10.25"] in ("undecidable", "unmodelled")
    assert "10.20.20.6" not in verdicts


def flows(found: Result) -> list[dict[str, Any]]:
    """Return the flows of a JSON report."""
    document = published(found.stdout)
    assert document["schema"] == "zonecheck.capture/1"
    listed: list[dict[str, Any]] = document["flows"]
    return listed


def test_every_source_of_a_capture_gives_the_same_flows(capture: Capture) -> None:
    """A file, standard input, a compressed file, and a folder of two parts."""
    path = Path(capture.write([*GOOD, BAD]))
    packed = capture.folder / "made.bin"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    parts = capture.folder / "ring"
    parts.mkdir()
    capture.write(GOOD, "ring/a1.pcap")
    capture.write([BAD], "ring/a2.pcap")
    asked = ("--format", "csv", "--all")
    answers = [
        capture.judge(str(path), *asked),
        capture.judge("-", *asked, given=path.read_bytes()),
        capture.judge(str(packed), *asked),
        capture.judge(str(parts), *asked),
    ]
    assert {found.exit_code for found in answers} == {1}
    told = [[row["display_filter"] for row in rows(found)] for found in answers]
    assert all(sorted(each) == sorted(told[0]) for each in told)
    assert len(told[0]) == 3


def rows(found: Result) -> list[dict[str, str]]:
    """Return the rows of a CSV report."""
    return list(csv.DictReader(io.StringIO(found.stdout)))


def test_violating_packets_are_written_with_their_numbers(capture: Capture) -> None:
    """Just these, with the original number in the comment."""
    out = capture.folder / "bad.pcapng"
    path = capture.write([*GOOD, BAD, *GOOD, BAD])
    assert capture.judge(path, "--write-violations", str(out)).exit_code == 1
    octets = out.read_bytes()
    assert [packet.data for packet in read(octets).packets] == [BAD, BAD]
    assert b"made.pcap #3" in octets
    assert b"made.pcap #6" in octets


def test_pseudonyms_leave_no_address_of_the_capture_or_the_design(capture: Capture) -> None:
    """In no format; the same key gives the same report."""
    path = capture.write([*GOOD, BAD])
    for form in ("text", "json", "csv"):
        asked = (path, "--format", form, "--pseudonymise", "key", "-v")
        found = capture.judge(*asked)
        assert found.exit_code == 1
        for shown in ("10.20.", "10.30.", "02:00:00:00:00"):
            assert shown not in found.stdout, form
        assert capture.judge(*asked).stdout == found.stdout
    assert capture.judge(path, "--pseudonymise", "k", "--write-violations", "x").exit_code == 2


def test_no_input_is_ever_replaced(capture: Capture) -> None:
    """A capture is evidence, whatever option names it again."""
    path = Path(capture.write([*GOOD, BAD]))
    kept = path.read_bytes()
    for option in ("-o", "--write-violations"):
        found = capture.judge(str(path), option, str(path))
        assert (found.exit_code, found.stdout) == (2, "")
        assert path.read_bytes() == kept
    assert capture.judge(str(path), "--pseudonymise", "").exit_code == 2


def test_a_table_says_on_stderr_what_it_cannot_hold(capture: Capture) -> None:
    """An empty table is not the same as nothing found."""
    path = capture.folder / "empty.pcap"
    path.write_bytes(b"")
    found = capture.judge(str(path), "--format", "csv")
    assert found.exit_code == 2
    assert "the file is empty" in found.stderr


def test_what_lies_beside_captures_in_a_folder_is_passed_over(capture: Capture) -> None:
    """A note in the folder of a ring leaves nothing unknown."""
    ring = capture.folder / "ring"
    ring.mkdir()
    capture.write(GOOD, "ring/a1.pcap")
    (ring / "README.txt").write_text("how this was taken", encoding="utf-8")
    found = capture.judge(str(ring))
    assert found.exit_code == 0
    assert "README.txt: no capture, passed over" in found.stdout


def test_a_surge_is_what_exceeds_the_ordinary_minutes(capture: Capture) -> None:
    """And nothing is one against itself."""
    ordinary = capture.write(GOOD, "ordinary.pcap")
    same = capture.judge(ordinary, "--baseline", ordinary)
    assert same.exit_code == 0
    often = capture.write(GOOD * 10, "often.pcap")
    found = capture.judge(often, "--baseline", ordinary)
    assert found.exit_code == 1
    assert "violated     capture-traffic-surge" in found.stdout
    assert capture.judge("-", "--baseline", ordinary, given=b"").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--at", "L-TREM"], "did you mean L-TERM"),
        (["--topology", "no-such"], "no-such"),
        (["--profile", "no-such"], "no-such"),
        (["--state", "no-such"], "no-such"),
        (["--surge", "1"], "--surge"),
    ],
    ids=["place", "design", "profile", "state", "factor"],
)
def test_what_cannot_be_asked_ends_in_2_with_a_reason(
    capture: Capture, arguments: list[str], told: str
) -> None:
    """On stderr, with nothing on stdout."""
    found = capture.judge(capture.write(GOOD), *arguments, at=None)
    assert (found.exit_code, found.stdout) == (2, "")
    assert told in found.stderr


@pytest.mark.parametrize("option", ["capture", "--baseline"])
def test_a_capture_that_does_not_exist_is_told_before_anything_is_judged(
    capture: Capture, option: str
) -> None:
    """No report is made of a name misspelt, and no file written."""
    good, out = capture.write(GOOD), capture.folder / "out.txt"
    absent = str(capture.folder / "absent.pcap")
    words = [good, absent] if option == "capture" else [good, option, absent]
    found = capture.judge(*words, "-o", str(out))
    assert (found.exit_code, found.stdout) == (2, "")
    assert f"no file {absent}" in found.stderr
    assert not out.exists()


def test_only_a_table_in_a_file_bears_the_mark_of_utf_8(capture: Capture) -> None:
    """Excel needs it; what programs are given on standard output is the same without."""
    path, out = capture.write([*GOOD, BAD]), capture.folder / "out.csv"
    printed = capture.judge(path, "--format", "csv")
    written = capture.judge(path, "--format", "csv", "-o", str(out))
    assert printed.exit_code == written.exit_code == 1
    assert out.read_bytes() == b"\xef\xbb\xbf" + printed.stdout_bytes
    assert printed.stdout_bytes.startswith(b"verdict,")
    assert out.read_text(encoding="utf-8-sig") == printed.stdout


def test_reports_read_in_both_languages(capture: Capture) -> None:
    """No code is left without a wording."""
    datagram = ethernet(0x0800, ipv4(17, udp((53, 53)), ends=(TERMINAL, OUTSIDE)))
    frames = [*GOOD, BAD, datagram, struct.pack("!6s6sH", b"a" * 6, b"b" * 6, 0x88B5) + bytes(46)]
    path = capture.write(frames)
    for lang in ("ja", "en"):
        words = ["capture", path, "--topology", DESIGN, "--at", "L-TERM", "--lang", lang, "-v"]
        found = CliRunner().invoke(main, words)
        assert found.exit_code == 1
        assert "capture." not in found.stdout
