"""What a flow of a capture is as a header of the model, and what it may be where it was cut."""

from ipaddress import IPv4Address, IPv6Address

from zonecheck.capture.read import Layer
from zonecheck.packets import (
    FLAG_ESTABLISHED,
    FLAG_NEW,
    ICMP_OF,
    TCP,
    Header,
    PacketSet,
    PacketSpace,
)
from zonecheck.packets.field import PORT_PROTOCOLS

_FLAGS = {"opening": FLAG_NEW, "established": FLAG_ESTABLISHED}


def version_of(layer: Layer) -> int | None:
    """Return 4 or 6 for an IP layer, None for any other."""
    return {"ipv4": 4, "ipv6": 6}.get(layer.kind)


def header_of(layer: Layer) -> Header | None:
    """Return the header of an IP layer, None if the capture does not show all of it."""
    version = version_of(layer)
    shown = layer.source is not None and layer.destination is not None
    if version is None or not shown or layer.protocol is None:
        return None
    source, destination, protocol = layer.source or 0, layer.destination or 0, layer.protocol
    if protocol == ICMP_OF[version]:
        if layer.icmp_type is None:
            return None
        return Header(version, destination, source, protocol, layer.icmp_type)
    if protocol not in PORT_PROTOCOLS:
        return Header(version, destination, source, protocol)
    if layer.source_port is None or layer.destination_port is None:
        return None
    ports = layer.destination_port, layer.source_port
    if protocol != TCP:
        return Header(version, destination, source, protocol, *ports)
    flag = _FLAGS.get(layer.flag or "")
    return None if flag is None else Header(version, destination, source, protocol, *ports, flag)


def completions(space: PacketSpace, layer: Layer) -> PacketSet:
    """Return every header an IP layer may have been, with all that the capture shows of it."""
    version = version_of(layer)
    if version is None:
        return space.empty

    def exactly(value: int | None) -> list[tuple[int, int]] | None:
        return None if value is None else [(value, value)]

    first = layer.destination_port if layer.icmp_type is None else layer.icmp_type
    possible = space.box(
        version,
        dst=exactly(layer.destination),
        src=exactly(layer.source),
        protocols=exactly(layer.protocol),
        dst_ports=exactly(first),
        src_ports=exactly(layer.source_port),
    )
    return possible.whole


def shown_address(version: int, address: int) -> str:
    """Return an address as people write it."""
    return str(IPv4Address(address) if version == 4 else IPv6Address(address))


def shown_mac(mac: int) -> str:
    """Return a MAC address as people write it."""
    digits = f"{mac:012x}"
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))
