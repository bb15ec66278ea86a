"""Channels, specific flows, maintenance and tunnels from their elements."""

from collections.abc import Iterable
from itertools import product

from zonecheck.formats.build_attributes import build_attributes
from zonecheck.formats.context import Context, complete
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items, Table
from zonecheck.model.address import IPAddress
from zonecheck.model.channel import LOCAL_BREAKOUT_KIND, Channel, Leg, Maintenance, SpecificFlow
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.tunnel import OUTER_SERVICES, Tunnel

_NEEDED = ("from", "to", "service")
_SHORT_FORM = (*_NEEDED, "addressed_as")
_BOTH = 2


def build_channels(section: Table[str, Element] | None, context: Context) -> tuple[Channel, ...]:
    """Return the channels."""
    return tuple(_channel(name, element, context) for name, element in (section or {}).items())


def _channel(name: str, element: Element, context: Context) -> Channel:
    return Channel(
        id=name,
        kind=element["kind"],
        legs=_channel_legs(name, element, context),
        data=_data(element["data"], context),
        initiator=context.names.zone(element["initiator"]),
        clause=element["clause"],
        basis=element["basis"],
        note=element["note"],
        via=_via(element, context),
        source=element.source,
    )


def _via(element: Element, context: Context) -> tuple[str, ...]:
    """Return the waypoints, which local breakout must have, with a basis, and no other kind."""
    if element["kind"] == LOCAL_BREAKOUT_KIND:
        for key in ("via", "basis"):
            if not element.given(key):
                context.problems.add(element.source, "shape.missing-key", key=key, record="channel")
    elif element.given("via") and element["kind"] is not None:
        context.problems.add(element.source_of("via"), "channel.via", kind=element["kind"])
    nodes = element["via"] or ()
    found = [context.names.element(node, EndpointKind.HOST, EndpointKind.DEVICE) for node in nodes]
    return tuple(name for name in found if name is not None)


def _data(element: Element | None, context: Context) -> tuple[str, str] | None:
    if element is None:
        return None
    start, end = context.names.zone(element["from"]), context.names.zone(element["to"])
    return (start, end) if start and end else None


def _channel_legs(name: str, element: Element, context: Context) -> tuple[Leg, ...]:
    short = [key for key in _SHORT_FORM if element.given(key)]
    if element.given("legs"):
        for key in short:
            context.problems.add(element.source_of(key), "channel.both-forms", key=key)
        return tuple(leg for part in element["legs"] or () for leg in _legs(part, context))
    if not short:
        context.problems.add(element.source, "channel.no-legs", channel=name)
        return ()
    for key in _NEEDED:
        if key not in short:
            context.problems.add(element.source, "shape.missing-key", key=key, record="channel")
    return _legs(element, context)


def _legs(element: Element, context: Context) -> tuple[Leg, ...]:
    services = context.services.services(element["service"])
    origins = _endpoints(element["from"], context)
    destinations = _endpoints(element["to"], context)
    addressed_as = tuple(element["addressed_as"] or ())
    return tuple(
        Leg(origin, destination, services, addressed_as, element.source)
        for origin, destination in product(origins, destinations)
    )


def _endpoints(nodes: Iterable[object] | None, context: Context) -> list[EndpointRef]:
    found = [context.names.endpoint(node) for node in nodes or ()]  # type: ignore[arg-type]
    return [endpoint for endpoint in found if endpoint is not None]


def build_specific_flows(
    section: Table[str, Element] | None, context: Context
) -> tuple[SpecificFlow, ...]:
    """Return the specific flows; one with several ends makes a flow for every pair of them."""
    flows: list[SpecificFlow] = []
    for name, element in (section or {}).items():
        legs = _legs(element, context)
        for number, leg in enumerate(legs, 1):
            flows.append(
                SpecificFlow(
                    id=name if len(legs) == 1 else f"{name}#{number}",
                    origin=leg.origin,
                    destination=leg.destination,
                    services=leg.services,
                    addressed_as=leg.addressed_as,
                    bind=tuple(element["bind"] or ()),
                    clause=element["clause"],
                    note=element["note"],
                    source=element.source,
                )
            )
    return tuple(flows)


def build_maintenance(
    section: Table[str, Element] | None, context: Context
) -> tuple[Maintenance, ...]:
    """Return the entries of remote maintenance."""
    return tuple(
        Maintenance(
            id=name,
            legs=tuple(leg for part in element["legs"] or () for leg in _legs(part, context)),
            authentication=element["authentication"],
            encryption=element["encryption"],
            window=element["window"],
            clause=element["clause"],
            staff=element["users"] is True,
            attributes=build_attributes(element, context.names),
            source=element.source,
        )
        for name, element in (section or {}).items()
    )


def build_tunnels(section: Table[str, Element] | None, context: Context) -> tuple[Tunnel, ...]:
    """Return the tunnels."""
    found = (_tunnel(name, element, context) for name, element in (section or {}).items())
    return tuple(tunnel for tunnel in found if tunnel is not None)


def _tunnel(name: str, element: Element, context: Context) -> Tunnel | None:
    carries = context.names.element(element["carries"], EndpointKind.SEGMENT)
    kind: str | None = element["kind"]
    if kind is None:
        return None
    written: Items[IPAddress] | None = element["ends"]
    ends: Items[IPAddress] = written or Items.of([])
    if not OUTER_SERVICES[kind]:
        if element.given("ends"):
            context.problems.add(element.source_of("ends"), "tunnel.no-ends", kind=kind)
    elif not element.given("ends"):
        context.problems.add(element.source, "shape.missing-key", key="ends", record="tunnel")
    elif complete(element, "ends") and len(set(ends)) != _BOTH:
        context.problems.add(element.source_of("ends"), "tunnel.two-ends", found=len(set(ends)))
    elif len({end.version for end in ends}) > 1:
        context.problems.add(element.source_of("ends"), "tunnel.versions")
    if carries is None:
        return None
    return Tunnel(name, kind, carries, tuple(ends), element.source)
