"""Ids that nothing refers to: of channels, flows, systems, states, waivers and the like."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from zonecheck.compare.likeness import alike
from zonecheck.compare.sections import REFERRING
from zonecheck.model.states import states
from zonecheck.model.topology import Topology

_SECTIONS: Final = (*REFERRING, "waivers")
"""Where they are, each a name space of its own."""

Name = tuple[str, str]
"""A section and an id in it."""


def plain_renaming(old: Topology, new: Topology) -> dict[Name, str]:
    """Return the new ids of what is only called otherwise and says the same.

    What both refer to must be called the same. It fits `with_plain_names` of the old design.
    """
    found: dict[Name, str] = {}
    for section in _SECTIONS:
        was, now = getattr(old, section), getattr(new, section)
        taken = {item.id for item in was} | _derived(old, section)
        kept = {item.id for item in now}
        left = [item for item in now if item.id not in taken]
        for item in was:
            twin = next((each for each in left if alike(item, each)), None)
            if twin is not None and item.id not in kept:
                left.remove(twin)
                found[section, item.id] = twin.id
    return found


def _derived(topology: Topology, section: str) -> set[str]:
    """Return the names that states have without being declared."""
    return {state.state for state in states(topology)} if section == "states" else set()


def with_plain_names(topology: Topology, names: Mapping[Name, str]) -> Topology:
    """Return the topology with other ids for what nothing refers to."""
    changed: dict[str, Any] = {
        section: tuple(_named(getattr(topology, section), section, names))
        for section in {section for section, _ in names}
    }
    return replace(topology, **changed)


def _named(items: tuple[Any, ...], section: str, names: Mapping[Name, str]) -> Iterator[Any]:
    for item in items:
        to = names.get((section, item.id))
        yield item if to is None else replace(item, id=to)
