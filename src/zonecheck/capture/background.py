"""What every network murmurs: protocols that keep it running and stay on their wire."""

from collections.abc import Callable, Collection, Mapping
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from zonecheck.capture.read import Layer
from zonecheck.capture.seen_headers import version_of
from zonecheck.packets import ICMPV6, UDP

ROUTER_ADVERTISEMENT: Final = "ra"
DHCP: Final = "dhcp"
DHCP_SERVER: Final = "dhcp-server"
ARP: Final = "arp"
MULTICAST: Final = "multicast"
"""Whatever goes to a group or to everyone of its broadcast domain."""

_EVERYONE: Final = (1 << 48) - 1
_EAPOL: Final = "eapol"
_LINK_PROTOCOLS: Final[Mapping[str, str]] = {
    "llc:0x4242": "stp",
    "snap:0x00000c:0x010b": "stp",
    "snap:0x00000c:0x2000": "cdp",
    "snap:0x00000c:0x2003": "vtp",
    "snap:0x00000c:0x2004": "dtp",
    "snap:0x00000c:0x0111": "udld",
    "ethertype:0x88cc": "lldp",
    "ethertype:0x888e": _EAPOL,
    "ethertype:0x8808": "flow-control",
    "ethertype:0x8809": "lacp",
    "ethertype:0x88f7": "ptp",
    "ethertype:0x8899": "loop-detection",
    "ethertype:0x9000": "loop-detection",
}
_ND_TYPES: Final = {
    130: "mld",
    131: "mld",
    132: "mld",
    133: "nd",
    134: ROUTER_ADVERTISEMENT,
    135: "nd",
    136: "nd",
    137: "nd",
    143: "mld",
}
NEIGHBOURHOOD: Final = frozenset(_ND_TYPES)
"""Types of ICMPv6 that never leave their wire."""
_TO_ONE: Final = frozenset({133, 135, 136, 137})
"""What neighbours say to one address: they ask, answer and redirect (RFC 4861)."""
_PROTOCOLS: Final = {2: "igmp", 89: "ospf", 103: "pim", 112: "vrrp"}
_GROUP_PORTS: Final = {
    123: "ntp",
    137: "netbios",
    138: "netbios",
    520: "rip",
    521: "rip",
    1900: "ssdp",
    1985: "hsrp",
    2029: "hsrp",
    3702: "ws-discovery",
    5353: "mdns",
    5355: "llmnr",
}
_DHCP_SERVERS: Final = {(67, 68), (547, 546)}
_DHCP_PORTS: Final = {67, 68, 546, 547}


OnLink = Callable[[int, int], bool]
"""Whether an address (IP version, number) is plugged into the wire of a frame, or its broadcast."""


def background_of(layer: Layer, on_link: OnLink) -> str | None:
    """Return the name of the background protocol a layer belongs to, None if it is traffic.

    What goes to a group, to everyone, or to a neighbour from an address that only neighbours know
    stays in its broadcast domain, where the proofs take for granted that everyone hears everyone.
    Whatever goes to anybody beyond is traffic, by whatever protocol.
    """
    if layer.kind == "arp":
        return ARP
    if layer.kind == "other":
        return _LINK_PROTOCOLS.get(layer.link_protocol or "")
    version = version_of(layer)
    if version is None or layer.source is None or layer.destination is None:
        return None
    to_link = is_anybodys(version, layer.destination)
    near = to_link or on_link(version, layer.destination)
    if not near:
        return None
    if layer.protocol == UDP and (named := _dhcp(layer)) is not None:
        return named
    if layer.protocol == ICMPV6 and version == 6 and layer.icmp_type in _ND_TYPES:
        return _ND_TYPES[layer.icmp_type]
    if not to_link and not is_anybodys(version, layer.source):
        everyone = _is_broadcast(layer)
        return MULTICAST if everyone else None
    if layer.protocol == UDP:
        return _GROUP_PORTS.get(layer.destination_port or 0, MULTICAST)
    return _PROTOCOLS.get(layer.protocol or 0, MULTICAST)


def between_neighbours(layer: Layer) -> str | None:
    """Return the name of neighbour discovery to one address, None if it is anything else.

    No router passes it on, so that both of its ends are on the wire it was seen on. That its hop
    limit is 255 is not looked at. A router's advertisement is not meant: it can be a rogue's.
    """
    is_nd = layer.protocol == ICMPV6 and layer.icmp_type in _TO_ONE
    return _ND_TYPES[layer.icmp_type or 0] if is_nd and version_of(layer) == 6 else None


def may_be_background(version: int, address: int, broadcasts: Collection[int]) -> bool:
    """Return whether a packet with such an address at either end may be background."""
    return is_anybodys(version, address) or (version == 4 and address in broadcasts)


def is_of_bridges(layer: Layer) -> bool:
    """Return whether switches say it to each other; the addresses of their ports are no card's."""
    named = _LINK_PROTOCOLS.get(layer.link_protocol or "") if layer.kind == "other" else None
    return named is not None and named != _EAPOL


def is_anybodys(version: int, address: int) -> bool:
    """Return whether an address names no one holder: unspecified, of one link, or of a group."""
    if version == 4:
        return _local_v4(IPv4Address(address))
    return _local_v6(IPv6Address(address))


def _dhcp(layer: Layer) -> str | None:
    ports = layer.source_port, layer.destination_port
    if ports in _DHCP_SERVERS:
        return DHCP_SERVER
    return DHCP if set(ports) <= _DHCP_PORTS else None


def _is_broadcast(layer: Layer) -> bool:
    """Return whether a frame goes to everyone, so that its address may be a broadcast one."""
    return layer.kind == "ipv4" and layer.destination_mac in (None, _EVERYONE)


def _local_v4(address: IPv4Address) -> bool:
    everyone = address.is_multicast or int(address) in (0, 0xFFFFFFFF)
    return everyone or address.is_link_local


def _local_v6(address: IPv6Address) -> bool:
    return address.is_multicast or address.is_link_local or address.is_unspecified
