"""Profiles that extend others: from a path to one tree of nodes."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from zonecheck.formats.file_text import beside, shown_path
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import did_you_mean, nearest
from zonecheck.formats.problems import Problems
from zonecheck.formats.profile_schema import PROFILE
from zonecheck.formats.record import Record
from zonecheck.formats.yaml_nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    is_empty,
    read_document,
)
from zonecheck.model.message import Message
from zonecheck.model.source import Source

_LAYER: Final = ("extends", "disabled", "removed_zones")
_OWN: Final = frozenset({"profile", "title", "basis", *_LAYER})
"""What a profile says of itself: none of it is taken over."""
_DATED: Final = ("document", "edition")
_JOINED: Final = frozenset({"isolation", "more_clauses"})
# A profile whose base cannot be read is looked at by itself, as far as that goes.
_ALONE = Record(
    PROFILE.name, {name: replace(field, required=False) for name, field in PROFILE.fields.items()}
)


def load_layers(
    path: str, built_in: Mapping[str, Path], problems: Problems, checks: Collection[str] = ()
) -> "Layered | None":
    """Return a profile with all it takes over from others, None after a problem.

    `built_in` are the files of the profiles that can be named by their id, `checks` the ids of all
    checks there are.
    """
    layers = _Layers(built_in, problems, checks)
    root = layers.load(path, None, ())
    return None if root is None else Layered(root, frozenset(layers.unread))


@dataclass(frozen=True, slots=True)
class Layered:
    """A profile over those it extends; `unread` are keys some layer's value of which is no value.

    What the base says under these keys is there without what was to be added to it.
    """

    root: MappingNode
    unread: frozenset[str]


class _Layers:
    def __init__(
        self, built_in: Mapping[str, Path], problems: Problems, checks: Collection[str]
    ) -> None:
        self._built_in = built_in
        self._problems = problems
        self._checks = checks
        self.unread: set[str] = set()

    def load(self, path: str, at: Source | None, chain: tuple[str, ...]) -> MappingNode | None:
        real = os.path.realpath(path.replace("\0", "?"))
        if real in chain:
            place = at or Source(shown_path(path), 1, 1)
            self._problems.add(place, "profile.cycle", path=shown_path(path))
            return None
        root = read_document(path, self._problems, at=at)
        if not isinstance(root, MappingNode):
            if root is not None:
                PROFILE.read(root, self._problems)
            return None
        named = root.get("extends")
        if named is None:
            self._check_alone(root)
            return root
        base = self._base(path, named, (*chain, real))
        if base is None:
            _ALONE.read(root, self._problems)
            return None
        return _merged(self._reduced(base, root), self._readable(root, base))

    def _check_alone(self, root: MappingNode) -> None:
        for key, _ in root.entries:
            if key.text in _LAYER:
                self._problems.add(key.source, "profile.no-base", key=key.text)

    def _readable(self, root: MappingNode, base: MappingNode) -> MappingNode:
        """Return a profile without values that are of no kind their keys take, which are told.

        Those of the base stay in their place, so that nothing else in it is found wrong for them.
        """
        kept: list[tuple[ScalarNode, Node]] = []
        for key, value in root.entries:
            field = PROFILE.fields.get(key.text)
            taken_over = key.text not in _OWN and base.get(key.text) is not None
            is_read = not is_empty(value) and field is not None and value.kind in field.shape.kinds
            if field is None or is_read or not taken_over:
                kept.append((key, value))
            else:
                field.shape.read(value, self._problems, key.source)
                self.unread.add(key.text)
        return MappingNode(tuple(kept), root.source)

    def _base(self, path: str, named: Node, chain: tuple[str, ...]) -> MappingNode | None:
        if not isinstance(named, ScalarNode) or not named.text.strip():
            return None
        if named.text in self._built_in:
            return self.load(os.fspath(self._built_in[named.text]), named.source, chain)
        if not named.text.endswith((".yaml", ".yml")):
            self._problems.add(
                named.source,
                "profile.unknown-base",
                text=named.text,
                known=", ".join(self._built_in),
                hint=did_you_mean(named.text, self._built_in),
            )
            return None
        if Path(named.text).is_absolute():
            self._problems.add(named.source, "include.absolute", path=named.text)
            return None
        return self.load(beside(path, named.text), named.source, chain)

    def _reduced(self, base: MappingNode, own: MappingNode) -> MappingNode:
        """Return the base without the checks and zones it is not to pass on."""
        checks, zones = base.get("checks"), base.get("zones")
        entries = list(base.entries)
        if isinstance(checks, MappingNode):
            gone = self._named(own, "disabled", [key.text for key, _ in checks.entries])
            left = tuple(entry for entry in checks.entries if entry[0].text not in gone)
            entries = _with(entries, "checks", MappingNode(left, checks.source))
        if isinstance(zones, SequenceNode):
            gone = self._named(own, "removed_zones", [_id(item) for item in zones.items])
            kept = tuple(item for item in zones.items if _id(item) not in gone)
            entries = _with(entries, "zones", SequenceNode(kept, zones.source))
        return MappingNode(tuple(entries), base.source)

    def _named(self, own: MappingNode, key: str, known: list[str]) -> set[str]:
        """Return what a list of the profile names, all of which its base must have."""
        node = own.get(key)
        items = node.items if isinstance(node, SequenceNode) else (node,)
        found: set[str] = set()
        for item in items:
            if not isinstance(item, ScalarNode):
                continue
            if item.text not in known:
                self._problems.add(
                    item.source,
                    "profile.not-in-base",
                    text=item.text,
                    key=key,
                    known=listed(known),
                    hint=self._meant(item.text, key, known),
                )
            found.add(item.text)
        return found

    def _meant(self, text: str, key: str, known: list[str]) -> Message | None:
        """Return what a text was probably meant to be: a check the base does not ask for, too."""
        best = nearest(text, (*known, *self._checks) if key == "disabled" else known)
        if best is None or best in known:
            return did_you_mean(text, known)
        return Message.of("hint.check-not-in-base", best=best)


def _merged(base: MappingNode, own: MappingNode) -> MappingNode:
    """Return a profile over its base: what it says replaces, checks and zones one by one.

    The date is that of the edition it came with: another edition or document is not of that day.
    Notes are kept and added to: what to mind about the base is to be minded still.
    """
    own_words = any(own.get(key) is not None for key in _DATED)
    stays = _OWN | {"date"} if own_words else _OWN
    entries = [(key, value) for key, value in base.entries if key.text not in stays]
    for key, value in own.entries:
        known = base.get(key.text) if key.text not in _OWN else None
        if key.text == "note" and isinstance(known, ScalarNode) and isinstance(value, ScalarNode):
            value = replace(value, text=f"{known.text.rstrip()}\n{value.text}")
        entries = _with(entries, key, value if known is None else _joined(key.text, known, value))
    return MappingNode(tuple(entries), own.source)


def _joined(key: str, base: Node, own: Node) -> Node:
    if key == "checks" and isinstance(base, MappingNode) and isinstance(own, MappingNode):
        return _of_checks(base, own)
    if not isinstance(base, SequenceNode) or not isinstance(own, SequenceNode):
        return own
    if key == "zones":
        again = {_id(item) for item in own.items}
        kept = tuple(item for item in base.items if _id(item) not in again)
        return SequenceNode((*kept, *own.items), own.source)
    return SequenceNode((*base.items, *own.items), own.source) if key in _JOINED else own


def _of_checks(base: MappingNode, own: MappingNode) -> MappingNode:
    entries = list(base.entries)
    for key, value in own.entries:
        known = base.get(key.text)
        if isinstance(known, MappingNode) and isinstance(value, MappingNode):
            value = _check_over(known, value)
        entries = _with(entries, key, value)
    return MappingNode(tuple(entries), own.source)


def _check_over(base: MappingNode, own: MappingNode) -> MappingNode:
    """Return how a check is asked for; another strength has its own level and waivers."""
    strength, before = own.get("strength"), base.get("strength")
    again = strength is not None and _text(strength) != _text(before, "must")
    entries = [
        (key, value)
        for key, value in base.entries
        if not (again and key.text in ("level", "waivable"))
    ]
    for key, value in own.entries:
        known = base.get(key.text)
        entries = _with(entries, key, value if known is None else _joined(key.text, known, value))
    return MappingNode(tuple(entries), own.source)


def _text(node: Node | None, default: str = "") -> str:
    return node.text if isinstance(node, ScalarNode) else default


def _with(
    entries: list[tuple[ScalarNode, Node]], key: ScalarNode | str, value: Node
) -> list[tuple[ScalarNode, Node]]:
    """Return entries in which a key has this value, in its place or else last."""
    name = key if isinstance(key, str) else key.text
    for index, (known, _) in enumerate(entries):
        if known.text == name:
            replaced = known if isinstance(key, str) else key
            return [*entries[:index], (replaced, value), *entries[index + 1 :]]
    return entries if isinstance(key, str) else [*entries, (key, value)]


def _id(node: Node) -> str:
    found = node.get("id") if isinstance(node, MappingNode) else None
    return found.text if isinstance(found, ScalarNode) else ""
