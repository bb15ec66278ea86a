"""What changed in a design, element by element, each with the edit that takes it back.

Elements are the same by their ids (`compare.pairing` made these agree), lines of lists by what they
say: what a line is called, notes, and the order in which elements are written do not count.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from zonecheck.compare.edits import (
    Edit,
    Items,
    Put,
    Within,
    appended,
    dropped,
    element_edit,
    field_edit,
    inserted,
    line_edit,
    list_edit,
    moved,
    position,
    section_edit,
    without,
)
from zonecheck.compare.likeness import (
    ORDERED,
    bare,
    holds_elements,
    is_element,
    keyed,
    label,
)
from zonecheck.compare.value_text import SAYS_NOTHING, said, value_text
from zonecheck.model.attribute import Attribute
from zonecheck.model.link import Link
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology

SECTIONS = (
    "zones",
    "segments",
    "hosts",
    "devices",
    "links",
    "externals",
    "channels",
    "specific_flows",
    "maintenance",
    "systems",
    "tunnels",
    "hypervisors",
    "datastores",
    "out_of_band",
    "policies",
    "states",
    "waivers",
)
"""Where a topology holds its elements, in the order of reports."""
DESIGN = "profile"
STATE = "state"
WAIVERS = "waivers"
_OWN_LISTS = "policy"
"""The field whose lists a file writes as those of the device itself."""
_ENDS = ("a", "b")
"""A cable may be written from either end: of two in one place these are the same."""
_NO_PACKETS = frozenset(
    {DESIGN, WAIVERS, "channels", "specific_flows", "maintenance", "systems", "policies"}
)


class ChangeKind(Enum):
    """What became of an element; MOVED is a line that stands elsewhere in its list."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field of an element says before and after; None where the element is not."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ElementChange:
    """One element that differs, or is in one of the designs only.

    `element` is that of the design itself (`devices.m-fw`), `path` the part of it that differs
    (`devices.m-fw.rules[chukan]`). `revert` takes this change alone back in the new design.
    """

    kind: ChangeKind
    section: str
    element: str
    path: str
    before: Source | None
    after: Source | None
    fields: tuple[FieldChange, ...]
    revert: Edit = field(compare=False, repr=False)

    @property
    def concerns_packets(self) -> bool:
        """Return whether it may change what becomes of a packet."""
        return self.section not in _NO_PACKETS and ".attributes." not in self.path


def element_changes(old: Topology, new: Topology) -> tuple[ElementChange, ...]:
    """Return all that differs between two designs whose elements have the same ids."""
    found: list[ElementChange] = []
    if old.profile != new.profile:
        found.append(_of_profile(old, new))
    if (old.state, old.detached) != (new.state, new.detached):
        found.append(_of_state(old, new))
    for section in SECTIONS:
        comparison = _Comparison(section)
        found += comparison.of_items(
            section, getattr(old, section), getattr(new, section), section_edit(section)
        )
    return tuple(found)


def _of_profile(old: Topology, new: Topology) -> ElementChange:
    def revert(topology: Topology) -> Topology:
        return replace(topology, profile=old.profile)

    told = FieldChange(DESIGN, value_text(old.profile), value_text(new.profile))
    before, after = _place(old.profile_source), _place(new.profile_source)
    return ElementChange(ChangeKind.CHANGED, DESIGN, DESIGN, DESIGN, before, after, (told,), revert)


def _of_state(old: Topology, new: Topology) -> ElementChange:
    """Return that the designs given are in different states; files say none."""

    def revert(topology: Topology) -> Topology:
        return replace(topology, state=old.state, detached=old.detached)

    told = tuple(
        FieldChange(name, value_text(getattr(old, name)), value_text(getattr(new, name)))
        for name in ("state", "detached")
        if getattr(old, name) != getattr(new, name)
    )
    return ElementChange(ChangeKind.CHANGED, STATE, STATE, STATE, None, None, told, revert)


