"""Segments from their elements."""

from collections.abc import Mapping

from zonecheck.formats.names import Names
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Table
from zonecheck.model.device import DeviceKind
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.segment import Segment

Devices = Mapping[str, Element]


def build_segments(
    section: Table[str, Element] | None, devices: Devices, names: Names, problems: Problems
) -> dict[str, Segment]:
    """Return the segments by id."""
    return {
        name: _segment(name, element, devices, names, problems)
        for name, element in (section or {}).items()
    }


def _segment(
    name: str, element: Element, devices: Devices, names: Names, problems: Problems
) -> Segment:
    return Segment(
        id=name,
        zone=names.zone(element["zone"]),
        vlan=element["vlan"],
        prefixes=tuple(element["prefix"] or ()),
        switches=switches_of(name, element, devices, names, problems),
        ip_source_guard=element["ip_source_guard"],
        port_security=element["port_security"],
        nac=element["nac"],
        mac_acl=element["mac_acl"],
        arp_inspection=element["arp_inspection"],
        in_scope=element["scope"] is not False,
        note=element["note"],
        source=element.source,
    )


def switches_of(
    name: str, element: Element, devices: Devices, names: Names, problems: Problems
) -> tuple[str, ...]:
    """Return the switches a segment or SSID names, each once."""
    if element["switches"] and not element.given("vlan"):
        problems.add(element.source_of("switches"), "segment.switches-without-vlan", segment=name)
    switches: list[str] = []
    for node in element["switches"] or ():
        switch = names.element(node, EndpointKind.DEVICE)
        kind = devices[switch]["kind"] if switch is not None and switch in devices else None
        if isinstance(kind, DeviceKind) and not kind.bridges:
            problems.add(node.source, "segment.not-a-switch", text=node.text, found=kind.value)
        elif switch is not None:
            switches.append(switch)
    return tuple(dict.fromkeys(switches))
