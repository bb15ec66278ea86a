"""Devices from their elements, once their interfaces and ports are known."""

from zonecheck.formats.address_terms import AddressTerms
from zonecheck.formats.build_attributes import build_attributes
from zonecheck.formats.build_config import read_config
from zonecheck.formats.build_filters import FilterBuilder
from zonecheck.formats.build_nat import NatBuilder
from zonecheck.formats.build_routes import RouteBuilder
from zonecheck.formats.build_standby import StandbyBuilder
from zonecheck.formats.check_kinds import check_kind
from zonecheck.formats.context import Context
from zonecheck.formats.device_schema import ORIGINAL
from zonecheck.formats.labels import InterfaceLabels
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.record import Element
from zonecheck.model.device import Device, DeviceKind, L3Interface, Opening, Span, SwitchPort
from zonecheck.model.endpoint import EndpointKind


def build_device(
    name: str,
    element: Element,
    interfaces: tuple[L3Interface, ...],
    ports: dict[str, SwitchPort],
    terms: AddressTerms,
    context: Context,
) -> Device:
    """Return a device whose interfaces are known."""
    kind: DeviceKind = element["kind"]
    if kind is not None:
        check_kind(name, kind, element, context)
    labels = InterfaceLabels(name, interfaces, context)
    filters = FilterBuilder(name, labels, terms, context)
    nat = NatBuilder(interfaces, labels, terms, context)
    routes = RouteBuilder(name, interfaces, element["interfaces"] or {}, context)
    management = filters.management(element)
    policy = filters.policy(element, kind)
    translations = nat.rules(element["nat"])
    also_forwards = tuple(element["also_forwards"] or ())
    digests: tuple[str, ...] = ()
    if element["config"] is not None and kind is not None:
        read = read_config(name, kind, element, interfaces, context)
        policy = read.policy
        also_forwards += read.also_forwards
        digests = read.digests
        translations = translations if element.given("nat") else read.nat
        management = management if element.given("management") else read.management
    if management is None and not any(interface.addresses for interface in interfaces):
        management = ()
    return Device(
        id=name,
        kind=kind,
        interfaces=interfaces,
        ports=tuple(ports.values()),
        routes=() if _has_no_routes(kind, element) else routes.routes(element["routes"]),
        policy=policy,
        filters=filters.named(element),
        management=management,
        opens=_opens(element, context),
        also_forwards=also_forwards,
        config_digests=digests,
        nat=translations,
        policy_sees_original=element["policy_sees"] == ORIGINAL,
        policy_routes=routes.policy_routes(element["policy_routes"], labels, terms),
        spans=_spans(name, element, ports, context),
        standby=StandbyBuilder(element, filters, routes, nat).members(),
        non_ip=element["non_ip"],
        zones=context.names.zone_list(element["zones"]),
        attributes=build_attributes(element, context.names),
        note=element["note"],
        source=element.source,
    )


def _opens(element: Element, context: Context) -> tuple[Opening, ...]:
    found: list[Opening] = []
    for part in element["opens"] or ():
        services = context.services.services(part["service"])
        for node in part["to"] or ():
            to = context.names.endpoint(node)
            if to is not None:
                found.append(Opening(to, services, part.source))
    return tuple(found)


def _has_no_routes(kind: DeviceKind | None, element: Element) -> bool:
    """Return whether a device forwards nothing by routes, so that none are undeclared."""
    return kind is not None and kind.filters_frames and not element.given("routes")


def _spans(
    name: str, element: Element, ports: dict[str, SwitchPort], context: Context
) -> tuple[Span, ...]:
    found: list[Span] = []
    for part in element["span"] or ():
        to = context.names.element(part["to"], EndpointKind.HOST)
        port: str | None = part["from"]
        if part.given("from") == part.given("vlan"):
            context.problems.add(part.source, "span.one-place", device=name)
        elif port is not None and port not in ports:
            context.problems.add(
                part.source_of("from"),
                "span.unknown-port",
                text=port,
                owner=name,
                known=listed(ports),
                hint=did_you_mean(port, ports),
            )
        elif to is not None and (port is not None or part["vlan"] is not None):
            found.append(Span(to, port, part["vlan"], part.source))
    return tuple(found)
