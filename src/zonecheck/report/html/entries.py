"""The findings and missing declarations of a run, each with a name that is ours."""

from collections.abc import Iterator
from dataclasses import dataclass

from zonecheck.policy.verdict import CheckResult, Finding, MissingDeclaration
from zonecheck.policy.weight import Weight
from zonecheck.report.whole import LISTED, Part, WholeReport


@dataclass(frozen=True)
class Entry:
    """One of them; `key` names its element in the page."""

    key: str
    part: Part
    result: CheckResult
    found: Finding | MissingDeclaration


def in_order(part: Part) -> list[CheckResult]:
    """Return all results of a part, of one verdict those first that fail the run."""
    return sorted(part.results(*LISTED), key=lambda each: _rank(part, each))


def _rank(part: Part, result: CheckResult) -> tuple[int, bool]:
    return LISTED.index(result.status), part.weigh(result) is Weight.NOTHING


def check_key(part: int, result: CheckResult) -> str:
    """Return what the row of a check is called; ids of checks are ours."""
    return f"c{part}-{result.check}"


def entries_of(whole: WholeReport) -> Iterator[Entry]:
    """Yield all of them, those of one check together, in the order of the report."""
    for number, part in enumerate(whole.parts):
        for result in in_order(part):
            told: tuple[Finding | MissingDeclaration, ...] = (*result.findings, *result.missing)
            for at, found in enumerate(told):
                yield Entry(f"f{number}-{result.check}-{at}", part, result, found)


def zone_numbers(whole: WholeReport) -> dict[str, int]:
    """Return a number for each zone of the design or of a finding, in their order."""
    zones = [zone.id for zone in whole.topology.zones]
    zones += [external.zone for external in whole.topology.externals]
    for entry in entries_of(whole):
        if isinstance(entry.found, Finding):
            zones += entry.found.zones
    return {zone: number for number, zone in enumerate(dict.fromkeys(zones))}
