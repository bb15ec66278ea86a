"""Which elements of two designs are the same under another id.

Elements of one id are the same. The others are told apart by all they say, the names of elements
replaced by what is known of these so far (`compare.refinement`), and by who names them: first as
everything is called, then without what ports, interfaces and the like are called. Those that are
left over are told apart once more without who names them, which something else may have changed.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from itertools import product
from typing import Any

from zonecheck.compare.likeness import ORDERED, is_element
from zonecheck.compare.parts import PART_FIELDS
from zonecheck.compare.refinement import Refinement
from zonecheck.compare.sections import REFERRING
from zonecheck.compare.value_text import SAYS_NOTHING
from zonecheck.model.attribute import REFERENCES, Attribute
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.link import BETWEEN, Link, LinkEnd
from zonecheck.model.topology import Topology
from zonecheck.model.zone import external_zone

_SECTIONS = ("segments", "hosts", "devices", "externals", "hypervisors", "datastores")
_STANDBY = "standby"
_BY_THEMSELVES = {
    "HostInterface": frozenset({"id"}),
    "Rule": frozenset({"name"}),
    "NatRule": frozenset({"name"}),
    "PolicyRoute": frozenset({"name"}),
}
"""What cards and lines of lists are called by nobody but themselves."""
_REFERENCES = {
    "Segment": ("switches", "laid_on"),
    "HostInterface": ("segment",),
    "L3Interface": ("segment",),
    "Span": ("to",),
    "Standby": ("id",),
    "ExternalEdge": ("segment",),
    "External": ("gateways",),
    "Hypervisor": ("guests", "management"),
    "Datastore": ("used_by",),
    "EndpointRef": ("id",),
    "System": ("hosts",),
    "Channel": ("via",),
    "Tunnel": ("carries",),
    "OwnPolicy": ("segments",),
    "DeclaredState": ("active", "floating", "down"),
}
"""Where elements name others; the same text elsewhere may be a zone or a word."""
_PARTS = {**PART_FIELDS, EndpointRef: ("peer",)}
_ZONE = external_zone("")

Colours = Mapping[str, object]


def renaming(old: Topology, new: Topology) -> dict[str, str]:
    """Return the new ids of the elements of the old design that are called otherwise in the new.

    It fits `model.rename.renamed` of the old design.
    """
    before, after = dict(_named(old)), dict(_named(new))
    found = {name: name for name, kind in before.items() if after.get(name) == kind}
    for needed, blind in product((True, False), (False, True)):
        sides = (
            _Side(old, found, blind=blind, mentions=needed),
            _Side(new, {b: b for b in found.values()}, blind=blind, mentions=needed),
        )
        found |= Refinement(*sides).found()
    found = {a: b for a, b in found.items() if a != b}
    # A name that still means something else in the old design cannot be given to another there.
    while taken := [a for a, b in found.items() if b in before and b not in found]:
        for name in taken:
            del found[name]
    return found


def _named(topology: Topology) -> Iterator[tuple[str, str]]:
    """Yield every id of the name space that elements share, with its section."""
    for section in _SECTIONS:
        for element in getattr(topology, section):
            yield element.id, section
    for device in topology.devices:
        for member in device.standby:
            yield member.id, _STANDBY


class _Side:
    """One design: its elements by id, and what is known of each so far.

    `known` are elements with a partner, by what they are called in the newer design. A `blind`
    side does not look at what ports and the like are called; one without `mentions` does not ask
    who names an element.
    """

    def __init__(
        self, topology: Topology, known: Mapping[str, str], *, blind: bool, mentions: bool
    ) -> None:
        self._topology = topology
        self._kinds = dict(_named(topology))
        self._elements = {
            element.id: element for section in _SECTIONS for element in getattr(topology, section)
        }
        for device in topology.devices:
            self._elements |= {member.id: member for member in device.standby}
        self._cables: dict[str, list[Link]] = defaultdict(list)
        for link in topology.links:
            for end in link.ends:
                self._cables[end.node].append(link)
        self._blind = blind
        self.colours: dict[str, object] = {
            name: f"={known[name]}" if name in known else kind for name, kind in self._kinds.items()
        }
        self.left = [name for name in self._kinds if name not in known]
        self._named_by: dict[str, list[tuple[str, str]]] = defaultdict(list)
        if self.left and mentions:
            for name, where, by in self._mentions():
                self._named_by[name].append((where, by))

    def signature(self, name: str) -> Hashable:
        """Return all that is said of an element, in the colours known so far."""
        cables = sorted(map(repr, (self._cable(link, name) for link in self._cables[name])))
        said = _Saying(self.colours, self._blind).of(self._elements[name], top=True)
        named = sorted(
            (where, repr(self.colours.get(by, by))) for where, by in self._named_by[name]
        )
        return self._kinds[name], said, tuple(cables), tuple(named)

    def _mentions(self) -> Iterator[tuple[str, str, str]]:
        """Yield each element that is named, in which field, and by which other."""
        for section in (*_SECTIONS, *REFERRING):
            for element in getattr(self._topology, section):
                shared = section in _SECTIONS
                by = element.id if shared or not self._blind else ""
                for name, where in _named_in(element):
                    yield name, where, by if shared else f"{section}.{by}"

    def stands_alone(self, _name: str, /) -> bool:
        """Return False: elements are named all over a design."""
        return False

    def _cable(self, link: Link, name: str) -> object:
        """Return a cable as one of its elements has it: its own end, and where it leads."""
        here, there = link.ends if link.a.node == name else link.ends[::-1]
        return self._port(here), self.colours.get(there.node), self._port(there), link.zones

    def _port(self, end: LinkEnd) -> str:
        return "" if self._blind or end.node in self._topology.host_by_id else end.port


def _named_in(value: Any) -> Iterator[tuple[str, str]]:
    """Yield what a value names of the name space elements share, with the field that does."""
    if isinstance(value, tuple):
        for item in value:
            yield from _named_in(item)
    elif is_dataclass(value) and not isinstance(value, Enum | type):
        for each in fields(value):
            held = getattr(value, each.name)
            if not _refers(value, each.name):
                yield from _named_in(held)
                continue
            for text in held if isinstance(held, tuple) else (held,):
                for place in (text or "").split(BETWEEN):
                    yield place.partition("/")[0], f"{type(value).__name__}.{each.name}"


def _refers(value: Any, field: str) -> bool:
    """Return whether a field of a value names elements."""
    if isinstance(value, Attribute):
        return field == "values" and value.name in REFERENCES
    return field in _REFERENCES.get(type(value).__name__, ())


class _Saying:
    """Says what elements are, the ids of elements as their colours."""

    def __init__(self, colours: Colours, blind: bool) -> None:  # noqa: FBT001
        self._colours = colours
        self._blind = blind

    def of(self, value: Any, *, top: bool = False) -> Hashable:
        """Return a value as tuples; of lines whose order says nothing, in one order."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Enum):
            return str(value.value)
        if isinstance(value, tuple):
            told = [self.of(item) for item in value]
            ordered = not value or isinstance(value[0], ORDERED) or not is_element(value[0])
            return tuple(told if ordered else sorted(told, key=repr))
        if is_dataclass(value) and not isinstance(value, type):
            kind = type(value).__name__
            skipped = SAYS_NOTHING | ({"id"} if top else frozenset())
            skipped |= _BY_THEMSELVES.get(kind, frozenset())
            shown = (f.name for f in fields(value) if f.compare and f.name not in skipped)
            return kind, *(self._field(value, name) for name in shown)
        assert isinstance(value, Hashable)
        return value

    def _field(self, value: Any, name: str) -> Hashable:
        held = getattr(value, name)
        if self._blind and name in _PARTS.get(type(value), ()):
            return len(held) if isinstance(held, tuple) else held is None
        if not _refers(value, name):
            return self.of(held)
        return tuple(map(self._place, held)) if isinstance(held, tuple) else self._place(held)

    def _place(self, text: str | None) -> Hashable:
        """Return what is known of an element, or of one whose part is named."""
        node, slash, port = (text or "").partition("/")
        known = repr(self._colours[node]) if node in self._colours else node
        return known, slash, "" if self._blind else port

    def _text(self, text: str) -> Hashable:
        own = text.removeprefix(_ZONE)
        if own != text and own in self._colours:
            return _ZONE, repr(self._colours[own])
        return text
