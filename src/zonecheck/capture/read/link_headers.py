"""Headers below IP, octet by octet: Ethernet and its tags, LLC, Linux cooked, MPLS, PPPoE, ARP."""

from typing import Final

from zonecheck.capture.read.layer import Arp
from zonecheck.capture.read.walk import Parser, Step, Walk
from zonecheck.capture.read.weird import (
    TRUNCATED_ARP,
    TRUNCATED_LINK,
    TRUNCATED_WRAPPER,
    UNUSUAL_ARP,
    WRONG_IP_VERSION,
)

ETHERTYPE_IPV4: Final = 0x0800
ETHERTYPE_ARP: Final = 0x0806
ETHERTYPE_IPV6: Final = 0x86DD
TAGS: Final = frozenset({0x8100, 0x88A8, 0x9100, 0x9200})
"""EtherTypes of VLAN tags: 802.1Q, 802.1ad and what vendors used before it."""
LONGEST_802_3: Final = 1500
"""Up to here the type field of Ethernet is a length, and LLC follows."""
FOLLOWED: Final = {
    ETHERTYPE_IPV4: "ipv4",
    ETHERTYPE_IPV6: "ipv6",
    ETHERTYPE_ARP: "arp",
    0x8847: "mpls",
    0x8848: "mpls",
    0x8864: "pppoe",
    0x880B: "ppp",
}
"""EtherTypes whose headers are read on; all others are a layer of kind `other`."""
ARP_HARDWARE: Final = (1, 6)
"""Hardware types of ARP that hosts on Ethernet accept: Ethernet's and that of IEEE 802."""
ARP_IPV4: Final = 0x08000604
"""Protocol type and both lengths of ARP for IPv4 over Ethernet."""

_PPP: Final = {0x0021: "ipv4", 0x0057: "ipv6", 0x0281: "mpls", 0x0283: "mpls"}
_IPV6_FAMILIES: Final = frozenset({10, 24, 28, 30})
_ETHERTYPE_ORGANISATIONS: Final = frozenset({0x000000, 0x0000F8})
"""SNAP organisations under which the protocol is an EtherType."""
_OTHER_HARDWARE: Final = frozenset({770, 803, 824})
"""ARPHRD kinds whose protocol field in a cooked header is no EtherType: FRAD, radiotap, netlink."""


