"""What differs between two designs: packets, elements and verdicts (docs/diff.md)."""

from zonecheck.compare.baseline import baseline_answers
from zonecheck.compare.designs import Designs, designs
from zonecheck.compare.diff import Diff, compare
from zonecheck.compare.elements import ChangeKind, ElementChange, FieldChange, element_changes
from zonecheck.compare.packets import Direction, PacketChange
from zonecheck.compare.pairing import renaming
from zonecheck.compare.profiles import Judges
from zonecheck.compare.verdicts import VerdictChange

__all__ = [
    "ChangeKind",
    "Designs",
    "Diff",
    "Direction",
    "ElementChange",
    "FieldChange",
    "Judges",
    "PacketChange",
    "VerdictChange",
    "baseline_answers",
    "compare",
    "designs",
    "element_changes",
    "renaming",
]
