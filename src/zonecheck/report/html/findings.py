"""Findings and missing declarations, each with its hops and its whole counterexample."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import Finding, MissingDeclaration
from zonecheck.report.diagram.steps import Step, steps_of
from zonecheck.report.finding_summary import clauses, evidence_lines, missing_sentence, sentence
from zonecheck.report.html.clauses import status_text
from zonecheck.report.html.elements import Both, both, element, preformatted, shown, text
from zonecheck.report.html.entries import Entry
from zonecheck.report.known_names import KnownNames
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.text.box import box_lines
from zonecheck.report.text.finding import MOST_BOXES
from zonecheck.report.text.place import place_text
from zonecheck.report.text.waiver import waiver_sentence
from zonecheck.report.whole import WholeReport
from zonecheck.report.words import phrase
from zonecheck.report.zone_names import zone_names

_PLACE = re.compile(r"\S+\.[A-Za-z]\w*:\d+")


class FindingArticles:
    """Writes them, each as an article that the panel beside the graph shows as it is."""

    def __init__(self, whole: WholeReport, numbers: Mapping[str, int]) -> None:
        self._whole = whole
        self._numbers = numbers
        self._known = KnownNames(whole.topology)

    def article(self, entry: Entry, *, drawn: bool) -> str:
        """Return one; `drawn` tells that the graph can show its path."""
        found, result = entry.found, entry.result
        status = both(lambda lang: status_text(result, lang))
        mark = element("span", shown(status), class_=f"status {result.status.value}")
        title = shown(both(lambda lang: phrase(lang, f"check.{result.check}.title")))
        code = element("code", text(result.check))
        inner = [element("p", mark, " ", code, " ", title, " ", text(clauses(result)))]
        inner.append(element("h3", shown(both(lambda lang: self._sentence(entry, lang)))))
        where = place_text(self._whole.place(found.source))
        inner.append(element("p", element("code", text(where), class_="place")))
        zones: Sequence[str] = ()
        waived = False
        if isinstance(found, Finding):
            waived = found.waiver is not None
            zones = found.zones
            inner += self._evidence(found, entry)
        if drawn:
            said = shown(both(lambda lang: phrase(lang, "html.show-path")))
            inner.append(element("button", said, type="button", class_="show", hidden=True))
        return element(
            "article",
            *inner,
            id=entry.key,
            class_="finding" if isinstance(found, Finding) else "finding missing",
            tabindex="0",
            data_status=result.status.value,
            data_waived=waived,
            data_zones=" ".join(str(self._numbers[zone]) for zone in zones),
        )

    def _sentence(self, entry: Entry, lang: Lang) -> str:
        zones = zone_names(self._whole.topology, entry.part.profile, lang)
        if isinstance(entry.found, MissingDeclaration):
            return missing_sentence(entry.found, lang, zones)
        return sentence(entry.found, lang, zones)

    def _evidence(self, found: Finding, entry: Entry) -> list[str]:
        inner = []
        if found.waiver is not None:
            waiver = found.waiver
            inner.append(element("p", shown(both(lambda lang: waiver_sentence(waiver, lang)))))
        hops = self._hops(found, entry)
        if hops:
            inner.append(element("ol", *hops, class_="hops"))
        lines = preformatted(lambda lang: evidence_lines(found, lang))
        if evidence_lines(found, "en"):
            head = element("summary", shown(both(lambda lang: phrase(lang, "html.evidence"))))
            inner.append(element("details", head, lines, open=not hops))
        if found.boxes:
            head = element("summary", shown(both(lambda lang: phrase(lang, "sheet.packets"))))
            inner.append(
                element("details", head, preformatted(lambda lang: self._boxes(found, lang)))
            )
        if found.id:
            named = both(lambda lang: phrase(lang, "waiver.finding-id", id=found.id))
            inner.append(element("p", shown(named), class_="id"))
        return inner

    def _hops(self, found: Finding, entry: Entry) -> list[str]:
        design, profile = self._whole.topology, entry.part.profile
        names = tuple(zone_names(design, profile, lang) for lang in LANGS)
        pairs = zip(*(_steps(design, found, lang) for lang in LANGS), strict=True)
        hops = []
        for ja, en in pairs:
            zones = [
                Both(*(each.get(zone, zone) for each in names)) for zone in (ja.entered, ja.left)
            ]
            way = " → ".join(shown(zone) for zone in dict.fromkeys(zones))
            notes = _notes(zip_longest(ja.notes, en.notes, fillvalue=""))
            name = element("b", shown(Both(ja.name, en.name)))
            zone = element("span", way, class_="zone")
            hops.append(element("li", name, " ", zone, element("ul", *notes) if notes else ""))
        return hops

    def _boxes(self, found: Finding, lang: Lang) -> list[str]:
        lines = [" ".join(line) for line in box_lines(found.boxes[:MOST_BOXES], self._known, lang)]
        if found.more_boxes or len(found.boxes) > MOST_BOXES:
            lines.append(phrase(lang, "sheet.more"))
        return lines


def _notes(told: Iterable[tuple[str, str]]) -> list[str]:
    """Return what a hop says, a file and line beside what is written there."""
    lines: list[str] = []
    for one, other in told:
        if lines and one == other and _PLACE.fullmatch(one):
            lines[-1] += " " + element("code", text(one))
        else:
            lines.append(shown(Both(one, other)))
    return [element("li", line) for line in lines]


def _steps(topology: Topology, found: Finding, lang: Lang) -> list[Step]:
    return steps_of(topology, found.counterexample, lang)
