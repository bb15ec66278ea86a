"""External networks from their elements."""

from zonecheck.formats.build_attributes import build_attributes
from zonecheck.formats.context import Context
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Table
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.external import External, ExternalEdge, Peer


def build_externals(section: Table[str, Element] | None, context: Context) -> tuple[External, ...]:
    """Return the external networks."""
    return tuple(_external(name, element, context) for name, element in (section or {}).items())


def _external(name: str, element: Element, context: Context) -> External:
    edges = [_edge(name, edge, part, context) for edge, part in (element["edges"] or {}).items()]
    peers = [_peer(name, peer, part, context) for peer, part in (element["peers"] or {}).items()]
    gateways = [context.names.element(n, EndpointKind.DEVICE) for n in element["gateways"] or ()]
    return External(
        id=name,
        edges=tuple(edge for edge in edges if edge is not None),
        openness=element["openness"],
        zone_tag=context.names.zone(element["zone"]),
        prefixes=tuple(element["prefix"] or ()),
        peers=tuple(peers),
        basis=element["basis"],
        role=element["role"],
        gateways=tuple(dict.fromkeys(name for name in gateways if name is not None)),
        scope=element["scope"],
        attributes=build_attributes(element, context.names),
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
        public_body=element["public_body"],
        operator=element["operator"],
        legal_basis=element["legal_basis"],
        attributes=build_attributes(element, context.names),
        source=element.source,
    )


def _edge(external: str, name: str, element: Element, context: Context) -> ExternalEdge | None:
    segment = context.names.element(element["segment"], EndpointKind.SEGMENT)
    context.claim(element["ip"], f"{external}/{name}", segment)
    if segment is None:
        return None
    return ExternalEdge(
        id=name,
        segment=segment,
        addresses=tuple(element["ip"] or ()),
        purpose=element["purpose"],
        line=element["line"],
        owner=element["owner"],
        macs=context.claimed_macs(element, external),
        attributes=build_attributes(element, context.names),
        source=element.source,
    )
