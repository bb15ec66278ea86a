"""Joining the sections of one design that are written in several places."""

from collections.abc import Iterable

from zonecheck.formats.problems import Problems
from zonecheck.formats.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from zonecheck.model.source import Source


def join(roots: Iterable[MappingNode], problems: Problems, source: Source) -> MappingNode:
    """Return one mapping with the sections of all roots, in order.

    Mappings and lists of the same key are put one after the other; their elements stay where
    they were written. Equal ids are left for the schema to find. A scalar may be repeated with
    the same text only.
    """
    parts: dict[str, list[tuple[ScalarNode, Node]]] = {}
    for root in roots:
        for key, value in root.entries:
            parts.setdefault(key.text, []).append((key, value))
    entries = tuple((found[0][0], _joined(found, problems)) for found in parts.values())
    return MappingNode(entries, source)


def _joined(found: list[tuple[ScalarNode, Node]], problems: Problems) -> Node:
    (first_key, first), *rest = found
    items = list(first.items) if isinstance(first, SequenceNode) else []
    entries = list(first.entries) if isinstance(first, MappingNode) else []
    for key, value in rest:
        if isinstance(value, SequenceNode) and isinstance(first, SequenceNode):
            items += value.items
        elif isinstance(value, MappingNode) and isinstance(first, MappingNode):
            entries += value.entries
        elif not (
            isinstance(value, ScalarNode)
            and isinstance(first, ScalarNode)
            and value.text == first.text
        ):
            problems.add(key.source, "section.conflict", key=key.text, first=first_key.source.short)
    if isinstance(first, SequenceNode):
        return SequenceNode(tuple(items), first.source)
    return MappingNode(tuple(entries), first.source) if isinstance(first, MappingNode) else first
