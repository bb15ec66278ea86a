"""Attributes: what is declared of an element and no packet can show."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zonecheck.model.source import NOWHERE, Source

MONITORING = ("ids", "sandbox", "proxy-log")
"""Capabilities that watch traffic with the outside for what should not be there."""
CAPABILITIES = (*MONITORING, "flow-monitor", "mail-control", "web-filter", "dos-protection")
REFERENCES = ("disconnect", "via")
"""Attributes whose values are ids of devices and hosts, or their ports."""
FACTORS = ("knowledge", "possession", "inherence")
LINE_KINDS = ("dedicated", "wide-area-ethernet", "ip-vpn", "lgwan", "internet", "mobile")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One declared fact: its name, its values as written, and where it is written.

    Truth values are `true` or `false`, dates ISO 8601, references ids.
    """

    name: str
    values: tuple[str, ...]
    source: Source = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return ", ".join(self.values)


Attributes = tuple[Attribute, ...]


def attribute(attributes: Iterable[Attribute], name: str) -> Attribute | None:
    """Return the attribute of a name, None if it is not declared."""
    for item in attributes:
        if item.name == name:
            return item
    return None


def values_of(attributes: Iterable[Attribute], name: str) -> tuple[str, ...] | None:
    """Return the values of an attribute, None if it is not declared."""
    found = attribute(attributes, name)
    return None if found is None else found.values


def is_true(attributes: Iterable[Attribute], name: str) -> bool:
    """Return whether an attribute is declared to be true."""
    return values_of(attributes, name) == ("true",)


def capabilities_of(attributes: Iterable[Attribute]) -> frozenset[str]:
    """Return what an element is declared to do with the traffic that passes it."""
    return frozenset(values_of(attributes, "capabilities") or ())
