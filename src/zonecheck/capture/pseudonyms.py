"""Other addresses in place of the real ones, so that a report can be passed on.

Prefix preserving, after Xu, Fan, Ammar and Moon (2002): each bit of an address is turned by a keyed
function of the bits before it, so addresses of one prefix stay addresses of one prefix. Here the
function is BLAKE2b with the key.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

from zonecheck.capture.background import is_anybodys

_ESCAPE: Final = r"(?:(?<=\\[nrt])|(?<=\\x[0-9a-f]{2})|(?<=\\u[0-9a-f]{4})|(?<=\\U[0-9a-f]{8}))"
"""After what stands for a character that does not print: its letters belong to no address."""
_CANDIDATE: Final = re.compile(
    rf"(?:{_ESCAPE}|(?<![0-9a-fA-F:]))"
    r"(?P<mac>[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5})(?![0-9a-fA-F:])"
    rf"|(?:{_ESCAPE}|(?<![0-9.]))"
    r"(?P<v4>\d{1,3}(?:\.\d{1,3}){3})(?!\d|\.\d)"
    rf"|(?:{_ESCAPE}|(?<![0-9a-zA-Z:]))"
    r"(?P<v6>(?=[0-9a-fA-F:]*:[0-9a-fA-F:]*:)"
    r"[0-9a-fA-F:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?)(?![0-9a-zA-Z])"
)
_LOCAL: Final = 0x02
_GROUP: Final = 0x01


class Pseudonyms:
    """The pseudonyms under one key; the same key gives the same ones on every run."""

    def __init__(self, key: str) -> None:
        self._key: Final = blake2b(key.encode(), digest_size=32, person=b"zonecheck").digest()
        self._turned = lru_cache(maxsize=1 << 16)(self._turn)

    def in_text(self, text: str) -> str:
        """Return a text in which every IP and MAC address is replaced."""
        return _CANDIDATE.sub(self._replace, text)

    def _replace(self, found: re.Match[str]) -> str:
        if (mac := found["mac"]) is not None:
            return self._mac(mac)
        try:
            if found["v4"] is not None:
                v4 = IPv4Address(found["v4"])
                kept = is_anybodys(4, int(v4)) or v4.is_loopback
                return str(v4 if kept else IPv4Address(self._turned(int(v4), 32)))
            v6 = IPv6Address(found["v6"])
            if v6.is_multicast or int(v6) < 2:
                return str(v6)
            if v6.is_link_local:
                # The lower half may tell the card.
                low = self._turned(int(v6), 128) & ((1 << 64) - 1)
                return str(IPv6Address(0xFE80 << 112 | low))
            return str(IPv6Address(self._turned(int(v6), 128)))
        except AddressValueError:
            return found[0]

    def _turn(self, address: int, bits: int) -> int:
        result = 0
        for at in range(bits):
            before = address >> (bits - at)
            told = f"{bits}:{at}:{before:x}".encode()
            turned = blake2b(told, digest_size=1, key=self._key).digest()[0] & 1
            bit = address >> (bits - at - 1) & 1
            result = result << 1 | (bit ^ turned)
        return result

    def _mac(self, mac: str) -> str:
        """Return a locally administered address in place of one; groups stay as they are."""
        octets = bytes.fromhex(mac.replace(":", ""))
        if octets[0] & _GROUP:
            return mac
        told = bytearray(blake2b(octets, digest_size=6, key=self._key).digest())
        told[0] = told[0] & ~_GROUP | _LOCAL
        return ":".join(f"{octet:02x}" for octet in told)
