"""Captures gone wrong: seeded, so that a round can be repeated."""

import gzip
import random
import struct
from collections.abc import Callable

import lz4.frame
import zstandard

from tests.captures.build import (
    block,
    enhanced,
    interface,
    obsolete,
    option,
    pcap_header,
    record,
    section,
    simple,
)

EDGES = (0, 1, 4, 11, 12, 16, 31, 32, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF, 262_145)


def captures() -> list[bytes]:
    """Return captures of every format to start from."""
    plain = [
        pcap_header(order, magic) + b"".join(record(bytes([n]) * n, order) for n in range(12))
        for order in "<>"
        for magic in ("us", "ns")
    ]
    for order in "<>":
        options = option(2, b"eth0", order) + option(9, b"\x89", order) + option(13, b"\4", order)
        blocks = enhanced(b"e" * 40, order) + simple(b"s", order) + obsolete(b"o" * 9, order)
        others = block(5, bytes(12), order) + block(9, bytes(64), order)
        described = interface(order) + interface(order, options=options, link=101)
        part = section(order) + described + blocks + others + enhanced(b"x", order, local=1)
        plain += [part, part + part]
    packed = [pack(plain[0]) for pack in (gzip.compress, zstandard.compress, lz4.frame.compress)]
    return plain + packed


def mutated(draw: random.Random, starts: list[bytes]) -> bytes:
    """Return one of the captures with one to four things wrong."""
    octets = bytearray(draw.choice(starts))
    for _ in range(draw.randint(1, 4)):
        draw.choice(WAYS)(octets, draw, starts)
    return bytes(octets)


def _flip(octets: bytearray, draw: random.Random, _: list[bytes]) -> None:
    if octets:
        octets[draw.randrange(len(octets))] ^= 1 << draw.randrange(8)


def _cut(octets: bytearray, draw: random.Random, _: list[bytes]) -> None:
    del octets[draw.randint(0, len(octets)) :]


def _length(octets: bytearray, draw: random.Random, _: list[bytes]) -> None:
    if len(octets) >= 4:
        at = draw.randrange(0, len(octets) - 3, 4)
        struct.pack_into(draw.choice("<>") + "I", octets, at, draw.choice(EDGES))


def _splice(octets: bytearray, draw: random.Random, starts: list[bytes]) -> None:
    other = draw.choice(starts)
    first, last = sorted(draw.randrange(0, len(other) + 1, 4) for _ in "ab")
    at = draw.randrange(0, len(octets) + 1, 4)
    octets[at:at] = other[first:last]


def _remove(octets: bytearray, draw: random.Random, _: list[bytes]) -> None:
    at = draw.randint(0, len(octets))
    del octets[at : at + draw.randint(1, 40)]


WAYS: tuple[Callable[[bytearray, random.Random, list[bytes]], None], ...] = (
    _flip,
    _flip,
    _cut,
    _length,
    _length,
    _splice,
    _remove,
)
