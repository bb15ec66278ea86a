"""The block format: sections, orders and interfaces each by their own."""

import struct
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.captures.build import (
    FRAME,
    block,
    enhanced,
    interface,
    obsolete,
    option,
    read,
    section,
    simple,
)
from zonecheck.capture.read import codes
from zonecheck.capture.read.record import NO_TIME, CaptureError

START = section() + interface()


@pytest.mark.parametrize("order", ["<", ">"])
def test_all_kinds_of_packet_blocks_give_the_packet(order: str) -> None:
    """Only the simple block has no time."""
    blocks = enhanced(FRAME, order) + simple(FRAME, order) + obsolete(FRAME, order)
    found = read(section(order) + interface(order) + blocks)
    assert [packet.data for packet in found.packets] == [FRAME] * 3
    time = 1_700_000_000_000_005_000
    assert [packet.time for packet in found.packets] == [time, NO_TIME, time]
    assert found.file.weird[codes.TIME_MISSING] == 1
    assert found.stop is None


@pytest.mark.parametrize("buffer", [1, 64, 100, 4096])
def test_how_much_is_read_at_once_changes_nothing(buffer: int) -> None:
    """Blocks lie across the ends of buffers, and some exceed them."""
    parts = [enhanced(bytes([n % 251]) * (n % 97)) + simple(b"s" * (n % 5)) for n in range(200)]
    octets = START + b"".join(parts) + block(0x77777777, bytes(5000)) + enhanced()
    assert read(octets, buffer=buffer).packets == read(octets).packets


def test_interfaces_keep_their_own_link_type_name_and_clock() -> None:
    """One file may hold Ethernet in microseconds and raw IP in nanoseconds."""
    nanoseconds = option(2, b"eth1\0") + option(9, b"\x09") + option(13, b"\x20")
    octets = START + interface(link=101, snap=99, options=nanoseconds)
    first, second = read(octets + enhanced() + enhanced(local=1, ticks=7)).packets
    assert (first.interface.link_type, first.interface.name) == (1, None)
    assert (second.interface.link_type, second.interface.name) == (101, "eth1")
    assert (second.interface.snap_length, second.interface.fcs_octets) == (99, 4)
    assert (first.time, second.time) == (1_700_000_000_000_005_000, 7)


def test_each_section_has_its_own_byte_order_and_interfaces() -> None:
    """Files joined end to end are one file of two sections."""
    second = section(">") + interface(">", link=101) + enhanced(b"two", ">")
    found = read(START + interface() + enhanced(b"one", local=1) + second)
    assert [packet.data for packet in found.packets] == [b"one", b"two"]
    where = [(each.interface.section, each.interface.index) for each in found.packets]
    assert where == [(0, 1), (1, 0)]
    assert [packet.number for packet in found.packets] == [1, 2]


def test_interfaces_of_an_earlier_section_are_not_those_of_a_later() -> None:
    """A section starts with none."""
    octets = START + enhanced() + section()
    found = read(octets + enhanced())
    assert (len(found.packets), found.stop) == (1, (codes.INTERFACE_UNDEFINED, len(octets)))


@given(
    resolution=st.integers(0, 255),
    ticks=st.integers(0, 2**64 - 1) | st.integers(0, 10**6),
    offset=st.integers(-(2**63), 2**63 - 1) | st.integers(-(10**9), 10**10) | st.just(0),
)
def test_times_are_exact_nanoseconds_for_every_resolution(
    resolution: int, ticks: int, offset: int
) -> None:
    """Rounded down from the exact fraction, or absent where 64 bits do not do."""
    options = option(9, bytes([resolution])) + option(14, struct.pack("<q", offset))
    found = read(section() + interface(options=options) + enhanced(ticks=ticks))
    power = 2 if resolution & 0x80 else 10
    exact = (offset + Fraction(ticks, power ** (resolution & 0x7F))) * 10**9
    (packet,) = found.packets
    if packet.time == NO_TIME:
        assert abs(exact) > 2**63 - 2 * 10**9
        assert found.file.weird[codes.TIME_OUT_OF_RANGE] == 1
    else:
        assert packet.time == exact // 1


@pytest.mark.parametrize("blocks", [enhanced(local=1), obsolete(local=1)])
def test_a_packet_of_an_undefined_interface_stops_at_its_offset(blocks: bytes) -> None:
    """Its link type and clock are unknown."""
    found = read(START + enhanced() + blocks + enhanced())
    assert len(found.packets) == 1
    assert found.stop == (codes.INTERFACE_UNDEFINED, len(START + enhanced()))


def test_a_simple_packet_without_any_interface_stops() -> None:
    """It is of the first interface, and there is none."""
    assert read(section() + simple()).stop == (codes.INTERFACE_UNDEFINED, len(section()))


