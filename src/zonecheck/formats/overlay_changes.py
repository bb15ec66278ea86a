"""The changes an overlay writes: an operation, a path and a value each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.formats.fold import fold
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.shape import Choice, ListOf, Raw
from zonecheck.formats.written import NOTE, reference
from zonecheck.formats.yaml_nodes import Node, ScalarNode
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
            "value": Field(Raw({}), doc_en="What is put there.", doc_ja="そこに置く値。"),
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
