"""Which elements of two designs are the same under another id.

Elements of one id are the same. The others are told apart by all they say, the names of elements
replaced by what is known of these so far, until nothing more can be told (colour refinement). What
is paired wrongly shows as a difference later, for `model.rename` is exact; so this may guess.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from zonecheck.model.topology import Topology

_SECTIONS = ("segments", "hosts", "devices", "externals", "hypervisors", "datastores")
_STANDBY = "standby"
_SAYS_NOTHING = frozenset({"source", "profile_source", "note"})
_BY_THEMSELVES = {
    "HostInterface": {"id"},
    "Rule": {"name"},
    "NatRule": {"name"},
    "PolicyRoute": {"name"},
}
"""What cards and lines of lists are called by nobody but themselves."""
_ZONE = "ext:"

Colours = Mapping[str, object]


def renaming(old: Topology, new: Topology) -> dict[str, str]:
    """Return the new ids of the elements of the old design that are called otherwise in the new.

    It fits `model.rename.renamed` of the old design.
    """
    before, after = dict(_named(old)), dict(_named(new))
    same = {name for name, kind in before.items() if after.get(name) == kind}
    pairs = _Pairs(old, new, same)
    found = pairs.found() if pairs.left else {}
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
    """One design: its elements by id, and what is known of each so far."""

    def __init__(self, topology: Topology, same: set[str]) -> None:
        self.kinds = dict(_named(topology))
        self.elements = {
            element.id: element for section in _SECTIONS for element in getattr(topology, section)
        }
        for device in topology.devices:
            self.elements |= {member.id: member for member in device.standby}
        self.cables: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for link in topology.links:
            for here, there in (link.ends, link.ends[::-1]):
                port = "" if there.node in topology.host_by_id else there.port
                self.cables[here.node].append((here.port, there.node, port))
        self.colours: dict[str, object] = {
            name: name if name in same else kind for name, kind in self.kinds.items()
        }
        self.left = [name for name in self.kinds if name not in same]

    def signature(self, name: str) -> object:
        """Return all that is said of an element, in the colours known so far."""
        is_host = self.kinds[name] == "hosts"
        cables = sorted(
            ("" if is_host else port, repr(self.colours.get(node)), other)
            for port, node, other in self.cables[name]
        )
        return self.kinds[name], _plain(self.elements[name], self.colours, top=True), tuple(cables)


class _Pairs:
    """Pairs elements of two designs that are left over by their ids."""

    def __init__(self, old: Topology, new: Topology, same: set[str]) -> None:
        self._sides = _Side(old, same), _Side(new, same)
        self._numbers: dict[object, int] = {}

    @property
    def left(self) -> bool:
        """Return whether both designs have elements without a partner."""
        return all(side.left for side in self._sides)

    def found(self) -> dict[str, str]:
        """Return all pairs."""
        found: dict[str, str] = {}
        while self.left:
            self._refine()
            old, new = (self._classes(side) for side in self._sides)
            alike = [(names, new[colour]) for colour, names in old.items() if colour in new]
            if not alike:
                break
            sure = [(a[0], b[0]) for a, b in alike if len(a) == len(b) == 1]
            # Among those that nothing tells apart any pair will do; it may tell others apart.
            for before, after in sure or [(alike[0][0][0], alike[0][1][0])]:
                found[before] = after
                for side, name in zip(self._sides, (before, after), strict=True):
                    side.colours[name] = f"={after}"
                    side.left.remove(name)
        return {a: b for a, b in found.items() if a != b}

    def _refine(self) -> None:
        """Tell elements apart by what they say until no more can be told."""
        known = 0
        while True:
            told = [
                (side, {name: self._number(side.signature(name)) for name in side.left})
                for side in self._sides
            ]
            for side, colours in told:
                side.colours |= colours
            number = sum(len(set(colours.values())) for _, colours in told)
            if number <= known:
                return
            known = number

    def _number(self, signature: object) -> int:
        return self._numbers.setdefault(signature, len(self._numbers))

    def _classes(self, side: _Side) -> dict[object, list[str]]:
        found: dict[object, list[str]] = defaultdict(list)
        for name in side.left:
            found[side.colours[name]].append(name)
        return found


def _plain(value: Any, colours: Colours, *, top: bool = False) -> object:
    """Return a value as tuples, names of elements as their colours."""
    if isinstance(value, str):
        return _coloured(value, colours)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value).__name__
        skipped = _SAYS_NOTHING | ({"id"} if top else frozenset())
        skipped |= _BY_THEMSELVES.get(kind, set())
        shown = (f for f in fields(value) if f.compare and f.name not in skipped)
        return kind, *(_plain(getattr(value, f.name), colours) for f in shown)
    if isinstance(value, tuple):
        return tuple(_plain(item, colours) for item in value)
    return value


def _coloured(text: str, colours: Colours) -> object:
    node, slash, port = text.partition("/")
    if node in colours:
        return colours[node], slash, port
    own = text.removeprefix(_ZONE)
    return (_ZONE, colours[own]) if own != text and own in colours else text
