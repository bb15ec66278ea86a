"""Headers above IP, octet by octet: ports, TCP flags, ICMP type, and the doors of tunnels."""

from typing import Final

from zonecheck.capture.read.ip_headers import AH, ICMP, ICMPV6, PORT_PROTOCOLS, SCTP, TCP
from zonecheck.capture.read.layer import Flag
from zonecheck.capture.read.tunnel_headers import ETHERIP, GRE, UDP_TUNNELS
from zonecheck.capture.read.walk import Parser, Step, Walk
from zonecheck.capture.read.weird import BAD_TCP_HEADER_LENGTH, TRUNCATED_TRANSPORT

SYN: Final = 0x02
RST: Final = 0x04
ACK: Final = 0x10
UDP_HEADER: Final = 8
SCTP_HEADER: Final = 12

IN_IP: Final = {
    ("ipv4", 4): "ipip",
    ("ipv4", 41): "6in4",
    ("ipv6", 4): "4in6",
    ("ipv6", 41): "6in6",
}
"""What IP in IP is called, by the outer kind and the protocol."""
IP_VERSIONS: Final = {4: "ipv4", 41: "ipv6"}


def flag_of(flags: int) -> Flag:
    """Return what the flag octet of a TCP header makes of its segment."""
    if flags & (ACK | RST):
        return "established"
    return "opening" if flags & SYN else "neither"


def transport(walk: Walk, at: int, end: int, protocol: int) -> Step | None:
    """Read the transport header of `protocol`, or enter the tunnel it is."""
    if protocol in PORT_PROTOCOLS:
        return _ports(walk, at, end, protocol)
    draft = walk.draft
    if protocol in (ICMP, ICMPV6):
        if walk.has(at, 1, end):
            draft.icmp_type = walk.frame[at]
        if walk.has(at, 2, end):
            draft.icmp_code = walk.frame[at + 1]
        else:
            walk.lacks(at + 2, end, "icmp", TRUNCATED_TRANSPORT)
    elif protocol in IP_VERSIONS:
        encapsulation = IN_IP[draft.kind, protocol]
        walk.enter(encapsulation)
        return Step(IP_VERSIONS[protocol], at, end)
    elif protocol == GRE:
        return Step("gre", at, end)
    elif protocol == ETHERIP:
        return Step("etherip", at, end)
    elif protocol == AH:  # of IPv4 only: for IPv6 it is one of the extension headers
        return Step("ah", at, end)
    return None


def _ports(walk: Walk, at: int, end: int, protocol: int) -> Step | None:
    draft = walk.draft
    if walk.has(at, 2, end):
        draft.source_port = walk.number(at, 2)
    if not walk.has(at, 4, end):
        return walk.lacks(at + 4, end, "ports", TRUNCATED_TRANSPORT)
    draft.destination_port = walk.number(at + 2, 2)
    if protocol == TCP:
        _tcp(walk, at, end)
    elif protocol == SCTP:
        draft.payload = max(0, end - at - SCTP_HEADER)
    else:
        draft.payload = max(0, end - at - UDP_HEADER)
        if draft.destination_port in UDP_TUNNELS:
            return Step(UDP_TUNNELS[draft.destination_port], at + UDP_HEADER, end)
    return None


def _tcp(walk: Walk, at: int, end: int) -> None:
    draft = walk.draft
    if not walk.has(at, 14, end):
        walk.lacks(at + 14, end, "flag", TRUNCATED_TRANSPORT)
        return
    header = (walk.frame[at + 12] >> 4) * 4
    if header < 20:
        walk.weird.append(BAD_TCP_HEADER_LENGTH)
    elif walk.has(at, header, end):
        draft.tcp_at = at
    draft.payload = max(0, end - at - max(header, 20))
    draft.tcp_flags = walk.frame[at + 13]
    draft.flag = flag_of(draft.tcp_flags)


PARSERS: Final[dict[str, Parser]] = {"transport": transport}
