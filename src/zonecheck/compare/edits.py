"""Edits that take one difference back, made of what has to be done where it is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from zonecheck.model.topology import Topology

Edit = Callable[[Topology], Topology]
Items = tuple[Any, ...]
Put = Callable[[Callable[[Items], Items]], Edit]
"""Makes an edit of a topology out of one of the elements in some place of it."""
Within = Callable[[Callable[[Any], Any]], Edit]
"""Makes an edit of a topology out of one of an element in it."""


def section_edit(section: str) -> Put:
    """Return the place of the elements of a section."""

    def put(edit: Callable[[Items], Items]) -> Edit:
        def edited(topology: Topology) -> Topology:
            changes: dict[str, Any] = {section: edit(getattr(topology, section))}
            return replace(topology, **changes)

        return edited

    return put


def position(partner: dict[int, int], at: int) -> int:
    """Return where in the new list a line of the old one would stand."""
    return max((new + 1 for old, new in partner.items() if old < at), default=0)


def appended(item: Any) -> Callable[[Items], Items]:
    """Return the edit that adds an element."""
    return lambda items: (*items, item)


def without(item: Any) -> Callable[[Items], Items]:
    """Return the edit that takes an element out."""
    return lambda items: tuple(each for each in items if each != item)


def inserted(at: int, item: Any) -> Callable[[Items], Items]:
    """Return the edit that puts a line in at a place."""
    return lambda items: (*items[:at], item, *items[at:])


def dropped(at: int) -> Callable[[Items], Items]:
    """Return the edit that takes a line out."""
    return lambda items: (*items[:at], *items[at + 1 :])


def moved(at: int, to: int, item: Any) -> Callable[[Items], Items]:
    """Return the edit that puts the line at one place back to another."""

    def edit(items: Items) -> Items:
        kept = [*items[:at], *items[at + 1 :]]
        kept.insert(to - (to > at), item)
        return tuple(kept)

    return edit


def line_edit(put: Put, at: int) -> Within:
    """Return the place of one line of a list."""
    return lambda edit: put(lambda items: (*items[:at], edit(items[at]), *items[at + 1 :]))


def element_edit(put: Put, item: Any) -> Within:
    """Return the place of one of several elements."""
    return lambda edit: put(lambda items: tuple(edit(i) if i == item else i for i in items))


def list_edit(within: Within, name: str) -> Put:
    """Return the place of the elements or lines in a field of an element."""
    return lambda edit: within(lambda item: replace(item, **{name: edit(getattr(item, name))}))


def field_edit(within: Within, name: str) -> Within:
    """Return the place of what a field of an element holds."""
    return lambda edit: within(lambda item: replace(item, **{name: edit(getattr(item, name))}))
