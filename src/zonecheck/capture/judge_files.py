"""Captures in, judgement out: the one call behind `zonecheck capture`."""

from collections import Counter
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np

from zonecheck.capture.answers import Answers
from zonecheck.capture.bulk import BulkJudge, Judgements
from zonecheck.capture.digests import digested
from zonecheck.capture.judge import Judge
from zonecheck.capture.judged import JudgedCapture, ZonePair
from zonecheck.capture.judgement import (
    CAPTURE_CHECKS,
    DRIFT,
    MAC_BINDING,
    MAIL_TEXT,
    SURGE,
    UNKNOWN_DEVICE,
    VLAN_SCOPE,
    FlowVerdict,
    Judgement,
    Reason,
)
from zonecheck.capture.mail_parts import mail_reasons
from zonecheck.capture.place import NOWHERE_SAID, CapturePlace, find_place
from zonecheck.capture.read import NO_TIME, FlowTable, expand
from zonecheck.capture.read.weird import TINY_FRAGMENT
from zonecheck.capture.reading import Progress, Reading, read
from zonecheck.capture.rows import Answered, FileEvidence, FlowRow, PacketRef, Traffic
from zonecheck.capture.surges import rates, strangers, surges
from zonecheck.capture.unexercised import (
    not_spoken_of,
    seen_headers,
    unseen_flows,
    unseen_rules,
    unseen_zones,
)
from zonecheck.capture.verdicts import Said, capture_checks
from zonecheck.capture.windows import window_reasons
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis

_ORDER = (FlowVerdict.VIOLATING, FlowVerdict.UNMODELLED, FlowVerdict.UNDECIDABLE)


