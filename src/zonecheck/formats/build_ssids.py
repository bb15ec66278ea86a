"""SSIDs: segments of their own, laid on the segment each is mapped to."""

from collections.abc import Mapping

from zonecheck.formats.build_attributes import build_attributes
from zonecheck.formats.build_segments import Devices, switches_of
from zonecheck.formats.names import Names, listed
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Table
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment, Wireless


def build_ssids(
    section: Table[str, Element] | None,
    segments: Mapping[str, Segment],
    devices: Devices,
    names: Names,
    problems: Problems,
) -> dict[str, Segment]:
    """Return the SSIDs as segments, by id."""
    found: dict[str, Segment] = {}
    for name, element in (section or {}).items():
        zone = names.zone(element["zone"])
        switches = switches_of(name, element, devices, names, problems)
        base = _base(name, element, switches, segments, names, problems)
        if base is not None:
            found[name] = _laid_on(base, name, element, zone, names)
    return found


def _laid_on(base: Segment, name: str, element: Element, zone: str | None, names: Names) -> Segment:
    return Segment(
        id=name,
        zone=zone if element.given("zone") else base.zone,
        vlan=base.vlan,
        prefixes=base.prefixes,
        switches=base.switches,
        ip_source_guard=element["ip_source_guard"],
        port_security=element["port_security"],
        nac=element["nac"],
        laid_on=base.id,
        wireless=Wireless(element["auth"], element["guest"], element.source),
        in_scope=base.in_scope,
        attributes=build_attributes(element, names),
        note=element["note"],
        source=element.source,
    )


def _base(
    name: str,
    element: Element,
    switches: tuple[str, ...],
    segments: Mapping[str, Segment],
    names: Names,
    problems: Problems,
) -> Segment | None:
    """Return the segment an SSID is mapped to, by its id or by its VLAN."""
    if element.given("segment") == element.given("vlan"):
        problems.add(element.source, "ssid.one-mapping", ssid=name)
        return None
    if element.given("segment"):
        segment = names.element(element["segment"], EndpointKind.SEGMENT)
        if segment is not None and segment not in segments:
            problems.add(element.source_of("segment"), "ssid.on-ssid", text=segment)
        return segments.get(segment or "")
    vlan: int | None = element["vlan"]
    if vlan is None:
        return None
    found = _of_vlan(vlan, switches, segments)
    if len(found) != 1:
        planned = [item for item in segments.values() if item.vlan is not None]
        problems.add(
            element.source_of("vlan"),
            "ssid.vlan",
            vlan=vlan,
            found=listed(found),
            known=listed(f"{item.id} ({item.vlan})" for item in planned),
            hint=Message.of("hint.ssid-switches") if found else None,
        )
        return None
    return segments[found[0]]


def _of_vlan(vlan: int, switches: tuple[str, ...], segments: Mapping[str, Segment]) -> list[str]:
    """Return the segments a VLAN id means on some switches, on any if none are named."""
    those = [segment for segment in segments.values() if segment.vlan == vlan]
    if not switches:
        return [segment.id for segment in those]
    found: dict[str, None] = {}
    for switch in switches:
        named = [segment.id for segment in those if switch in segment.switches]
        found |= dict.fromkeys(named or [s.id for s in those if not s.switches])
        if not named and all(segment.switches for segment in those):
            return []
    return list(found)
