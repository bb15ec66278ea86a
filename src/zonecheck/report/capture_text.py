"""`zonecheck capture` for people."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from zonecheck.capture.display_filter import display_filter
from zonecheck.capture.judged import JudgedCapture
from zonecheck.capture.judgement import FlowVerdict, Reason
from zonecheck.capture.layer_text import ends_text, tunnel_path
from zonecheck.capture.rows import FileEvidence, FlowRow, PacketRef, Shortfall
from zonecheck.capture.seen_headers import shown_mac
from zonecheck.capture.verdicts import CaptureCheck, CaptureStatus
from zonecheck.policy.today import JAPAN
from zonecheck.report.columns import aligned, indented
from zonecheck.report.counterexample_text import path_lines
from zonecheck.report.lang import Lang
from zonecheck.report.paint import Paint, plain
from zonecheck.report.place_text import place_text
from zonecheck.report.words import phrase, say

_SHOWN: Final = 20
"""How many flows of each verdict are shown unless all are asked for."""
_NOTED: Final = (FlowVerdict.VIOLATING, FlowVerdict.UNMODELLED, FlowVerdict.UNDECIDABLE)
_PLAIN_STOPS: Final = frozenset({"unreadable", "empty", "folder-empty"})
_ROLES: Final = {CaptureStatus.VIOLATED: "violated", CaptureStatus.NOT_REFUTED: "holds"}


def render_capture_text(
    found: JudgedCapture,
    names: Mapping[str, str],
    lang: Lang,
    *,
    exit_code: int,
    every_flow: bool = False,
    filters: bool = True,
    paint: Paint = plain,
) -> str:
    """Return the report, ending in a newline; `names` are what zones are called.

    Without `filters` there are no display filters, which would name real addresses.
    """
    writer = _Writer(found, names, lang, paint, everything=every_flow, filters=filters)
    lines = writer.head()
    lines += ["", *writer.matrix()]
    for verdict in _NOTED:
        lines += writer.rows(verdict, None if every_flow else _SHOWN)
    lines += ["", *writer.checks(), "", *writer.evidence()]
    lines += ["", writer.summary(), phrase(lang, f"capture.result.{exit_code}")]
    lines.append(phrase(lang, "capture.limits"))
    return "\n".join(lines) + "\n"


def shown_time(time: int | None) -> str:
    """Return a time (ns since 1970, UTC) in Japan's time and in UTC."""
    if time is None:
        return "-"
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time // 1000)
    japan = moment.astimezone(JAPAN)
    return f"{japan:%Y-%m-%d %H:%M:%S.%f} JST ({moment:%m-%d %H:%M:%S}Z)"


def shortfall_line(name: str, short: Shortfall, lang: Lang) -> str:
    """Return where and why a file was not read to its end."""
    why = phrase(lang, f"capture.stop.{short.code}")
    if short.code in _PLAIN_STOPS:
        return phrase(lang, "capture.unreadable-file", file=name, why=why)
    told = {"offset": short.offset, "found": short.found, "expected": short.expected}
    code = "capture.unreadable" if short.nothing_read else "capture.incomplete"
    return phrase(lang, code, file=name, why=why, **told)


