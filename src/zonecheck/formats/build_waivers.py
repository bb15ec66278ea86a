"""Waivers from their elements."""

from collections.abc import Collection

from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.problems import Problems
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


def check_waivers(
    section: Table[str, Element] | None, checks: Collection[str], problems: Problems
) -> None:
    """Report waivers of checks that do not exist: they would excuse nothing, without a word."""
    for element in (section or {}).values():
        check = element["check"]
        if check is not None and check not in checks:
            source = element.source_of("check")
            hint = did_you_mean(check, checks)
            problems.add(source, "waiver.unknown-check", check=check, hint=hint)
