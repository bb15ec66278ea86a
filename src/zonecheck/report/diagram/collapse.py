"""Large designs at a glance: what is alike becomes one node."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

from zonecheck.model.graph import DEVICE, HOST, SEGMENT
from zonecheck.report.diagram.scheme import Join, Node, Scheme

LARGE = 40
"""From how many nodes on a drawing is collapsed."""

_NUMBER = re.compile(r"\d+")
_PARTS = re.compile(r"(\d+)")


def is_large(scheme: Scheme) -> bool:
    """Return whether a drawing has too many nodes to be read at a glance."""
    return len(scheme.nodes) > LARGE


def collapsed(scheme: Scheme) -> Scheme:
    """Return the drawing with what is alike as one node.

    Alike are segments of one zone, devices of one kind and zones, and hosts of one role and home,
    whose ids differ in numbers only: floors, branches, pairs and rows of machines. Every id of the
    design is a member of exactly one node.
    """
    became: dict[str, str] = {}

    def gathered(kind: str, key: Callable[[Node], Hashable]) -> list[Node]:
        groups: dict[Hashable, list[Node]] = {}
        for node in scheme.nodes:
            if node.kind == kind:
                groups.setdefault((_pattern(node.id), key(node)), []).append(node)
        found = [_joined(group) for group in groups.values()]
        for node in found:
            became.update(dict.fromkeys(node.members, node.id))
        return found

    segments = gathered(SEGMENT, lambda node: node.zones)
    homes = dict(became)
    hosts = gathered(
        HOST, lambda node: (node.role, node.zones, homes.get(node.home or "", node.home))
    )
    hosts = [
        replace(node, home=homes[node.home]) if node.home is not None else node for node in hosts
    ]
    devices = gathered(DEVICE, lambda node: (node.role, node.zones))
    kept = [n for n in scheme.nodes if n.kind not in (SEGMENT, HOST, DEVICE)]
    nodes = (*segments, *hosts, *devices, *kept)
    return replace(scheme, nodes=nodes, joins=tuple(_joins(scheme.joins, became)))


def name_of(ids: Iterable[str]) -> str:
    """Return one name for several ids that differ in numbers only: `br-rt-01..06`."""
    first, *others = ids
    if not others:
        return first
    last = others[-1]
    same = 0
    while same < min(len(first), len(last)) and first[same] == last[same]:
        same += 1
    while same and first[same - 1].isdigit():
        same -= 1
    return f"{first}..{last[same:]}"


def _pattern(text: str) -> str:
    return _NUMBER.sub("#", text)


def _natural(text: str) -> tuple[tuple[str, int], ...]:
    """Return a key that puts numbers in the order of what they say."""
    return tuple(
        (part, 0) if not part.isdigit() else ("", int(part)) for part in _PARTS.split(text)
    )


def _joined(group: list[Node]) -> Node:
    members = tuple(sorted((m for node in group for m in node.members), key=_natural))
    count = sum(node.count for node in group)
    return replace(group[0], id=name_of(members), members=members, count=count)


def _joins(joins: Iterable[Join], became: dict[str, str]) -> Iterable[Join]:
    """Yield one join for all between two nodes, with all the zones these carry."""
    found: dict[tuple[frozenset[str], bool], Join] = {}
    for join in joins:
        a, b = became.get(join.a, join.a), became.get(join.b, join.b)
        if a == b:
            continue
        key = (frozenset((a, b)), join.attached)
        before = found.get(key)
        zones = tuple(dict.fromkeys((*(before.zones if before else ()), *join.zones)))
        found[key] = Join(a, b, zones, join.attached)
    return found.values()
