"""Where an element was written: file, line and column."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file; `line` and `column` count from 1.

    Elements made by a program rather than read from a file carry `NOWHERE`.
    Sources never take part in the equality of model elements.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def short(self) -> str:
        """Return `file:line`, the form reports print."""
        return f"{self.file}:{self.line}"


NOWHERE = Source("<made by a program>", 0, 0)
