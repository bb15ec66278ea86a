"""Trunks carry the VLANs planned for them, the same at both ends, and nothing untagged."""

from collections.abc import Iterable, Iterator

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.device import PortMode, SwitchPort
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import CABLING, STRUCTURE, Check, Outcome
from zonecheck.policy.extent import extent_of, told_in_full
from zonecheck.policy.told_places import told_of_vlans
from zonecheck.policy.verdict import Finding, MissingControl, SharedDomain

HIGHEST_VLAN = 4094
NO_VLAN = "-"
PortEnd = tuple[LinkEnd, SwitchPort]
Plan = dict[tuple[str, int], list[Segment]]
"""The segments that live in each VLAN of each switch."""


def ask_trunk_vlan_scope(analysis: Analysis) -> Outcome:
    """Both ends of a trunk allow the same VLANs, all planned; natives are unused; no DTP."""
    findings: list[Finding] = []
    examined = 0
    plan = _plan(analysis)
    for device in analysis.topology.devices:
        for port in device.ports:
            if port.mode is PortMode.ACCESS and not port.shutdown:
                examined += 1
                findings += _negotiating(analysis, LinkEnd(device.id, port.id), port)
    for link in analysis.topology.links:
        ends = list(_switch_ends(analysis, link))
        trunks = [end for end in ends if end[1].mode is PortMode.TRUNK]
        if not trunks or any(port.shutdown for _, port in ends):
            continue
        examined += 1
        findings += _unequal(analysis, plan, link, ends)
        findings += _native_used(analysis, plan, link, trunks)
        findings += _out_of_scope(analysis, plan, link, trunks)
    return Outcome(tuple(findings), examined)


def _switch_ends(analysis: Analysis, link: Link) -> Iterator[PortEnd]:
    """Yield the ends of a link that are switch ports."""
    for end in link.ends:
        device = analysis.topology.device_by_id.get(end.node)
        for port in device.ports if device is not None and device.kind.bridges else ():
            if port.id == end.port:
                yield end, port


def _negotiating(analysis: Analysis, end: LinkEnd, port: SwitchPort) -> Iterator[Finding]:
    if port.dtp:
        message = Message.of("trunk-vlan-scope.dtp", port=end, place=end)
        control = MissingControl(str(end), port.source)
        extent = extent_of("port", _extent_of_port(analysis, end, port))
        yield Finding(message, (), control, port.source, extent=extent)


def _extent_of_port(analysis: Analysis, end: LinkEnd, port: SwitchPort) -> str:
    """Return the digest of a port as it is set, and of all that whoever is at it may get to."""
    vlans = analysis.plane.domains.vlans_of_port(end.node, end.port)
    return extent_of(str(end), told_in_full(port), told_of_vlans(analysis, end.node, vlans))


def _extent_of_vlans(analysis: Analysis, vlans: Iterable[tuple[LinkEnd, set[int]]]) -> str:
    """Return the digest of VLANs at the ends of a link, and of what they get to."""
    return extent_of(
        "vlans",
        {
            extent_of(str(end), found, told_of_vlans(analysis, end.node, found))
            for end, found in vlans
        },
    )


def _unequal(analysis: Analysis, plan: Plan, link: Link, ends: list[PortEnd]) -> Iterator[Finding]:
    """Yield what differs between two switch ports of which one at least is a trunk."""
    if len(ends) < 2:
        return
    (near, one), (far, other) = ends
    zones = tuple(sorted(link.zones or ()))
    if PortMode.ACCESS in (one.mode, other.mode):
        message = Message.of("trunk-vlan-scope.meets-access", link=link, place=link)
        control = MissingControl(str(link), link.source)
        extent = extent_of("met", {_extent_of_port(analysis, end, port) for end, port in ends})
        yield Finding(message, zones, control, link.source, extent=extent)
        return
    differing = vlans_of(one) ^ vlans_of(other)
    if differing:
        vlans = vlan_text(differing)
        message = Message.of("trunk-vlan-scope.unequal", link=link, vlans=vlans, place=link)
        place = f"{link}: {vlans}"
        control = MissingControl(place, link.source)
        # Which end allows them, too: it is there that they get to something.
        extent = _extent_of_vlans(analysis, [(e, vlans_of(port) & differing) for e, port in ends])
        yield Finding(message, zones, control, link.source, extent=extent)
    natives = carried_native(one), carried_native(other)
    if natives[0] == natives[1]:
        return
    texts = [NO_VLAN if native is None else str(native) for native in natives]
    message = Message.of(
        "trunk-vlan-scope.native-differs", link=link, a=texts[0], b=texts[1], place=link
    )
    place = f"{near.node}:{near.port} -- {far.node}:{far.port}: native {texts[0]} / {texts[1]}"
    carried = [
        (end, set() if native is None else {native})
        for (end, _), native in zip(ends, natives, strict=True)
    ]
    extent = _extent_of_vlans(analysis, carried)
    joined = _joined_by_natives(analysis, _at(plan, near, natives[0]), _at(plan, far, natives[1]))
    if joined is None:
        control = MissingControl(place, link.source)
        yield Finding(message, zones, control, link.source, extent=extent)
    else:
        both = {analysis.zone_of(joined.a), analysis.zone_of(joined.b)}
        met = tuple(sorted(zone or NO_VLAN for zone in both))
        yield Finding(message, met, joined, link.source, extent=extent)


