"""From a path to one node tree: includes joined, overlays applied, templates expanded."""

import os
from dataclasses import dataclass
from pathlib import Path

from zonecheck.formats.file_text import beside, shown_path
from zonecheck.formats.include import Document, join_documents, read_documents
from zonecheck.formats.overlay import apply
from zonecheck.formats.overlay_changes import Change, read_changes
from zonecheck.formats.problems import Problems
from zonecheck.formats.scalars import written_instead
from zonecheck.formats.templates import expand
from zonecheck.formats.topology_schema import OVERLAY
from zonecheck.formats.yaml_nodes import MappingNode, Node, ScalarNode
from zonecheck.model.message import Message
from zonecheck.model.source import Source

VERSION = "1"
_HEAD_ONLY = frozenset({"name", "profile", "overlay", "changes"})
_REQUIRED = ("zonecheck", "name")
# What is wrong with the text without taking elements out of it.
_NOTHING_LOST = frozenset(
    {
        "yaml.duplicate-key",
        "yaml.tag",
        "yaml.control-character",
        "template.unused-parameter",
        "include.head-key",
        "shape.missing-key",
    }
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The sections of a design; `whole` unless some of it could not be read."""

    root: MappingNode
    whole: bool


@dataclass(frozen=True, slots=True)
class _Design:
    root: MappingNode
    changes: tuple[Change, ...]


def load(path: str, problems: Problems) -> Loaded | None:
    """Return the joined, changed and expanded sections of a design, None after a problem."""
    design = _read(path, None, problems, ())
    if design is None:
        return None
    before = tuple(change for change in design.changes if change.before_templates)
    after = tuple(change for change in design.changes if not change.before_templates)
    root = apply(design.root, before, problems)
    root = expand(root, problems)
    root = apply(root, after, problems)
    for key in _REQUIRED:
        if root.get(key) is None:
            hint = written_instead(f"{key}: {VERSION}") if key == "zonecheck" else None
            problems.add(root.source, "shape.missing-key", hint=hint, key=key, record="topology")
    whole = all(problem.code in _NOTHING_LOST for problem in problems)
    return Loaded(root, whole)


def _read(
    path: str, at: Source | None, problems: Problems, chain: tuple[str, ...]
) -> _Design | None:
    """Return a design with the changes that overlays make to it, innermost first."""
    real = os.path.realpath(path.replace("\0", "?"))
    if real in chain:
        problems.add(at or Source(path, 1, 1), "overlay.cycle", path=shown_path(path))
        return None
    documents = read_documents(path, problems, at=at)
    if not documents or not _version_fits(documents, problems):
        return None
    first = documents[0].root
    if first.get("overlay") is not None:
        return _read_overlay(path, first, problems, (*chain, real))
    _check_no_changes(first, problems)
    parts = (documents[0], *(_without_head(part, problems) for part in documents[1:]))
    root = join_documents(parts, problems)
    return None if root is None else _Design(root, ())


def _read_overlay(
    path: str, root: MappingNode, problems: Problems, chain: tuple[str, ...]
) -> _Design | None:
    element = OVERLAY.read(root, problems)
    if element is None or element["overlay"] is None:
        return None
    if not element.given("changes"):
        problems.add(root.source, "shape.missing-key", key="changes", record="overlay")
    base = element["overlay"]
    source = element.source_of("overlay")
    if Path(base).is_absolute():
        problems.add(source, "include.absolute", path=base)
        return None
    design = _read(beside(path, base), source, problems, chain)
    changes = read_changes(element["changes"] or (), problems)
    return design and _Design(design.root, (*design.changes, *changes))


def _version_fits(documents: tuple[Document, ...], problems: Problems) -> bool:
    """Return whether every file is of the version this reader knows; others are not read on."""
    fits = True
    for document in documents:
        version = document.root.get("zonecheck")
        if isinstance(version, ScalarNode) and version.text != VERSION:
            newer = version.text.isdecimal() and version.text > VERSION
            newer_hint, right_hint = Message.of("hint.newer-zonecheck"), written_instead(VERSION)
            problems.add(
                version.source,
                "topology.version",
                text=version.text,
                known=VERSION,
                hint=newer_hint if newer else right_hint,
            )
            fits = False
    return fits


def _without_head(document: Document, problems: Problems) -> Document:
    """Return an included file without what only the including file may say."""
    kept: list[tuple[ScalarNode, Node]] = []
    for key, value in document.root.entries:
        if key.text in _HEAD_ONLY:
            problems.add(key.source, "include.head-key", key=key.text)
        else:
            kept.append((key, value))
    return Document(document.path, MappingNode(tuple(kept), document.root.source))


def _check_no_changes(root: MappingNode, problems: Problems) -> None:
    changes: Node | None = root.get("changes")
    if changes is not None:
        problems.add(changes.source, "overlay.changes-without-base")
