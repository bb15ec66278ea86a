"""A sentence by its code, said in Japanese or English only when it is rendered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A stable code and named arguments; `report.words` holds both wordings.

    Rooms below `report` never hold prose: they say what is meant, and a renderer
    chooses the language. Argument values are data (ids, numbers, quoted input)
    and are never translated.
    """

    code: str
    arguments: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, **arguments: object) -> "Message":
        """Return a message whose argument values are the `str` of those given."""
        return cls(code, tuple(sorted((name, str(value)) for name, value in arguments.items())))

    @property
    def named(self) -> dict[str, str]:
        """Return the arguments as a dictionary."""
        return dict(self.arguments)
