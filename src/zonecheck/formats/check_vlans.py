"""Checks of the VLAN plan: a VLAN id means one segment on each switch."""

from collections.abc import Iterable

from zonecheck.formats.context import Context
from zonecheck.formats.record import Element
from zonecheck.model.device import Device, PortMode
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment


def check_vlans(root: Element, devices: tuple[Device, ...], context: Context) -> None:
    """Report two segments whose VLAN id is the same on one switch."""
    switches = [device for device in devices if device.kind is not None and device.kind.bridges]
    taken: dict[tuple[str, int], Segment] = {}
    for segment in context.segments.values():
        if segment.vlan is None or segment.laid_on is not None:
            continue
        for switch in segment.switches or _carriers(switches, segment.vlan):
            first = taken.setdefault((switch, segment.vlan), segment)
            if first is not segment:
                element: Element = root["segments"][segment.id]
                context.problems.add(
                    element.source_of("vlan"),
                    "segment.same-vlan",
                    vlan=segment.vlan,
                    switch=switch,
                    segment=first.id,
                    first=first.source.short,
                    hint=Message.of("hint.switches"),
                )
                break


def _carriers(switches: Iterable[Device], vlan: int) -> list[str]:
    return [switch.id for switch in switches if _carries(switch, vlan)]


def _carries(switch: Device, vlan: int) -> bool:
    if any(item.vlan == vlan and item.port is None for item in switch.interfaces):
        return True
    return any(
        vlan in (port.vlan, *port.other_vlans)
        if port.mode is PortMode.ACCESS
        else port.allows(vlan)
        for port in switch.ports
    )
