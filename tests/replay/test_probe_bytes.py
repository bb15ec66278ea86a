import struct
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonecheck.replay.probe_bytes import Mark, _crc32c, packet_bytes, read_packet
from zonecheck.simulate import Packet

_PORT = st.integers(0, 65535)


@st.composite
def packets(draw: st.DrawFn) -> Packet:
    """Return whole headers of every protocol, of both IP versions."""
    four = draw(st.booleans())
    number = st.integers(0, 2 ** (32 if four else 128) - 1)
    source, destination = (
        IPv4Address(n) if four else IPv6Address(n) for n in (draw(number), draw(number))
    )
    native = 1 if four else 58
    protocol = draw(st.sampled_from([6, 17, 132, native]) | st.integers(0, 255))
    if protocol in (6, 17, 132):
        flag = draw(st.booleans()) if protocol == 6 else False
        ports = draw(_PORT), draw(_PORT)
        return Packet(source, destination, protocol, *ports, established=flag)
    kind = draw(st.integers(0, 255)) if protocol == native else 0
    return Packet(source, destination, protocol, 0, kind)


def _sum(data: bytes) -> int:
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


@given(packets(), st.integers(0, 2**32 - 1), st.integers(0, 65535), st.integers(0, 2))
def test_bytes_read_back_as_the_header_and_mark_they_were_made_of(
    packet: Packet, probe: int, copy: int, turn: int
) -> None:
    """A probe is known again."""
    assert read_packet(packet_bytes(packet, Mark(probe, copy), turn)) == (packet, Mark(probe, copy))


@given(packets(), st.integers(0, 2))
def test_every_checksum_is_right(packet: Packet, turn: int) -> None:
    """A receiver's sum over header, or pseudo header and body, has all bits set (RFC 1071)."""
    data = packet_bytes(packet, Mark(7, 1), turn)
    start = 20 if packet.version == 4 else 40
    if packet.version == 4:
        assert _sum(data[:20]) == 0xFFFF
    body = data[start:]
    ends = packet.source.packed + packet.destination.packed
    pseudo = ends + struct.pack("!IHBB", len(body), 0, 0, packet.protocol)
    if packet.protocol in (6, 17) or (packet.protocol == 58 and packet.version == 6):
        padded = body + b"\0" * (len(body) % 2)
        assert _sum(pseudo + padded) == 0xFFFF
    elif packet.protocol == 1 and packet.version == 4:
        assert _sum(body) == 0xFFFF
    elif packet.protocol == 132:
        unsummed = body[:8] + b"\0\0\0\0" + body[12:]
        assert struct.unpack_from("<I", body, 8) == (_crc32c(unsummed),)


def test_the_checksum_of_sctp_is_that_of_its_standard() -> None:
    """The check value of CRC-32C."""
    assert _crc32c(b"123456789") == 0xE3069283


def test_a_fragment_is_refused() -> None:
    """No single packet stands for a fragment."""
    fragment = Packet(IPv4Address(1), IPv4Address(2), 6, fragment=True)
    with pytest.raises(ValueError, match="fragment"):
        packet_bytes(fragment, Mark(0, 0))


@given(st.binary(max_size=80))
def test_bytes_that_are_not_ours_are_nothing(data: bytes) -> None:
    """Noise is never taken for a probe."""
    assert b"\xfezck" in data or read_packet(data) is None
