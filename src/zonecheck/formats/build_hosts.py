"""Hosts from their elements."""

from zonecheck.formats.build_attributes import build_attributes
from zonecheck.formats.context import Context, check_next_hop
from zonecheck.formats.host_schema import CARD_KEYS
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items, Table
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.host import (
    TWO_SIDED_ROLES,
    Host,
    HostInterface,
    HostRoute,
    Listens,
    RelayService,
    Side,
)
from zonecheck.model.link import LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.source import Source

SHORT_FORM = "eth0"


def build_hosts(section: Table[str, Element] | None, context: Context) -> tuple[Host, ...]:
    """Return the hosts."""
    return tuple(_host(name, element, context) for name, element in (section or {}).items())


def _host(name: str, element: Element, context: Context) -> Host:
    interfaces = _interfaces(name, element, context)
    _check_sides(name, element, context)
    _check_both_sides(name, element, context)
    if element["ip_forward"] is False and element.given("routes"):
        context.problems.add(
            element.source_of("routes"), "host.routes-without-forwarding", host=name
        )
    return Host(
        id=name,
        interfaces=interfaces,
        role=element["role"],
        count=element["count"],
        zones=context.names.zone_list(element["zones"]),
        ip_forward=element["ip_forward"],
        routes=_routes(name, element, interfaces, context),
        relays=element["relay"] is None,
        relay_basis=element["relay_basis"],
        basis=element["basis"],
        services=tuple(_service(part, context) for part in element["services"] or ()),
        fax=element["fax"],
        attributes=build_attributes(element, context.names),
        note=element["note"],
        source=element.source,
    )


def _interfaces(name: str, element: Element, context: Context) -> tuple[HostInterface, ...]:
    short = [key for key in CARD_KEYS if element.given(key)]
    if element.given("interfaces"):
        for key in short:
            context.problems.add(element.source_of(key), "host.both-forms", host=name, key=key)
        cards = element["interfaces"] or {}
        return tuple(_interface(name, card, part, context) for card, part in cards.items())
    if not short and not element.has_strays:
        context.problems.add(element.source, "host.no-interface", host=name)
    if not short:
        return ()
    return (_interface(name, SHORT_FORM, element, context),)


def _interface(host: str, name: str, element: Element, context: Context) -> HostInterface:
    segment = context.names.element(element["segment"], EndpointKind.SEGMENT)
    owner = host if name == SHORT_FORM else f"{host}/{name}"
    context.claim(element["ip"], owner, segment)
    if element["mac"] is not None:
        context.claim_mac(element["mac"], owner, element.source_of("mac"))
    if not element.given("segment") and not element.has_strays:
        context.unplaced[LinkEnd(host, name)] = element.source
    return HostInterface(
        id=name,
        segment=segment,
        addresses=tuple(element["ip"] or ()),
        mac=element["mac"],
        side=element["side"] if "side" in element.values else None,
        listens=_listens(element, context),
        source=element.source,
    )


def _listens(element: Element, context: Context) -> Listens | None:
    written = element["listens"]
    if written is None:
        return None
    source = element.source_of("listens")
    if isinstance(written, Element):
        return Listens(context.services.services(written["services"]), written["basis"], source)
    return Listens(context.services.services(written), None, source)


def _check_sides(name: str, element: Element, context: Context) -> None:
    role = element["role"]
    if role in TWO_SIDED_ROLES:
        return
    meant = next((known for known in TWO_SIDED_ROLES if _letters(known) == _letters(role)), None)
    if meant is not None:
        hint = Message.of("hint.did-you-mean", best=meant)
        context.problems.add(
            element.source_of("role"), "host.role-misspelt", role=role, meant=meant, hint=hint
        )
        return
    places: list[tuple[str, Source]] = [
        ("side", part.source_of("side"))
        for part in (element["interfaces"] or {}).values()
        if part.given("side")
    ]
    if element.given("services"):
        places.append(("services", element.source_of("services")))
    for key, source in places:
        roles = ", ".join(sorted(TWO_SIDED_ROLES))
        context.problems.add(
            source, "host.needs-two-sided-role", host=name, key=key, role=role, roles=roles
        )


def _check_both_sides(name: str, element: Element, context: Context) -> None:
    """Report services between two sides of a host all of whose interfaces are on one.

    Several interfaces may be on the same side; one without a side may yet be on the other.
    """
    parts = list((element["interfaces"] or {}).values())
    if element["role"] not in TWO_SIDED_ROLES or not element["services"] or len(parts) < 2:
        return
    sides = {part["side"] for part in parts}
    (side, *others) = sides
    if others or not isinstance(side, Side):
        return
    context.problems.add(
        parts[-1].source_of("side"),
        "host.one-side",
        host=name,
        side=side.value,
        other=side.other.value,
    )


def _letters(role: str) -> str:
    """Return a role without what spellings of one word differ in."""
    return "".join(filter(str.isalnum, role.casefold())).replace("z", "s")


def _routes(
    name: str, element: Element, interfaces: tuple[HostInterface, ...], context: Context
) -> tuple[HostRoute, ...] | None:
    routes: Items[Element] | None = element["routes"]
    if routes is None:
        return None
    known = [interface.id for interface in interfaces]
    segments = [context.segments[i.segment] for i in interfaces if i.segment is not None]
    connected = [prefix for segment in segments for prefix in segment.prefixes]
    sure = not any(segment.id in context.unsure for segment in segments)
    found: list[HostRoute] = []
    for route in routes:
        if route.given("via") == route.given("interface"):
            context.problems.add(route.source, "route.one-way", keys="via, interface")
            continue
        written: ScalarNode | None = route["interface"]
        interface = context.names.interface(written, known, name)
        if route["to"] is None or not (route["via"] or interface):
            continue
        if route["via"]:
            source = route.source_of("via")
            check_next_hop(context, route["to"], route["via"], connected if sure else None, source)
        found.append(HostRoute(route["to"], route["via"], interface, route.source))
    return tuple(found)


def _service(element: Element, context: Context) -> RelayService:
    redirection: Element | None = element["redirection"]
    return RelayService(
        method=element["method"],
        data_from=element["data_from"],
        outer=context.services.services(element["outer"]),
        inner=context.services.services(element["inner"]),
        mail_mode=element["mail_mode"],
        file_mode=element["file_mode"],
        unsanitisable=element["unsanitisable"],
        redirection=tuple(
            (name, value)
            for name, value in (redirection.values if redirection else {}).items()
            if value is not None
        ),
        reverse_blocked=element["reverse_blocked"],
        source=element.source,
    )
