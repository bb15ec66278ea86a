"""Headers of the model as bytes with right checksums, and back.

A wrong checksum would make conntrack drop what rules permit, and look like a denial. Each packet
carries a mark by which it is known again after its addresses have been translated.
"""

import struct
from dataclasses import dataclass
from ipaddress import ip_address

from zonecheck.simulate import Packet

HOPS = 64
MARK_SIZE = 10
_MAGIC = b"\xfezck"
_TCP, _UDP, _SCTP = 6, 17, 132
_SYN, _ACK = 0x02, 0x10
_FIRST, _ANSWER = 1000, 5000


@dataclass(frozen=True, slots=True)
class Mark:
    """Which copy of which probe a packet is."""

    probe: int
    copy: int

    def bytes(self) -> bytes:
        """Return it as it stands in a packet."""
        return _MAGIC + struct.pack("!IH", self.probe, self.copy)


def packet_bytes(packet: Packet, mark: Mark, turn: int = 0, quoted: Packet | None = None) -> bytes:
    """Return an IP packet with a header of the model.

    `turn` counts the packets of a session: 0 opens, 1 answers, 2 goes on. A lone established TCP
    packet has ACK, an answer to an opening SYN and ACK. An ICMP error quotes the opener `quoted`.

    Raises:
        ValueError: it is a fragment, which no single packet stands for.
    """
    if packet.fragment:
        raise ValueError("a fragment is no packet of its own")
    source, destination = packet.source.packed, packet.destination.packed
    pseudo = source + destination
    inner = b""
    if quoted is not None:
        inner = packet_bytes(quoted, Mark(mark.probe & ~3, mark.copy))
    body = _body(packet, mark, turn, pseudo, inner)
    if packet.version == 6:
        head = struct.pack("!IHBB", 6 << 28, len(body), packet.protocol, HOPS)
        return head + pseudo + body
    number = mark.probe & 0xFFFF
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), number, 0, HOPS, packet.protocol, 0)
    checksum = _checksum(head + pseudo)
    return head[:10] + struct.pack("!H", checksum) + pseudo + body


def read_packet(data: bytes) -> tuple[Packet, Mark] | None:
    """Return the header and the mark of an IP packet of ours, None for any other."""
    at = data.rfind(_MAGIC)
    if at < 0 or len(data) < at + MARK_SIZE or len(data) < 20:
        return None
    mark = Mark(*struct.unpack_from("!IH", data, at + len(_MAGIC)))
    if data[0] >> 4 == 4:
        start = (data[0] & 15) * 4
        protocol, ends = data[9], (data[12:16], data[16:20])
        typed = protocol == 1
    else:
        start, protocol, ends = 40, data[6], (data[8:24], data[24:40])
        typed = protocol == 58
    ports = (0, 0)
    flag = False
    if protocol in (_TCP, _UDP, _SCTP):
        ports = struct.unpack_from("!HH", data, start)
        flag = protocol == _TCP and bool(data[start + 13] & 0x14)
    elif typed:
        ports = (0, data[start])
    source, destination = (ip_address(end) for end in ends)
    return Packet(source, destination, protocol, *ports, established=flag), mark


def _body(packet: Packet, mark: Mark, turn: int, pseudo: bytes, inner: bytes) -> bytes:
    tail = mark.bytes()
    ports = struct.pack("!HH", packet.source_port, packet.destination_port)
    if packet.protocol == _TCP:
        body = ports + _tcp(packet, turn) + tail
        return _summed(body, 16, _pseudo(packet, pseudo, len(body)))
    if packet.protocol == _UDP:
        body = ports + struct.pack("!HH", 8 + len(tail), 0) + tail
        return _summed(body, 6, _pseudo(packet, pseudo, len(body)), never_zero=True)
    if packet.protocol == _SCTP:
        chunk = struct.pack("!BBHIIHHI", 1, 0, 34, 1, 65535, 1, 1, 1)
        chunk += struct.pack("!HH", 0x8001, 14) + tail + b"\0\0"
        body = ports + b"\0" * 8 + chunk
        return body[:8] + struct.pack("<I", _crc32c(body)) + body[12:]
    if packet.has_type:
        identifier = (mark.probe >> 2) & 0xFFFF
        rest = (identifier, 1) if not inner else (0, 0)
        body = struct.pack("!BBHHH", packet.destination_port, 0, 0, *rest) + inner + tail
        return _summed(body, 2, _pseudo(packet, pseudo, len(body)) if packet.version == 6 else b"")
    return b"\0" * 8 + tail


def _tcp(packet: Packet, turn: int) -> bytes:
    """Return the part of a TCP header behind the ports, with numbers that follow each other."""
    flags = _ACK if packet.established else _SYN
    if turn == 1 and packet.established:
        flags |= _SYN
    after = MARK_SIZE + 1
    sequence = (_FIRST, _ANSWER, _FIRST + after)[turn]
    answered = (_ANSWER + after, _FIRST + after, _ANSWER + after)[turn]
    acknowledged = answered if flags & _ACK else 0
    return struct.pack("!IIBBHHH", sequence, acknowledged, 0x50, flags, 65535, 0, 0)


def _pseudo(packet: Packet, ends: bytes, length: int) -> bytes:
    if packet.version == 4:
        return ends + struct.pack("!BBH", 0, packet.protocol, length)
    return ends + struct.pack("!IHBB", length, 0, 0, packet.protocol)


def _summed(body: bytes, at: int, pseudo: bytes, *, never_zero: bool = False) -> bytes:
    checksum = _checksum(pseudo + body)
    if never_zero and checksum == 0:
        checksum = 0xFFFF
    return body[:at] + struct.pack("!H", checksum) + body[at + 2 :]


def _checksum(data: bytes) -> int:
    if len(data) % 2:
        data += b"\0"
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def _crc32c(data: bytes) -> int:
    """Return the checksum of SCTP (RFC 9260, appendix A)."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF
