"""Switch ports: unused ones are closed or guarded, and a wrong plug gets nowhere else."""

from itertools import combinations

from zonecheck.model.attribute import attribute
from zonecheck.model.device import Device, PortMode, SwitchPort
from zonecheck.model.link import LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import ADMISSION, CABLING, STRUCTURE, Check, Outcome
from zonecheck.policy.check import attribute as on
from zonecheck.policy.extent import extent_of, told_in_full
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration


def _switches(analysis: Analysis) -> list[Device]:
    return [device for device in analysis.topology.devices if device.kind.bridges]


def _is_guarded(segment: Segment) -> bool:
    """Return whether its access ports refuse devices they do not know."""
    return segment.nac is not None or segment.port_security


def _at(topology: Topology, device: Device, vlan: int) -> list[Segment]:
    """Return the segments a VLAN means at a switch."""
    return [
        segment
        for segment in topology.segments
        if segment.vlan == vlan and (not segment.switches or device.id in segment.switches)
    ]


def ask_open_port_control(analysis: Analysis) -> Outcome:
    """Every switch port is cabled as drawn, shut, or admits known devices only."""
    topology = analysis.topology
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    switches = _switches(analysis)
    for device in switches:
        for port in device.ports:
            if port.shutdown or LinkEnd(device.id, port.id) in analysis.drawn:
                continue
            if not _admits_known_only(topology, device, port):
                place = f"{device.id}/{port.id}"
                message = Message.of("open-port-control.open", place=place)
                control = MissingControl(place, port.source)
                extent = extent_of("port", device.id, told_in_full(port))
                findings.append(Finding(message, (), control, port.source, extent=extent))
        if attribute(device.attributes, "unused_ports") is None:
            item = Message.of("missing.attribute", subject=device.id, attribute="unused_ports")
            missing.append(MissingDeclaration(item, device.source))
    return Outcome(tuple(findings), len(switches), tuple(missing))


def _admits_known_only(topology: Topology, device: Device, port: SwitchPort) -> bool:
    if port.mode is PortMode.TRUNK or port.vlan is None:
        return False
    vlans = (port.vlan, *port.other_vlans)
    segments = [segment for vlan in vlans for segment in _at(topology, device, vlan)]
    return bool(segments) and all(_is_guarded(segment) for segment in segments)


def ask_miswire_resilience(analysis: Analysis) -> Outcome:
    """A plug put into the wrong port of a switch is refused, wherever it would change zones."""
    topology = analysis.topology
    findings: list[Finding] = []
    switches = _switches(analysis)
    examined = 0
    for device in switches:
        segments = [s for vlan in _vlans(topology, device) for s in _at(topology, device, vlan)]
        apart = [
            pair
            for pair in combinations(dict.fromkeys(s.zone or "-" for s in segments), 2)
            if pair[0] != pair[1]
        ]
        examined += len(apart)
        if not apart:
            continue
        for segment in segments:
            if not _is_guarded(segment) and segment.laid_on is None:
                zones = tuple(
                    dict.fromkeys((segment.zone or "-", *(s.zone or "-" for s in segments)))
                )
                message = Message.of(
                    "miswire-resilience.unguarded",
                    device=device.id,
                    segment=segment.id,
                    zones=", ".join(zones),
                )
                control = MissingControl(f"{device.id}: {segment.id}", segment.source)
                extent = extent_of("miswired", {(s.id, s.zone) for s in segments})
                findings.append(Finding(message, zones, control, segment.source, extent=extent))
    return Outcome(tuple(findings), examined)


def _vlans(topology: Topology, device: Device) -> list[int]:
    """Return the VLANs a switch carries: on its ports, cables and interfaces, in order."""
    found = {s.vlan for s in topology.segments if s.vlan and device.id in s.switches}
    known = [segment.vlan for segment in topology.segments if segment.vlan is not None]
    for port in device.ports:
        if port.mode is PortMode.TRUNK:
            found |= {vlan for vlan in known if port.allows(vlan)}
        elif port.vlan is not None:
            found |= {port.vlan, *port.other_vlans}
    for interface in device.interfaces:
        segment = topology.segment_by_id.get(interface.segment or "")
        if segment is not None and segment.vlan is not None:
            found.add(segment.vlan)
    return sorted(found)


CHECKS = (
    Check(
        "open-port-control",
        2,
        (STRUCTURE, CABLING, ADMISSION, on("unused_ports")),
        ask_open_port_control,
    ),
    Check("miswire-resilience", 2, (STRUCTURE, ADMISSION), ask_miswire_resilience),
)
