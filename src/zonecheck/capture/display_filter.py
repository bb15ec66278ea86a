"""A flow as a display filter of Wireshark, to look at the packets a report names."""

from zonecheck.capture.read import Layer
from zonecheck.capture.seen_headers import shown_address, shown_mac, version_of

_PORTS = {6: "tcp", 17: "udp", 132: "sctp"}


def display_filter(layer: Layer) -> str:
    """Return a filter that shows the packets of a flow, and few others.

    A packet with headers in headers matches by any of them, as display filters do.
    """
    terms = [*_frame(layer), *_network(layer), *_transport(layer)]
    return " && ".join(terms) or "frame"


def _frame(layer: Layer) -> list[str]:
    terms = []
    if layer.source_mac is not None:
        terms.append(f"eth.src == {shown_mac(layer.source_mac)}")
    if layer.tunnel is None:
        terms += [f"vlan.id == {vlan}" for vlan in layer.vlans]
    if layer.kind == "other" and layer.link_protocol is not None:
        name, _, value = layer.link_protocol.partition(":")
        if name == "ethertype":
            terms.append(f"eth.type == {value}")
        elif name == "llc":
            terms.append("llc")
    return terms


def _network(layer: Layer) -> list[str]:
    if layer.kind == "arp":
        found = [("arp.src.proto_ipv4", layer.source), ("arp.dst.proto_ipv4", layer.destination)]
        return [f"{name} == {shown_address(4, a)}" for name, a in found if a is not None] or ["arp"]
    version = version_of(layer)
    if version is None:
        return []
    name = "ip" if version == 4 else "ipv6"
    ends = [(f"{name}.src", layer.source), (f"{name}.dst", layer.destination)]
    terms = [f"{key} == {shown_address(version, a)}" for key, a in ends if a is not None]
    return [*terms, *_fragment(layer, name)]


def _fragment(layer: Layer, name: str) -> list[str]:
    """Return what tells a first fragment from later ones; Wireshark shows ports at the last."""
    offset = "ip.frag_offset" if name == "ip" else "ipv6.fraghdr.offset"
    more = "ip.flags.mf == 1" if name == "ip" else "ipv6.fraghdr.more == 1"
    if layer.fragment == "later":
        return [f"{offset} > 0"]
    return [more, f"{offset} == 0"] if layer.fragment == "first" else []


def _transport(layer: Layer) -> list[str]:
    if layer.protocol is None or version_of(layer) is None or layer.fragment != "whole":
        return []
    if layer.icmp_type is not None:
        name = "icmp" if layer.kind == "ipv4" else "icmpv6"
        return [f"{name}.type == {layer.icmp_type}"]
    name = _PORTS.get(layer.protocol, "")
    if name and layer.source_port is not None and layer.destination_port is not None:
        return [
            f"{name}.srcport == {layer.source_port}",
            f"{name}.dstport == {layer.destination_port}",
        ]
    field = "ip.proto" if layer.kind == "ipv4" else "ipv6.nxt"
    return [] if name else [f"{field} == {layer.protocol}"]
