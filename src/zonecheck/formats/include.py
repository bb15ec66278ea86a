"""Designs written in several files: `include:` names the others, relative to the file."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zonecheck.formats.file_text import beside, shown_path
from zonecheck.formats.problems import Problems
from zonecheck.formats.scalar_shapes import TEXT
from zonecheck.formats.sections import join
from zonecheck.formats.shape import ListOf, Raw
from zonecheck.formats.yaml_nodes import (
    DEFAULT_LIMITS,
    Limits,
    MappingNode,
    read_document,
)
from zonecheck.model.source import Source

KEY = "include"
_PATHS = ListOf(TEXT, allow_single=True)
INCLUDE = Raw(
    {
        "description": "Other files of this design, relative to this one.",
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    }
)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a design: its path as shown in problems, and its root."""

    path: str
    root: MappingNode


def read_documents(
    path: str | os.PathLike[str],
    problems: Problems,
    *,
    limits: Limits = DEFAULT_LIMITS,
    at: Source | None = None,
) -> tuple[Document, ...]:
    """Return a file and all files it includes, each once, in the order first named.

    Empty if the first file cannot be read at all; `at` is where it is asked for, if anywhere.
    """
    reader = _Reader(problems, limits)
    reader.read(os.fspath(path), at)
    return tuple(reader.documents)


def join_documents(documents: Iterable[Document], problems: Problems) -> MappingNode | None:
    """Return the sections of all documents as one mapping without `include`, None for none."""
    found = tuple(documents)
    if not found:
        return None
    roots = [_without_include(document.root) for document in found]
    return join(roots, problems, found[0].root.source)


def _without_include(root: MappingNode) -> MappingNode:
    entries = tuple((key, value) for key, value in root.entries if key.text != KEY)
    return MappingNode(entries, root.source)


class _Reader:
    """Follows includes depth first."""

    def __init__(self, problems: Problems, limits: Limits) -> None:
        self.documents: list[Document] = []
        self._problems = problems
        self._limits = limits
        self._seen: set[str] = set()
        self._chain: list[tuple[str, str]] = []

    def read(self, path: str, at: Source | None) -> None:
        shown, real = shown_path(path), os.path.realpath(path.replace("\0", "?"))
        if any(real == open_file for open_file, _ in self._chain):
            chain = " -> ".join([name for _, name in self._chain] + [shown])
            self._problems.add(at or Source(shown, 1, 1), "include.cycle", chain=chain)
            return
        if real in self._seen:
            return
        if len(self._chain) > self._limits.include_depth:
            limit = self._limits.include_depth
            self._problems.add(at or Source(shown, 1, 1), "include.too-deep", limit=limit)
            return
        self._seen.add(real)
        root = read_document(path, self._problems, limits=self._limits, at=at)
        if root is None:
            return
        if not isinstance(root, MappingNode):
            self._problems.add(
                root.source, "shape.wrong-kind", found_kind=root.kind, expected_kinds="mapping"
            )
            return
        self.documents.append(Document(shown, root))
        self._chain.append((real, shown))
        self._follow(path, root)
        self._chain.pop()

    def _follow(self, path: str, root: MappingNode) -> None:
        entry = next((entry for entry in root.entries if entry[0].text == KEY), None)
        paths = entry and _PATHS.read(entry[1], self._problems, entry[0].source)
        for name, source in zip(paths, paths.sources, strict=True) if paths else ():
            if Path(name).is_absolute():
                self._problems.add(source, "include.absolute", path=name)
            else:
                self.read(beside(path, name), source)
