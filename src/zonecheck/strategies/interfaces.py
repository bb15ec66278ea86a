"""The IP interfaces of devices: virtual, plugged in, tagged on a trunk, SVI or cable."""

from ipaddress import ip_network

from zonecheck.model.address import IPNetwork
from zonecheck.model.device import DeviceKind, L3Interface
from zonecheck.model.link import LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.strategies.draft import DeviceDraft, Draft
from zonecheck.strategies.fabric import home_of, plug_in, trunk_port

DEFAULT_VRF = "default"
SECOND_VRF = "blue"
TRUNK = "t0"
LABELS = ("trust", "untrust")


def draw_interfaces(draft: Draft) -> None:
    """Draw the interfaces of every device, without filters and checks of sources."""
    for device in draft.devices:
        if device.kind.forwards:
            draft.choose.part(_of_router, draft, device)
        elif draft.choose.chance(4):
            _add(draft, device, draft.choose.pick(draft.segments), "mgmt")
    routers = draft.routers
    for position in range(1, len(routers)):
        if draft.choose.chance(4):
            _transit(draft, routers[position - 1], routers[position])


def _of_router(draft: Draft, device: DeviceDraft) -> None:
    choose = draft.choose
    segments = list(draft.segments)
    several = choose.chance(4)
    for _ in range(min(1 + choose.pick((0, 1, 1, 1, 2, 2)), len(segments))):
        segment = segments.pop(choose.below(len(segments)))
        vrf = SECOND_VRF if several and choose.chance() else DEFAULT_VRF
        if device.kind is DeviceKind.L3_SWITCH:
            _on_switch(draft, device, segment, vrf)
        else:
            _on_router(draft, device, segment, vrf)


def _on_switch(draft: Draft, device: DeviceDraft, segment: Segment, vrf: str) -> None:
    name = f"i{len(device.interfaces)}"
    if segment.vlan is None:
        _add(draft, device, segment, name, vrf=vrf)
    elif device in home_of(draft, segment) and draft.choose.usually(8):
        _add(draft, device, segment, f"vlan{segment.vlan}", vrf=vrf, vlan=segment.vlan)
    else:
        _add(draft, device, segment, name, vrf=vrf, port=f"r{len(device.interfaces)}")


def _on_router(draft: Draft, device: DeviceDraft, segment: Segment, vrf: str) -> None:
    choose, name = draft.choose, f"i{len(device.interfaces)}"
    homes = home_of(draft, segment)
    shape = choose.below(5) if homes else 0
    trunked = draft.linked(device.id, TRUNK)
    if shape == 0:
        _add(draft, device, segment, name, vrf=vrf)
    elif shape == 1 and not trunked:
        _add(draft, device, segment, name, vrf=vrf)
        plug_in(draft, device.id, name, segment)
    else:
        if not trunked:
            switch = choose.pick(homes)
            port = trunk_port(draft, switch)
            draft.connect(LinkEnd(device.id, TRUNK), LinkEnd(switch.id, port))
        untagged = all(interface.id != TRUNK for interface in device.interfaces)
        if untagged and choose.chance(4):
            _add(draft, device, segment, TRUNK, vrf=vrf)
        elif any(interface.vlan == segment.vlan for interface in device.interfaces):
            _add(draft, device, segment, name, vrf=vrf)
        else:
            tag = segment.vlan
            _add(draft, device, segment, f"{TRUNK}.{tag}", vrf=vrf, vlan=tag, port=TRUNK)
    if device.kind is DeviceKind.FIREWALL and choose.chance(3):
        device.replace_interface(device.interfaces[-1].id, zone_label=choose.pick(LABELS))


def _transit(draft: Draft, one: DeviceDraft, other: DeviceDraft) -> None:
    """Lay a cable between two routers with a prefix of its own and no segment."""
    number = draft.number("transit")
    prefixes: list[IPNetwork] = [ip_network(f"10.255.0.{4 * number}/30")]
    if draft.options.ipv6 and draft.choose.chance():
        prefixes.append(ip_network(f"fd00:ff::{4 * number:x}/126"))
    for prefix in prefixes:
        draft.open_prefix(prefix)
    name = f"c{number}"
    for device in (one, other):
        port = name if device.kind is DeviceKind.L3_SWITCH else None
        addresses = draft.interface_addresses(tuple(prefixes))
        device.interfaces.append(L3Interface(name, None, addresses, port=port))
    draft.connect(LinkEnd(one.id, name), LinkEnd(other.id, name))


def _add(
    draft: Draft,
    device: DeviceDraft,
    segment: Segment,
    name: str,
    *,
    vrf: str = DEFAULT_VRF,
    vlan: int | None = None,
    port: str | None = None,
) -> None:
    addresses = draft.interface_addresses(segment.prefixes)
    device.interfaces.append(L3Interface(name, segment.id, addresses, vrf, vlan, port))
