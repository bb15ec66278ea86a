"""What makes a drawn network wide: translation, policy routes, 802.1X, SSIDs, frame filters."""

from dataclasses import replace

from zonecheck.model.address import AddressRange, IPInterface
from zonecheck.model.device import (
    Device,
    DeviceKind,
    L3Interface,
    PortMode,
    SwitchPort,
)
from zonecheck.model.filter import Filter
from zonecheck.model.segment import Segment, Wireless
from zonecheck.model.topology import Topology
from zonecheck.model.tunnel import TUNNEL_KINDS, Tunnel
from zonecheck.strategies.choice import Chooser
from zonecheck.strategies.filters import draw_filter
from zonecheck.strategies.translation import PUBLIC, draw_nat, draw_policy_routes

GATEWAYS = ("ftp", "sip", "tftp")
MACS = ("00:00:5e:00:53:01",)
FRAME_FILTER = "tf"


def widened(
    choose: Chooser, topology: Topology, near: tuple[AddressRange, ...], *, undeclared: bool
) -> Topology:
    """Return the topology with some of what networks have beyond routers and filters."""
    devices = [choose.part(_widen, choose, device, near) for device in topology.devices]
    segments = list(topology.segments)
    if choose.chance(4):
        segments.append(_ssid(choose, topology))
    if choose.chance(4) and len(topology.segments) > 1:
        devices.append(_frame_filter(choose, topology, near, undeclared=undeclared))
    tunnels = (_tunnel(choose, topology),) if choose.chance(5) else ()
    return replace(
        topology,
        segments=tuple(segments),
        devices=tuple(_sharing(choose, devices)),
        tunnels=tuple(tunnel for tunnel in tunnels if tunnel is not None),
    )


def _widen(choose: Chooser, device: Device, near: tuple[AddressRange, ...]) -> Device:
    names = tuple(interface.id for interface in device.interfaces)
    if device.kind.forwards and names:
        if choose.chance():
            known = (*near, *PUBLIC)
            device = replace(
                device,
                nat=draw_nat(choose, known, names),
                policy_sees_original=choose.chance(4),
            )
        if choose.chance(5):
            device = replace(device, policy_routes=draw_policy_routes(choose, near, device))
        if device.policy is not None and choose.chance(3):
            device = replace(device, policy=_marked(choose, device.policy, near, names))
    ports = tuple(choose.part(_port, choose, port) for port in device.ports)
    return replace(device, ports=ports)


def _marked(
    choose: Chooser, item: Filter, near: tuple[AddressRange, ...], names: tuple[str, ...]
) -> Filter:
    """Return a filter with MAC addresses, session rules and the other rare words."""
    rules = item.rules
    if rules and choose.chance(3):
        at = choose.below(len(rules))
        rules = (*rules[:at], replace(rules[at], macs=MACS), *rules[at + 1 :])
    loose = item.stateful and choose.chance(3)
    alg = choose.some(GATEWAYS) if item.stateful and choose.chance(3) else ()
    session_rules = None
    if item.stateful and choose.chance():
        session_rules = choose.part(draw_filter, choose, "sessions", near, names).rules
    return replace(item, rules=rules, loose=loose, alg=alg, session_rules=session_rules)


def _port(choose: Chooser, port: SwitchPort) -> SwitchPort:
    if port.mode is not PortMode.ACCESS or not choose.chance(5):
        return port
    if choose.chance(3):
        return replace(port, dtp=True)
    others = tuple(v for v in choose.some((10, 20, 30, 999)) if v != port.vlan)
    return replace(port, other_vlans=others)


def _ssid(choose: Chooser, topology: Topology) -> Segment:
    """Return an SSID laid on some segment, in its zone or another."""
    ground = choose.pick(topology.segments)
    zone = ground.zone if choose.usually() else choose.pick(topology.zones).id
    guarded = choose.chance(3)
    return Segment(
        "ssid",
        zone,
        ground.vlan,
        ground.prefixes,
        ground.switches,
        guarded,
        guarded,
        laid_on=ground.id,
        wireless=Wireless("wpa3-enterprise"),
    )


def _frame_filter(
    choose: Chooser, topology: Topology, near: tuple[AddressRange, ...], *, undeclared: bool
) -> Device:
    """Return a transparent firewall between two segments."""
    first = choose.below(len(topology.segments))
    others = [s for s in topology.segments if s.id != topology.segments[first].id]
    sides = (topology.segments[first], choose.pick(others))
    names = ("a", "b")
    return Device(
        FRAME_FILTER,
        DeviceKind.TRANSPARENT_FIREWALL,
        tuple(L3Interface(n, s.id) for n, s in zip(names, sides, strict=True)),
        policy=choose.part(draw_filter, choose, "frames", near, names, undeclared=undeclared),
        non_ip=None if undeclared and choose.chance() else choose.chance(),
    )


def _tunnel(choose: Chooser, topology: Topology) -> Tunnel | None:
    own = [a.ip for d in topology.devices for i in d.interfaces for a in i.addresses]
    if not own:
        return None
    near = choose.pick(own)
    far = [a for a in (*own, *(item.low for item in PUBLIC)) if a.version == near.version]
    far = [address for address in far if address != near]
    kind = choose.pick([kind for kind in TUNNEL_KINDS if kind != "ip-vpn"])
    carried = choose.pick(topology.segments).id
    return Tunnel("tunnel", kind, carried, (near, choose.pick(far))) if far else None


def _sharing(choose: Chooser, devices: list[Device]) -> list[Device]:
    """Let two devices of one segment share an address, once in a while."""
    if not choose.chance(4):
        return devices
    homes = [(d, i) for d in devices for i in d.interfaces if i.addresses and i.segment]
    pairs = [
        (a, b) for a in homes for b in homes if a[0].id < b[0].id and a[1].segment == b[1].segment
    ]
    if not pairs:
        return devices
    (one, near), (other, far) = choose.pick(pairs)
    shared = near.addresses[0]
    return [
        _holding(d, near if d.id == one.id else far, shared) if d.id in (one.id, other.id) else d
        for d in devices
    ]


def _holding(device: Device, interface: L3Interface, shared: IPInterface) -> Device:
    def held(item: L3Interface) -> L3Interface:
        if item.id != interface.id:
            return item
        addresses = tuple(dict.fromkeys((*item.addresses, shared)))
        return replace(item, addresses=addresses, virtual=(shared.ip,))

    return replace(device, interfaces=tuple(map(held, device.interfaces)))
