"""Words for what networks have and this format does not describe yet."""

from zonecheck.model.message import Message

_WORDS = frozenset(
    {
        "nat",
        "snat",
        "dnat",
        "port_forwarding",
        "vrrp",
        "hsrp",
        "virtual_ip",
        "ha",
        "cluster",
        "tunnels",
        "tunnel",
        "vpn",
        "ipsec",
        "vxlan",
        "ssids",
        "ssid",
        "wireless",
        "access_points",
        "hypervisors",
        "hypervisor",
        "virtual_machines",
        "vms",
        "vswitches",
        "span",
        "mirror",
        "lag",
        "port_channels",
        "stack",
        "ospf",
        "bgp",
        "dynamic_routing",
        "policy_routes",
        "management_plane",
        "dhcp_relay",
        "proxy_arp",
        "private_vlan",
        "distance",
        "dot1x",
        "guest_vlan",
        "fqdn",
        "schedule",
        "application",
        "datastores",
        "storage",
    }
)


def unmodelled(word: str) -> Message | None:
    """Return the hint that a word is understood but not modelled, None for other words."""
    return Message.of("hint.not-modelled", word=word) if word in _WORDS else None
