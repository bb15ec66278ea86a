"""Packet fields and packet sets: the only room that knows how a set is represented.

It knows nothing of networks. `PacketSpace` makes sets, `PacketSet` is their algebra, `Rule` is what
a first-match list is made of.
"""

from zonecheck.packets.boxes import Box
from zonecheck.packets.field import (
    AH,
    ECHO_OF,
    ESP,
    FLAG_ESTABLISHED,
    FLAG_FRAGMENT,
    FLAG_NEW,
    GRE,
    ICMP,
    ICMP_OF,
    ICMPV6,
    IPV6IN4,
    MAXIMA,
    NOTHING,
    SCTP,
    TCP,
    UDP,
    VERSIONS,
    Field,
    Header,
    Interval,
    Intervals,
    complement,
    normalise,
)
from zonecheck.packets.membership import HeaderColumns
from zonecheck.packets.mirror import reply_header
from zonecheck.packets.packet_set import PacketSet, PacketSpace
from zonecheck.packets.prefix_classes import PrefixClass, Route, prefix_classes
from zonecheck.packets.rule_compiler import Rule

__all__ = [
    "AH",
    "ECHO_OF",
    "ESP",
    "FLAG_ESTABLISHED",
    "FLAG_FRAGMENT",
    "FLAG_NEW",
    "GRE",
    "ICMP",
    "ICMPV6",
    "ICMP_OF",
    "IPV6IN4",
    "MAXIMA",
    "NOTHING",
    "SCTP",
    "TCP",
    "UDP",
    "VERSIONS",
    "Box",
    "Field",
    "Header",
    "HeaderColumns",
    "Interval",
    "Intervals",
    "PacketSet",
    "PacketSpace",
    "PrefixClass",
    "Route",
    "Rule",
    "complement",
    "normalise",
    "prefix_classes",
    "reply_header",
]
