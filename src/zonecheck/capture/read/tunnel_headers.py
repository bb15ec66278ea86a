"""Headers of tunnels, octet by octet: what they say is the outer flow's inside."""

from typing import Final

from zonecheck.capture.read.walk import Parser, Step, Walk
from zonecheck.capture.read.weird import TRUNCATED_TUNNEL

GRE: Final = 47
ETHERIP: Final = 97
UDP_TUNNELS: Final = {4789: "vxlan", 8472: "vxlan", 6081: "geneve"}
"""Destination ports of UDP behind which a tunnel is looked for; 8472 is Linux's old VXLAN port."""

_TRANSPARENT_ETHERNET: Final = 0x6558
_WCCP: Final = 0x883E
_ERSPAN_2: Final = 0x88BE
_ERSPAN_3: Final = 0x22EB
_ERSPAN_3_FRAMES: Final = {0: "ethernet", 2: "raw"}
"""The first parser by the frame type of ERSPAN III."""
_SMALLEST_ETHERTYPE: Final = 0x0600


def gre(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read a GRE header of version 0, or of version 1 as PPTP uses it."""
    if not walk.has(at, 4, end):
        return _cut(walk, at + 4, end)
    flags, protocol = walk.number(at, 2), walk.number(at + 2, 2)
    version = flags & 7
    key_at = at + 4 + 4 * bool(flags & 0xC000)
    key_octets = 4 * bool(flags & 0x2000)
    inside = (
        key_at + key_octets + 4 * bool(flags & 0x1000) + 4 * (version == 1 and bool(flags & 128))
    )
    if version > 1 or not walk.has(at, inside - at, end):
        return _cut(walk, inside, end)
    if version == 1:
        walk.enter(f"pptp:{walk.number(key_at + 2, 2)}" if key_octets else "pptp")
        return Step("ppp", inside, end)
    if protocol in (_ERSPAN_2, _ERSPAN_3):
        return _erspan(walk, inside, end, protocol, numbered=bool(flags & 0x1000))
    suffix = f":{walk.number(key_at, 4)}" if key_octets else ""
    if protocol == _TRANSPARENT_ETHERNET:
        walk.enter("gretap" + suffix)
        return Step("ethernet", inside, end)
    walk.enter("gre" + suffix)
    if protocol == _WCCP:
        # Version 2 puts four octets before the packet, which do not begin as IP does.
        begins = walk.has(inside, 1, end) and walk.frame[inside] >> 4 in (4, 6)
        return Step("raw", inside if begins else inside + 4, end, _WCCP)
    return Step("ethertype", inside, end, protocol)


def _erspan(walk: Walk, at: int, end: int, protocol: int, *, numbered: bool) -> Step | None:
    """Enter a mirrored frame; type I, which has no header of its own, has no sequence number."""
    if protocol == _ERSPAN_2 and not numbered:
        walk.enter("erspan")
        return Step("ethernet", at, end)
    size = 8 if protocol == _ERSPAN_2 else 12
    if not walk.has(at, size, end):
        return _cut(walk, at + size, end)
    kind = 0
    if protocol == _ERSPAN_3:
        kind = walk.number(at + 10, 2) >> 10 & 31
        size += 8 * (walk.frame[at + 11] & 1)
    walk.enter(f"erspan:{walk.number(at + 2, 2) & 0x3FF}")
    if kind not in _ERSPAN_3_FRAMES:
        walk.draft.link_protocol = f"erspan:{kind}"
        return None
    return Step(_ERSPAN_3_FRAMES[kind], at + size, end)


def vxlan(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Enter a VXLAN frame; without the flag that its number is valid it is none."""
    if not walk.has(at, 8, end):
        return _cut(walk, at + 8, end)
    if not walk.frame[at] & 0x08 or walk.frame[at + 7]:
        return None
    walk.enter(f"vxlan:{walk.number(at + 4, 3)}")
    return Step("ethernet", at + 8, end)


def geneve(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Enter a Geneve frame of version 0, whatever options it carries."""
    if not walk.has(at, 8, end):
        return _cut(walk, at + 8, end)
    protocol = walk.number(at + 2, 2)
    if walk.frame[at] & 0xC0 or protocol < _SMALLEST_ETHERTYPE:
        return None
    number = walk.number(at + 4, 3)
    inside = at + 8 + 4 * (walk.frame[at] & 0x3F)
    walk.enter(f"geneve:{number}")
    if protocol == _TRANSPARENT_ETHERNET:
        return Step("ethernet", inside, end)
    return Step("ethertype", inside, end, protocol)


def etherip(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Enter the Ethernet frame of an EtherIP packet."""
    if not walk.has(at, 2, end):
        return _cut(walk, at + 2, end)
    walk.enter("etherip")
    return Step("ethernet", at + 2, end)


def authenticated(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Enter what an IPv4 authentication header protects: the same packet as its sender made it.

    A filter that reads the IPv4 header alone sees protocol 51; so both are layers.
    """
    if not walk.has(at, 8, end):
        return _cut(walk, at + 8, end)
    outer = walk.draft
    protocol, size = walk.frame[at], (walk.frame[at + 1] + 2) * 4
    walk.enter("ah")
    draft = walk.draft
    draft.kind, draft.source, draft.destination = outer.kind, outer.source, outer.destination
    draft.protocol, draft.payload = protocol, max(0, end - at - size)
    draft.fragment, draft.fragment_id = outer.fragment, outer.fragment_id
    return Step("transport", at + size, end, protocol)


def _cut(walk: Walk, to: int, end: int) -> Step | None:
    return walk.lacks(to, end, "tunnel", TRUNCATED_TUNNEL)


PARSERS: Final[dict[str, Parser]] = {
    "gre": gre,
    "vxlan": vxlan,
    "geneve": geneve,
    "etherip": etherip,
    "ah": authenticated,
}
