"""`zonecheck diff` for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zonecheck.compare import Diff, Direction, ElementChange, PacketChange, VerdictChange
from zonecheck.compare.causes import Cause
from zonecheck.compare.fate import Fate
from zonecheck.compare.packets import Zones
from zonecheck.model.closure import Closure
from zonecheck.model.source import Source
from zonecheck.policy.pending import CHANGE_APPROVED, CHANGE_IMPACT
from zonecheck.policy.questions.reach import shown_set
from zonecheck.policy.verdict import Finding, Status
from zonecheck.report.known_names import KnownNames
from zonecheck.report.lang import Lang
from zonecheck.report.text.box import box_lines
from zonecheck.report.text.columns import aligned, indented
from zonecheck.report.text.counterexample import path_lines
from zonecheck.report.text.place import place_text, point_text
from zonecheck.report.words import phrase, say
from zonecheck.report.zone_names import zone_names

MOST_BOXES = 12
MOST_FINDINGS = 3
LONGEST = 160
_MARKS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


@dataclass(frozen=True, slots=True)
class Named:
    """What the two designs were called when they were asked about."""

    old: str
    new: str


def render_diff_text(diff: Diff, named: Named, lang: Lang, *, verbose: bool = False) -> str:
    """Return all that differs as text ending in a newline; `verbose` leaves nothing out."""
    writer = _Writer(diff, lang, verbose)
    blocks = [_head(diff, named, lang)]
    if diff.is_empty:
        blocks.append([phrase(lang, "diff.nothing")])
    blocks += [writer.packets(), writer.elements(), writer.verdicts(), writer.baseline()]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(diff: Diff, named: Named, lang: Lang) -> list[str]:
    rows = [
        (phrase(lang, "diff.old"), named.old),
        (phrase(lang, "diff.new"), named.new),
        (phrase(lang, "diff.profile"), diff.profile.id),
    ]
    names = diff.designs.names
    for at, (old, new) in enumerate(names.items()):
        head = phrase(lang, "diff.renamed") if at == 0 else ""
        rows.append((head, phrase(lang, "diff.rename", old=old, new=new)))
    lines = [phrase(lang, "diff.title"), *aligned(rows, indent=2), "", summary(diff, lang)]
    if diff.undeclared:
        lines.append(phrase(lang, "diff.undeclared", number=diff.undeclared))
    if diff.forged:
        lines.append(phrase(lang, "diff.forged"))
    if diff.waivers_untold:
        lines.append(phrase(lang, "diff.waivers-untold"))
    return lines


def summary(diff: Diff, lang: Lang) -> str:
    """Return how much differs, in one line."""
    permitted = sum(c.direction is Direction.PERMITTED for c in diff.packets)
    blocked = len(diff.packets) - permitted
    elements = len(diff.elements)
    if diff.verification is None:
        return phrase(
            lang,
            "diff.summary-no-verdicts",
            permitted=permitted,
            blocked=blocked,
            elements=elements,
        )
    return phrase(
        lang,
        "diff.summary",
        permitted=permitted,
        blocked=blocked,
        elements=elements,
        verdicts=len(diff.verdicts),
    )


class _Writer:
    """Writes the parts of one diff."""

    def __init__(self, diff: Diff, lang: Lang, verbose: bool) -> None:  # noqa: FBT001
        self._diff = diff
        self._lang = lang
        self._verbose = verbose
        both = diff.designs
        self._zones: Mapping[str, str] = {
            **zone_names(both.old, diff.profile, lang),
            **zone_names(both.new, diff.profile, lang),
        }
        self._known = {
            Direction.PERMITTED: KnownNames(both.new),
            Direction.BLOCKED: KnownNames(both.old),
        }
        self._states = {pair.name for pair in both.states}

    def packets(self) -> list[str]:
        """Return each set of packets with one of them, its way and its causes."""
        if not self._diff.packets:
            return []
        lines = [phrase(self._lang, "diff.packets")]
        told = zip(self._diff.packets, self._diff.causes, strict=True)
        for number, (change, causes) in enumerate(told, 1):
            lines += ["", f"{number}. {self._heading(change)}"]
            lines += indented(self._packets(change, causes), 3)
        return lines

    def _heading(self, change: PacketChange) -> str:
        lang = self._lang
        text = phrase(lang, f"diff.{change.direction.value}", **self._ends(change.zones))
        if change.headers == change.replies:
            text += phrase(lang, "diff.only-replies")
        if set(change.states) != self._states:
            normal = phrase(lang, "report.state-normal")
            names = ", ".join(state or normal for state in change.states)
            text += phrase(lang, "diff.in-states", states=names)
        if self._diff.undeclared and len(change.closures) < len(Closure):
            text += phrase(lang, f"diff.closure-{change.closures[0].value}")
        return text

    def _ends(self, zones: Zones) -> dict[str, str]:
        a, b = zones
        return {"from_zone": self._zones.get(a, a), "to_zone": self._zones.get(b, b)}

    def _packets(self, change: PacketChange, causes: Sequence[Cause]) -> list[str]:
        lang = self._lang
        shown = shown_set(change.headers, None if self._verbose else MOST_BOXES)
        lines = aligned(box_lines(shown.boxes, self._known[change.direction], lang), indent=2)
        if shown.more:
            lines.append("  " + phrase(lang, "report.more-boxes-unknown"))
        old = change.direction is Direction.BLOCKED
        lines.append(phrase(lang, "diff.example-old" if old else "diff.example"))
        lines += indented(path_lines(change.path, lang), 2)
        lines.append("  " + self._elsewhere(change))
        if not causes:
            return [*lines, phrase(lang, "diff.no-cause")]
        alone = causes[0].alone
        lines.append(phrase(lang, "diff.causes" if alone else "diff.causes-together"))
        return lines + aligned([self._element(c.change) for c in causes], indent=2)

    def _elsewhere(self, change: PacketChange) -> str:
        tense = "is" if change.direction is Direction.BLOCKED else "was"
        fate = change.elsewhere
        if fate is None:
            return phrase(self._lang, f"diff.{tense}-nobody")
        return self._fate(fate, tense)

    def _fate(self, fate: Fate, tense: str) -> str:
        lang, point = self._lang, point_text(fate.origin, self._lang)
        if fate.drop is not None:
            reason = say(fate.drop.reason, lang)
            text = phrase(lang, f"diff.{tense}-dropped", point=point, reason=reason)
            return f"{text}  {place_text(fate.drop.source)}".rstrip()
        if fate.delivery is None:
            return phrase(lang, f"diff.{tense}-nobody")
        at = point_text(fate.delivery.at, lang)
        return phrase(lang, f"diff.{tense}-delivered", point=point, at=at)

    def _element(self, change: ElementChange) -> tuple[str, str, str]:
        kind = change.kind.value
        word = phrase(self._lang, f"diff.{kind}")
        return f"{_MARKS[kind]} {change.path}", word, _places(change.before, change.after)

    def elements(self) -> list[str]:
        """Return each element that differs with what it says in both designs."""
        if not self._diff.elements:
            return []
        lines = [phrase(self._lang, "diff.elements")]
        rows = aligned([self._element(change) for change in self._diff.elements], indent=2)
        for row, change in zip(rows, self._diff.elements, strict=True):
            lines.append(row)
            lines += indented(self._fields(change), 6)
        return lines

    def _fields(self, change: ElementChange) -> list[str]:
        lines = []
        for field in change.fields:
            if field.before is not None and field.after is not None:
                before, after = self._cut(field.before), self._cut(field.after)
                lines.append(
                    phrase(self._lang, "diff.field", name=field.name, before=before, after=after)
                )
            else:
                value = self._cut(field.after or field.before or "")
                lines.append(phrase(self._lang, "diff.field-only", name=field.name, value=value))
        return lines

    def _cut(self, text: str) -> str:
        if self._verbose or len(text) <= LONGEST:
            return text
        return text[: LONGEST - 1] + "…"

    def verdicts(self) -> list[str]:
        """Return the checks whose verdicts differ, with findings of one design only."""
        if not self._diff.verdicts:
            return []
        lines = [phrase(self._lang, "diff.verdicts")]
        for change in self._diff.verdicts:
            lines.append("  " + self._verdict(change))
            lines += self._findings("diff.finding-appeared", change.appeared)
            lines += self._findings("diff.finding-gone", change.gone)
        return lines

    def _verdict(self, change: VerdictChange) -> str:
        lang = self._lang
        check = f"policies.{change.policy}: {change.check}" if change.policy else change.check
        if change.before.status is change.after.status:
            return phrase(lang, "diff.verdict-same", check=check)
        before = phrase(lang, f"status.{change.before.status.value}")
        after = phrase(lang, f"status.{change.after.status.value}")
        return phrase(lang, "diff.verdict", check=check, before=before, after=after)

    def _findings(self, code: str, findings: Sequence[Finding]) -> list[str]:
        shown = findings if self._verbose else findings[:MOST_FINDINGS]
        lines = []
        for finding in shown:
            text = phrase(self._lang, code, finding=say(finding.message, self._lang, self._zones))
            lines.append(f"    {text}  {place_text(finding.source)}".rstrip())
        if len(shown) < len(findings):
            number = len(findings) - len(shown)
            lines.append("    " + phrase(self._lang, "diff.more", number=number))
        return lines

    def baseline(self) -> list[str]:
        """Return the verdicts of the checks that take the older design as the approved one."""
        if self._diff.verification is None:
            return []
        lines = []
        for check in (CHANGE_IMPACT, CHANGE_APPROVED):
            result = self._diff.verification.result(check) if self._asked(check) else None
            if result is None or result.status in (Status.NOT_IN_PROFILE, Status.NOT_RUN):
                continue
            status = phrase(self._lang, f"status.{result.status.value}")
            text = phrase(
                self._lang,
                "diff.status",
                check=check,
                status=status,
                findings=len(result.findings),
            )
            lines.append("  " + text)
        return [phrase(self._lang, "diff.baseline"), *lines] if lines else []

    def _asked(self, check: str) -> bool:
        found = self._diff.verification
        return found is not None and any(result.check == check for result in found.results)


def _places(before: Source | None, after: Source | None) -> str:
    places = [place_text(source) for source in (before, after) if source is not None]
    return " -> ".join(dict.fromkeys(place for place in places if place))
