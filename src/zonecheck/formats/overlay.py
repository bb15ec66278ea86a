"""Overlays: a design written as changes to another one, applied to the node tree."""

import re
from collections.abc import Iterable

from zonecheck.formats.fold import fold
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.overlay_changes import Change
from zonecheck.formats.problems import Problems
from zonecheck.formats.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from zonecheck.model.message import Message

_SECTIONS = frozenset(
    {"zones", "segments", "hosts", "devices", "objects", "services"}
    | {"externals", "channels", "specific_flows", "ssids", "maintenance", "tunnels"}
    | {"hypervisors", "datastores", "out_of_band", "states", "waivers"}
)


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
