"""The classic format: all four flavours, and nothing passed as whole that is not."""

import pytest

from tests.captures.build import FRAME, pcap_header, read, record
from zonecheck.capture.read import codes
from zonecheck.capture.read.link_types import SUPPORTED
from zonecheck.capture.read.record import CaptureError

THREE = [bytes([number]) * (60 + number) for number in range(3)]


def whole(order: str = "<", magic: str = "us") -> bytes:
    """Return a capture of `THREE`."""
    return pcap_header(order, magic) + b"".join(record(data, order) for data in THREE)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("magic", "unit"), [("us", 1000), ("ns", 1)])
def test_both_byte_orders_and_both_resolutions_give_the_same_packets(
    order: str, magic: str, unit: int
) -> None:
    """The four magic numbers differ in how, not in what."""
    found = read(whole(order, magic))
    assert [packet.data for packet in found.packets] == THREE
    assert [packet.number for packet in found.packets] == [1, 2, 3]
    assert {packet.time for packet in found.packets} == {1_700_000_000 * 10**9 + 5 * unit}
    assert found.stop is None
    assert found.file.octets == len(whole())


@pytest.mark.parametrize("buffer", [1, 64, 100, 4096])
def test_how_much_is_read_at_once_changes_nothing(buffer: int) -> None:
    """Records lie across the ends of buffers."""
    octets = pcap_header() + b"".join(record(bytes([n % 251]) * (n % 97)) for n in range(500))
    assert read(octets, buffer=buffer).packets == read(octets).packets


def test_chunks_are_bounded_and_number_on() -> None:
    """Small packets fill a chunk before they fill the buffer."""
    found = read(pcap_header() + record(b"x") * 70_000, buffer=1 << 22)
    assert max(len(part.starts) for part in found.chunks) == 32_768
    assert [packet.number for packet in found.packets] == list(range(1, 70_001))


@pytest.mark.parametrize("left", range(1, 16 + len(THREE[2])))
def test_a_cut_last_record_is_never_passed_as_whole(left: int) -> None:
    """Wherever it is cut, those before are kept and the place is told."""
    last = len(record(THREE[2]))
    octets = whole()[: left - last]
    found = read(octets)
    assert [packet.data for packet in found.packets] == THREE[:2]
    assert found.stop == (
        codes.RECORD_HEADER_CUT if left < 16 else codes.RECORD_CUT,
        len(whole()) - last,
    )
    assert found.file.octets == len(whole()) - last


@pytest.mark.parametrize("octets", range(1, 24))
def test_a_cut_file_header_is_an_error(octets: int) -> None:
    """Nothing can be read without it."""
    with pytest.raises(CaptureError) as caught:
        read(pcap_header()[:octets])
    assert caught.value.code == (codes.NOT_A_CAPTURE if octets < 4 else codes.HEADER_CUT)


def test_an_empty_file_is_an_error_and_one_of_no_packets_is_not() -> None:
    """The first was never written, the second has nothing to say."""
    with pytest.raises(CaptureError) as caught:
        read(b"")
    assert caught.value.code == codes.EMPTY
    found = read(pcap_header())
    assert (found.file.records, found.stop) == (0, None)


@pytest.mark.parametrize("length", [65_536, 262_145, 1 << 31, (1 << 32) - 1])
@pytest.mark.parametrize("snap", [65_535, 0])
def test_a_length_that_cannot_be_stops_and_swallows_nothing(length: int, snap: int) -> None:
    """The rest of the file is never taken for one packet."""
    header = pcap_header(snap=snap)
    broken = record(captured=length) + record() * 3
    found = read(header + record() + broken)
    assert len(found.packets) == 1
    allowed = snap == 0 and length <= 262_144  # then it may be: it reaches beyond the file
    code = codes.RECORD_CUT if allowed else codes.LENGTH_CORRUPT
    assert found.stop == (code, len(header + record()))


def test_a_record_longer_than_the_snap_length_stops() -> None:
    """The header says that there is none such."""
    found = read(pcap_header(snap=50) + record(FRAME[:50]) + record(FRAME))
    assert len(found.packets) == 1
    assert found.stop == (codes.LENGTH_CORRUPT, 24 + 16 + 50)


