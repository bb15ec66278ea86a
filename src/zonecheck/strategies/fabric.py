"""The switches: their kinds, ports, and the links between them."""

from zonecheck.model.device import DeviceKind, PortMode, SwitchPort
from zonecheck.model.link import LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange
from zonecheck.strategies.draft import DeviceDraft, Draft

STRAY_VLAN = 999
EVERY_VLAN = PortRange(1, 4094)
ROUTED = (DeviceKind.ROUTER, DeviceKind.FIREWALL)
SWITCHED = (DeviceKind.L2_SWITCH, DeviceKind.L3_SWITCH)


def draw_devices(draft: Draft) -> None:
    """Draw which devices there are."""
    choose = draft.choose
    kinds = (*ROUTED, *SWITCHED, *ROUTED[1:], *SWITCHED) if draft.options.vlans else ROUTED
    absent = (None,) * (len(kinds) // 3)
    for _ in range(draft.options.max_devices):
        kind = choose.pick((None, *kinds, *absent))
        if kind is not None:
            draft.devices.append(DeviceDraft(f"d{len(draft.devices)}", kind))


def draw_fabric(draft: Draft) -> None:
    """Draw ports of the switches and the links between them."""
    choose, switches = draft.choose, draft.switches
    for switch in switches:
        for _ in range(choose.below(3)):
            access_port(switch, choose.pick(_vlans(draft)))
    for far in range(1, len(switches)):
        near = choose.below(far)
        choose.part(_connect, draft, switches[near], switches[far])
        if choose.chance(5):
            choose.part(_connect, draft, switches[near], switches[far])
    if switches and choose.chance(8):
        switch = choose.pick(switches)
        choose.part(_connect, draft, switch, switch)


def home_of(draft: Draft, segment: Segment) -> list[DeviceDraft]:
    """Return the switches on which the VLAN of a segment means that segment."""
    if segment.vlan is None:
        return []
    return [
        switch for switch in draft.switches if not segment.switches or switch.id in segment.switches
    ]


def plug_in(draft: Draft, node: str, port: str, segment: Segment) -> bool:
    """Link a port to a switch port meant for a segment; return whether there is one."""
    homes = home_of(draft, segment)
    if not homes or segment.vlan is None:
        return False
    choose = draft.choose
    switch = choose.pick(homes)
    shape = choose.below(8)
    if shape == 6:
        far = trunk_port(draft, switch)
    elif shape == 7:
        far = access_port(switch, choose.pick(_vlans(draft)))
    else:
        far = access_port(switch, segment.vlan, shutdown=shape == 5 and choose.chance())
    draft.connect(LinkEnd(node, port), LinkEnd(switch.id, far))
    return True


def access_port(switch: DeviceDraft, vlan: int, *, shutdown: bool = False) -> str:
    """Add an access port to a switch and return its id."""
    port = SwitchPort(f"p{len(switch.ports)}", PortMode.ACCESS, vlan=vlan, shutdown=shutdown)
    switch.ports.append(port)
    return port.id


def trunk_port(draft: Draft, switch: DeviceDraft, native: int | None = None) -> str:
    """Add a trunk to a switch and return its id."""
    choose, vlans = draft.choose, _vlans(draft)
    shape = choose.below(6)
    allowed: tuple[PortRange, ...] = tuple(PortRange(vlan, vlan) for vlan in vlans)
    if shape in (2, 3):
        allowed = (EVERY_VLAN,)
    elif shape == 4:
        allowed = tuple(choose.some(allowed, least=1))
    elif shape == 5:
        allowed = (PortRange(min(vlans), max(vlans)),)
    if native is None and choose.below(3) > 0:
        native = choose.pick((*vlans, STRAY_VLAN, 1))
    switch.ports.append(
        SwitchPort(
            f"p{len(switch.ports)}",
            PortMode.TRUNK,
            allowed=allowed,
            native=native,
            shutdown=choose.chance(16),
        )
    )
    return switch.ports[-1].id


def _connect(draft: Draft, one: DeviceDraft, other: DeviceDraft) -> None:
    choose = draft.choose
    shape = choose.below(8)
    if shape in (4, 5):
        a = access_port(one, choose.pick((*_vlans(draft), STRAY_VLAN)))
        b = access_port(other, choose.pick(_vlans(draft)))
    elif shape >= 6:
        a = access_port(one, choose.pick(_vlans(draft)))
        b = trunk_port(draft, other)
    else:
        a = trunk_port(draft, one)
        b = trunk_port(draft, other, one.ports[-1].native if choose.chance() else None)
    draft.connect(LinkEnd(one.id, a), LinkEnd(other.id, b))


def _vlans(draft: Draft) -> tuple[int, ...]:
    found = [segment.vlan for segment in draft.segments if segment.vlan is not None]
    return tuple(dict.fromkeys(found)) or (STRAY_VLAN,)
