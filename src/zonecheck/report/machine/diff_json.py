"""`zonecheck diff` for machines: `zonecheck.diff/1`."""

from collections.abc import Sequence

from zonecheck.compare import Diff, Direction, ElementChange, PacketChange, VerdictChange
from zonecheck.compare.causes import Cause
from zonecheck.compare.fate import Fate
from zonecheck.model.source import Source
from zonecheck.policy.pending import CHANGE_APPROVED, CHANGE_IMPACT
from zonecheck.policy.questions.reach import shown_set
from zonecheck.policy.verdict import Finding
from zonecheck.report.machine.counterexample_json import counterexample_json
from zonecheck.report.machine.json_parts import (
    Json,
    drop_json,
    dumped,
    message_json,
    point_json,
    source_json,
)
from zonecheck.report.machine.reach_json import set_json
from zonecheck.report.text.diff import Named

SCHEMA = "zonecheck.diff/1"


def render_diff_json(diff: Diff, named: Named, *, exit_code: int) -> str:
    """Return all that differs; packet sets are exact, as all their boxes."""
    numbers = {id(change): number for number, change in enumerate(diff.elements)}
    packets = [
        _packet_json(change, causes, numbers)
        for change, causes in zip(diff.packets, diff.causes, strict=True)
    ]
    permitted = Direction.PERMITTED.value
    return dumped(
        {
            "schema": SCHEMA,
            "old": {"given": named.old, "name": diff.designs.old.name},
            "new": {"given": named.new, "name": diff.designs.new.name},
            "profile": diff.profile.id,
            "exit_code": exit_code,
            "differs": not diff.is_empty,
            "renamed": dict(diff.designs.names),
            "undeclared": diff.undeclared,
            "forged": diff.forged,
            "permitted": [each for each in packets if each["direction"] == permitted],
            "blocked": [each for each in packets if each["direction"] != permitted],
            "elements": [_element_json(change) for change in diff.elements],
            "verdicts": (
                None
                if diff.verification is None
                else [_verdict_json(change) for change in diff.verdicts]
            ),
            "baseline": _baseline_json(diff),
        }
    )


def _packet_json(change: PacketChange, causes: Sequence[Cause], numbers: dict[int, int]) -> Json:
    return {
        "direction": change.direction.value,
        "from_zone": change.zones[0],
        "to_zone": change.zones[1],
        "headers": set_json(shown_set(change.headers, None)),
        "replies": set_json(shown_set(change.replies, None)),
        "states": list(change.states),
        "closures": [closure.value for closure in change.closures],
        "witness": counterexample_json(change.path),
        "blamed": source_json(change.blamed),
        "elsewhere": None if change.elsewhere is None else _fate_json(change.elsewhere),
        "causes": [
            {"element": numbers[id(cause.change)], "path": cause.change.path, "alone": cause.alone}
            for cause in causes
        ],
    }


def _fate_json(fate: Fate) -> Json:
    drop, delivery = fate.drop, fate.delivery
    return {
        "origin": point_json(fate.origin),
        "dropped": None if drop is None else drop_json(drop),
        "delivered": None if delivery is None else point_json(delivery.at),
    }


def _element_json(change: ElementChange) -> Json:
    return {
        "kind": change.kind.value,
        "section": change.section,
        "path": change.path,
        "old": _place(change.before),
        "new": _place(change.after),
        "fields": [
            {"name": field.name, "old": field.before, "new": field.after} for field in change.fields
        ],
    }


def _place(source: Source | None) -> Json | None:
    return None if source is None else source_json(source)


def _verdict_json(change: VerdictChange) -> Json:
    return {
        "check": change.check,
        "policy": change.policy or None,
        "old": change.before.status.value,
        "new": change.after.status.value,
        "appeared": [_finding_json(finding) for finding in change.appeared],
        "gone": [_finding_json(finding) for finding in change.gone],
    }


def _finding_json(finding: Finding) -> Json:
    return {
        "id": finding.id or None,
        "message": message_json(finding.message),
        "zones": list(finding.zones),
        "state": finding.state,
        "source": source_json(finding.source),
    }


def _baseline_json(diff: Diff) -> list[Json]:
    results = () if diff.verification is None else diff.verification.results
    return [
        {
            "check": result.check,
            "status": result.status.value,
            "findings": [_finding_json(finding) for finding in result.findings],
        }
        for result in results
        if result.check in (CHANGE_IMPACT, CHANGE_APPROVED)
    ]
