"""The text of an iptables-save file as tables, chains and lines of words with their places.

Nothing is interpreted here: a line is a chain and its words. Comments, counters and blank lines
are passed over; everything else that has no form of its own is a problem.
"""

import re
from dataclasses import dataclass, field

from zonecheck.formats.file_text import read_text, shown_path
from zonecheck.formats.problems import Problems
from zonecheck.model.source import Source

MOST_BYTES = 16 * 1024 * 1024
_CHAIN = re.compile(r":(?P<name>\S+)\s+(?P<policy>\S+)(?:\s+\[\d+:\d+\])?\s*")
_COUNTERS = re.compile(r"\[\d+:\d+\]")
# What iptables-save says, as a comment, of rules that it leaves out.
_HIDDEN = re.compile(
    r"^#.*(\btables? .* is incompatible|iptables-legacy tables present|"
    r"ip6tables-legacy tables present)",
    re.IGNORECASE,
)
_POLICIES = frozenset({"ACCEPT", "DROP"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line; a `quoted` one is never an option."""

    text: str
    source: Source
    quoted: bool = False

    @property
    def is_option(self) -> bool:
        """Return whether the word can begin an option; `-1` cannot."""
        return not self.quoted and len(self.text) > 1 and self.text[0] == "-"


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: the words after `-A CHAIN`, and where it stands."""

    words: tuple[Word, ...]
    source: Source


@dataclass(slots=True)
class Chain:
    """A chain; `policy` is None for a user's own, which returns at its end."""

    name: str
    policy: str | None
    source: Source
    lines: list[Line] = field(default_factory=list)


Tables = dict[str, dict[str, Chain]]
"""Chains by table and name, in the order of the file."""


def read_save(path: str, problems: Problems, *, at: Source | None = None) -> Tables | None:
    """Return the tables of a file; None if there is no text. `at` is where it is asked for."""
    text = read_text(path, problems, limit=MOST_BYTES, at=at)
    return None if text is None else parse_save(text, shown_path(path), problems)


def parse_save(text: str, name: str, problems: Problems) -> Tables:
    """Return the tables that a text declares; `name` is the file that problems point into."""
    reader = _Reader(name, problems)
    for number, line in enumerate(text.splitlines(), 1):
        reader.line(line, number)
    reader.end()
    return reader.tables


class _Reader:
    def __init__(self, name: str, problems: Problems) -> None:
        self.tables: Tables = {}
        self._name = name
        self._problems = problems
        self._open: str | None = None
        self._opened = Source(name, 1, 1)

    def line(self, text: str, number: int) -> None:
        here = Source(self._name, number, 1 + len(text) - len(text.lstrip()))
        text = text.strip()
        if _HIDDEN.search(text):
            self._problems.add(here, "iptables.hidden-table")
        if not text or text.startswith("#"):
            return
        if text.startswith("*"):
            self._table(text[1:].strip(), here)
        elif text == "COMMIT":
            if self._open is None:
                self._problems.add(here, "iptables.commit-alone")
            self._open = None
        elif self._open is None:
            self._problems.add(here, "iptables.outside-table")
        elif text.startswith(":"):
            self._chain(text, here, self._open)
        else:
            self._rule(text, here, self._open)

    def end(self) -> None:
        """Report a table that is not closed: the file may have been cut off."""
        if self._open is not None:
            self._problems.add(self._opened, "iptables.no-commit", table=self._open)
        elif not self.tables:
            self._problems.add(self._opened, "iptables.no-table")

    def _table(self, name: str, here: Source) -> None:
        if self._open is not None:
            self._problems.add(self._opened, "iptables.no-commit", table=self._open)
        if name in self.tables:
            self._problems.add(here, "iptables.table-twice", table=name)
        self._open, self._opened = name, here
        self.tables.setdefault(name, {})

    def _chain(self, text: str, here: Source, table: str) -> None:
        match = _CHAIN.fullmatch(text)
        if match is None or match["policy"] not in (*_POLICIES, "-"):
            self._problems.add(here, "iptables.chain-form")
            return
        if match["name"] in self.tables[table]:
            self._problems.add(here, "iptables.chain-twice", chain=match["name"])
            return
        policy = None if match["policy"] == "-" else match["policy"]
        self.tables[table][match["name"]] = Chain(match["name"], policy, here)

    def _rule(self, text: str, here: Source, table: str) -> None:
        words = _words(text, here, self._problems)
        if words is None:
            return
        if words and _COUNTERS.fullmatch(words[0].text):
            words = words[1:]
        if len(words) < 2 or words[0].text not in ("-A", "--append"):
            self._problems.add(here, "iptables.line-form")
            return
        chain = self.tables[table].get(words[1].text)
        if chain is None:
            self._problems.add(words[1].source, "iptables.no-chain", chain=words[1].text)
            return
        chain.lines.append(Line(tuple(words[2:]), here))


def _words(text: str, here: Source, problems: Problems) -> list[Word] | None:
    """Return the words of a line; in quotes a backslash takes the next character as it is."""
    found: list[Word] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        start, letters, quoted, within = position, [], False, False
        while position < len(text) and (within or not text[position].isspace()):
            letter = text[position]
            if letter == '"':
                within, quoted = not within, True
            elif letter == "\\" and within and position + 1 < len(text):
                position += 1
                letters.append(text[position])
            else:
                letters.append(letter)
            position += 1
        source = Source(here.file, here.line, here.column + start)
        if within:
            problems.add(source, "iptables.open-quote")
            return None
        found.append(Word("".join(letters), source, quoted))
    return found
