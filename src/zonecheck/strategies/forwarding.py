"""What devices do with packets: routes, policies, filters, management, checks of sources."""

from dataclasses import replace

from zonecheck.model.address import AddressRange, IPAddress, IPNetwork
from zonecheck.model.device import (
    Device,
    DeviceKind,
    L3Interface,
    ManagementAccess,
    Opening,
    ReversePath,
    Route,
)
from zonecheck.model.filter import Filter
from zonecheck.strategies.addresses import FOREIGN, draw_match
from zonecheck.strategies.draft import DeviceDraft, Draft
from zonecheck.strategies.filters import draw_filter
from zonecheck.strategies.flows import endpoints
from zonecheck.strategies.services import draw_services

POLICY = "rules"
FILTERS = ("acl-a", "acl-b")
REVERSE_PATHS = (ReversePath.STRICT, ReversePath.LOOSE)


def finish_devices(draft: Draft) -> tuple[Device, ...]:
    """Return the devices, every address of the network being known."""
    near = draft.near()
    return tuple(draft.choose.part(_finish, draft, device, near) for device in draft.devices)


def _finish(draft: Draft, device: DeviceDraft, near: tuple[AddressRange, ...]) -> Device:
    choose, options = draft.choose, draft.options
    filters: tuple[Filter, ...] = ()
    if device.kind.forwards:
        filters = tuple(
            choose.part(
                draw_filter,
                choose,
                name,
                near,
                stateful=options.stateful and choose.chance(3),
                undeclared=options.undeclared,
            )
            for name in FILTERS[: choose.pick((0, 0, 1, 2))]
        )
        for interface in list(device.interfaces):
            _checks(draft, device, interface, filters)
    has_address = any(interface.addresses for interface in device.interfaces)
    return Device(
        id=device.id,
        kind=device.kind,
        interfaces=tuple(device.interfaces),
        ports=tuple(device.ports),
        routes=_routes(draft, device),
        policy=_policy(draft, device, near),
        filters=filters,
        management=_management(draft, device, near) if has_address else (),
        opens=_opens(draft) if has_address else (),
        zones=choose.some(options.zones) if choose.chance(3) else (),
    )


def _checks(
    draft: Draft, device: DeviceDraft, interface: L3Interface, filters: tuple[Filter, ...]
) -> None:
    choose = draft.choose
    sources: tuple[IPNetwork, ...] | None = None
    if choose.chance(8):
        own = draft.segment(interface.segment)
        first = own.prefixes if own is not None else ()
        foreign = choose.pick((FOREIGN[4], FOREIGN[6]))
        sources = (*first, *choose.some(foreign)) if choose.usually() else tuple(foreign[:1])
    device.replace_interface(
        interface.id,
        sources=sources,
        reverse_path=choose.pick(REVERSE_PATHS) if choose.chance(6) else None,
        filter_in=choose.pick(filters).id if filters and choose.chance() else None,
        filter_out=choose.pick(filters).id if filters and choose.chance(3) else None,
    )


def _policy(draft: Draft, device: DeviceDraft, near: tuple[AddressRange, ...]) -> Filter | None:
    choose, firewall = draft.choose, device.kind is DeviceKind.FIREWALL
    if not device.kind.forwards or (not firewall and choose.usually()):
        return None
    names = [interface.id for interface in device.interfaces]
    drawn = choose.part(
        draw_filter,
        choose,
        POLICY,
        near,
        names,
        max_rules=4,
        stateful=draft.options.stateful,
        undeclared=draft.options.undeclared,
    )
    return drawn if firewall or drawn.rules is not None else replace(drawn, rules=())


def _management(
    draft: Draft, device: DeviceDraft, near: tuple[AddressRange, ...]
) -> tuple[ManagementAccess, ...] | None:
    choose = draft.choose
    if draft.options.undeclared and choose.chance(4):
        return None
    names = tuple(interface.id for interface in device.interfaces)
    return tuple(
        ManagementAccess(
            draw_match(choose, near),
            draw_services(choose),
            choose.some(names) if choose.chance(3) else (),
        )
        for _ in range(choose.pick((0, 1, 1, 2)))
    )


def _opens(draft: Draft) -> tuple[Opening, ...]:
    choose = draft.choose
    if not choose.chance(4):
        return ()
    services = draw_services(choose, least=1, established=False)
    return (Opening(choose.pick(endpoints(draft)), services),)


def _routes(draft: Draft, device: DeviceDraft) -> tuple[Route, ...] | None:
    choose = draft.choose
    if not device.kind.forwards:
        return ()
    if choose.chance(5):
        return None
    found = (choose.part(_route, draft, device) for _ in range(choose.pick((0, 1, 1, 2, 3))))
    return tuple(route for route in found if route is not None)


def _route(draft: Draft, device: DeviceDraft) -> Route | None:
    choose = draft.choose
    if not device.interfaces:
        return None
    vrf = choose.pick(tuple({interface.vrf: None for interface in device.interfaces}))
    hops = _next_hops(draft, device, vrf)
    version = choose.pick(tuple({hop.version: None for hop in hops}) or (4,))
    prefix = _destination(draft, version)
    shape = choose.below(8)
    foreign = [interface.id for interface in device.interfaces if interface.vrf != vrf]
    if shape >= 5 and foreign:
        return Route(prefix, interface=choose.pick(foreign), vrf=vrf)
    if shape == 7:
        return Route(prefix, discard=True, vrf=vrf)
    usable = [hop for hop in hops if hop.version == version]
    if shape == 6 or not usable:
        return Route(prefix, interface=choose.pick(device.interfaces).id, vrf=vrf)
    first = choose.pick(usable)
    second = choose.pick(usable) if shape in (4, 5) else first
    return Route(prefix, tuple(dict.fromkeys((first, second))), vrf=vrf)


def _destination(draft: Draft, version: int) -> IPNetwork:
    """Return a prefix worth a route: a segment, an external network, all, a host, part of one."""
    choose = draft.choose
    named = [p for s in draft.segments for p in s.prefixes if p.version == version]
    named += [p for x in draft.externals for p in x.prefixes if p.version == version]
    everything = FOREIGN[version][-1].supernet(new_prefix=0)
    shape = choose.below(8)
    if shape <= 3 and named:
        return choose.pick(named)
    if shape == 4 and named:
        prefix = choose.pick(named)
        halves: tuple[IPNetwork, ...] = tuple(prefix.subnets())
        return choose.pick(halves)
    if shape == 5 and named:
        return choose.pick(named).supernet()
    return choose.pick((everything, *FOREIGN[version])) if shape >= 6 else everything


def _next_hops(draft: Draft, device: DeviceDraft, vrf: str) -> list[IPAddress]:
    """Return addresses in connected prefixes: of others, unclaimed, and the device's own last."""
    connected = [
        address.network
        for interface in device.interfaces
        if interface.vrf == vrf
        for address in interface.addresses
    ]
    own = {address.ip for interface in device.interfaces for address in interface.addresses}
    others = [
        found.low
        for found in draft.declared()
        if found.low not in own and any(found.low in network for network in connected)
    ]
    free = [draft.peek(network) for network in connected]
    mine = [address for address in own if any(address in network for network in connected)]
    mine.sort(key=lambda address: (address.version, int(address)))
    routers = {
        address.ip
        for other in draft.routers
        for interface in other.interfaces
        for address in interface.addresses
    }
    others.sort(key=lambda address: address not in routers)
    return [*others, *(address for address in free if address is not None), *mine[:1]]
