"""Which parts of elements are the same under another name.

A part that has its name in both designs is the same one, whatever became of it. The others are
told apart by every line that names them. Only those are paired whose new name means nothing in the
old design, so that the renaming is exact.
"""

from collections.abc import Hashable, Iterator
from dataclasses import fields
from typing import Any, Final

from zonecheck.compare.likeness import is_element
from zonecheck.compare.parts import (
    BEARERS,
    PART_FIELDS,
    Part,
    PartKind,
    end_part,
    parts_of,
    place_parts,
)
from zonecheck.compare.refinement import Refinement
from zonecheck.compare.sections import WITH_ENDS
from zonecheck.compare.value_text import SAYS_NOTHING, value_text
from zonecheck.model.attribute import REFERENCES
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.link import Link
from zonecheck.model.topology import Topology

_DEFAULT_VRF: Final = "default"
_SELF: Final = "this one"
_SAYS_NOTHING: Final = SAYS_NOTHING | {"name"}


def part_renaming(old: Topology, new: Topology) -> dict[Part, str]:
    """Return the new names of parts, by what they are in the old design.

    Elements must have the same ids in both. It fits `parts.with_parts` of the old design.
    """
    left_old, left_new = _left_over(old, new)
    if not left_old or not left_new:
        return {}
    before, after = _Side(old, left_old), _Side(new, left_new)
    labels = _labels(old) | _labels(new)
    found = Refinement(before, after).found()
    return {
        part: other.name
        for part, other in found.items()
        if {part, other}.isdisjoint(labels) and _DEFAULT_VRF not in (part.name, other.name)
    }


def _left_over(old: Topology, new: Topology) -> tuple[set[Part], set[Part]]:
    """Return the parts of elements of both designs that only one of them names."""
    was: set[Part] = set()
    now: set[Part] = set()
    for section in BEARERS:
        newer = {element.id: element for element in getattr(new, section)}
        for element in getattr(old, section):
            other = newer.get(element.id)
            if other is not None and other != element:
                was |= parts_of(element, element.id)
                now |= parts_of(other, element.id)
    return was - now, now - was


def _labels(topology: Topology) -> set[Part]:
    """Return the parts whose names are labels of interfaces too, which rules may mean."""
    return {
        Part(PartKind.PORT, device.id, face.zone_label)
        for device in topology.devices
        for face in device.interfaces
        if face.zone_label is not None
    }


class _Side:
    """One design: what every line that names a part says, and what is known of each part."""

    def __init__(self, topology: Topology, left: set[Part]) -> None:
        self._topology = topology
        self._lines: dict[Part, list[tuple[str, tuple[Part, ...]]]] = {part: [] for part in left}
        self.colours: dict[Part, object] = {}
        for shape, parts in self._told():
            for part in dict.fromkeys(parts):
                self.colours[part] = (part.kind.value, part.node) if part in left else str(part)
                if part in left:
                    self._lines[part].append((shape, parts))
        self.left = [part for part in self.colours if part in left]

    def signature(self, name: Part) -> Hashable:
        """Return all that the lines say that name a part."""
        told = [
            (shape, tuple(repr(_SELF if p == name else self.colours[p]) for p in parts))
            for shape, parts in self._lines[name]
        ]
        return name.kind, name.node, tuple(sorted(told))

    def stands_alone(self, name: Part, /) -> bool:
        """Return whether no line names another part without a partner."""
        left = set(self.left)
        return all(p == name or p not in left for _, parts in self._lines[name] for p in parts)

    def _told(self) -> Iterator[tuple[str, tuple[Part, ...]]]:
        """Yield what each line of the design says, its parts by their numbers, with the parts."""
        topology = self._topology
        for section in BEARERS:
            for element in getattr(topology, section):
                yield from _lines_of(element, element.id, section)
        for section in WITH_ENDS:
            for element in getattr(topology, section):
                yield from _lines_of(element, element.id, section)
        for link in topology.links:
            yield self._cable(link)
        for state in topology.states:
            for place in state.down:
                yield "down", place_parts(topology, place)
        for external in topology.externals:
            peers = (item for peer in external.peers for item in peer.attributes)
            for item in (*external.attributes, *peers):
                for place in item.values if item.name in REFERENCES else ():
                    yield f"{external.id} {item.name}", place_parts(topology, place)
        for end in topology.detached:
            yield "detached", (end_part(topology, end),)

    def _cable(self, link: Link) -> tuple[str, tuple[Part, ...]]:
        ends = sorted(link.ends)
        nodes = " ".join(end.node for end in ends)
        return f"cable {nodes} {link.zones}", tuple(end_part(self._topology, e) for e in ends)


def _lines_of(
    value: Any, node: str, place: str, above: tuple[Part, ...] = ()
) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """Yield the lines of what an element holds that name its parts, or peers of others.

    `above` are the parts that the line stands in: a filter, of its rules.
    """
    if isinstance(value, tuple):
        for item in value:
            yield from _lines_of(item, node, place, above)
        return
    if not is_element(value):
        return
    told: list[str] = [place, type(value).__name__]
    parts: list[Part] = [*above]
    named = PART_FIELDS.get(type(value), {})
    for each in fields(value):
        held = getattr(value, each.name)
        if each.name in _SAYS_NOTHING or _holds_lines(held):
            continue
        items = held if isinstance(held, tuple) else (held,)
        found = tuple(_part_of(item, node, named.get(each.name)) for item in items)
        parts += [part for part in found if part is not None]
        other = (item for item, part in zip(items, found, strict=True) if part is None)
        told.append(f"{each.name}={len(found)}{value_text(tuple(other))}")
    if parts:
        yield " ".join(told), tuple(parts)
    own = named.get("id")
    inside = (*above, Part(own, node, value.id)) if own is not None else above
    for each in fields(value):
        yield from _lines_of(getattr(value, each.name), node, f"{place}.{each.name}", inside)


def _holds_lines(value: Any) -> bool:
    return is_element(value) or (isinstance(value, tuple) and any(map(is_element, value)))


def _part_of(value: Any, node: str, kind: PartKind | None) -> Part | None:
    """Return the part that a value of a field names, if it does."""
    if kind is not None:
        return None if value is None else Part(kind, node, value)
    if isinstance(value, EndpointRef) and value.kind is EndpointKind.PEER:
        return Part(PartKind.PEER, value.id, value.peer)
    return None
