"""Segments and external networks from their elements."""

from collections.abc import Mapping

from zonecheck.formats.context import Context
from zonecheck.formats.names import Names
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Table
from zonecheck.model.device import DeviceKind
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.external import External, ExternalEdge, Peer
from zonecheck.model.segment import Segment

Devices = Mapping[str, Element]


def build_segments(
    section: Table[str, Element] | None, devices: Devices, names: Names, problems: Problems
) -> dict[str, Segment]:
    """Return the segments by id."""
    return {
        name: _segment(name, element, devices, names, problems)
        for name, element in (section or {}).items()
    }


def _segment(
    name: str, element: Element, devices: Devices, names: Names, problems: Problems
) -> Segment:
    if element["switches"] and not element.given("vlan"):
        problems.add(element.source_of("switches"), "segment.switches-without-vlan", segment=name)
    switches: list[str] = []
    for node in element["switches"] or ():
        switch = names.element(node, EndpointKind.DEVICE)
        kind = devices[switch]["kind"] if switch is not None and switch in devices else None
        if isinstance(kind, DeviceKind) and not kind.bridges:
            problems.add(node.source, "segment.not-a-switch", text=node.text, found=kind.value)
        elif switch is not None:
            switches.append(switch)
    return Segment(
        id=name,
        zone=names.zone(element["zone"]),
        vlan=element["vlan"],
        prefixes=tuple(element["prefix"] or ()),
        switches=tuple(dict.fromkeys(switches)),
        ip_source_guard=element["ip_source_guard"],
        port_security=element["port_security"],
        note=element["note"],
        source=element.source,
    )


def build_externals(section: Table[str, Element] | None, context: Context) -> tuple[External, ...]:
    """Return the external networks."""
    return tuple(_external(name, element, context) for name, element in (section or {}).items())


def _external(name: str, element: Element, context: Context) -> External:
    edges = [_edge(name, edge, part, context) for edge, part in (element["edges"] or {}).items()]
    peers = [_peer(name, peer, part, context) for peer, part in (element["peers"] or {}).items()]
    return External(
        id=name,
        edges=tuple(edge for edge in edges if edge is not None),
        openness=element["openness"],
        zone_tag=context.names.zone(element["zone"]),
        prefixes=tuple(element["prefix"] or ()),
        peers=tuple(peers),
        basis=element["basis"],
        note=element["note"],
        source=element.source,
    )


def _peer(external: str, name: str, element: Element, context: Context) -> Peer:
    context.claim(element["ip"], f"{external}/{name}", None)
    return Peer(
        id=name,
        addresses=tuple(element["ip"] or ()),
        internet_connected=element["internet_connected"],
        basis=element["basis"],
        source=element.source,
    )


def _edge(external: str, name: str, element: Element, context: Context) -> ExternalEdge | None:
    segment = context.names.element(element["segment"], EndpointKind.SEGMENT)
    context.claim(element["ip"], f"{external}/{name}", segment)
    if segment is None:
        return None
    return ExternalEdge(name, segment, tuple(element["ip"] or ()), source=element.source)