class _Writer:
    def __init__(
        self,
        found: JudgedCapture,
        names: Mapping[str, str],
        lang: Lang,
        paint: Paint,
        *,
        everything: bool,
        filters: bool,
    ) -> None:
        self._all = everything
        self._filters = filters
        self._found = found
        self._names = {**names, "": phrase(lang, "capture.no-zone")}
        self._lang: Lang = lang
        self._paint = paint

    def _zone(self, zones: str) -> str:
        if not zones:
            return phrase(self._lang, "capture.no-zone")
        comma = "、" if self._lang == "ja" else ", "
        return comma.join(self._names.get(zone, zone) for zone in zones.split(", "))

    def head(self) -> list[str]:
        found, lang = self._found, self._lang
        lines = [phrase(lang, "capture.title", name=found.topology, profile=found.profile.id)]
        if found.place:
            lines.append("  " + phrase(lang, "capture.place", place=found.place))
        else:
            lines.append("  " + phrase(lang, "capture.place-unsaid"))
        if found.state:
            lines.append("  " + phrase(lang, "capture.state", state=found.state))
        return lines + [line for file in found.files for line in self._file(file)]

    def _file(self, file: FileEvidence) -> list[str]:
        lang, lines = self._lang, list[str]()
        short = file.shortfall
        if file.passed_over:
            return indented([phrase(lang, "capture.passed-over", file=file.name)], 2)
        if file.packets:
            ends = {"first": shown_time(file.first), "last": shown_time(file.last)}
            counted = {"packets": f"{file.packets:,}", "octets": f"{file.octets:,}"}
            lines.append(phrase(lang, "capture.file", file=file.name, **counted, **ends))
        elif short is None:
            lines.append(phrase(lang, "capture.no-packets", file=file.name))
        if short is not None:
            lines.append(shortfall_line(file.name, short, lang))
        return indented(lines, 2)

    def matrix(self) -> list[str]:
        lang = self._lang
        title = phrase(lang, "capture.matrix")
        verdicts = [phrase(lang, f"capture.verdict.{v.value}") for v in FlowVerdict]
        rows = [[phrase(lang, "capture.from"), phrase(lang, "capture.to"), *verdicts]]
        for zones, cell in sorted(self._found.matrix.items()):
            counts = [f"{cell[v]:,}" if cell.get(v) else "-" for v in FlowVerdict]
            rows.append([*map(self._zone, zones), *counts])
        return [title, *aligned(rows, indent=2)]

    def rows(self, verdict: FlowVerdict, limit: int | None) -> list[str]:
        rows = [row for row in self._found.rows if row.judgement.verdict is verdict]
        if not rows:
            return []
        title = phrase(self._lang, f"capture.rows.{verdict.value}", count=f"{len(rows):,}")
        lines = ["", self._paint(title, "violated" if verdict is _NOTED[0] else "unknown")]
        for number, row in enumerate(rows[:limit], 1):
            lines += [f"  {number}. {self._title(row)}", *indented(self._row(row), 5)]
        if limit is not None and len(rows) > limit:
            more = phrase(self._lang, "capture.more", count=f"{len(rows) - limit:,}")
            lines.append("  " + more)
        return lines

    def _title(self, row: FlowRow) -> str:
        zones = " → ".join(map(self._zone, row.judgement.zones)) if any(row.judgement.zones) else ""
        answered = phrase(self._lang, f"capture.answered.{row.answered.value}")
        return "  ".join(filter(None, [zones, ends_text(row.judgement.layer), f"[{answered}]"]))

    def _row(self, row: FlowRow) -> list[str]:
        judgement, lang = row.judgement, self._lang
        lines = [self._reason(reason, row) for reason in judgement.reasons]
        lines += self._frame(row)
        first, last = self._ref(row.traffic.first), self._ref(row.traffic.last)
        counted = {"packets": f"{row.traffic.packets:,}", "octets": f"{row.traffic.octets:,}"}
        lines.append(phrase(lang, "capture.packets", **counted, first=first, last=last))
        if judgement.path is not None:
            lines += path_lines(judgement.path, lang)
        if judgement.blocked is not None:
            told = say(judgement.blocked.reason, lang, self._names)
            text = phrase(lang, "capture.blocked", node=judgement.blocked.node, reason=told)
            lines.append(f"{text}  {place_text(judgement.blocked.source)}".rstrip())
        if self._filters:
            shown = display_filter(judgement.layer)
            lines.append(phrase(lang, "capture.wireshark", filter=shown))
        return lines

    def _reason(self, reason: Reason, row: FlowRow) -> str:
        clauses = "、".join(self._found.clauses_of(reason, row))
        cited = f"  [{clauses}]" if clauses else ""
        return f"{reason.check}: {say(reason.message, self._lang, self._names)}{cited}"

    def _frame(self, row: FlowRow) -> list[str]:
        layer, lines = row.judgement.layer, []
        if layer.source_mac is not None:
            to = "-" if layer.destination_mac is None else shown_mac(layer.destination_mac)
            vlans = ", ".join(map(str, layer.vlans)) or "-"
            macs = {"source": shown_mac(layer.source_mac), "destination": to, "vlans": vlans}
            lines.append(phrase(self._lang, "capture.frame", **macs))
        if layer.tunnel is not None:
            lines.append(phrase(self._lang, "capture.tunnel", path=tunnel_path(layer)))
        return lines

    def _ref(self, ref: PacketRef) -> str:
        several = len(self._found.files) > 1
        name = f"{self._found.files[ref.file].name} " if several else ""
        return f"{name}#{ref.number} {shown_time(ref.time)}"

    def checks(self) -> list[str]:
        rows = [self._check(check) for check in self._found.checks]
        return [phrase(self._lang, "capture.checks"), *aligned(rows, indent=2)]

    def _check(self, check: CaptureCheck) -> list[str]:
        status = phrase(self._lang, f"capture.status.{check.status.value}")
        parts = [say(reason, self._lang, self._names) for reason in check.reasons]
        if check.flows:
            counted = {"flows": f"{check.flows:,}", "packets": f"{check.packets:,}"}
            parts.insert(0, phrase(self._lang, "capture.check-count", **counted))
        told = "; ".join(parts)
        clauses = "、".join(citation.clause for citation in check.citations)
        painted = self._paint(status, _ROLES.get(check.status, "unknown"))
        return [painted, check.check, told, f"[{clauses}]" if clauses else ""]

    def evidence(self) -> list[str]:
        found, lang = self._found, self._lang
        lines = []
        for file in found.files:
            for what, count in sorted(file.weird.items()):
                told = phrase(lang, f"capture.weird.{what}")
                lines.append(phrase(lang, "capture.weird", what=told, count=f"{count:,}"))
            if file.time_steps_back:
                times = f"{file.time_steps_back:,}"
                lines.append(phrase(lang, "capture.steps-back", file=file.name, count=times))
        if found.unnamed_macs:
            lines.append(phrase(lang, "capture.unnamed-macs", count=f"{found.unnamed_macs:,}"))
        if found.background:
            what = ", ".join(f"{name} {n:,}" for name, n in sorted(found.background.items()))
            lines.append(phrase(lang, "capture.background", what=what))
        lines += self._unseen()
        return [phrase(lang, "capture.evidence"), *indented(lines, 2)]

    def _unseen(self) -> Sequence[str]:
        found, lang, lines = self._found, self._lang, list[str]()
        if found.unseen_zones:
            zones = "、".join(map(self._zone, found.unseen_zones))
            lines.append(phrase(lang, "capture.unseen-zones", zones=zones))
        if found.unseen_flows:
            lines.append(phrase(lang, "capture.unseen-flows", count=f"{len(found.unseen_flows):,}"))
            lines += [f"  {flow}" for flow in found.unseen_flows] if self._all else []
        if found.unseen_rules:
            lines.append(phrase(lang, "capture.unseen-rules", count=f"{len(found.unseen_rules):,}"))
            lines += [f"  {rule}" for rule in found.unseen_rules] if self._all else []
        return lines

    def summary(self) -> str:
        counts = {v.value: f"{n:,}" for v, n in self._found.totals.items()}
        return phrase(self._lang, "capture.summary", **counts)
