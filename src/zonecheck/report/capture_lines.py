"""What is said of a judged capture, line by line: shared by the report and the tables."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from zonecheck.capture.display_filter import display_filter
from zonecheck.capture.judged import JudgedCapture
from zonecheck.capture.judgement import Reason
from zonecheck.capture.layer_text import ends_text, tunnel_path
from zonecheck.capture.rows import FileEvidence, FlowRow, PacketRef, Shortfall
from zonecheck.capture.seen_headers import shown_mac
from zonecheck.capture.verdicts import CaptureCheck
from zonecheck.policy.today import JAPAN
from zonecheck.report.lang import Lang
from zonecheck.report.printable import printable_name
from zonecheck.report.text.columns import indented
from zonecheck.report.text.counterexample import path_lines
from zonecheck.report.text.place import place_text
from zonecheck.report.words import phrase, say

_PLAIN_STOPS: Final = frozenset({"unreadable", "empty", "folder-empty"})


def shown_time(time: int | None) -> str:
    """Return a time (ns since 1970, UTC) in Japan's time and in UTC."""
    if time is None:
        return "-"
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time // 1000)
    japan = moment.astimezone(JAPAN)
    return f"{japan:%Y-%m-%d %H:%M:%S.%f} JST ({moment:%m-%d %H:%M:%S}Z)"


def shortfall_line(name: str, short: Shortfall, lang: Lang) -> str:
    """Return where and why a file was not read to its end."""
    why, name = phrase(lang, f"capture.stop.{short.code}"), printable_name(name)
    if short.code in _PLAIN_STOPS:
        return phrase(lang, "capture.unreadable-file", file=name, why=why)
    told = {"offset": short.offset, "found": short.found, "expected": short.expected}
    code = "capture.unreadable" if short.nothing_read else "capture.incomplete"
    return phrase(lang, code, file=name, why=why, **told)


