"""Translation tables and policy routes of devices."""

from ipaddress import ip_address

from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device, PolicyRoute
from zonecheck.model.filter import AddressMatch
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.strategies.addresses import draw_match, draw_range
from zonecheck.strategies.choice import Chooser
from zonecheck.strategies.services import draw_services

PUBLIC = tuple(
    AddressRange(ip_address(low), ip_address(high))
    for low, high in (
        ("192.0.2.1", "192.0.2.1"),
        ("203.0.113.7", "203.0.113.7"),
        ("192.0.2.4", "192.0.2.7"),
        ("2001:db8::7", "2001:db8::7"),
    )
)


def draw_nat(
    choose: Chooser, near: tuple[AddressRange, ...], interfaces: tuple[str, ...]
) -> tuple[NatRule, ...]:
    """Return a table of a few translations between what is named and what is not."""
    return tuple(
        choose.part(_rule, choose, f"nat-{number}", near, interfaces)
        for number in range(choose.pick((1, 1, 2, 3)))
    )


def _rule(
    choose: Chooser, name: str, near: tuple[AddressRange, ...], interfaces: tuple[str, ...]
) -> NatRule:
    kind = choose.pick((DESTINATION_NAT, SOURCE_NAT))
    shape = choose.below(8)
    into = choose.some(interfaces) if choose.chance(4) else ()
    out = choose.some(interfaces) if kind == SOURCE_NAT and choose.chance(4) else ()
    services = draw_services(choose, established=False) if choose.chance() else ()
    if shape == 7:
        return NatRule(name, kind, draw_match(choose, near), in_interfaces=into)
    inside = draw_range(choose, near, version=None)
    outside = choose.pick([item for item in PUBLIC if item.version == inside.version])
    if shape == 6:
        return _one_to_one(name, kind, inside, outside, into, out)
    if kind == SOURCE_NAT:
        pool = (outside,) if choose.usually() else (draw_range(choose, near),)
        sources = AddressMatch((inside,)) if choose.usually() else AddressMatch()
        return NatRule(name, kind, sources, AddressMatch(), services, into, out, pool)
    target = AddressRange.of_address(inside.low if choose.usually() else inside.high)
    published = AddressMatch((outside if choose.usually() else draw_range(choose, near),))
    port = choose.pick((80, 443, 8443)) if choose.chance(3) else None
    return NatRule(
        name,
        kind,
        destinations=published,
        services=services,
        in_interfaces=into,
        destination_to=target,
        port_to=port,
    )


def _one_to_one(
    name: str,
    kind: str,
    inside: AddressRange,
    outside: AddressRange,
    into: tuple[str, ...],
    out: tuple[str, ...],
) -> NatRule:
    """Return a rule between the first addresses of both ranges, as many as the smaller has."""
    size = min(int(inside.high) - int(inside.low), int(outside.high) - int(outside.low))
    inner = AddressRange(inside.low, inside.low + size)
    outer = AddressRange(outside.low, outside.low + size)
    if kind == SOURCE_NAT:
        return NatRule(
            name,
            kind,
            AddressMatch((inner,)),
            in_interfaces=into,
            out_interfaces=out,
            source_to=(outer,),
            one_to_one=True,
        )
    return NatRule(
        name,
        kind,
        destinations=AddressMatch((outer,)),
        in_interfaces=into,
        destination_to=inner,
        one_to_one=True,
    )


def draw_policy_routes(
    choose: Chooser, near: tuple[AddressRange, ...], device: Device
) -> tuple[PolicyRoute, ...]:
    """Return one or two policy routes, to neighbours of the device or onto a link."""
    found = []
    names = tuple(interface.id for interface in device.interfaces)
    hops = [item.low for item in near if _is_neighbour(device, item)]
    for number in range(choose.pick((1, 1, 2))):
        hop = choose.pick(hops) if hops and choose.usually() else None
        found.append(
            PolicyRoute(
                f"pbr-{number}",
                draw_match(choose, near),
                draw_match(choose, near),
                draw_services(choose, established=False) if choose.chance() else (),
                choose.some(names) if choose.chance(3) else (),
                hop,
                choose.pick(names) if hop is None else None,
            )
        )
    return tuple(found)


def _is_neighbour(device: Device, item: AddressRange) -> bool:
    return item.low == item.high and any(
        item.low in address.network and item.low != address.ip
        for interface in device.interfaces
        for address in interface.addresses
    )
