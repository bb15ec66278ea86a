"""A flow of a capture in one line, the same in every language."""

from zonecheck.capture.read import Layer
from zonecheck.capture.seen_headers import shown_address, shown_mac, version_of
from zonecheck.model.service import PROTOCOL_NAMES

_OPERATIONS = {1: "who-has", 2: "is-at"}


def ends_text(layer: Layer) -> str:
    """Return protocol and ends of a flow: `tcp 10.0.0.1:1024 -> 10.0.0.2:443`."""
    version = version_of(layer)
    if layer.kind == "arp":
        return _arp(layer)
    if version is None:
        return layer.link_protocol or f"? ({layer.undecided})"
    name = "?" if layer.protocol is None else PROTOCOL_NAMES.get(layer.protocol, "")
    name = name or f"proto/{layer.protocol}"
    if layer.icmp_type is not None:
        name += f"/{layer.icmp_type}"
    if layer.fragment == "later":
        name += " fragment"
    source = _end(version, layer.source, layer.source_port)
    destination = _end(version, layer.destination, layer.destination_port)
    flag = " established" if layer.flag == "established" else ""
    return f"{name} {source} -> {destination}{flag}"


def tunnel_path(layer: Layer) -> str:
    """Return the tunnels around a layer, outermost first, with their ends."""
    if layer.tunnel is None:
        return ""
    around = tunnel_path(layer.tunnel.outer)
    here = f"{layer.tunnel.encapsulation} ({ends_text(layer.tunnel.outer)})"
    return f"{around} / {here}" if around else here


def _end(version: int, address: int | None, port: int | None) -> str:
    shown = "?" if address is None else shown_address(version, address)
    if port is None:
        return shown
    return f"[{shown}]:{port}" if version == 6 else f"{shown}:{port}"


def _arp(layer: Layer) -> str:
    if layer.arp is None:
        return "arp"
    sender = _end(4, layer.source, None)
    target = _end(4, layer.destination, None)
    name = _OPERATIONS.get(layer.arp.operation, str(layer.arp.operation))
    return f"arp {name} {sender} ({shown_mac(layer.arp.sender_mac)}) -> {target}"
