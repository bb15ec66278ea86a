"""Overlays: a design written as changes to another one, applied to the node tree."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.formats.fold import fold
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.shape import Choice, ListOf, Raw
from zonecheck.formats.written import NOTE, reference
from zonecheck.formats.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from zonecheck.model.message import Message
from zonecheck.model.source import Source

OPERATIONS = ("set", "add", "insert", "remove")
_PATH = reference(
    "Keys joined by dots; a key with a dot or a slash stands in brackets.",
    "キーをドットでつないだもの。ドットやスラッシュを含むキーは [ ] で囲む。",
)
_END = "end"
_TOKEN = re.compile(r"\[(?P<bracketed>[^\]]+)\]|(?P<bare>[^.\[\]]+)")
CHANGES = ListOf(
    Record(
        "change",
        {
            **{name: Field(_PATH) for name in OPERATIONS},
            "value": Field(Raw({})),
            "at": Field(
                Choice({_END: _END}, reference("A position, from 0.", "0から数えた位置。")),
                doc_en="For insert: the position in the list, or 'end'.",
                doc_ja="insert でのリスト内の位置。末尾は 'end'。",
            ),
            "note": NOTE,
        },
        doc_en="One change: exactly one of set, add, insert, remove, with its path.",
        doc_ja="変更1件。set、add、insert、remove のどれか1つにパスを書く。",
    )
)
_SECTIONS = frozenset(
    {"zones", "segments", "hosts", "devices", "objects", "services"}
    | {"externals", "channels", "specific_flows"}
)
# These make elements; changes to them must come before they do.
_BEFORE_TEMPLATES = frozenset({"templates", "use"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change: an operation at a path of keys and positions."""

    operation: str
    path: tuple[str, ...]
    written: str
    source: Source
    value: Node | None = None
    at: ScalarNode | str | None = None

    @property
    def before_templates(self) -> bool:
        """Return whether it changes templates or their use rather than what they make."""
        return self.path[0] in _BEFORE_TEMPLATES


def read_changes(elements: Iterable[Element], problems: Problems) -> tuple[Change, ...]:
    """Return the changes of an overlay that are well formed."""
    found = (_read_change(element, problems) for element in elements)
    return tuple(change for change in found if change is not None)


def _read_change(element: Element, problems: Problems) -> Change | None:
    named = [name for name in OPERATIONS if element.given(name)]
    if len(named) != 1:
        problems.add(element.source, "overlay.operation", found=", ".join(named) or "-")
        return None
    operation, written = named[0], element[named[0]]
    if written is None:
        return None
    place = written.source
    path = _path(written, problems)
    value, at = element["value"], element["at"]
    if operation == "remove" and element.given("value"):
        problems.add(
            element.source_of("value"), "overlay.needless", key="value", operation="remove"
        )
        return None
    if operation != "remove" and value is None:
        if not element.given("value"):
            problems.add(place, "overlay.missing", key="value", operation=operation)
        return None
    if operation != "insert" and element.given("at"):
        problems.add(element.source_of("at"), "overlay.needless", key="at", operation=operation)
        return None
    if path is None:
        return None
    return Change(operation, path, written.text, place, value, at)


