"""Notebooks are guides that can be read as differences, run anywhere and assert what they say.

That they run is `make notebooks`, after the tests.
"""

import ast
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def _read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _code(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in _read(path)["cells"] if cell["cell_type"] == "code"]


def _sections(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each heading below the title with the code under it."""
    heading, code = "", ""
    for cell in _read(path)["cells"]:
        if cell["cell_type"] == "code":
            code += _source(cell) + "\n"
            continue
        for line in _source(cell).splitlines():
            if line.startswith("## "):
                if heading:
                    yield heading, code
                heading, code = line, ""
    if heading:
        yield heading, code


def _asserts(code: str) -> int:
    return sum(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(code)))


@each
def test_nothing_that_a_run_leaves_behind_is_kept(path: Path) -> None:
    """No outputs, counts or settings of a front end, and the form in which Jupyter saves."""
    notebook = _read(path)
    assert all(cell["outputs"] == [] for cell in _code(path)), "clear all outputs before saving"
    assert all(cell["execution_count"] is None for cell in _code(path))
    assert all(cell["metadata"] == {} for cell in notebook["cells"])
    assert notebook["metadata"] == METADATA, f"the metadata is to be {METADATA}"
    saved = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert path.read_text(encoding="utf-8") == saved


@each
def test_cells_have_names_of_their_own(path: Path) -> None:
    """An id is a word or some, not what a front end drew: differences stay small."""
    ids = [cell["id"] for cell in _read(path)["cells"]]
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


@each
def test_a_notebook_begins_with_its_title_and_speaks_japanese_first(path: Path) -> None:
    """The title is Japanese, then English; so is every heading, and every text is Japanese."""
    first, *cells = _read(path)["cells"]
    title = _source(first).splitlines()[0]
    number = int(path.stem.partition("-")[0])
    assert title.startswith(f"# {number}. ")
    headings = [title, *(heading for heading, _ in _sections(path))]
    for heading in headings:
        japanese, slash, english = heading.partition(" / ")
        assert JAPANESE.search(japanese), heading
        assert slash, heading
        assert not JAPANESE.search(english), heading
    texts = [_source(cell) for cell in cells if cell["cell_type"] == "markdown"]
    assert [text for text in texts if not JAPANESE.search(text.splitlines()[0])] == []


@each
def test_every_section_asserts_what_it_says(path: Path) -> None:
    """A run that passes has claimed something under each heading."""
    sections = list(_sections(path))
    assert len(sections) > 2
    without = [heading for heading, code in sections if code and not _asserts(code)]
    assert without == []
    assert sum(_asserts(code) for _, code in sections) >= 10


@each
def test_only_public_names_are_used(path: Path) -> None:
    """What a notebook imports of ours, a package of ours hands out."""
    imported = 0
    for cell in _code(path):
        for node in ast.walk(ast.parse(_source(cell))):
            if isinstance(node, ast.Import):
                assert all(not name.name.startswith("zonecheck") for name in node.names)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zonecheck"):
                package = import_module(node.module or "")
                names = {name.name for name in node.names}
                assert hasattr(package, "__path__"), node.module
                assert names <= set(package.__all__), f"{node.module}: {names}"
                imported += len(names)
    assert imported


def test_every_notebook_is_listed_and_every_one_listed_is_there() -> None:
    """The table of notebooks/README.md is in their order; both READMEs lead to it."""
    text = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"^\| \[([^]]+)\]\(([^)]+\.ipynb)\)", text, re.MULTILINE)
    assert NOTEBOOKS
    assert [target for _, target in linked] == [path.name for path in NOTEBOOKS]
    for (name, _), path in zip(linked, NOTEBOOKS, strict=True):
        assert _source(_read(path)["cells"][0]).startswith(f"# {name} / ")
    for readme in ("README.md", "README.ja.md"):
        assert "(notebooks/README.md)" in (ROOT / readme).read_text(encoding="utf-8")


def test_links_between_notebooks_lead_somewhere() -> None:
    """Each but the last leads to the next, and documents that are named exist."""
    for path, following in zip(NOTEBOOKS, [*NOTEBOOKS[1:], None], strict=True):
        text = "\n".join(_source(c) for c in _read(path)["cells"] if c["cell_type"] == "markdown")
        linked = re.findall(r"\]\(([^)]+\.ipynb)\)", text)
        assert linked == ([] if following is None else [following.name])
        for name in re.findall(r"\b(?:docs|topologies)/[\w./-]+\.md\b", text):
            assert (ROOT / name).is_file(), name
