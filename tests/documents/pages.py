"""What is typed, edited and shown on a page, in its order.

In a `sh` block each line is a command that is run; a comment names its exit code if that is not
0. A `text` block holds what the commands before it print. A `diff` block, headed by the file, is
an edit the reader makes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("README*.md"), *DOCS.glob("*.md")])

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?:exits with|終了コード) (\d)")


@dataclass(frozen=True, slots=True)
class Command:
    """A line that is typed, and the exit code the page says it has."""

    line: str
    code: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Text that the page says was printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of lines that stand together in a file."""

    file: str
    old: str
    new: str


Step = Command | Shown | Edit


def blocks(page: Path) -> list[tuple[str, str]]:
    """Return the language and text of every code block of a page."""
    return [(found[1], found[2]) for found in _BLOCK.finditer(page.read_text(encoding="utf-8"))]


def steps(page: Path) -> list[Step]:
    """Return what a reader of a page does and sees; texts before the first command are neither."""
    found: list[Step] = []
    for language, text in blocks(page):
        if language == "sh":
            found += _commands(text)
        elif language == "text" and found:
            found.append(Shown(text))
        elif language == "diff":
            found.append(_edit(text))
    return found


def _commands(text: str) -> Iterator[Command]:
    for line in text.splitlines():
        words, _, comment = line.partition("  #")
        code = _CODE.search(comment)
        yield Command(words.strip(), int(code[1]) if code else 0)


def _edit(text: str) -> Edit:
    head, *lines = text.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    return Edit(head.strip("@ \n"), old, new)
