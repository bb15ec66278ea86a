"""Digests of all that a finding speaks of, so that a waiver covers nothing that comes later.

A counterexample is one packet of many, and a report shows the largest boxes. An extent stands for
the whole: for packets every pair of ends with every header, as sent and as it arrives; for
information every edge on any way; for declarations what they say. If anything more leaks, it is
another extent. It is the same from run to run and in whatever order a file is written.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Leg, Maintenance, SpecificFlow
from zonecheck.model.device import Device
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.host import Host
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.prove import Evidence, FlowNode, Part, Reachability, ways_between

Told = list[Any]


def extent_of(*told: object) -> str:
    """Return the digest of texts, numbers and packet sets; sets of these have no order."""
    return hashlib.sha256(_text(_plain(told)).encode()).hexdigest()


def extent_of_packets(
    analysis: Analysis,
    reach: Reachability,
    parts: Iterable[tuple[Origin, AttachmentPoint, PacketSet]],
) -> str | None:
    """Return the digest of headers with their ends, as they are sent and as they arrive.

    None where only verdicts are asked for, since then not all of it was looked for.
    """
    if analysis.verdicts_only:
        return None
    told: set[str] = set()
    for origin, destination, headers in parts:
        flow = reach.flow(origin, destination)
        ways = {
            _text(_plain(way))
            for kind, found in (("fresh", flow.fresh_parts), ("state", flow.state_parts))
            for way in _ways(kind, found, headers)
        }
        ends = [told_of_point(analysis, origin.point), told_of_point(analysis, destination)]
        told.add(_text(_plain([*ends, headers, ways])))
    return extent_of("packets", told)


def _ways(kind: str, parts: Sequence[Part], headers: PacketSet) -> list[Told]:
    cut = [part.starting(headers) for part in parts]
    return [[kind, part.sent, part.arrived] for part in cut if not part.sent.is_empty]


def told_of_point(analysis: Analysis, point: AttachmentPoint) -> Told:
    """Return what an end is: of a group of hosts how many it stands for, too."""
    count = 1
    if point.kind is AttachmentKind.HOST:
        count = analysis.topology.host_by_id[point.node].count
    return [*point.order, count]


def told_of(element: Host | Device) -> Told:
    """Return which host or device it is: of a group of hosts how many it stands for, too."""
    if isinstance(element, Host):
        return ["host", element.id, element.count]
    return ["device", element.id, 1]


def told_in_full(value: object) -> object:
    """Return all that a declared thing says, but where it stands and what is noted beside it.

    What it lists is taken for a set: rules, translations and ports have no lists whose order
    matters.
    """
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        said = [
            [each.name, told_in_full(getattr(value, each.name))]
            for each in fields(value)
            if each.compare and each.name != "note"
        ]
        return [type(value).__name__, *said]
    if isinstance(value, tuple | frozenset):
        return {_text(_plain(told_in_full(item))) for item in value}
    if isinstance(value, IPv4Address | IPv6Address):
        return str(value)
    return value


def extent_of_ways(
    analysis: Analysis,
    *ends: tuple[Iterable[FlowNode], Iterable[FlowNode]],
    deleted: Callable[[Evidence], bool] | None = None,
) -> str | None:
    """Return the digest of all ways of information from some nodes to others.

    Edges for which `deleted` is true do not exist. None where only verdicts are asked for.
    """
    if analysis.verdicts_only:
        return None
    flow = analysis.whole_information
    ways = [ways_between(flow, starts, targets, deleted=deleted) for starts, targets in ends]
    hosts = analysis.topology.host_by_id
    names = {str(node[1]) for each in ways for node in each.nodes}
    counts = {(name, hosts[name].count) for name in names if name in hosts}
    return extent_of("ways", [(each.nodes, each.edges) for each in ways], counts)


def told_of_flow(analysis: Analysis, flow: SpecificFlow) -> Told:
    """Return what a specific flow declares."""
    return [flow.id, told_of_leg(analysis, flow.leg), set(flow.bind)]


def extent_of_entry(analysis: Analysis, entry: Maintenance) -> str:
    """Return the digest of what an entry of maintenance lets in.

    That is what is done without a safeguard the entry lacks.
    """
    legs = {extent_of(told_of_leg(analysis, leg)) for leg in entry.legs}
    return extent_of("entry", entry.id, legs)


def told_of_leg(analysis: Analysis, leg: Leg) -> Told:
    """Return what a leg declares: both ends with their addresses, and the services."""
    services = analysis.plane.filters.services(leg.services)
    addressed_as = analysis.plane.addressing.to(leg.addressed_as)
    ends = [told_of_endpoint(analysis, end) for end in (leg.origin, leg.destination)]
    return [*ends, services, addressed_as]


def told_of_endpoint(analysis: Analysis, end: EndpointRef) -> Told:
    """Return which end it is, all addresses it may use, and of a group of hosts how many it is."""
    told = [end.kind.value, str(end), analysis.plane.addressing.endpoint_addresses(end)]
    host = analysis.topology.host_by_id.get(end.id)
    return told if host is None or host.count == 1 else [*told, host.count]


def _plain(value: object) -> object:
    """Return a value as JSON has it, whose text is the same everywhere."""
    if isinstance(value, PacketSet):
        return value.digest
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=_text)
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"an extent is not made of {type(value).__name__}")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
