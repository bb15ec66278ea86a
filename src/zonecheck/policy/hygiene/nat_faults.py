"""What is wrong with translations of addresses: whom they lead to, and what is addressed by them.

The definitions are those of docs/hygiene.md.
"""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address

from zonecheck.dataplane import Translation, Way
from zonecheck.model.address import AddressRange
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.channel import Leg
from zonecheck.model.device import Device
from zonecheck.model.message import Message
from zonecheck.model.nat import SOURCE_NAT, NatRule
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import Crossing, crossings, finding_of
from zonecheck.policy.extent import extent_of, told_in_full, told_of_leg
from zonecheck.policy.legs import leg_parts
from zonecheck.policy.verdict import Finding, MissingControl
from zonecheck.prove import LONGEST_WAY, Flow

MOST_ADDRESSES = 6
"""So many ranges of addresses are named in a message."""

Line = tuple[str, str, object]
"""A line of a translation table: device, name and place; it may have become several rules."""


def line_of(device: str, rule: NatRule) -> Line:
    """Return the line a rule was made of."""
    return device, rule.name, rule.source


# --- whom they lead to -----------------------------------------------------------------------


def stale_translations(analysis: Analysis) -> dict[Line, Finding]:
    """Return a finding for each line that names inside addresses nobody has."""
    found: dict[Line, Finding] = {}
    there = _Held(analysis)
    for device in analysis.topology.devices:
        of_line: dict[Line, list[tuple[NatRule, PacketSet]]] = {}
        for rule in device.nat:
            absent = analysis.space.union([there.absent(r, rule) for r in _inside(rule)])
            of_line.setdefault(line_of(device.id, rule), []).append((rule, absent))
        for line, rules in of_line.items():
            rule, absent = next((pair for pair in rules if not pair[1].is_empty), rules[0])
            if absent.is_empty:
                continue
            extent = extent_of("nat", [[told_in_full(each), gone] for each, gone in rules])
            message = Message.of(
                "nat-consistency.stale",
                nat=rule.name,
                device=device.id,
                addresses=_addresses(absent),
            )
            zones = tuple(sorted(device.zones))
            control = MissingControl(f"{device.id}: {rule.name}", rule.source)
            found[line] = Finding(message, zones, control, rule.source, extent=extent)
    return found


def _inside(rule: NatRule) -> tuple[AddressRange, ...]:
    """Return the addresses behind a translation that a rule names."""
    if rule.destination_to is not None:
        return (rule.destination_to,)
    if rule.kind != SOURCE_NAT or rule.sources.negated:
        return ()
    return rule.sources.ranges or ()


class _Held:
    """The addresses that somebody has, as headers to them."""

    def __init__(self, analysis: Analysis) -> None:
        topology, plane = analysis.topology, analysis.plane
        self._to = plane.addressing.to
        self._open = any(analysis.is_open(external.id) for external in topology.externals)
        outside = [
            AddressRange.of_network(prefix)
            for external in topology.externals
            for prefix in external.prefixes
        ]
        self._networks = [*outside, *(r for segment in topology.segments for r in segment.ranges)]
        self._held = analysis.space.union(
            [
                plane.addressing.claimed,
                self._to(tuple(outside)),
                *(plane.addressing.host_owns(host) for host in topology.hosts),
            ]
        )
        self._planned = self._held | self._to(tuple(self._networks))
        self._nobody = analysis.space.empty

    def absent(self, item: AddressRange, rule: NatRule) -> PacketSet:
        """Return which addresses of a range nobody has, though the rule means each of them.

        A range that holds a whole network means that network; so does any from which packets are
        hidden behind other addresses.
        """
        headers = self._to((item,))
        if self._open and item.low.is_global:
            return self._nobody
        each = rule.destination_to is not None or rule.one_to_one or item.low == item.high
        if each and not any(n.low in item and n.high in item for n in self._networks):
            return headers - self._held
        return headers if (headers & self._planned).is_empty else self._nobody


def exposures(analysis: Analysis, blamed: frozenset[Line]) -> Iterator[Finding]:
    """Yield a finding for each line by which undeclared packets get to a host across zones.

    Lines that are `blamed` already are left out.
    """
    for device in analysis.topology.devices:
        known = set(blamed)
        for rule in device.nat:
            line = line_of(device.id, rule)
            if rule.destination_to is not None and line not in known:
                known.add(line)
                yield from _exposed(analysis, device, rule)


