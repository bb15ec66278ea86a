"""What every network murmurs: protocols that keep it running and stay on their wire."""

from collections.abc import Collection, Mapping
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


def background_of(layer: Layer, broadcasts: Collection[int] = ()) -> str | None:
    """Return the name of the background protocol a layer belongs to, None if it is traffic.

    What goes to a group, to everyone, or between addresses of one link stays in its broadcast
    domain, where the proofs take for granted that everyone hears everyone. `broadcasts` are the
    IPv4 broadcast addresses of the prefixes the capture is in.
    """
    if layer.kind == "arp":
        return ARP
    if layer.kind == "other":
        return _LINK_PROTOCOLS.get(layer.link_protocol or "")
    if layer.source is None or layer.destination is None:
        return None
    if layer.protocol == UDP and (named := _dhcp(layer)) is not None:
        return named
    if layer.protocol == ICMPV6 and layer.kind == "ipv6" and layer.icmp_type in _ND_TYPES:
        # Routers forward none of these, whatever their addresses (RFC 4861, RFC 3810).
        return _ND_TYPES[layer.icmp_type]
    if not _stays_on_link(layer, broadcasts):
        return None
    if layer.protocol == UDP:
        return _GROUP_PORTS.get(layer.destination_port or 0, MULTICAST)
    return _PROTOCOLS.get(layer.protocol or 0, MULTICAST)


def may_be_background(version: int, address: int, broadcasts: Collection[int]) -> bool:
    """Return whether an address of either end keeps a packet on its link."""
    if version == 4:
        return address in broadcasts or _local_v4(IPv4Address(address))
    return _local_v6(IPv6Address(address))


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
    return DHCP if set(ports) <= _DHCP_PORTS and _stays_on_link(layer, ()) else None


def _stays_on_link(layer: Layer, broadcasts: Collection[int]) -> bool:
    """Return whether no router forwards a layer, by its addresses."""
    source, destination = layer.source or 0, layer.destination or 0
    if version_of(layer) == 4:
        to_everyone = destination in broadcasts
        return to_everyone or any(_local_v4(IPv4Address(a)) for a in (source, destination))
    return any(_local_v6(IPv6Address(address)) for address in (source, destination))


def _local_v4(address: IPv4Address) -> bool:
    everyone = address.is_multicast or int(address) in (0, 0xFFFFFFFF)
    return everyone or address.is_link_local


def _local_v6(address: IPv6Address) -> bool:
    return address.is_multicast or address.is_link_local or address.is_unspecified
