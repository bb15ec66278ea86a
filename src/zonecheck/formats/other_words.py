"""Words for what networks have: those of this format by another name, and those it lacks yet."""

from collections.abc import Collection

from zonecheck.model.message import Message

_SAME = {
    "snat": "nat",
    "dnat": "nat",
    "port_forwarding": "nat",
    "static_nat": "nat",
    "hsrp": "vrrp",
    "virtual_ip": "vrrp",
    "cluster": "ha",
    "standby": "ha",
    "failover": "ha",
    "mirror": "span",
    "mirrors": "span",
    "spans": "span",
    "pbr": "policy_routes",
    "metric": "distance",
    "preference": "distance",
    "guest_vlan": "dot1x",
    "critical_vlan": "dot1x",
    "tunnel": "tunnels",
    "vpn": "tunnels",
    "ipsec": "tunnels",
    "vxlan": "tunnels",
    "ssid": "ssids",
    "wireless": "ssids",
    "access_points": "ssids",
    "hypervisor": "hypervisors",
    "virtual_machines": "hypervisors",
    "vms": "hypervisors",
    "vswitches": "hypervisors",
    "datastore": "datastores",
    "storage": "datastores",
    "oob": "out_of_band",
    "management_plane": "out_of_band",
    "waiver": "waivers",
    "exceptions": "waivers",
    "until": "expires",
    "app": "application",
    "country": "geo",
    "domain": "fqdn",
    "time": "schedule",
    "proxy_arp": "also_forwards",
    "directed_broadcast": "also_forwards",
    "ip_source_route": "also_forwards",
    "source_routing": "also_forwards",
    "multicast_routing": "also_forwards",
    "pim": "also_forwards",
}
_SAME_VALUE = {
    **dict.fromkeys(("allow", "accept", "pass", "許可"), "permit"),
    **dict.fromkeys(("block", "drop", "reject", "discard", "拒否", "破棄"), "deny"),
    **dict.fromkeys(("switch", "スイッチ"), "l2-switch"),
}
_MISSING = frozenset(
    {
        "lag",
        "port_channels",
        "stack",
        "ospf",
        "bgp",
        "dynamic_routing",
        "dhcp_relay",
        "private_vlan",
    }
)


def meant_by(word: str, allowed: Collection[str]) -> Message | None:
    """Return the hint which allowed key a word means, or that it is not modelled; else None."""
    if _SAME.get(word) in allowed:
        return Message.of("hint.use-key", key=_SAME[word])
    return Message.of("hint.not-modelled", word=word) if word in _MISSING else None


def value_meant_by(word: str, allowed: Collection[str]) -> Message | None:
    """Return the hint which allowed word another tool's word means, None if it means none."""
    best = _SAME_VALUE.get(word.casefold())
    return Message.of("hint.write-instead", text=best) if best in allowed else None
