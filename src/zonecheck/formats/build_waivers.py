"""Waivers from their elements."""

from zonecheck.formats.record import Element
from zonecheck.formats.shape import Table
from zonecheck.model.waiver import Waiver


def build_waivers(section: Table[str, Element] | None) -> tuple[Waiver, ...]:
    """Return the waivers."""
    return tuple(
        Waiver(
            id=name,
            check=element["check"],
            finding=element["finding"],
            clause=element["clause"],
            approver=element["approver"],
            reason=element["reason"],
            expires=element["expires"],
            emergency=element["emergency"],
            reported=element["reported"],
            note=element["note"],
            source=element.source,
        )
        for name, element in (section or {}).items()
    )
