"""What one packet says about itself: its layers, each the key of a one-way flow."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["ipv4", "ipv6", "arp", "other"]
"""What a layer is, as the network routes or floods it."""

Flag = Literal["opening", "established", "neither"]
"""A TCP segment: SYN without ACK and RST, ACK or RST, or none of these."""

Fragment = Literal["whole", "first", "later"]
"""Which part of its IP packet a layer is."""

Undecided = Literal["link", "addresses", "protocol", "ports", "icmp", "flag", "tunnel"]
"""The first thing a packet does not show, from the outside inwards."""


@dataclass(frozen=True, slots=True)
class Arp:
    """What an ARP message for IPv4 over Ethernet says beside its two protocol addresses."""

    operation: int
    sender_mac: int
    target_mac: int


@dataclass(frozen=True, slots=True)
class Tunnel:
    """What a layer was found inside.

    `encapsulation` is `ipip`, `6in4`, `4in6`, `6in6`, `gre`, `gretap`, `pptp`, `erspan`, `vxlan`,
    `geneve`, `etherip` or `ah` (IPv4 only), with `:` and the number of the tunnel where it has one
    (GRE key, PPTP call, VXLAN and Geneve network, ERSPAN session).
    """

    encapsulation: str
    outer: "Layer"


@dataclass(frozen=True, slots=True)
class Layer:
    """The key of a one-way flow: two packets are of one flow if all of this is equal.

    MAC addresses are 48-bit numbers, IP addresses 32-bit or 128-bit ones by `kind`. For ARP,
    `source` and `destination` are the sender's and the target's protocol address. `None` is what
    the packet does not have or does not show; in the latter case `undecided` names the first thing
    that is not known, and what comes after it in the packet is not known either.
    """

    interface: int
    source_mac: int | None = None
    destination_mac: int | None = None
    vlans: tuple[int, ...] = ()
    """VLAN numbers, outermost first; priority tags (VLAN 0) are not among them."""
    wrapped: tuple[str, ...] = ()
    """Wrappers between link and network header: `pppoe:17`, `mpls:100/200`."""
    kind: Kind = "other"
    link_protocol: str | None = None
    """For `other`: `ethertype:0x88cc`, `llc:0x4242`, `snap:0x00000c:0x2000`, `ppp:0xc021`, ..."""
    source: int | None = None
    destination: int | None = None
    protocol: int | None = None
    """IP protocol after any IPv6 extension headers."""
    source_port: int | None = None
    destination_port: int | None = None
    icmp_type: int | None = None
    icmp_code: int | None = None
    flag: Flag | None = None
    fragment: Fragment = "whole"
    arp: Arp | None = None
    tunnel: Tunnel | None = None
    undecided: Undecided | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one packet adds to the flow of one of its layers.

    `payload` counts octets above the transport header as the IP header states them, captured or
    not; `fragment_id` is the identification of a fragmented IP packet, else `None`; `tcp_at` is
    where in the frame its TCP header begins, if it has a whole one.
    """

    tcp_flags: int = 0
    payload: int = 0
    fragment_id: int | None = None
    tcp_at: int | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """All layers of one packet, outermost first, never none; `shares` runs parallel to them."""

    layers: tuple[Layer, ...]
    weird: tuple[str, ...]
    shares: tuple[Share, ...]