class CaptureLines:
    """Says them in one language; `names` are what zones are called."""

    def __init__(
        self, found: JudgedCapture, names: Mapping[str, str], lang: Lang, *, filters: bool = True
    ) -> None:
        """Without `filters` there are no display filters, which would name real addresses."""
        self._found = found
        self._filters = filters
        self._lang: Lang = lang
        self._names = {**names, "": phrase(lang, "capture.no-zone")}

    def zone(self, zones: str) -> str:
        """Return what zones are called, joined as the judgement has them; empty is none."""
        if not zones:
            return phrase(self._lang, "capture.no-zone")
        comma = "、" if self._lang == "ja" else ", "
        return comma.join(self._names.get(zone, zone) for zone in zones.split(", "))

    def title(self, row: FlowRow) -> str:
        """Return from where to where a flow goes, and what became of it."""
        zones = " → ".join(map(self.zone, row.judgement.zones)) if any(row.judgement.zones) else ""
        return "  ".join(filter(None, [zones, ends_text(row.judgement.layer), self.answered(row)]))

    def answered(self, row: FlowRow) -> str:
        """Return what became of a flow."""
        return f"[{phrase(self._lang, f'capture.answered.{row.answered.value}')}]"

    def reasons(self, row: FlowRow) -> list[str]:
        """Return why a flow is not simply allowed, each with its check and clauses."""
        return [self._reason(reason, row) for reason in row.judgement.reasons]

    def _reason(self, reason: Reason, row: FlowRow) -> str:
        clauses = "、".join(self._found.clauses_of(reason, row))
        cited = f"  [{clauses}]" if clauses else ""
        return f"{reason.check}: {say(reason.message, self._lang, self._names)}{cited}"

    def _labelled(self, code: str, value: str) -> str:
        label = phrase(self._lang, code)
        return phrase(self._lang, "capture.labelled", label=label, value=value)

    def frame(self, row: FlowRow) -> list[str]:
        """Return the MAC addresses, VLANs and tunnels of a flow, each line with what it is."""
        own = row.judgement.layer.source_mac is not None
        frame, tunnels = self.frame_cells(row)[:own], self.frame_cells(row)[own:]
        return [*(self._labelled("capture.column-frame", each) for each in frame), *tunnels]

    def frame_cells(self, row: FlowRow) -> list[str]:
        """Return the same for a table, whose heading says that it is the frame."""
        layer, lines = row.judgement.layer, []
        if layer.source_mac is not None:
            to = "-" if layer.destination_mac is None else shown_mac(layer.destination_mac)
            vlans = ", ".join(map(str, layer.vlans)) or "-"
            macs = {"source": shown_mac(layer.source_mac), "destination": to, "vlans": vlans}
            lines.append(phrase(self._lang, "capture.frame", **macs))
        if layer.tunnel is not None:
            lines.append(phrase(self._lang, "capture.tunnel", path=tunnel_path(layer)))
        return lines

    def counted(self, row: FlowRow) -> str:
        """Return how many packets there are, and which are the first and the last."""
        first, last = self.packet(row.traffic.first), self.packet(row.traffic.last)
        counted = {"packets": f"{row.traffic.packets:,}", "octets": f"{row.traffic.octets:,}"}
        return phrase(self._lang, "capture.packets", **counted, first=first, last=last)

    def packet(self, ref: PacketRef) -> str:
        """Return the number and time of a packet, and its file where there are several."""
        several = len(self._found.files) > 1
        name = f"{printable_name(self._found.files[ref.file].name)} " if several else ""
        return f"{name}#{ref.number} {shown_time(ref.time)}"

    def way(self, row: FlowRow) -> list[str]:
        """Return how the design delivers a flow, or where it drops it."""
        return self._way(row, "capture.blocked")

    def way_cells(self, row: FlowRow) -> list[str]:
        """Return the same for a table."""
        return self._way(row, "capture.dropped")

    def _way(self, row: FlowRow, blocked: str) -> list[str]:
        judgement, lines = row.judgement, list[str]()
        if judgement.path is not None:
            lines += path_lines(judgement.path, self._lang)
        if judgement.blocked is not None:
            told = say(judgement.blocked.reason, self._lang, self._names)
            text = phrase(self._lang, blocked, node=judgement.blocked.node, reason=told)
            lines.append(f"{text}  {place_text(judgement.blocked.source)}".rstrip())
        return lines

    def filter(self, row: FlowRow) -> list[str]:
        """Return the display filter that finds a flow, with whose it is."""
        bare = self.bare_filter(row)
        return [phrase(self._lang, "capture.wireshark", filter=bare)] if bare else []

    def bare_filter(self, row: FlowRow) -> str:
        """Return the display filter as it is to be pasted, empty where there is to be none."""
        return display_filter(row.judgement.layer) if self._filters else ""

    def flow(self, row: FlowRow) -> list[str]:
        """Return everything about a flow under its title."""
        lines = [*self.reasons(row), *self.frame(row), self.counted(row)]
        return [*lines, *self.way(row), *self.filter(row)]

    def check(self, check: CaptureCheck) -> str:
        """Return what a capture says of a check."""
        parts = [printable_name(say(reason, self._lang, self._names)) for reason in check.reasons]
        if check.flows:
            counted = {"flows": f"{check.flows:,}", "packets": f"{check.packets:,}"}
            parts.insert(0, phrase(self._lang, "capture.check-count", **counted))
        return "; ".join(parts)

    def file(self, file: FileEvidence) -> list[str]:
        """Return what one file gave, and up to where it was read."""
        lang, lines = self._lang, list[str]()
        short, name = file.shortfall, printable_name(file.name)
        if file.passed_over:
            return [phrase(lang, "capture.passed-over", file=name)]
        if file.packets:
            ends = {"first": shown_time(file.first), "last": shown_time(file.last)}
            counted = {"packets": f"{file.packets:,}", "octets": f"{file.octets:,}"}
            lines.append(phrase(lang, "capture.file", file=name, **counted, **ends))
        elif short is None:
            lines.append(phrase(lang, "capture.no-packets", file=name))
        if short is not None:
            lines.append(shortfall_line(file.name, short, lang))
        return lines

    def taken(self) -> list[str]:
        """Return where the capture was taken and in which state of the design."""
        told = self.circumstances()
        return [phrase(self._lang, "capture.labelled", label=a, value=b) for a, b in told]

    def circumstances(self) -> list[tuple[str, str]]:
        """Return the same in pairs: what it is, and what it was."""
        found, lang = self._found, self._lang
        place = found.place or phrase(lang, "capture.place-unsaid")
        pairs = [(phrase(lang, "capture.place"), place)]
        if found.state:
            pairs.append((phrase(lang, "capture.state"), found.state))
        return pairs

    def evidence(self, *, everything: bool) -> list[str]:
        """Return what was odd, what was not judged, and what never occurs."""
        found, lang = self._found, self._lang
        lines = []
        for file in found.files:
            for what, count in sorted(file.weird.items()):
                told = phrase(lang, f"capture.weird.{what}")
                lines.append(phrase(lang, "capture.weird", what=told, count=f"{count:,}"))
            if file.time_steps_back:
                times = f"{file.time_steps_back:,}"
                name = printable_name(file.name)
                lines.append(phrase(lang, "capture.steps-back", file=name, count=times))
        if found.unnamed_macs:
            lines.append(phrase(lang, "capture.unnamed-macs", count=f"{found.unnamed_macs:,}"))
        if found.background:
            what = ", ".join(f"{name} {n:,}" for name, n in sorted(found.background.items()))
            lines.append(phrase(lang, "capture.background", what=what))
        return [*lines, *self._unseen(everything=everything)]

    def _unseen(self, *, everything: bool) -> list[str]:
        found, lang, lines = self._found, self._lang, list[str]()
        if found.unseen_zones:
            zones = "、".join(map(self.zone, found.unseen_zones))
            lines.append(phrase(lang, "capture.unseen-zones", zones=zones))
        if found.unseen_flows:
            lines.append(phrase(lang, "capture.unseen-flows", count=f"{len(found.unseen_flows):,}"))
            lines += indented(found.unseen_flows, 2) if everything else []
        if found.unseen_rules:
            lines.append(phrase(lang, "capture.unseen-rules", count=f"{len(found.unseen_rules):,}"))
            lines += indented(found.unseen_rules, 2) if everything else []
        return lines

    def summary(self) -> str:
        """Return packets by verdict."""
        counts = {v.value: f"{n:,}" for v, n in self._found.totals.items()}
        return phrase(self._lang, "capture.summary", **counts)