@pytest.mark.parametrize(
    ("snap", "original", "captured"), [(0, 60, 60), (20, 60, 20), (99, 60, 60)]
)
def test_a_simple_packet_is_cut_at_the_snap_length(snap: int, original: int, captured: int) -> None:
    """It does not say how much of it was kept; zero means all."""
    octets = section() + interface(snap=snap) + simple(FRAME[:captured], original=original)
    (packet,) = read(octets).packets
    assert (packet.data, packet.original) == (FRAME[:captured], original)


def test_unknown_blocks_are_skipped_and_change_nothing() -> None:
    """Names, statistics, secrets and the future are no packets."""
    unknown = block(0x77777777, b"whatever this is")
    others = block(4, bytes(8)) + block(5, bytes(12)) + block(10, bytes(16))
    found = read(START + unknown + enhanced() + others + enhanced() + unknown)
    assert (len(found.packets), found.stop) == (2, None)
    assert [packet.number for packet in found.packets] == [1, 2]


@pytest.mark.parametrize("kind", [9, 0xBAD, 0x40000BAD, 0x204])
def test_blocks_that_wireshark_numbers_are_numbers_but_no_packets(kind: int) -> None:
    """A packet number of ours finds the packet in Wireshark."""
    found = read(START + enhanced() + block(kind, bytes(64)) + enhanced())
    assert [packet.number for packet in found.packets] == [1, 3]
    assert (found.file.records, found.file.numbered) == (2, 3)
    assert found.file.weird[codes.NUMBER_WITHOUT_PACKET] == 1


@pytest.mark.parametrize("length", [0, 4, 11, 28, 91, 95, 1 << 25, (1 << 32) - 4])
def test_a_bad_block_length_stops(length: int) -> None:
    """What follows cannot be found."""
    data = enhanced()[8:-4]
    found = read(START + enhanced() + block(6, data, length=length) + enhanced() * 4)
    assert len(found.packets) == 1
    assert found.stop == (codes.BLOCK_LENGTH, len(START + enhanced()))


@pytest.mark.parametrize("left", range(1, len(enhanced())))
def test_a_cut_block_is_never_passed_as_whole(left: int) -> None:
    """Wherever it is cut, those before are kept and the place is told."""
    found = read(START + enhanced() + enhanced()[:left])
    assert (len(found.packets), found.stop) == (1, (codes.BLOCK_CUT, len(START + enhanced())))


@pytest.mark.parametrize("octets", range(4, len(section())))
def test_a_cut_section_header_is_an_error(octets: int) -> None:
    """Nothing can be read without it."""
    with pytest.raises(CaptureError) as caught:
        read(section()[:octets])
    assert caught.value.code == codes.BLOCK_CUT


def test_a_packet_that_does_not_fit_its_block_stops() -> None:
    """It would reach into the next block."""
    for broken in (enhanced(captured=len(FRAME) + 4), simple(original=len(FRAME) + 4)):
        found = read(START + enhanced() + broken)
        assert len(found.packets) == 1
        assert found.stop == (codes.LENGTH_CORRUPT, len(START + enhanced()))


def test_a_packet_beyond_the_snap_length_is_odd_but_whole() -> None:
    """Its block bounds it, so nothing is misread."""
    found = read(section() + interface(snap=20) + enhanced())
    assert found.packets[0].data == FRAME
    assert found.file.weird[codes.CAPTURED_BEYOND_SNAP_LENGTH] == 1


def test_a_link_type_that_is_not_understood_matters_once_a_packet_has_it() -> None:
    """Wireshark writes interfaces on which nothing was captured."""
    other = section() + interface(link=127) + interface()
    assert len(read(other + enhanced(local=1)).packets) == 1
    found = read(other + enhanced(local=1) + enhanced())
    assert found.stop == (codes.LINK_TYPE, len(other + enhanced()))
    with pytest.raises(CaptureError) as caught:
        read(other + enhanced() + enhanced(local=1))
    assert (caught.value.code, caught.value.found) == (codes.LINK_TYPE, "127")


def test_an_option_beyond_its_block_stops_because_the_clock_is_unknown() -> None:
    """The clock it may have described is unknown."""
    broken = interface(options=struct.pack("<HH", 9, 400) + bytes(4))
    assert read(section() + broken + enhanced()).stop == (codes.OPTION_LENGTH, len(section()))


def test_an_unknown_byte_order_or_version_is_an_error_first_and_a_stop_later() -> None:
    """What was read before is kept."""
    garbled = section().replace(b"\x4d\x3c\x2b\x1a", b"abcd")
    for broken, code in ((garbled, codes.BYTE_ORDER), (section(version=(2, 0)), codes.VERSION)):
        with pytest.raises(CaptureError) as caught:
            read(broken)
        assert caught.value.code == code
        found = read(START + enhanced() + broken)
        assert len(found.packets) == 1
        assert found.file.stop is not None
        assert found.file.stop.code == code
