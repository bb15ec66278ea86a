"""Shapes: what a part of a file looks like, declared once for reading and for the JSON Schema.

A shape reads a node into a value and reports everything wrong with it; `None` means that a
problem was added (or, for `Nullable`, that nothing is written). The JSON Schema accepts
everything the shape reads; it may accept more, since editors only help, the reader decides.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from zonecheck.formats.json_schema import JsonSchema, SchemaWriter
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.other_words import value_meant_by
from zonecheck.formats.problems import Problems
from zonecheck.formats.yaml_nodes import Kind, MappingNode, Node, ScalarNode, is_empty
from zonecheck.model.message import Message
from zonecheck.model.source import Source

T_co = TypeVar("T_co", covariant=True)
K = TypeVar("K")
V = TypeVar("V")


class Shape(ABC, Generic[T_co]):
    """What a node must look like to be read as a `T_co`."""

    @property
    @abstractmethod
    def kinds(self) -> frozenset[Kind]:
        """Return the node kinds this shape can read."""

    def read(self, node: Node, problems: Problems, at: Source | None = None) -> T_co | None:
        """Return the value of a node, None after adding a problem.

        Args:
            node: what is written.
            problems: where to report what is wrong.
            at: where the value's name is written, if it has one; elements take it as theirs.
        """
        place = at or node.source
        if is_empty(node):
            expected = "|".join(sorted(self.kinds))
            problems.add(place, "shape.empty-value", expected_kinds=expected)
        elif node.kind not in self.kinds:
            problems.add(
                node.source,
                "shape.wrong-kind",
                found_kind=node.kind,
                expected_kinds="|".join(sorted(self.kinds)),
                hint=self._other_kind(node),
            )
        else:
            return self._read(node, problems, place)
        return None

    def _other_kind(self, node: Node) -> Message | None:
        """Return what to write where a node is of a kind that this shape does not read."""
        # An unquoted `2001:db8::` in a list reads as a mapping.
        quoted = node.kind == "mapping" and "scalar" in self.kinds
        return Message.of("hint.quote-text") if quoted else None

    @property
    def required(self) -> tuple[str, ...]:
        """Return the keys that whatever this shape reads must have."""
        return ()

    @abstractmethod
    def _read(self, node: Node, problems: Problems, place: Source) -> T_co | None:
        """Return the value of a node of one of the shape's kinds."""

    @abstractmethod
    def json_schema(self, writer: SchemaWriter) -> JsonSchema:
        """Return the JSON Schema of this shape; records become definitions of `writer`."""


@dataclass(frozen=True, eq=False)
class Scalar(Shape[T_co]):
    """A scalar whose text a parser understands."""

    parser: Callable[[ScalarNode, Problems], T_co | None]
    schema: Mapping[str, Any]
    doc_en: str = ""
    doc_ja: str = ""

    @property
    def kinds(self) -> frozenset[Kind]:
        """Return the scalar kind."""
        return frozenset({"scalar"})

    def _read(self, node: Node, problems: Problems, place: Source) -> T_co | None:  # noqa: ARG002
        return self.parser(node, problems) if isinstance(node, ScalarNode) else None

    def json_schema(self, writer: SchemaWriter) -> JsonSchema:
        """Return the declared schema with its description."""
        return writer.described(dict(self.schema), self.doc_en, self.doc_ja)


@dataclass(frozen=True, eq=False)
class Choice(Shape[T_co]):
    """A scalar that is one of a set of words, or else what `otherwise` reads."""

    words: Mapping[str, T_co]
    otherwise: Shape[T_co] | None = None

    @staticmethod
    def of(*words: str) -> "Choice[str]":
        """Return the choice between words that stand for themselves."""
        return Choice({word: word for word in words})

    @property
    def kinds(self) -> frozenset[Kind]:
        """Return the scalar kind and those of `otherwise`."""
        more: frozenset[Kind] = self.otherwise.kinds if self.otherwise else frozenset()
        return more | {"scalar"}

    def _read(self, node: Node, problems: Problems, place: Source) -> T_co | None:
        if isinstance(node, ScalarNode) and node.text in self.words:
            return self.words[node.text]
        if self.otherwise is not None:
            return self.otherwise.read(node, problems, place)
        if isinstance(node, ScalarNode):
            problems.add(
                node.source,
                "shape.unknown-word",
                text=node.text,
                allowed=", ".join(self.words),
                hint=value_meant_by(node.text, self.words) or did_you_mean(node.text, self.words),
            )
        return None

    def json_schema(self, writer: SchemaWriter) -> JsonSchema:
        """Return an enumeration, or the alternative of one and `otherwise`."""
        words: JsonSchema = {"enum": list(self.words)}
        if self.otherwise is None:
            return words
        return {"anyOf": [words, self.otherwise.json_schema(writer)]}


class OneOf(Shape[T_co]):
    """One of several shapes, told apart by node kind; no kind may have two shapes."""

    def __init__(self, *shapes: Shape[T_co]) -> None:
        self.shapes = shapes
        self._of_kind: dict[Kind, Shape[T_co]] = {}
        for shape in shapes:
            for kind in shape.kinds:
                if kind in self._of_kind:
                    raise ValueError(f"two shapes read a {kind}")
                self._of_kind[kind] = shape

    @property
    def kinds(self) -> frozenset[Kind]:
        """Return the kinds of all shapes."""
        return frozenset(self._of_kind)

    def _read(self, node: Node, problems: Problems, place: Source) -> T_co | None:
        return self._of_kind[node.kind].read(node, problems, place)

    def json_schema(self, writer: SchemaWriter) -> JsonSchema:
        """Return the alternatives."""
        return {"anyOf": [shape.json_schema(writer) for shape in self.shapes]}