def ethernet(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read both MAC addresses and go on with the type field."""
    if walk.has(at, 6, end):
        walk.draft.destination_mac = walk.number(at, 6)
    if walk.has(at, 12, end):
        walk.draft.source_mac = walk.number(at + 6, 6)
    return _type_field(walk, at + 12, end)


def _type_field(walk: Walk, at: int, end: int) -> Step | None:
    if not walk.has(at, 2, end):
        return walk.lacks(at + 2, end, "link", TRUNCATED_LINK)
    return Step("type", at + 2, end, walk.number(at, 2))


def type_or_length(walk: Walk, at: int, end: int, value: int) -> Step | None:
    """Follow what an Ethernet type field `value` announces at `at`: tags, LLC or a protocol."""
    if value in TAGS:
        if walk.has(at, 2, end) and (vlan := walk.number(at, 2) & 0xFFF):
            walk.draft.vlans += (vlan,)
        return _type_field(walk, at + 2, end)
    if value <= LONGEST_802_3:
        return Step("llc", at, min(end, at + value) if value else end)
    return Step("ethertype", at, end, value)


def ethertype(walk: Walk, at: int, end: int, value: int) -> Step | None:
    """Follow an EtherType that cannot be a length."""
    if value in TAGS:
        return Step("type", at, end, value)
    if value in FOLLOWED:
        return Step(FOLLOWED[value], at, end, value)
    walk.draft.link_protocol = f"ethertype:0x{value:04x}"
    return None


def llc(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read an LLC header, and SNAP if it announces it; SNAP of an EtherType is followed."""
    if not walk.has(at, 2, end):
        return walk.lacks(at + 2, end, "link", TRUNCATED_LINK)
    points = walk.number(at, 2)
    if points != 0xAAAA:
        walk.draft.link_protocol = f"llc:0x{points:04x}"
        return None
    if not walk.has(at, 8, end):
        return walk.lacks(at + 8, end, "link", TRUNCATED_LINK)
    organisation, protocol = walk.number(at + 3, 3), walk.number(at + 6, 2)
    if organisation in _ETHERTYPE_ORGANISATIONS:
        return Step("ethertype", at + 8, end, protocol)
    walk.draft.link_protocol = f"snap:0x{organisation:06x}:0x{protocol:04x}"
    return None


def cooked(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read a Linux cooked header (SLL): the sender's address only, and the protocol."""
    if not walk.has(at, 16, end):
        return walk.lacks(at + 16, end, "link", TRUNCATED_LINK)
    hardware, length = walk.number(at + 2, 2), walk.number(at + 4, 2)
    if length == 6:
        walk.draft.source_mac = walk.number(at + 6, 6)
    return _cooked_protocol(walk, at + 16, end, hardware, walk.number(at + 14, 2))


def cooked_2(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read a Linux cooked header of version 2 (SLL2)."""
    if not walk.has(at, 20, end):
        return walk.lacks(at + 20, end, "link", TRUNCATED_LINK)
    hardware, length = walk.number(at + 8, 2), walk.frame[at + 11]
    if length == 6:
        walk.draft.source_mac = walk.number(at + 12, 6)
    return _cooked_protocol(walk, at + 20, end, hardware, walk.number(at, 2))


def _cooked_protocol(walk: Walk, at: int, end: int, hardware: int, protocol: int) -> Step | None:
    if hardware in _OTHER_HARDWARE:
        walk.draft.link_protocol = f"hardware:{hardware}"
        return None
    if protocol == 0x0004:
        return Step("llc", at, end)
    return Step("ethertype", at, end, protocol)


def null(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read the address family of a BSD loopback frame, in either byte order."""
    if not walk.has(at, 4, end):
        return walk.lacks(at + 4, end, "link", TRUNCATED_LINK)
    family = min(walk.number(at, 4), int.from_bytes(walk.frame[at : at + 4], "little"))
    if family == 2:
        return Step("ipv4", at + 4, end)
    if family in _IPV6_FAMILIES:
        return Step("ipv6", at + 4, end)
    walk.draft.link_protocol = f"family:{family}"
    return None


def raw(walk: Walk, at: int, end: int, value: int) -> Step | None:
    """Tell IPv4 from IPv6 by the version, where no header says it."""
    if not walk.has(at, 1, end):
        return walk.lacks(at + 1, end, "addresses", TRUNCATED_LINK)
    version = walk.frame[at] >> 4
    if version in (4, 6):
        return Step(f"ipv{version}", at, end)
    if value:
        walk.draft.link_protocol = f"ethertype:0x{value:04x}"
    else:
        walk.draft.undecided = "addresses"
        walk.weird.append(WRONG_IP_VERSION)
    return None


def mpls(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read a label stack to its bottom; what is no IP below it is not guessed at."""
    labels = []
    bottom = 0
    while not bottom:
        if not walk.has(at, 4, end):
            walk.lacks(at + 4, end, "addresses", TRUNCATED_WRAPPER)
            break
        labels.append(str(walk.number(at, 4) >> 12))
        bottom = walk.frame[at + 2] & 1
        at += 4
    walk.draft.wrapped += ("mpls:" + "/".join(labels),)
    return Step("raw", at, end, 0x8847) if bottom else None


def pppoe(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read the header of a PPPoE session frame and go on with PPP."""
    if not walk.has(at, 6, end):
        return walk.lacks(at + 6, end, "addresses", TRUNCATED_WRAPPER)
    walk.draft.wrapped += (f"pppoe:{walk.number(at + 2, 2)}",)
    length = walk.number(at + 4, 2)
    return Step("ppp", at + 6, min(end, at + 6 + length))


def ppp(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read a PPP protocol number, which may be one octet (odd) or two."""
    if walk.has(at, 2, end) and walk.number(at, 2) == 0xFF03:
        at += 2
    length = 1 if walk.has(at, 1, end) and walk.frame[at] & 1 else 2
    if not walk.has(at, length, end):
        return walk.lacks(at + length, end, "addresses", TRUNCATED_WRAPPER)
    protocol = walk.number(at, length)
    if protocol in _PPP:
        return Step(_PPP[protocol], at + length, end)
    walk.draft.link_protocol = f"ppp:0x{protocol:04x}"
    return None


def arp(walk: Walk, at: int, end: int, _: int) -> Step | None:
    """Read an ARP message for IPv4 over Ethernet; of any other only that it is one."""
    draft = walk.draft
    draft.kind = "arp"
    if not walk.has(at, 8, end):
        walk.lacks(at + 8, end, "addresses", TRUNCATED_ARP)
    elif walk.number(at, 2) not in ARP_HARDWARE or walk.number(at + 2, 4) != ARP_IPV4:
        draft.undecided = "addresses"
        walk.weird.append(UNUSUAL_ARP)
    elif not walk.has(at, 28, end):
        walk.lacks(at + 28, end, "addresses", TRUNCATED_ARP)
    else:
        draft.arp = Arp(walk.number(at + 6, 2), walk.number(at + 8, 6), walk.number(at + 18, 6))
        draft.source, draft.destination = walk.number(at + 14, 4), walk.number(at + 24, 4)
    return None


PARSERS: Final[dict[str, Parser]] = {
    "ethernet": ethernet,
    "type": type_or_length,
    "ethertype": ethertype,
    "llc": llc,
    "cooked": cooked,
    "cooked-2": cooked_2,
    "null": null,
    "raw": raw,
    "mpls": mpls,
    "pppoe": pppoe,
    "ppp": ppp,
    "arp": arp,
}