def _place(source: Source) -> Source | None:
    return None if source == NOWHERE else source


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The comparison of one section."""

    section: str

    def of_items(
        self, path: str, before: Items, after: Items, put: Put, element: str = ""
    ) -> Iterator[ElementChange]:
        """Yield what differs between the elements or lines in one place."""
        if before == after:
            return
        if any(
            hasattr(item, "id") or isinstance(item, Attribute | Link) for item in before + after
        ):
            yield from self._by_name(path, before, after, put, element)
        elif any(isinstance(item, ORDERED) for item in before + after):
            yield from self._of_list(path, before, after, put, element)
        else:
            yield from self._of_bag(path, before, after, put, element)

    def _by_name(
        self, path: str, before: Items, after: Items, put: Put, element: str
    ) -> Iterator[ElementChange]:
        was, now = keyed(before), keyed(after)
        gone = {key: item for key, item in was.items() if key not in now}
        come = {key: item for key, item in now.items() if key not in was}
        for key, item in gone.items():
            yield self._removed(f"{path}.{key}", item, put, appended(item), element)
        for key, item in now.items():
            here = f"{path}.{key}"
            if key in come:
                yield self._added(here, item, put, without(item), element)
            elif key in was:
                within = element_edit(put, item)
                yield from self._of_element(here, was[key], item, within, element or here)

    def _of_element(
        self, path: str, before: Any, after: Any, within: Within, element: str
    ) -> Iterator[ElementChange]:
        told: list[str] = []
        for each in fields(after):
            was, now = getattr(before, each.name), getattr(after, each.name)
            if not each.compare or each.name in SAYS_NOTHING or was == now:
                continue
            if isinstance(after, Link) and each.name in _ENDS:
                continue
            here = path if each.name == _OWN_LISTS else f"{path}.{each.name}"
            if holds_elements(was, now):
                put = list_edit(within, each.name)
                yield from self.of_items(here, was, now, put, element)
            elif is_element(was) and is_element(now):
                inner = field_edit(within, each.name)
                yield from self._of_element(here, was, now, inner, element)
            else:
                told.append(each.name)
        if told:
            yield self._changed(path, before, after, tuple(told), within, element)

    def _changed(
        self,
        path: str,
        before: Any,
        after: Any,
        names: tuple[str, ...],
        within: Within,
        element: str,
    ) -> ElementChange:
        back = {name: getattr(before, name) for name in names}
        told = tuple(
            FieldChange(name, value_text(back[name]), value_text(getattr(after, name)))
            for name in names
        )
        revert = within(lambda item: replace(item, **back))
        places = _place(before.source), _place(after.source)
        return ElementChange(
            ChangeKind.CHANGED, self.section, element or path, path, *places, told, revert
        )

    def _added(
        self, path: str, item: Any, put: Put, back: Callable[[Items], Items], element: str
    ) -> ElementChange:
        told = tuple(FieldChange(name, None, text) for name, text in said(item))
        return ElementChange(
            ChangeKind.ADDED,
            self.section,
            element or path,
            path,
            None,
            _place(item.source),
            told,
            put(back),
        )

    def _removed(
        self, path: str, item: Any, put: Put, back: Callable[[Items], Items], element: str
    ) -> ElementChange:
        told = tuple(FieldChange(name, text, None) for name, text in said(item))
        return ElementChange(
            ChangeKind.REMOVED,
            self.section,
            element or path,
            path,
            _place(item.source),
            None,
            told,
            put(back),
        )

    def _of_list(
        self, path: str, before: Items, after: Items, put: Put, element: str
    ) -> Iterator[ElementChange]:
        """Yield what differs between two lists in which the order counts."""
        was, now = [bare(item) for item in before], [bare(item) for item in after]
        kept = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
        partner = {b.a + n: b.b + n for b in kept for n in range(b.size)}
        taken = set(partner.values())
        gone = [at for at in range(len(was)) if at not in partner]
        come = [at for at in range(len(now)) if at not in taken]
        for at in tuple(gone):
            to = next((n for n in come if now[n] == was[at]), None)
            kind = ChangeKind.MOVED
            if to is None:
                named = (n for n in come if after[n].name and after[n].name == before[at].name)
                to, kind = next(named, None), ChangeKind.CHANGED
            if to is None:
                continue
            gone.remove(at)
            come.remove(to)
            place = position(partner, at)
            here = f"{path}[{label(after[to], to)}]"
            if kind is ChangeKind.CHANGED:
                within = line_edit(put, to)
                yield from self._of_element(here, before[at], after[to], within, element)
            else:
                revert = put(moved(to, place, before[at]))
                places = _place(before[at].source), _place(after[to].source)
                told = (FieldChange("position", str(at + 1), str(to + 1)),)
                yield ElementChange(kind, self.section, element, here, *places, told, revert)
        for at in gone:
            back = inserted(position(partner, at), before[at])
            yield self._removed(f"{path}[{label(before[at], at)}]", before[at], put, back, element)
        for at in come:
            yield self._added(
                f"{path}[{label(after[at], at)}]", after[at], put, dropped(at), element
            )

    def _of_bag(
        self, path: str, before: Items, after: Items, put: Put, element: str
    ) -> Iterator[ElementChange]:
        """Yield what differs between two lists in which the order does not count."""
        come = list(enumerate(after))
        gone: list[tuple[int, Any]] = []
        for at, item in enumerate(before):
            twin = next((pair for pair in come if bare(pair[1]) == bare(item)), None)
            if twin is None:
                gone.append((at, item))
            else:
                come.remove(twin)
        for at, item in gone:
            here = f"{path}[{label(item, at)}]"
            same = [pair for pair in come if label(pair[1], -1) == label(item, -2)]
            if same:
                come.remove(same[0])
                yield from self._of_element(
                    here, item, same[0][1], line_edit(put, same[0][0]), element
                )
            else:
                yield self._removed(here, item, put, appended(item), element)
        for at, item in come:
            yield self._added(f"{path}[{label(item, at)}]", item, put, dropped(at), element)