def _joined_by_natives(
    analysis: Analysis, ones: list[Segment], others: list[Segment]
) -> SharedDomain | None:
    """Return two segments that a native VLAN makes one, None if there are none."""
    for a in ones:
        for b in others:
            points = [AttachmentPoint(AttachmentKind.ACCESS, each.id) for each in (a, b)]
            joins = analysis.simulator.chain(points[0], points[1])
            if joins:
                return SharedDomain(points[0], points[1], joins)
    return None


def _native_used(
    analysis: Analysis, plan: Plan, link: Link, trunks: list[PortEnd]
) -> Iterator[Finding]:
    """Yield the native VLANs that something else uses on either switch: only untagged frames."""
    topology = analysis.topology
    switches = {end.node for end, _ in trunks}
    for end, port in trunks:
        native = carried_native(port)
        users: set[str] = set()
        if native is None:
            continue
        for name in switches:
            switch = topology.device_by_id[name]
            users |= {
                f"{name}/{i.id}" for i in switch.interfaces if i.vlan == native and not i.port
            }
            users |= {
                f"{name}/{p.id}"
                for p in switch.ports
                if p.mode is PortMode.ACCESS and native in (p.vlan, *p.other_vlans)
            }
            users |= {segment.id for segment in plan.get((name, native), ())}
        if users:
            message = Message.of(
                "trunk-vlan-scope.native-used",
                port=end,
                vlan=native,
                users=", ".join(sorted(users)),
                place=end,
            )
            zones = tuple(sorted(link.zones or ()))
            control = MissingControl(f"{end}: native {native}", port.source)
            extent = _extent_of_vlans(analysis, [(each, {native}) for each, _ in trunks])
            yield Finding(message, zones, control, port.source, extent=extent)


def _out_of_scope(
    analysis: Analysis, plan: Plan, link: Link, trunks: list[PortEnd]
) -> Iterator[Finding]:
    """Yield the allowed VLANs that nobody plans there, and those of zones the tag leaves out."""
    for end, port in trunks:
        unplanned: set[int] = set()
        foreign: dict[int, set[str]] = {}
        for vlan in vlans_of(port) - {port.native}:
            segments = [s for each, _ in trunks for s in plan.get((each.node, vlan), ())]
            if not segments:
                unplanned.add(vlan)
            outside = {_zone(s) for s in segments if _is_outside(analysis, link, s)}
            if outside:
                foreign[vlan] = outside
        zones = tuple(sorted(link.zones or ()))
        if unplanned:
            vlans = vlan_text(unplanned)
            message = Message.of("trunk-vlan-scope.unplanned", port=end, vlans=vlans, place=end)
            control = MissingControl(f"{end}: {vlans}", port.source)
            yield Finding(message, zones, control, port.source)
        if foreign:
            vlans = vlan_text(foreign)
            outside = set().union(*foreign.values())
            message = Message.of(
                "trunk-vlan-scope.foreign",
                port=end,
                vlans=vlans,
                zones=", ".join(sorted(outside)),
                tags=", ".join(zones) or NO_VLAN,
                place=end,
            )
            control = MissingControl(f"{end}: {vlans}", port.source)
            met = tuple(sorted({*zones, *outside}))
            extent = _extent_of_vlans(analysis, [(each, {*foreign}) for each, _ in trunks])
            yield Finding(message, met, control, port.source, extent=extent)


def _is_outside(analysis: Analysis, link: Link, segment: Segment) -> bool:
    """Return whether a segment's zone is none of the link's; an undeclared one may be any."""
    if link.zones is None:
        return False
    if segment.zone is None:
        return analysis.closure is Closure.UPPER
    return segment.zone not in link.zones


def _zone(segment: Segment) -> str:
    return segment.zone or NO_VLAN


def _plan(analysis: Analysis) -> Plan:
    plan: Plan = {}
    for segment in analysis.topology.segments:
        for kind, switch, vlan in analysis.plane.domains.homes(segment.id):
            if kind == "bridge":
                plan.setdefault((switch, vlan), []).append(segment)
    return plan


def _at(plan: Plan, end: LinkEnd, vlan: int | None) -> list[Segment]:
    return [] if vlan is None else plan.get((end.node, vlan), [])


def vlans_of(port: SwitchPort) -> set[int]:
    """Return the VLANs a trunk allows."""
    return {v for item in port.allowed for v in range(item.low, min(item.high, HIGHEST_VLAN) + 1)}


def carried_native(port: SwitchPort) -> int | None:
    """Return the VLAN of a trunk's untagged frames, None if it drops them."""
    return port.native if port.native is not None and port.allows(port.native) else None


def vlan_text(vlans: Iterable[int]) -> str:
    """Return VLANs as people list them: `10, 20-29`."""
    runs: list[list[int]] = []
    for vlan in sorted(vlans):
        if runs and vlan == runs[-1][1] + 1:
            runs[-1][1] = vlan
        else:
            runs.append([vlan, vlan])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


CHECKS = (Check("trunk-vlan-scope", 1, (STRUCTURE, CABLING), ask_trunk_vlan_scope),)
