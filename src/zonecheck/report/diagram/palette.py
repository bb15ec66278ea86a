"""Colours of zones: the same zone has the same colour in every drawing.

The three areas differ in lightness and in a way that people with colour blindness see; no drawing
says by colour alone what it says.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from zonecheck.model.zone import INTERNET, LGWAN, MYNUMBER
from zonecheck.report.diagram.scheme import Region


@dataclass(frozen=True, slots=True)
class Colours:
    """A pale `fill` for the area and a dark `line` for its border, cables and heading."""

    fill: str
    line: str


OUTSIDE = Colours("#eeeeee", "#5f6368")
PLAIN = Colours("#ffffff", "#3c4043")
_AREAS = {
    MYNUMBER: Colours("#fde6d8", "#b5410b"),
    LGWAN: Colours("#dcf0e6", "#0b6b4f"),
    INTERNET: Colours("#dfe9fb", "#1f4fa8"),
}
_OTHERS = (
    Colours("#fbf1c9", "#806000"),
    Colours("#eee3f6", "#6b3a99"),
    Colours("#fbe1ee", "#a02c6a"),
    Colours("#dbf1f3", "#0c6a75"),
    Colours("#e9ead5", "#5c6122"),
)


def colours_of(regions: Iterable[Region]) -> dict[str, Colours]:
    """Return the colours of each zone."""
    found: dict[str, Colours] = {}
    others = 0
    for region in regions:
        if region.outside:
            found[region.zone] = OUTSIDE
        elif region.zone in _AREAS:
            found[region.zone] = _AREAS[region.zone]
        else:
            found[region.zone] = _OTHERS[others % len(_OTHERS)]
            others += 1
    return found
