"""The shapes of a laid-out drawing, in points, with y growing downwards."""

from dataclasses import dataclass, replace

from zonecheck.report.diagram.scheme import Region


@dataclass(frozen=True, slots=True)
class Box:
    """A node: the kind of it, the zone it lies in (None between zones) and its lines of text."""

    node: str
    kind: str
    zone: str | None
    lines: tuple[str, ...]
    x: float
    y: float
    w: float
    h: float

    def moved(self, dx: float, dy: float) -> "Box":
        """Return the box elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    @property
    def middle(self) -> float:
        """Return the x of its middle."""
        return self.x + self.w / 2


@dataclass(frozen=True, slots=True)
class Area:
    """A region with a heading of the height `head` at its top."""

    region: Region
    x: float
    y: float
    w: float
    h: float
    head: float


@dataclass(frozen=True, slots=True)
class Wire:
    """A straight line; one without a zone belongs to what stands between zones.

    `inner` says that it lies within a region, under its boxes; `cable` that it is a cable between
    two that stand between zones.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    zone: str | None
    inner: bool = False
    cable: bool = False

    def moved(self, dx: float, dy: float) -> "Wire":
        """Return the line elsewhere."""
        return replace(self, x0=self.x0 + dx, x1=self.x1 + dx, y0=self.y0 + dy, y1=self.y1 + dy)


@dataclass(frozen=True, slots=True)
class Dot:
    """Where lines join."""

    x: float
    y: float
    zone: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A band of the drawing from `y` on, by its code."""

    code: str
    y: float


@dataclass(frozen=True, slots=True)
class Layout:
    """All shapes of a drawing."""

    width: float
    height: float
    areas: tuple[Area, ...]
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    dots: tuple[Dot, ...]
    layers: tuple[Layer, ...]
