"""Links: cables between two ports or interfaces, with their zone tags."""

from dataclasses import dataclass, field

from zonecheck.model.source import NOWHERE, Source

BETWEEN = " -- "
"""What stands between the two ends in the name of a link."""


@dataclass(frozen=True, slots=True, order=True)
class LinkEnd:
    """One end: a host or device and its port or interface there."""

    node: str
    port: str

    def __str__(self) -> str:
        return f"{self.node}/{self.port}"


@dataclass(frozen=True, slots=True)
class Link:
    """A cable. `zones` None means the link carries no zone tag."""

    a: LinkEnd
    b: LinkEnd
    zones: tuple[str, ...] | None = None
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def ends(self) -> tuple[LinkEnd, LinkEnd]:
        """Return both ends."""
        return self.a, self.b

    def __str__(self) -> str:
        return f"{self.a}{BETWEEN}{self.b}"
