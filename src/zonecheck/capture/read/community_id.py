"""Community ID, version 1: the name by which Zeek, Suricata and others know the same connection.

The definition is public: https://github.com/corelight/community-id-spec. Both directions of a
connection have one name; link layer and tunnels are no part of it.
"""

import hashlib
from base64 import b64encode
from typing import Final

from zonecheck.capture.read.layer import Layer

_ADDRESS_OCTETS: Final = {"ipv4": 4, "ipv6": 16}
_ICMP: Final = 1
_ICMPV6: Final = 58


def _both_ways(*pairs: tuple[int, int]) -> dict[int, int]:
    return {one: other for pair in pairs for one, other in (pair, pair[::-1])}


_ANSWERS: Final = {
    # echo, router discovery, timestamp, information, address mask
    _ICMP: _both_ways((8, 0), (10, 9), (13, 14), (15, 16), (17, 18)),
    # echo, listeners, router and neighbour discovery, node information, home agents
    _ICMPV6: _both_ways((128, 129), (130, 131), (133, 134), (135, 136), (139, 140), (144, 145)),
}
"""ICMP types that ask and answer; they stand for ports."""


def community_id(layer: Layer, seed: int = 0) -> str | None:
    """Return the Community ID of a flow; `None` if it is not of IP or does not show enough.

    Args:
        layer: the flow, or one layer of a packet.
        seed: as the monitors use it that the name is to be compared with.
    """
    octets = _ADDRESS_OCTETS.get(layer.kind)
    source, destination, protocol = layer.source, layer.destination, layer.protocol
    if octets is None or source is None or destination is None or protocol is None:
        return None
    if layer.undecided in ("protocol", "ports", "icmp"):
        return None
    ends = [(source, layer.source_port), (destination, layer.destination_port)]
    ordered = True
    if layer.icmp_type is not None and layer.icmp_code is not None:
        answer = _ANSWERS.get(protocol, {}).get(layer.icmp_type)
        ordered = answer is not None
        ends = [
            (source, layer.icmp_type),
            (destination, layer.icmp_code if answer is None else answer),
        ]
    if ordered:
        ends.sort(key=lambda end: (end[0], end[1] or 0))
    hashed = seed.to_bytes(2, "big")
    hashed += b"".join(address.to_bytes(octets, "big") for address, _ in ends)
    hashed += bytes((protocol, 0))
    hashed += b"".join(port.to_bytes(2, "big") for _, port in ends if port is not None)
    digest = hashlib.sha1(hashed, usedforsecurity=False).digest()
    return "1:" + b64encode(digest).decode("ascii")
