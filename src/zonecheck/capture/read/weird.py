"""Codes of what is wrong inside a packet that could be read: counted and named, never fatal.

The idea is Zeek's. Each code is worded where reports are worded; here is the closed list.
"""

from typing import Final

TRUNCATED_LINK: Final = "truncated-ethernet"
"""The frame ends, on the wire, before its link header does."""
TRUNCATED_ARP: Final = "truncated-arp"
TRUNCATED_IP: Final = "truncated-ip"
"""The frame ends, on the wire, before its IP header (or IPv6 extension header) does."""
TRUNCATED_TRANSPORT: Final = "truncated-transport"
"""The IP packet ends before ports, ICMP type or TCP flags."""
TRUNCATED_WRAPPER: Final = "truncated-wrapper"
"""The frame ends within an MPLS stack or a PPPoE or PPP header."""
TRUNCATED_TUNNEL: Final = "truncated-tunnel"
"""The IP packet ends within the header of a tunnel."""
UNUSUAL_ARP: Final = "unusual-arp"
"""ARP for something else than IPv4 over Ethernet."""
WRONG_IP_VERSION: Final = "wrong-ip-version"
"""What stands where an IP packet is announced has another version."""
BAD_IP_HEADER_LENGTH: Final = "bad-ip-header-length"
"""An IPv4 header that says it is shorter than 20 octets."""
IP_LENGTH_BELOW_HEADER: Final = "ip-length-below-header"
"""A total length, not zero, below the header's own."""
IP_LENGTH_BEYOND_FRAME: Final = "ip-length-beyond-frame"
"""A total length beyond the end of the frame as it was on the wire."""
BAD_TCP_HEADER_LENGTH: Final = "bad-tcp-header-length"
TINY_FRAGMENT: Final = "tiny-fragment"
"""A first fragment without the whole of ports and flags, or one that would overwrite the flags."""
LONG_FRAGMENT: Final = "fragment-beyond-packet"
"""A fragment that ends beyond 65,535 octets of its packet."""
NESTED_TOO_DEEP: Final = "nested-too-deep"
"""More tunnels in each other than are followed."""

CODES: Final = frozenset(
    {
        TRUNCATED_LINK,
        TRUNCATED_ARP,
        TRUNCATED_IP,
        TRUNCATED_TRANSPORT,
        TRUNCATED_WRAPPER,
        TRUNCATED_TUNNEL,
        UNUSUAL_ARP,
        WRONG_IP_VERSION,
        BAD_IP_HEADER_LENGTH,
        IP_LENGTH_BELOW_HEADER,
        IP_LENGTH_BEYOND_FRAME,
        BAD_TCP_HEADER_LENGTH,
        TINY_FRAGMENT,
        LONG_FRAGMENT,
        NESTED_TOO_DEEP,
    }
)
