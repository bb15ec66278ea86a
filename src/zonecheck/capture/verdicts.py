"""From judged flows to what a capture says of each check: it refutes or it does not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from zonecheck.capture.judgement import (
    CAPTURE_CHECKS,
    FlowVerdict,
)
from zonecheck.capture.rows import FlowRow
from zonecheck.model.message import Message
from zonecheck.model.profile import Citation, Profile
from zonecheck.model.zone import INTERNET, LGWAN, MYNUMBER


class CaptureStatus(Enum):
    """What a capture says of a check. It never proves one: the best is that it does not refute."""

    VIOLATED = "violated"
    UNKNOWN = "unknown"
    NOT_REFUTED = "not-refuted"
    NOT_RUN = "not-run"


@dataclass(frozen=True, slots=True)
class CaptureCheck:
    """A check with what the capture says of it; `packets` are those that refute it.

    `reasons` say why it is unknown or was not run. `level` is what a violation counts as.
    """

    check: str
    status: CaptureStatus
    level: str
    citations: tuple[Citation, ...]
    flows: int = 0
    packets: int = 0
    reasons: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of checks beside the flows: why not run, what refutes, what is unknown."""

    idle: dict[str, Message] = field(default_factory=dict)
    violated: dict[str, list[Message]] = field(default_factory=dict)
    unknown: dict[str, list[Message]] = field(default_factory=dict)


def capture_checks(
    rows: Sequence[FlowRow], profile: Profile, said: Said
) -> tuple[CaptureCheck, ...]:
    """Return what the judged flows say of every check a capture can speak about.

    `said` is what is known of a check beside the flows that are not simply allowed.
    """
    return tuple(_check(name, rows, profile, said) for name in CAPTURE_CHECKS)


def _check(name: str, rows: Sequence[FlowRow], profile: Profile, said: Said) -> CaptureCheck:
    policy = profile.policy_for(name)
    level = policy.level if policy is not None else "error"
    citations = policy.citations if policy is not None else ()
    against = [row for row in rows if _refutes(row, name)]
    packets = sum(row.traffic.packets for row in against)
    open_flows = any(_leaves_open(row, name) for row in rows)
    status, reasons = CaptureStatus.NOT_REFUTED, list[Message]()
    if against or name in said.violated:
        status, reasons = CaptureStatus.VIOLATED, said.violated.get(name, [])
    elif name in said.idle:
        status, reasons = CaptureStatus.NOT_RUN, [said.idle[name]]
    elif name in said.unknown or open_flows:
        status, reasons = CaptureStatus.UNKNOWN, said.unknown.get(name, [])
    return CaptureCheck(name, status, level, citations, len(against), packets, tuple(reasons))


def _refutes(row: FlowRow, check: str) -> bool:
    """Return whether a flow refutes a check: what the design does not explain is drift."""
    against = {FlowVerdict.VIOLATING, FlowVerdict.UNMODELLED}
    return any(r.check == check and r.verdict in against for r in row.judgement.reasons)


def _leaves_open(row: FlowRow, check: str) -> bool:
    undecidable = FlowVerdict.UNDECIDABLE
    return any(r.check == check and r.verdict is undecidable for r in row.judgement.reasons)


def clauses_of_crossing(zones: tuple[str, str], profile: Profile) -> tuple[Citation, ...]:
    """Return the clauses that forbid undeclared traffic between two zones.

    `capture-zone-crossing` is derived: what is crossed is the isolation of the My Number area,
    the separation of LGWAN and Internet, or the rule that nothing undeclared may pass.
    """
    crossed = set(zones)
    outside = any(zone == INTERNET or zone.startswith("ext:") for zone in zones)
    if MYNUMBER in crossed:
        named = "mynumber-isolation"
    elif LGWAN in crossed and outside:
        named = "lgwan-internet-separation"
    else:
        named = "undeclared-permit"
    found = profile.policy_for(named)
    return found.citations if found is not None else ()