@pytest.mark.parametrize("length", [0, 10, 20, 34])
def test_cut_and_empty_packets_are_packets(length: int) -> None:
    """How much of a packet was kept is no fault of the file."""
    found = read(pcap_header() + record(FRAME[:length], original=60))
    assert [(packet.data, packet.original) for packet in found.packets] == [(FRAME[:length], 60)]
    assert found.file.weird[codes.CAPTURED_NOTHING] == (length == 0)


def test_more_captured_than_was_sent_is_odd() -> None:
    """No writer means it, but nothing is misread by it."""
    assert read(pcap_header() + record(original=4)).file.weird[codes.CAPTURED_BEYOND_ORIGINAL] == 1


def test_times_may_go_back_and_overflow_and_the_order_stays() -> None:
    """Packet numbers follow the file, never the clock."""
    times = [(10, 0), (9, 0), (9, 1_000_001), (20, 0), (10, 5), (10, 5)]
    found = read(pcap_header() + b"".join(record(time=time) for time in times))
    expected = [seconds * 10**9 + fraction * 1000 for seconds, fraction in times]
    assert [packet.time for packet in found.packets] == expected
    assert found.file.time_steps_back == 2
    assert found.file.weird[codes.TIME_FRACTION] == 1


def test_time_steps_back_are_seen_across_chunks() -> None:
    """What is counted does not depend on the buffer."""
    records = [record(time=(1000 - number, 0)) for number in range(200)]
    assert read(pcap_header() + b"".join(records), buffer=128).file.time_steps_back == 199


@pytest.mark.parametrize("magic", ["a1b2cd34", "34cdb2a1", "a1e2cb12", "1c0001ac"])
def test_records_of_another_layout_are_named_not_guessed(magic: str) -> None:
    """Read as the usual records they would give garbage."""
    with pytest.raises(CaptureError) as caught:
        read(bytes.fromhex(magic) + whole()[4:])
    assert (caught.value.code, caught.value.found) == (codes.MAGIC_MODIFIED, magic)


@pytest.mark.parametrize("version", [(2, 2), (2, 3), (1, 4), (3, 0)])
def test_other_versions_are_refused(version: tuple[int, int]) -> None:
    """Before 2.4 the two lengths may stand the other way round."""
    with pytest.raises(CaptureError) as caught:
        read(pcap_header(version=version) + record())
    assert caught.value.code == codes.VERSION


@pytest.mark.parametrize("link", sorted(SUPPORTED))
def test_each_link_type_that_is_understood_is_told(link: int) -> None:
    """Each packet leads to its link type."""
    (packet,) = read(pcap_header(link=link) + record()).packets
    assert packet.interface.link_type == link


@pytest.mark.parametrize("link", [999, 127, 147, 105])
def test_a_link_type_that_is_not_understood_is_an_error_once_a_packet_has_it(link: int) -> None:
    """Decoded as Ethernet it would be garbage."""
    with pytest.raises(CaptureError) as caught:
        read(pcap_header(link=link) + record())
    assert (caught.value.code, caught.value.found) == (codes.LINK_TYPE, str(link))
    assert read(pcap_header(link=link)).file.records == 0


def test_the_upper_bits_of_the_link_type_are_the_check_sequence() -> None:
    """They count words of 16 bits, if one bit says so."""
    (with_fcs,) = read(pcap_header(link=1 | 0x0400_0000 | 2 << 28) + record()).packets
    assert (with_fcs.interface.link_type, with_fcs.interface.fcs_octets) == (1, 4)
    (without,) = read(pcap_header(link=1 | 2 << 28) + record()).packets
    assert (without.interface.link_type, without.interface.fcs_octets) == (1, 0)


@pytest.mark.parametrize("octets", [b"hello, world", b"\0" * 100, b"\x0a\x0d\x0d\x0b" * 9])
def test_what_is_no_capture_is_an_error(octets: bytes) -> None:
    """Whatever else it may be."""
    with pytest.raises(CaptureError) as caught:
        read(octets)
    assert caught.value.code == codes.NOT_A_CAPTURE
