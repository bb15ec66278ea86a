"""Addresses as rules name them: written out, or by an element or object that has addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zonecheck.formats.address_text import addresses
from zonecheck.formats.fold import fold
from zonecheck.formats.names import SECTION_OF, Names
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element
from zonecheck.formats.scalars import written_instead
from zonecheck.formats.shape import Items
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.address import AddressRange
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.filter import ANY_ADDRESS, AddressMatch
from zonecheck.model.message import Message

_LOOKS_LIKE_ADDRESS = re.compile(r"[0-9.]+([-/].*)?|[0-9A-Fa-f.]*:.*")
_ANY = "any"
_ADDRESSABLE = tuple(SECTION_OF)


@dataclass(frozen=True, slots=True)
class AddressBook:
    """The addresses of every element that may be named, and why others have none.

    `missing` holds hints by id; `broken` the ids whose addresses could not be read. `cards` are
    the addresses of interfaces, which no rule names, by `node/interface`.
    """

    ranges: Mapping[str, tuple[AddressRange, ...]]
    missing: Mapping[str, Message]
    cards: Mapping[str, tuple[AddressRange, ...]]
    broken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    """What terms stand for: `everything`, else `ranges`; `uncertain` names an open question."""

    ranges: tuple[AddressRange, ...] = ()
    everything: bool = False
    uncertain: str | None = None

    def joined(self, other: "_Found") -> "_Found":
        return _Found(
            self.ranges + other.ranges,
            self.everything or other.everything,
            self.uncertain or other.uncertain,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """An address match, and why it may or may not hold, if that is undeclared."""

    match: AddressMatch
    uncertain: str | None = None


class AddressTerms:
    """Resolves terms; objects are resolved once, and their cycles are problems."""

    def __init__(
        self, names: Names, book: AddressBook, objects: Mapping[str, object], problems: Problems
    ) -> None:
        self._names = names
        self._book = book
        self._objects = objects
        self._problems = problems
        self._resolved: dict[str, _Found] = {}
        self._open: list[str] = []
        for name in objects:
            self._object(name)

    def match(self, terms: Items[ScalarNode] | Element | None) -> Match:
        """Return what `from` or `to` of a rule matches; None means any."""
        if terms is None:
            return Match(ANY_ADDRESS)
        negated = isinstance(terms, Element)
        nodes: Items[ScalarNode] | None = terms["not"] if isinstance(terms, Element) else terms
        if not nodes:
            return Match(ANY_ADDRESS)
        found = self._terms(nodes)
        text = ", ".join(node.text for node in nodes)
        if negated:
            text = f"not ({text})"
        if found.uncertain is not None:
            return Match(AddressMatch(text=text), found.uncertain)
        if found.everything:
            # The complement of everything is nothing.
            return Match(AddressMatch(() if negated else None, text=text))
        if negated and not found.ranges:
            return Match(AddressMatch(text=text))
        return Match(AddressMatch(found.ranges, negated, text))

    def certain(self, element: Element, key: str) -> AddressMatch:
        """Return what a condition matches where no question about it may stay open."""
        found = self.match(element[key])
        if found.uncertain is not None:
            self._problems.add(
                element.source_of(key),
                "object.no-meaning",
                object=found.uncertain.partition(":")[2],
                hint=Message.of("hint.when-empty"),
            )
        return found.match

    def _terms(self, nodes: Items[ScalarNode]) -> _Found:
        found = _Found()
        for node in nodes:
            found = found.joined(self._term(node))
        return found

    def _term(self, node: ScalarNode) -> _Found:
        name = fold(node.text)
        owner, slash, _ = name.partition("/")
        if name == _ANY:
            return _Found(everything=True)
        if name in self._objects:
            return self._object(name, node)
        if self._names.declares(name) or (slash and self._names.declares(owner)):
            return self._element(node)
        if _LOOKS_LIKE_ADDRESS.fullmatch(name):
            written = addresses(node, self._problems)
            return _Found((written,)) if written is not None else _Found()
        self._names.report_unknown(node, _ADDRESSABLE, self._objects)
        return _Found()

    def _element(self, node: ScalarNode) -> _Found:
        own = self._book.cards.get(fold(node.text))
        if own is not None:
            hint = written_instead(", ".join(map(str, own))) if own else None
            self._problems.add(
                node.source, "reference.interface-as-address", text=node.text, hint=hint
            )
            return _Found()
        endpoint = self._names.endpoint(node)
        if endpoint is None or endpoint.id in self._book.broken:
            return _Found()
        key = str(endpoint)
        if key in self._book.missing:
            kind = EndpointKind.EXTERNAL if endpoint.peer else endpoint.kind
            self._problems.add(
                node.source,
                "rule.no-addresses",
                text=node.text,
                section=SECTION_OF[kind],
                hint=self._book.missing[key],
            )
        return _Found(self._book.ranges.get(key, ()))

    def _object(self, name: str, node: ScalarNode | None = None) -> _Found:
        if name in self._open and node is not None:
            chain = " -> ".join((*self._open[self._open.index(name) :], name))
            self._problems.add(node.source, "reference.cycle", section="objects", chain=chain)
            return _Found()
        if name not in self._resolved:
            self._open.append(name)
            self._resolved[name] = self._read_object(name, self._objects[name])
            self._open.pop()
        return self._resolved[name]

    def _read_object(self, name: str, written: object) -> _Found:
        detailed = isinstance(written, Element)
        members = written["members"] if isinstance(written, Element) else written
        if not isinstance(members, Items):
            return _Found()
        if len(members) or not members.complete:
            return self._terms(members)
        meaning = written["when_empty"] if isinstance(written, Element) else None
        if detailed and meaning == "any":
            return _Found(everything=True)
        if detailed and meaning == "none":
            return _Found()
        return _Found(uncertain=f"object:{name}")