@dataclass(frozen=True, eq=False)
class Nullable(Shape[T_co]):
    """A shape for which writing nothing is allowed and reads as None."""

    shape: Shape[T_co]

    @property
    def kinds(self) -> frozenset[Kind]:
        """Return the kinds of the shape."""
        return self.shape.kinds

    def read(self, node: Node, problems: Problems, at: Source | None = None) -> T_co | None:
        """Return the value of a node, None if nothing is written."""
        return None if is_empty(node) else self.shape.read(node, problems, at)

    def _read(self, node: Node, problems: Problems, place: Source) -> T_co | None:
        return self.shape.read(node, problems, place)

    def json_schema(self, writer: SchemaWriter) -> JsonSchema:
        """Return the shape or null."""
        return {"anyOf": [{"type": "null"}, self.shape.json_schema(writer)]}


@dataclass(frozen=True, eq=False)
class Raw(Shape[Node]):
    """Any node, kept as it is for a later reading."""

    schema: Mapping[str, Any]

    @property
    def kinds(self) -> frozenset[Kind]:
        """Return every kind."""
        return frozenset({"scalar", "list", "mapping"})

    def _read(self, node: Node, problems: Problems, place: Source) -> Node:  # noqa: ARG002
        return node

    def json_schema(self, writer: SchemaWriter) -> JsonSchema:  # noqa: ARG002
        """Return the declared schema."""
        return dict(self.schema)


class Items(tuple[V, ...]):
    """The values of a list, with the place of each.

    `complete` is false where an item could not be read and is therefore missing.
    """

    sources: tuple[Source, ...]
    complete: bool

    @classmethod
    def of(cls, found: list[tuple[V, Source]], *, complete: bool = True) -> "Items[V]":
        """Return the items of pairs of value and place."""
        items = cls(value for value, _ in found)
        items.sources = tuple(source for _, source in found)
        items.complete = complete
        return items


@dataclass(frozen=True, eq=False)
class ListOf(Shape[Items[V]]):
    """A list; with `allow_single`, one item may stand for the list of it."""

    item: Shape[V]
    min_items: int = 0
    allow_single: bool = False

    @property
    def kinds(self) -> frozenset[Kind]:
        """Return the list kind, and that of the item where it may stand alone."""
        kinds: frozenset[Kind] = frozenset({"list"})
        return kinds | self.item.kinds if self.allow_single else kinds

    def _other_kind(self, node: Node) -> Message | None:
        keys = ", ".join(f"{key}: ..." for key in self.item.required)
        if keys and node.kind == "mapping":
            return Message.of("hint.list-of", item=f"- {{{keys}}}")
        return super()._other_kind(node)

    def _read(self, node: Node, problems: Problems, place: Source) -> Items[V] | None:
        if isinstance(node, ScalarNode | MappingNode):
            single = self.item.read(node, problems, place)
            return None if single is None else Items.of([(single, node.source)])
        if len(node.items) < self.min_items:
            problems.add(place, "shape.too-few-items", found=len(node.items), least=self.min_items)
            return None
        read = [(self.item.read(item, problems), item.source) for item in node.items]
        found = [(value, source) for value, source in read if value is not None]
        return Items.of(found, complete=len(found) == len(read))

    def json_schema(self, writer: SchemaWriter) -> JsonSchema:
        """Return an array, or the alternative of an item and an array."""
        item = self.item.json_schema(writer)
        array: JsonSchema = {"type": "array", "items": item}
        if self.min_items:
            array["minItems"] = self.min_items
        return {"anyOf": [item, array]} if self.allow_single else array


class Table(dict[K, V]):
    """The values of a mapping by id, with the place where each id is written."""

    def __init__(self, found: Mapping[K, V], sources: Mapping[K, Source]) -> None:
        super().__init__(found)
        self.sources = dict(sources)


@dataclass(frozen=True, eq=False)
class MapOf(Shape[Table[K, V]]):
    """A mapping from ids to values; an element's place is that of its id.

    Two keys that read as the same id are a problem that names both places, also when they
    come from different files.
    """

    key: Shape[K]
    value: Shape[V]
    min_items: int = 0

    @property
    def kinds(self) -> frozenset[Kind]:
        """Return the mapping kind."""
        return frozenset({"mapping"})

    def _read(self, node: Node, problems: Problems, place: Source) -> Table[K, V] | None:
        entries = node.entries if isinstance(node, MappingNode) else ()
        if len(entries) < self.min_items:
            problems.add(place, "shape.too-few-items", found=len(entries), least=self.min_items)
        found: dict[K, V] = {}
        sources: dict[K, Source] = {}
        for key_node, value_node in entries:
            key = self.key.read(key_node, problems)
            value = self.value.read(value_node, problems, key_node.source)
            if key is None:
                continue
            if key in sources:
                first = sources[key].short
                problems.add(key_node.source, "shape.duplicate-id", key=key, first=first)
                continue
            sources[key] = key_node.source
            if value is not None or (is_empty(value_node) and isinstance(self.value, Nullable)):
                found[key] = value  # type: ignore[assignment] # V admits None where null is allowed
        return Table(found, {key: sources[key] for key in found})

    def json_schema(self, writer: SchemaWriter) -> JsonSchema:
        """Return an object with one schema for all values."""
        schema: JsonSchema = {
            "type": "object",
            "additionalProperties": self.value.json_schema(writer),
        }
        pattern = self.key.json_schema(writer).get("pattern")
        if pattern:
            schema["propertyNames"] = {"pattern": pattern}
        if self.min_items:
            schema["minProperties"] = self.min_items
        return schema
