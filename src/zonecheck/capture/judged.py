"""A capture, judged: what its packets are, what they say of each check, and what they could not."""

from collections.abc import Mapping
from dataclasses import dataclass

from zonecheck.capture.judgement import CROSSING, FlowVerdict, Reason
from zonecheck.capture.rows import FileEvidence, FlowRow
from zonecheck.capture.verdicts import CaptureCheck, CaptureStatus, clauses_of_crossing
from zonecheck.model.profile import Profile

ZonePair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class JudgedCapture:
    """The judgement of all files of a capture against one design under one profile.

    `rows` are the flows that are not simply allowed, by verdict and first packet; `allowed` the
    others, empty unless they were asked for. `matrix` counts packets by zones of source and
    destination; a packet in a tunnel counts as each of its layers, in `matrix` and in `totals`.
    `background` counts packets by protocol, `unnamed_macs` those whose MAC address the design
    cannot tell from a stranger's. `unseen_flows`, `unseen_rules` and `unseen_zones` are what no
    packet shows.
    """

    topology: str
    file: str
    profile: Profile
    place: str
    state: str
    files: tuple[FileEvidence, ...]
    rows: tuple[FlowRow, ...]
    allowed: tuple[FlowRow, ...]
    flows: int
    matrix: Mapping[ZonePair, Mapping[FlowVerdict, int]]
    background: Mapping[str, int]
    checks: tuple[CaptureCheck, ...]
    unnamed_macs: int
    unseen_flows: tuple[str, ...]
    unseen_rules: tuple[str, ...]
    unseen_zones: tuple[str, ...]

    def clauses_of(self, reason: Reason, row: FlowRow) -> tuple[str, ...]:
        """Return the clauses of the profile that a reason against a flow stands on."""
        policy = self.profile.policy_for(reason.check)
        citations = policy.citations if policy is not None else ()
        if reason.check == CROSSING:
            citations = clauses_of_crossing(row.judgement.zones, self.profile)
        return tuple(citation.clause for citation in citations)

    @property
    def totals(self) -> dict[FlowVerdict, int]:
        """Return packets by verdict."""
        totals = dict.fromkeys(FlowVerdict, 0)
        for cell in self.matrix.values():
            for verdict, packets in cell.items():
                totals[verdict] += packets
        return totals

    @property
    def is_whole(self) -> bool:
        """Return whether every file was read to its end and there was something to judge."""
        read = [file for file in self.files if not file.passed_over]
        return bool(read) and all(file.is_whole for file in read)

    def exit_code(self, fail_on: str = "error", *, allow_unknown: bool = False) -> int:
        """Return 1 if something at or above `fail_on` is refuted, else 2 if not all is known.

        A file that was not read to its end, or holds no packet, leaves 2 whatever is allowed.
        """
        levels = ("advice", "warning", "error")
        threshold = levels.index(fail_on)
        for check in self.checks:
            if check.status is CaptureStatus.VIOLATED and levels.index(check.level) >= threshold:
                return 1
        unknown = any(check.status is CaptureStatus.UNKNOWN for check in self.checks)
        return 2 if not self.is_whole or (unknown and not allow_unknown) else 0
