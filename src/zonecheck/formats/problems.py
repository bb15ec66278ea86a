"""What is wrong with an input file, collected so that all of it is said at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from zonecheck.formats.input_file import InputFile
from zonecheck.formats.used_source import place_key
from zonecheck.model.message import Message
from zonecheck.model.source import Source

DEFAULT_ROOM: Final = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, where it is written, and what to do about it."""

    message: Message
    source: Source
    hint: Message | None = None

    @property
    def code(self) -> str:
        """Return the stable code of what is wrong."""
        return self.message.code


class BadInput(Exception):  # noqa: N818 - the name says what happened to whoever reads it
    """An input was not understood; carries every problem found, by place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        first = self.problems[0]
        return f"{len(self.problems)} problem(s), first {first.source}: {first.code}"


class Problems:
    """Collects problems while a file is read.

    The same problem at the same place is kept once. Beyond `room` problems further ones are
    only counted in `dropped`, so that a broken template used a thousand times stays readable.

    `files` are those that were read meanwhile.
    """

    def __init__(self, room: int = DEFAULT_ROOM) -> None:
        self._found: dict[Problem, None] = {}
        self._room = room
        self.dropped = 0
        self.files: dict[InputFile, None] = {}

    def add(
        self, source: Source, code: str, /, *, hint: Message | None = None, **arguments: object
    ) -> None:
        """Add a problem at `source`; `code` must be a literal, for its wording is looked up."""
        self.report(source, Message.of(code, **arguments), hint)

    def report(self, source: Source, message: Message, hint: Message | None = None) -> None:
        """Add a problem whose message is made already."""
        problem = Problem(message, source, hint)
        if problem in self._found:
            return
        if len(self._found) >= self._room:
            self.dropped += 1
        else:
            self._found[problem] = None

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.in_order)

    @property
    def has_any(self) -> bool:
        """Return whether anything was found wrong."""
        return bool(self._found)

    @property
    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems by file, line and column."""
        return tuple(
            sorted(
                self._found,
                key=lambda problem: (place_key(problem.source), problem.message.code),
            )
        )

    def raise_if_any(self) -> None:
        """Raise `BadInput` with everything found; return if nothing is wrong."""
        if self.has_any:
            raise BadInput(self.in_order)
