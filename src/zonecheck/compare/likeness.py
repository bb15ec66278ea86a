"""What makes two elements or lines of a design the same, and what they are called."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from zonecheck.compare.edits import Items
from zonecheck.compare.value_text import value_text
from zonecheck.model.attribute import Attribute
from zonecheck.model.channel import Leg
from zonecheck.model.device import ManagementAccess, PolicyRoute
from zonecheck.model.filter import Rule
from zonecheck.model.link import Link
from zonecheck.model.nat import NatRule

ORDERED = (Rule, NatRule, PolicyRoute)
"""What decides by its place in a list."""


def is_element(value: Any) -> bool:
    """Return whether a value is written in a place of its own."""
    return is_dataclass(value) and hasattr(value, "source")


def holds_elements(before: Any, after: Any) -> bool:
    """Return whether both are lists of elements; what is undeclared is no list."""
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return False
    return any(is_element(item) for item in before + after)


def keyed(items: Items) -> dict[str, Any]:
    """Return elements by what they are called; of several cables between two ends each."""
    found: dict[str, Any] = {}
    for item in items:
        key = name = name_of(item)
        number = 1
        while key in found:
            number += 1
            key = f"{name}#{number}"
        found[key] = item
    return found


def name_of(item: Any) -> str:
    """Return what an element is called; a cable by its ends, whichever is written first."""
    if isinstance(item, Link):
        return " -- ".join(sorted(map(str, item.ends)))
    return str(item.name if isinstance(item, Attribute) else item.id)


def alike(one: Any, other: Any) -> bool:
    """Return whether two elements differ in their own ids only."""
    return hasattr(one, "id") and bare(replace(one, id="")) == bare(replace(other, id=""))


def bare(value: Any) -> Any:
    """Return a value without what is no part of what it says."""
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    if not is_element(value):
        return value
    left: dict[str, Any] = {
        f.name: bare(getattr(value, f.name))
        for f in fields(value)
        if isinstance(getattr(value, f.name), tuple) or is_element(getattr(value, f.name))
    }
    if hasattr(value, "note"):
        left["note"] = ""
    if isinstance(value, ORDERED):
        left["name"] = ""
    return replace(value, **left)


def label(item: Any, at: int) -> str:
    """Return what a line is called, else its number from 1."""
    if isinstance(item, Leg):
        return f"{item.origin} -> {item.destination}"
    if isinstance(item, ManagementAccess):
        return item.sources.text
    if isinstance(item, NatRule):
        return f"{item.kind} {item.name}"
    for key in ("name", "prefix", "to", "method"):
        value = getattr(item, key, None)
        if value:
            return value_text(value)
    return str(at + 1)