class UnknownPlaceError(Exception):
    """The place of capture is not in the design; `near` are names like it."""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        super().__init__(name)
        self.near = near


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about some captures; see the options of `zonecheck capture`.

    `digests` asks for that of each file, which is read once more for it.
    """

    captures: tuple[str, ...]
    place: str = ""
    baseline: tuple[str, ...] = ()
    surge: float = 3.0
    payload: bool = False
    every_flow: bool = False
    digests: bool = False
    progress: Progress | None = None


def judge_captures(
    topology: Topology, profile: Profile, question: Question
) -> tuple[JudgedCapture, Reading]:
    """Return the judgement of captures against a design in the state it is in, and what was read.

    Raises:
        UnknownPlaceError: the design has no place of that name.
        ReadOnceError: a baseline is asked for, and a capture cannot be read again.
    """
    analysis = Analysis(topology, profile, Closure.UPPER)
    return judge_analysed(analysis, question)


def judge_analysed(analysis: Analysis, question: Question) -> tuple[JudgedCapture, Reading]:
    """Return the same where the upper closure of the design is analysed already."""
    judge = Judge(analysis, _place(analysis, question.place))
    sources = expand(question.captures)
    reading = read(sources, question.progress)
    if question.digests:
        reading.files = digested(reading.files, sources, reading.before)
    table = reading.table
    judgements = BulkJudge(judge, table).judge()
    for flow, reason in window_reasons(judge.expected, table).items():
        _add(judge, table, judgements, flow, reason)
    if question.payload:
        for flow, reason in mail_reasons(analysis, reading).items():
            _add(judge, table, judgements, flow, reason)
    return _judged(judge, reading, judgements, question), reading


def _place(analysis: Analysis, name: str) -> CapturePlace:
    if not name:
        return NOWHERE_SAID
    place = find_place(analysis.plane, name)
    if place is None:
        known = (*analysis.topology.segment_by_id, *_nodes(analysis.topology))
        raise UnknownPlaceError(name, tuple(get_close_matches(name, known)))
    return place


def _nodes(topology: Topology) -> tuple[str, ...]:
    """Return hosts, devices and networks, and their interfaces, ports and edges."""
    found = [(host.id, interface.id) for host in topology.hosts for interface in host.interfaces]
    found += [(d.id, i.id) for d in topology.devices for i in d.interfaces]
    found += [(device.id, port.id) for device in topology.devices for port in device.ports]
    found += [(external.id, edge.id) for external in topology.externals for edge in external.edges]
    return tuple(f"{node}/{port}" for node, port in found)


def _add(judge: Judge, table: FlowTable, found: Judgements, flow: int, reason: Reason) -> None:
    """Add a reason against a flow to what is said of it."""
    known = found.single.get(flow)
    if known is None:
        known = judge.judge(table.layer(flow), int(table.counts.tcp_flags[flow]))
    found.single[flow] = replace(known, reasons=(*known.reasons, reason))


def _judged(
    judge: Judge, reading: Reading, judgements: Judgements, question: Question
) -> JudgedCapture:
    analysis, table = judge.analysis, reading.table
    noted = [flow for flow, j in judgements.single.items() if j.verdict in _ORDER]
    answers = Answers(table, noted)
    rows = [_row(table, flow, judgements.single[flow], answers.of(flow)) for flow in noted]
    rows.sort(key=lambda row: (_ORDER.index(row.judgement.verdict), _first(row)))
    checks = capture_checks(rows, analysis.profile, _said(judge, reading, judgements, question))
    matrix = _matrix(table, judgements)
    seen = seen_headers(table)
    zones = {zone for pair in matrix for joined in pair for zone in joined.split(", ")}
    packets = table.counts.packets
    return JudgedCapture(
        topology=analysis.topology.name,
        file=analysis.topology.source.file,
        profile=analysis.profile,
        place=judge.place.name,
        state=analysis.topology.state,
        files=reading.files,
        rows=tuple(rows),
        allowed=_allowed(table, judgements) if question.every_flow else (),
        flows=len(table),
        matrix=matrix,
        background=_background(table, judgements),
        checks=checks,
        unnamed_macs=int(packets[judgements.unnamed].sum()) if judge.place.is_known else 0,
        unseen_flows=unseen_flows(analysis, seen),
        unseen_rules=unseen_rules(analysis, seen),
        unseen_zones=unseen_zones(analysis, zones),
    )


def _said(judge: Judge, reading: Reading, judgements: Judgements, question: Question) -> Said:
    """Return what is known of checks beside the flows."""
    if not reading.table.packets:
        nothing = Message.of("capture.nothing-read")
        return Said(idle=dict.fromkeys(CAPTURE_CHECKS, nothing))
    said = Said(idle=not_spoken_of(judge.analysis.topology))
    bound = int(reading.table.counts.packets[judgements.bound_elsewhere].sum())
    if bound:
        said.unknown[MAC_BINDING] = [Message.of("capture.binding-elsewhere", packets=bound)]
    if not judge.place.is_known:
        for check in (MAC_BINDING, VLAN_SCOPE, UNKNOWN_DEVICE, DRIFT):
            said.unknown[check] = [Message.of("capture.vlan-unchecked")]
    tiny = sum(file.weird.get(TINY_FRAGMENT, 0) for file in reading.files)
    if tiny:
        said.violated[DRIFT] = [Message.of("capture.tiny-fragments", count=tiny)]
    if not question.payload:
        said.idle[MAIL_TEXT] = Message.of("capture.not-asked", option="--payload")
    if question.baseline:
        _compare(judge, reading, judgements, question, said)
    else:
        said.idle[SURGE] = Message.of("capture.not-asked", option="--baseline")
    return said


def _compare(
    judge: Judge, reading: Reading, judgements: Judgements, question: Question, said: Said
) -> None:
    """Say where traffic surges above the baseline, and where there is none to compare with."""
    ordinary = read(expand(question.baseline), question.progress)
    unread = [file for file in ordinary.files if not file.is_whole]
    if unread:
        said.unknown[SURGE] = [
            Message.of("capture.baseline-unread", file=file.name, why=_why(file)) for file in unread
        ]
        return
    before = rates(ordinary, BulkJudge(judge, ordinary.table).judge())
    now = rates(reading, judgements)
    found = [surge.message for surge in surges(now, before, question.surge)]
    if found:
        said.violated[SURGE] = found
    for kind in strangers(now, before):
        message = Message.of("capture.surge-new", from_zone=kind[0], to_zone=kind[1])
        said.unknown.setdefault(SURGE, []).append(message)


def _why(file: FileEvidence) -> str:
    return "no-packets" if file.shortfall is None else file.shortfall.code


def _first(row: FlowRow) -> tuple[int, int]:
    return row.traffic.first.file, row.traffic.first.number


def _row(table: FlowTable, flow: int, judgement: Judgement, answered: Answered) -> FlowRow:
    counts = table.counts
    first = _ref(counts.first_file[flow], counts.first_number[flow], counts.first_time[flow])
    last = _ref(counts.last_file[flow], counts.last_number[flow], counts.last_time[flow])
    traffic = Traffic(
        int(counts.packets[flow]),
        int(counts.octets[flow]),
        first,
        last,
        int(counts.tcp_flags[flow]),
        int(counts.payload[flow]),
        int(counts.cut[flow]),
    )
    return FlowRow(flow, judgement, traffic, answered)


def _ref(file: np.int64, number: np.int64, time: np.int64) -> PacketRef:
    return PacketRef(int(file), int(number), None if time == NO_TIME else int(time))


def _allowed(table: FlowTable, found: Judgements) -> tuple[FlowRow, ...]:
    flows = [f for f in range(len(table)) if found.verdict(f) is FlowVerdict.ALLOWED]
    answers = Answers(table, flows)
    rows = []
    for flow in flows:
        judgement = found.single.get(flow)
        if judgement is None:
            judgement = Judgement(table.layer(flow), found.pairs[int(found.pair_of[flow])])
        rows.append(_row(table, flow, judgement, answers.of(flow)))
    return tuple(rows)


def _matrix(table: FlowTable, found: Judgements) -> dict[ZonePair, dict[FlowVerdict, int]]:
    packets = table.counts.packets
    verdicts = np.zeros(len(table), dtype=np.int64)
    kinds = tuple(FlowVerdict)
    for flow, judgement in found.single.items():
        verdicts[flow] = kinds.index(judgement.verdict)
    both = found.pair_of * len(kinds) + verdicts
    keys, at = np.unique(both, return_inverse=True)
    sums = np.zeros(len(keys), dtype=np.int64)
    np.add.at(sums, at.reshape(-1), packets)
    matrix: dict[ZonePair, dict[FlowVerdict, int]] = {}
    for key, total in zip(keys.tolist(), sums.tolist(), strict=True):
        pair, kind = divmod(key, len(kinds))
        matrix.setdefault(found.pairs[pair], {})[kinds[kind]] = total
    return matrix


def _background(table: FlowTable, found: Judgements) -> dict[str, int]:
    counted: Counter[str] = Counter()
    packets = table.counts.packets
    for flow, judgement in found.single.items():
        if judgement.background:
            counted[judgement.background] += int(packets[flow])
    return dict(counted)