def _exposed(analysis: Analysis, device: Device, rule: NatRule) -> Iterator[Finding]:
    legs = [(leg, headers) for leg, headers in _addressed(analysis) if not headers.is_empty]

    def judge(flow: Flow, _origin: object, destination: AttachmentPoint) -> PacketSet:
        exposed = flow.nothing
        for part in flow.fresh_parts:
            steps = _destination_steps(part.way)
            if any((s.node, s.rule) == (device.id, rule) for s in steps) and not any(
                destination in analysis.standing_for(leg.destination)
                and any(headers & step.match for step in steps)
                for leg, headers in legs
            ):
                exposed |= part.sent
        return exposed

    def crosses(origin: AttachmentPoint, destination: AttachmentPoint) -> bool:
        return analysis.zone_of(origin) != analysis.zone_of(destination)

    for crossing in crossings(analysis, analysis.reach, crosses, judge):
        yield _exposure(analysis, device, rule, crossing)


def _exposure(analysis: Analysis, device: Device, rule: NatRule, crossing: Crossing) -> Finding:
    finding = finding_of(
        analysis, crossing, "nat-consistency.exposed", nat=rule.name, device=device.id
    )
    return replace(finding, source=rule.source)


def _destination_steps(way: Way) -> list[Translation]:
    return [
        step
        for step in way
        if isinstance(step, Translation) and step.rule.destination_to is not None
    ]


# --- what is addressed by them ---------------------------------------------------------------


def wrong_addresses(analysis: Analysis) -> Iterator[Finding]:
    """Yield a finding for each leg addressed as something that does not lead to its end."""
    parts = {id(part.leg): part.name for part in leg_parts(analysis.topology)}
    steps = _all_destination_steps(analysis)
    for leg, headers in _addressed(analysis):
        leading = _leading_to(analysis, leg, steps) & headers
        lost = headers - _same_destinations(leading)
        if lost.is_empty:
            continue
        message = Message.of(
            "nat-consistency.addressed-as",
            flow=(name := parts.get(id(leg), str(leg.destination))),
            addresses=_addresses(lost),
            destination=leg.destination,
        )
        control = MissingControl(str(leg.destination), leg.source)
        extent = extent_of("addressed", name, told_of_leg(analysis, leg), lost)
        yield Finding(message, (), control, leg.source, extent=extent)


def _addressed(analysis: Analysis) -> list[tuple[Leg, PacketSet]]:
    """Return the legs that say what they are addressed as, with their whole headers.

    Translations of single ports take all fragments along, which lead nowhere by themselves.
    """
    plane = analysis.plane
    return [
        (leg, plane.addressing.to(leg.addressed_as) & plane.filters.services(leg.services).whole)
        for leg in analysis.topology.declared_legs()
        if leg.addressed_as
    ]


def _all_destination_steps(analysis: Analysis) -> list[Translation]:
    nat = analysis.plane.nat
    found: dict[Translation, None] = {}
    for device in analysis.topology.devices:
        for interface in device.interfaces if device.nat else ():
            found |= dict.fromkeys(nat.destination_steps(device, interface.id))
    return list(found)


def _leading_to(analysis: Analysis, leg: Leg, steps: list[Translation]) -> PacketSet:
    """Return the headers to a leg's end, and those that translations turn into such."""
    leading = analysis.plane.addressing.endpoint_addresses(leg.destination)
    for _ in range(LONGEST_WAY):
        before = analysis.space.union([step.backward(leading) for step in steps])
        if before <= leading:
            break
        leading |= before
    return leading


def _same_destinations(headers: PacketSet) -> PacketSet:
    """Return all headers to the addresses that some of these go to."""
    space = headers.space
    return space.union([space.box(v, dst=headers.destinations(v)) for v in (4, 6)])


def _addresses(headers: PacketSet) -> str:
    """Return the destinations of headers as text."""
    ranges = [
        str(AddressRange(address(low), address(high)))
        for version, address in ((4, IPv4Address), (6, IPv6Address))
        for low, high in headers.destinations(version)
    ]
    more = ["…"] if len(ranges) > MOST_ADDRESSES else []
    return ", ".join([*ranges[:MOST_ADDRESSES], *more])