def _path(node: ScalarNode, problems: Problems) -> tuple[str, ...] | None:
    text, tokens, position = fold(node.text), [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            break
        tokens.append(match["bracketed"] or match["bare"])
        position = match.end()
        if text[position : position + 1] == "." and position + 1 < len(text):
            position += 1
        elif text[position : position + 1] != "[":
            break
    if position < len(text) or not tokens:
        problems.add(node.source, "overlay.path", text=node.text)
        return None
    return tuple(tokens)


def apply(root: MappingNode, changes: Iterable[Change], problems: Problems) -> MappingNode:
    """Return the tree after all changes, in their order; those that do not fit are problems."""
    for change in changes:
        changed = _Applier(change, problems).apply(root, change.path)
        if isinstance(changed, MappingNode):
            root = changed
    return root


class _Applier:
    """Applies one change; nodes that are not on its path are shared with the old tree."""

    def __init__(self, change: Change, problems: Problems) -> None:
        self._change = change
        self._problems = problems

    def apply(self, node: Node, path: tuple[str, ...]) -> Node | None:
        """Return the changed node, None after a problem."""
        if self._change.operation == "insert" and not path:
            return self._inserted(node)
        if isinstance(node, MappingNode):
            return self._in_mapping(node, path)
        if isinstance(node, SequenceNode):
            return self._in_list(node, path)
        self._problems.add(
            self._change.source, "overlay.no-parts", path=self._change.written, key=path[0]
        )
        return None

    def _in_mapping(self, node: MappingNode, path: tuple[str, ...]) -> Node | None:
        key, rest = path[0], path[1:]
        index = next((n for n, (k, _) in enumerate(node.entries) if fold(k.text) == key), None)
        entries = list(node.entries)
        operation, value = self._change.operation, self._change.value
        ends_here = not rest and operation != "insert"
        if index is None:
            added = self._added(key, rest, at_top=len(path) == len(self._change.path))
            if added is None:
                known = [k.text for k, _ in entries]
                self._problems.add(
                    self._change.source,
                    "overlay.missing-key",
                    path=self._change.written,
                    hint=did_you_mean(key, known),
                    key=key,
                )
                return None
            entries.append((self._key(key), added))
        elif ends_here and operation == "remove":
            del entries[index]
        elif ends_here and operation == "add":
            self._problems.add(
                self._change.source,
                "overlay.already-there",
                path=self._change.written,
                key=key,
                first=entries[index][0].source.short,
            )
            return None
        elif ends_here and value is not None:
            entries[index] = (self._key(entries[index][0].text), value)
        else:
            changed = self.apply(entries[index][1], rest)
            if changed is None:
                return None
            entries[index] = (entries[index][0], changed)
        return MappingNode(tuple(entries), node.source)

    def _added(self, key: str, rest: tuple[str, ...], *, at_top: bool) -> Node | None:
        """Return what a missing key is to hold, None if it must not be missing."""
        if self._change.operation not in ("set", "add"):
            return None
        if not rest:
            return self._change.value
        # A section that is not there is as good as an empty one.
        if at_top and key in _SECTIONS and len(rest) == 1 and self._change.value is not None:
            source = self._change.source
            return MappingNode(((self._key(rest[0]), self._change.value),), source)
        return None

    def _in_list(self, node: SequenceNode, path: tuple[str, ...]) -> Node | None:
        key, rest = path[0], path[1:]
        items = list(node.items)
        position = _position(key, len(items) - 1)
        if position is None:
            self._problems.add(
                self._change.source,
                "overlay.no-position",
                path=self._change.written,
                key=key,
                length=len(items),
            )
            return None
        operation, value = self._change.operation, self._change.value
        if rest or operation == "insert":
            changed = self.apply(items[position], rest)
            if changed is None:
                return None
            items[position] = changed
        elif operation == "remove":
            del items[position]
        elif operation == "add":
            self._problems.add(
                self._change.source,
                "overlay.add-to-list",
                path=self._change.written,
                hint=Message.of("hint.use-insert"),
            )
            return None
        elif value is not None:
            items[position] = value
        return SequenceNode(tuple(items), node.source)

    def _inserted(self, node: Node) -> Node | None:
        if not isinstance(node, SequenceNode):
            self._problems.add(self._change.source, "overlay.not-a-list", path=self._change.written)
            return None
        at, value = self._change.at, self._change.value
        items = list(node.items)
        if isinstance(at, ScalarNode):
            position = _position(at.text, len(items))
            if position is None:
                self._problems.add(
                    at.source,
                    "overlay.no-position",
                    key=at.text,
                    length=len(items),
                    path=self._change.written,
                )
                return None
        else:
            position = len(items)
        if value is not None:
            items.insert(position, value)
        return SequenceNode(tuple(items), node.source)

    def _key(self, text: str) -> ScalarNode:
        return ScalarNode(text, False, self._change.source)  # noqa: FBT003 - a node's own field


def _position(text: str, highest: int) -> int | None:
    if not re.fullmatch("0|[1-9][0-9]{0,8}", text) or int(text) > highest:
        return None
    return int(text)
