"""Frames made for tests, header by header, with struct alone."""

import struct

TARGET = bytes.fromhex("020000000002")
SENDER = bytes.fromhex("020000000001")
V4 = (0xC0000201, 0xC0000202)
V6 = (0x20010DB8 << 96 | 1, 0x20010DB8 << 96 | 2)


def ethernet(ethertype: int, payload: bytes, tags: tuple[tuple[int, int], ...] = ()) -> bytes:
    """Return a frame; `tags` are (EtherType of the tag, its 16 bits), outermost first."""
    shown = b"".join(struct.pack("!HH", kind, bits) for kind, bits in tags)
    return TARGET + SENDER + shown + struct.pack("!H", ethertype) + payload


def ipv4(
    protocol: int,
    payload: bytes,
    *,
    ends: tuple[int, int] = V4,
    options: bytes = b"",
    place: int = 0,
    identification: int = 7,
    total: int | None = None,
) -> bytes:
    """Return an IPv4 packet; `place` is the 16 bits of flags and offset."""
    header = 20 + len(options)
    length = header + len(payload) if total is None else total
    return (
        struct.pack(
            "!BBHHHBBHII",
            0x40 | header // 4,
            0,
            length & 0xFFFF,
            identification,
            place,
            64,
            protocol,
            0,
            *ends,
        )
        + options
        + payload
    )


def ipv6(
    following: int, payload: bytes, *, ends: tuple[int, int] = V6, length: int | None = None
) -> bytes:
    """Return an IPv6 packet."""
    size = len(payload) if length is None else length
    shown = b"".join(end.to_bytes(16, "big") for end in ends)
    return struct.pack("!IHBB", 6 << 28, size & 0xFFFF, following, 64) + shown + payload


def tcp(ports: tuple[int, int], flags: int, payload: bytes = b"", words: int = 5) -> bytes:
    """Return a TCP segment whose header says it has `words` words of four octets."""
    return struct.pack("!HHIIBBHHH", *ports, 1, 0, words << 4, flags, 512, 0, 0) + payload


def udp(ports: tuple[int, int], payload: bytes = b"") -> bytes:
    """Return a UDP datagram."""
    return struct.pack("!HHHH", *ports, 8 + len(payload), 0) + payload


def arp(operation: int = 1, *, addresses: tuple[int, int] = V4, sender: bytes = SENDER) -> bytes:
    """Return an ARP message for IPv4 over Ethernet, whose sender field may be another's."""
    ends = sender + struct.pack("!I", addresses[0]) + TARGET + struct.pack("!I", addresses[1])
    return struct.pack("!HHBBH", 1, 0x0800, 6, 4, operation) + ends


def vxlan(number: int, frame: bytes) -> bytes:
    """Return what a VXLAN datagram carries."""
    return struct.pack("!II", 0x08000000, number << 8) + frame


def gre(protocol: int, payload: bytes, key: int | None = None) -> bytes:
    """Return a GRE packet of version 0."""
    if key is None:
        return struct.pack("!HH", 0, protocol) + payload
    return struct.pack("!HHI", 0x2000, protocol, key) + payload
