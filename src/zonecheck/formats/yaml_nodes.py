"""YAML as positioned nodes whose scalars keep the text that was written.

PyYAML's own types are never asked for: they turn `12:34:56:12:34:56` into a number, `010` into
8, `no` into false, and drop the first of two equal keys. Here a scalar is its text until the
schema says what it is.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from zonecheck.formats.file_text import UNPRINTABLE, read_text, shown_path
from zonecheck.formats.problems import Problems
from zonecheck.formats.yaml_syntax import report_syntax_error
from zonecheck.model.message import Message
from zonecheck.model.source import Source

Kind = Literal["scalar", "list", "mapping"]
_Parser: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read: bytes, nodes once aliases and templates are expanded, depth."""

    file_bytes: int = 10 * 1024 * 1024
    nodes: int = 500_000
    depth: int = 60
    include_depth: int = 8


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A scalar as written; `plain` means it stood there without quotes."""

    text: str
    plain: bool
    source: Source

    @property
    def kind(self) -> Kind:
        """Return the node kind."""
        return "scalar"


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: tuple["Node", ...]
    source: Source

    @property
    def kind(self) -> Kind:
        """Return the node kind."""
        return "list"


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping in the order written; keys read from one file are distinct."""

    entries: tuple[tuple[ScalarNode, "Node"], ...]
    source: Source

    @property
    def kind(self) -> Kind:
        """Return the node kind."""
        return "mapping"

    def get(self, key: str) -> "Node | None":
        """Return the first value of a key, None if the key is not there."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = ScalarNode | SequenceNode | MappingNode


def is_empty(node: Node) -> bool:
    """Return whether nothing is written there, or an unquoted `~` or `null`."""
    return isinstance(node, ScalarNode) and node.plain and node.text in ("", "~", "null")


def read_document(
    path: str | os.PathLike[str],
    problems: Problems,
    *,
    limits: Limits = DEFAULT_LIMITS,
    at: Source | None = None,
) -> Node | None:
    """Return the root node of a YAML file, None if it cannot be read as one document.

    A returned tree may have lost entries (duplicate keys, merge keys); each is a problem.

    Args:
        path: the file; sources name it as given here.
        problems: where to report what is wrong.
        limits: how much to read.
        at: where the file is asked for, if that is a place in another file.
    """
    text = read_text(path, problems, limit=limits.file_bytes, at=at)
    return None if text is None else parse_document(text, shown_path(path), problems, limits=limits)


def parse_document(
    text: str, name: str, problems: Problems, *, limits: Limits = DEFAULT_LIMITS
) -> Node | None:
    """Return the root node of a YAML text, as `read_document` does for the file `name`."""
    composer = _Composer(name, problems, limits)
    try:
        root = composer.compose(yaml.parse(text, Loader=_Parser))
    except yaml.YAMLError as error:
        report_syntax_error(error, text, name, problems)
        return None
    except _Stop:
        return None
    if root is None or (isinstance(root, ScalarNode) and root.plain and not root.text):
        problems.add(Source(name, 1, 1), "file.empty")
        return None
    return root


class _Stop(Exception):  # noqa: N818 - ends the reading, not an error of its own
    """Ends the reading after a problem that leaves nothing to go on with."""


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read yet."""

    is_mapping: bool
    source: Source
    anchor: str | None
    nodes_before: int
    depth: int
    deepest: int
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[ScalarNode, Node]] = field(default_factory=list)
    first_of: dict[str, Source] = field(default_factory=dict)
    awaits_value: bool = False
    key: ScalarNode | None = None


@dataclass(frozen=True, slots=True)
class _Anchored:
    node: Node
    nodes: int
    height: int


