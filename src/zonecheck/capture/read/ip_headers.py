"""IPv4 and IPv6 headers, octet by octet, up to the transport header."""

from typing import Final

from zonecheck.capture.read.layer import Undecided
from zonecheck.capture.read.walk import Parser, Step, Walk
from zonecheck.capture.read.weird import (
    BAD_IP_HEADER_LENGTH,
    IP_LENGTH_BELOW_HEADER,
    IP_LENGTH_BEYOND_FRAME,
    LONG_FRAGMENT,
    TINY_FRAGMENT,
    TRUNCATED_IP,
    WRONG_IP_VERSION,
)

ICMP: Final = 1
TCP: Final = 6
UDP: Final = 17
ICMPV6: Final = 58
SCTP: Final = 132
PORT_PROTOCOLS: Final = frozenset({TCP, UDP, SCTP})
AH: Final = 51
FRAGMENT_HEADER: Final = 44
EXTENSIONS: Final = frozenset({0, 43, FRAGMENT_HEADER, AH, 60, 135, 139, 140})
"""IPv6 extension headers that say what follows them; ESP (50) does not."""
TUNNEL_PROTOCOLS: Final = frozenset({4, 41, 47, 97})

_LONGEST: Final = 65_535


def undecided_above(protocol: int | None) -> Undecided | None:
    """Return what is not known of a packet of `protocol` without its transport header."""
    if protocol is None:
        return "protocol"
    if protocol in PORT_PROTOCOLS:
        return "ports"
    if protocol in (ICMP, ICMPV6):
        return "icmp"
    return "tunnel" if protocol in TUNNEL_PROTOCOLS else None


def ipv4(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read an IPv4 header; a fragment that is not the first ends here."""
    draft = walk.draft
    if not walk.has(at, 1, end) or walk.frame[at] >> 4 == 4:
        draft.kind = "ipv4"
    else:
        return _wrong_version(walk, "ethertype:0x0800")
    if walk.has(at, 16, end):
        draft.source = walk.number(at + 12, 4)
    if not walk.has(at, 20, end):
        return walk.lacks(at + 20, end, "addresses", TRUNCATED_IP)
    draft.destination = walk.number(at + 16, 4)
    draft.protocol = walk.frame[at + 9]
    header, total = (walk.frame[at] & 15) * 4, walk.number(at + 2, 2)
    if header < 20 or 0 < total < header:
        draft.undecided = undecided_above(draft.protocol)
        walk.weird.append(BAD_IP_HEADER_LENGTH if header < 20 else IP_LENGTH_BELOW_HEADER)
        return None
    # A total length of zero is what segmentation offload leaves where the capture was taken.
    end = _ip_end(walk, at + total if total else end, end)
    draft.payload = max(0, end - at - header)
    place = walk.number(at + 6, 2)
    offset, more = (place & 0x1FFF) * 8, bool(place & 0x2000)
    if offset or more:
        draft.fragment_id = walk.number(at + 4, 2)
        if _fragment_ends(walk, offset, draft.payload, header - 20, draft.protocol):
            return None
    return Step("transport", at + header, end, draft.protocol)


def ipv6(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read an IPv6 header and all extension headers after it."""
    draft = walk.draft
    if not walk.has(at, 1, end) or walk.frame[at] >> 4 == 6:
        draft.kind = "ipv6"
    else:
        return _wrong_version(walk, "ethertype:0x86dd")
    if walk.has(at, 24, end):
        draft.source = walk.number(at + 8, 16)
    if not walk.has(at, 40, end):
        return walk.lacks(at + 40, end, "addresses", TRUNCATED_IP)
    draft.destination = walk.number(at + 24, 16)
    length = walk.number(at + 4, 2)
    # A payload length of zero is a jumbogram's, or what segmentation offload leaves.
    end = _ip_end(walk, at + 40 + length if length else end, end)
    at += 40
    protocol = walk.frame[at - 34]
    while protocol in EXTENSIONS:
        if not walk.has(at, 8, end):
            return walk.lacks(at + 8, end, "protocol", TRUNCATED_IP)
        following, size = walk.frame[at], _extension_size(protocol, walk.frame[at + 1])
        place = walk.number(at + 2, 2)
        # An offset of zero and no more to come is an atomic fragment: a whole packet.
        if protocol == FRAGMENT_HEADER and place & 0xFFF9:
            draft.fragment_id = walk.number(at + 4, 4)
            known = None if following in EXTENSIONS else following
            draft.payload = max(0, end - at - size)
            if _fragment_ends(walk, place & 0xFFF8, draft.payload, 0, known):
                draft.protocol = known
                return None
        protocol, at = following, at + size
    draft.protocol, draft.payload = protocol, max(0, end - at)
    return Step("transport", at, end, protocol)


def _extension_size(protocol: int, length: int) -> int:
    if protocol == FRAGMENT_HEADER:
        return 8
    return (length + 2) * 4 if protocol == AH else (length + 1) * 8


def _wrong_version(walk: Walk, link_protocol: str) -> Step | None:
    walk.draft.link_protocol = link_protocol
    walk.draft.undecided = "addresses"
    walk.weird.append(WRONG_IP_VERSION)
    return None


def _ip_end(walk: Walk, told: int, end: int) -> int:
    if told > end and not walk.in_fragment:
        walk.weird.append(IP_LENGTH_BEYOND_FRAME)
    return min(told, end)


def _fragment_ends(walk: Walk, offset: int, payload: int, options: int, above: int | None) -> bool:
    """Note a fragment, and return whether it is a later one: it has no transport header."""
    if offset + payload + options > _LONGEST:
        walk.weird.append(LONG_FRAGMENT)
    if not offset:
        walk.draft.fragment = "first"
        walk.in_fragment = True
        return False
    walk.draft.fragment = "later"
    walk.draft.undecided = undecided_above(above)
    if offset == 8 and above == TCP:  # the flags of the first fragment would be overwritten
        walk.weird.append(TINY_FRAGMENT)
    return True


PARSERS: Final[dict[str, Parser]] = {"ipv4": ipv4, "ipv6": ipv6}
