"""Hosts and host groups, multi-homed and two-sided ones included."""

from dataclasses import replace

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.host import (
    ONE_WAY,
    SANITISER,
    VDI_BROKER,
    Host,
    HostInterface,
    HostRoute,
    Listens,
    Method,
    RelayService,
    Side,
)
from zonecheck.model.link import LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.strategies.addresses import FOREIGN
from zonecheck.strategies.draft import Draft
from zonecheck.strategies.fabric import plug_in
from zonecheck.strategies.services import draw_services

GROUP = 3
ROUTER = 1
"""Addresses left free for a router."""
BASIS = "design"
METHODS = {
    SANITISER: (Method.MAIL_TEXT, Method.FILE_CLEAN),
    VDI_BROKER: (Method.SCREEN_TRANSFER,),
    ONE_WAY: (Method.ONE_WAY,),
}
REDIRECTIONS = ("clipboard", "drive", "printer", "usb")


def draw_hosts(draft: Draft) -> None:
    """Draw the hosts; cables and routes follow when the devices are known."""
    for _ in range(draft.choose.below(draft.options.max_hosts + 1)):
        draft.hosts.append(draft.choose.part(_host, draft, f"h{len(draft.hosts)}"))


def draw_host_cables(draft: Draft) -> None:
    """Draw the cables of the hosts: to a switch, to a router, or none."""
    for host in draft.hosts:
        for card in host.interfaces:
            segment = draft.segment(card.segment)
            shape = draft.choose.below(6) if segment is not None and draft.devices else 0
            if segment is not None and shape in (2, 3, 4):
                plug_in(draft, host.id, card.id, segment)
            elif segment is not None and shape == 5:
                _cable(draft, host.id, card.id, segment)


def draw_host_routes(draft: Draft) -> None:
    """Draw the routes of the hosts that may forward."""
    for position, host in enumerate(draft.hosts):
        undeclared = host.ip_forward is None and len(host.interfaces) > 1
        if (host.ip_forward or undeclared) and draft.choose.chance():
            found = [_route(draft, host) for _ in range(draft.choose.below(3))]
            routes = tuple(route for route in found if route is not None)
            draft.hosts[position] = replace(host, routes=routes)


def _host(draft: Draft, name: str) -> Host:
    choose, undeclared = draft.choose, draft.options.undeclared
    several = choose.chance(3)
    count = GROUP if choose.chance(6) else 1
    cards = []
    segments = list(draft.segments)
    for number in range(2 if several else 1):
        segment = segments.pop(choose.below(len(segments)))
        cards.append(choose.part(_card, draft, number, segment, count))
        if not segments:
            break
    forwards: bool | None = choose.chance() if several else choose.pick((None, False, None, True))
    if undeclared and several and choose.chance(3):
        forwards = None
    host = Host(
        name,
        tuple(cards),
        role=choose.pick(("server", "terminal")),
        count=count,
        ip_forward=forwards,
        relays=choose.usually(8),
        relay_basis=BASIS,
        zones=_zones(draft, cards),
    )
    host = replace(host, relay_basis=None) if host.relays else host
    return _two_sided(draft, host) if several and choose.chance(3) else host


def _card(draft: Draft, number: int, segment: Segment, count: int) -> HostInterface:
    choose, name = draft.choose, f"eth{number}"
    addresses: list[AddressRange] = []
    if choose.usually(5):
        for prefix in segment.prefixes:
            if count > 1:
                found = draft.take_range(prefix, count, leave=ROUTER)
            else:
                address = draft.take(prefix, leave=ROUTER) if choose.usually(8) else None
                found = None if address is None else AddressRange.of_address(address)
            addresses += [] if found is None else [found]
    listens = None
    if choose.chance(8):
        basis = BASIS if choose.usually() else None
        listens = Listens(draw_services(choose, established=False), basis)
    mac = f"02:00:00:00:00:{draft.number('mac'):02x}" if choose.chance(4) else None
    return HostInterface(name, segment.id, tuple(addresses), mac, listens=listens)


def _cable(draft: Draft, host: str, name: str, segment: Segment) -> None:
    """Lay a cable to a router's interface of the same segment that has none."""
    for device in draft.routers:
        for interface in device.interfaces:
            port = interface.port or interface.id
            planned = interface.segment == segment.id
            svi = device.kind.bridges and interface.port is None
            if planned and not svi and not draft.linked(device.id, port):
                draft.connect(LinkEnd(host, name), LinkEnd(device.id, port))
                return


def _zones(draft: Draft, cards: list[HostInterface]) -> tuple[str, ...]:
    """Return the zones of the interfaces; once in a while something else."""
    if draft.choose.chance(8):
        return draft.choose.some(draft.options.zones)
    segments = (draft.segment(card.segment) for card in cards)
    found = {segment.zone for segment in segments if segment is not None and segment.zone}
    return tuple(sorted(found))


def _two_sided(draft: Draft, host: Host) -> Host:
    choose, undeclared = draft.choose, draft.options.undeclared
    role = choose.pick((SANITISER, VDI_BROKER, ONE_WAY))
    cards = tuple(
        replace(card, side=None if undeclared and choose.chance(8) else side)
        for card, side in zip(host.interfaces, (Side.OUTER, Side.INNER), strict=False)
    )
    basis = None if undeclared and choose.chance(4) else BASIS
    services = tuple(_service(draft, choose.pick(METHODS[role])) for _ in range(choose.below(3)))
    return replace(host, interfaces=cards, role=role, basis=basis, services=services)


def _service(draft: Draft, method: Method) -> RelayService:
    choose = draft.choose
    unsaid = draft.options.undeclared and choose.chance(4)
    mail, file = method is Method.MAIL_TEXT, method is Method.FILE_CLEAN
    screen = method is Method.SCREEN_TRANSFER
    return RelayService(
        method=method,
        data_from=choose.pick((Side.OUTER, Side.INNER)),
        outer=draw_services(choose, established=False) if choose.usually(3) else (),
        inner=draw_services(choose, established=False) if choose.chance(3) else (),
        mail_mode=choose.pick(("text-only", "as-is")) if mail and not unsaid else None,
        file_mode=choose.pick(("cdr", "reconstruct", "as-is")) if file and not unsaid else None,
        unsanitisable=choose.pick(("block", "pass")) if file and not unsaid else None,
        redirection=tuple((what, choose.chance(8)) for what in REDIRECTIONS)
        if screen and not unsaid
        else (),
        reverse_blocked=BASIS if choose.chance() else None,
    )


def _route(draft: Draft, host: Host) -> HostRoute | None:
    choose = draft.choose
    connected = [
        prefix
        for card in host.interfaces
        for segment in (draft.segment(card.segment),)
        if segment is not None
        for prefix in segment.prefixes
    ]
    hops: list[IPAddress] = [
        address
        for found in draft.declared()
        for address in (found.low,)
        if any(address in prefix for prefix in connected)
    ]
    version = choose.pick(tuple({hop.version: None for hop in hops}) or (4,))
    prefixes = [p for s in draft.segments for p in s.prefixes if p.version == version]
    prefix = choose.pick((*prefixes, *FOREIGN[version]))
    usable = [hop for hop in hops if hop.version == version]
    if usable and choose.usually():
        return HostRoute(prefix, next_hop=choose.pick(usable))
    return HostRoute(prefix, interface=choose.pick(host.interfaces).id)