class _Composer:
    """Builds nodes from parser events without recursion, so that depth is ours to limit."""

    def __init__(self, name: str, problems: Problems, limits: Limits) -> None:
        self._name = name
        self._problems = problems
        self._limits = limits
        self._open: list[_Open] = []
        self._anchored: dict[str, _Anchored] = {}
        self._nodes = 0
        self._root: Node | None = None

    def compose(self, events: Iterable[Event]) -> Node | None:
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(self._source(event), "yaml.multiple-documents")
            elif isinstance(event, CollectionEndEvent):
                self._close()
            elif isinstance(event, AliasEvent):
                self._alias(event)
            elif isinstance(event, NodeEvent):
                self._begin(event)
        return self._root

    def _source(self, event: Event) -> Source:
        mark = event.start_mark
        assert mark is not None  # the parser marks every event
        return Source(self._name, mark.line + 1, mark.column + 1)

    def _stop(self, source: Source, code: str, hint: Message | None = None, **rest: object) -> None:
        self._problems.add(source, code, hint=hint, **rest)
        raise _Stop

    def _begin(self, event: NodeEvent) -> None:
        source = self._source(event)
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._problems.add(source, "yaml.tag", tag=tag, hint=Message.of("hint.drop-tag"))
        depth = len(self._open) + 1
        self._count(1, depth, source)
        if isinstance(event, ScalarEvent):
            # A block scalar's plainness does not matter: its text is never empty by accident.
            node = ScalarNode(event.value, event.style in (None, ""), source)
            self._check_characters(node)
            self._attach(node, _Anchored(node, 1, 0), event.anchor, depth)
        else:
            is_mapping = isinstance(event, MappingStartEvent)
            opened = _Open(is_mapping, source, event.anchor, self._nodes - 1, depth, depth)
            self._open.append(opened)

    def _check_characters(self, node: ScalarNode) -> None:
        found = UNPRINTABLE.search(node.text)
        if found:
            character = f"U+{ord(found[0]):04X}"
            self._problems.add(node.source, "yaml.control-character", character=character)

    def _count(self, nodes: int, depth: int, source: Source) -> None:
        self._nodes += nodes
        if self._nodes > self._limits.nodes:
            hint = Message.of("hint.fewer-aliases")
            self._stop(source, "yaml.too-many-nodes", hint, limit=self._limits.nodes)
        if depth > self._limits.depth:
            self._stop(source, "yaml.too-deep", limit=self._limits.depth)

    def _close(self) -> None:
        opened = self._open.pop()
        node: Node
        if opened.is_mapping:
            node = MappingNode(tuple(opened.entries), opened.source)
        else:
            node = SequenceNode(tuple(opened.items), opened.source)
        size = self._nodes - opened.nodes_before
        kept = _Anchored(node, size, opened.deepest - opened.depth)
        self._attach(node, kept, opened.anchor, opened.deepest)

    def _alias(self, event: AliasEvent) -> None:
        source, anchor = self._source(event), str(event.anchor)
        if any(opened.anchor == anchor for opened in self._open):
            self._stop(source, "yaml.cyclic-alias", alias=anchor)
        kept = self._anchored.get(anchor)
        if kept is None:
            self._stop(source, "yaml.undefined-alias", alias=anchor)
            return
        deepest = len(self._open) + 1 + kept.height
        self._count(kept.nodes, deepest, source)
        self._attach(kept.node, kept, None, deepest)

    def _attach(self, node: Node, kept: _Anchored, anchor: str | None, deepest: int) -> None:
        if anchor is not None:
            self._anchored[anchor] = kept
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        parent.deepest = max(parent.deepest, deepest)
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.awaits_value:
            if parent.key is not None:
                parent.entries.append((parent.key, node))
            parent.awaits_value = False
        else:
            parent.key = self._checked_key(node, parent)
            parent.awaits_value = True

    def _checked_key(self, node: Node, parent: _Open) -> ScalarNode | None:
        """Return the key, None if its entry is to be left out."""
        if not isinstance(node, ScalarNode):
            hint = Message.of("hint.quote-placeholder") if node.kind == "mapping" else None
            self._problems.add(node.source, "yaml.complex-key", found_kind=node.kind, hint=hint)
        elif not node.text:
            self._problems.add(node.source, "yaml.empty-key")
        elif node.plain and node.text == "<<":
            hint = Message.of("hint.use-templates")
            self._problems.add(node.source, "yaml.merge-key", hint=hint)
        elif node.text in parent.first_of:
            first = parent.first_of[node.text]
            self._problems.add(node.source, "yaml.duplicate-key", key=node.text, first=first.short)
        else:
            parent.first_of[node.text] = node.source
            return node
        return None
