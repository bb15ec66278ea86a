"""What a reader works the page with: filters, a search, and the graph with its panel."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.report.html.elements import Both, both, element, shown, text
from zonecheck.report.lang import LANGS
from zonecheck.report.whole import LISTED, WholeReport
from zonecheck.report.words import phrase
from zonecheck.report.zone_names import zone_names


class Count(NamedTuple):
    """How many there are of what the filters filter: `name` is ours, `code` what it is called."""

    name: str
    code: str
    number: int


def filter_bar(
    design: Topology,
    profile: Profile,
    numbers: Mapping[str, int],
    statuses: Mapping[str, str],
    counts: Sequence[Count],
) -> str:
    """Return the filters; hidden until a script can serve them.

    `statuses` are what elements of the page may be marked with, each with its code.
    """
    boxes = []
    for status, code in statuses.items():
        box = f'<input type="checkbox" name="status" value="{text(status)}" checked> '
        boxes.append(element("label", box, _phrase(code)))
    boxes.append(_zones(design, profile, numbers))
    said = _said("search")
    boxes.append(element("label", said, ' <input type="search" id="search" autocomplete="off">'))
    boxes.append(_counts(counts))
    keys = element("small", _said("keys"))
    return element("form", *boxes, keys, id="filters", hidden=True)


def statuses_of(whole: WholeReport) -> dict[str, str]:
    """Return the verdicts that a report has, in the order of the report."""
    used = {result.status for part in whole.parts for result in part.verification.results}
    return {each.value: f"status.{each.value}" for each in LISTED if each in used}


def _counts(counts: Sequence[Count]) -> str:
    """Return how much of the report is in sight: what is filtered away must not seem absent."""
    told = [
        element(
            "span",
            _phrase(each.code),
            " ",
            element("b", str(each.number), id=f"shown-{each.name}"),
            f" / {each.number}",
        )
        for each in counts
    ]
    part = element("span", _said("partial"), class_="note")
    return element("output", *told, part, id="counts")


def _zones(design: Topology, profile: Profile, numbers: Mapping[str, int]) -> str:
    """Return the choice of a zone; an option can show one language only, so both stand in it."""
    ja, en = (zone_names(design, profile, lang) for lang in LANGS)
    every = both(lambda lang: phrase(lang, "html.every-zone"))
    options = [_option("", every)]
    options += [
        _option(str(number), Both(ja.get(zone, zone), en.get(zone, zone)))
        for zone, number in numbers.items()
    ]
    said = _said("zone")
    return element("label", said, " ", element("select", *options, id="zone"))


def _option(value: str, said: Both) -> str:
    label = said.ja if said.ja == said.en else f"{said.ja} / {said.en}"
    return element("option", text(label), value=value)


def graph_part() -> str:
    """Return the place of the graph and its panel, and what stands there without scripts."""
    hint = element("p", _said("hint"), id="hint")
    none = element("p", _said("none-there"), id="none", hidden=True)
    clear = element("button", _said("clear"), type="button", id="clear", hidden=True)
    panel = element(
        "aside", clear, hint, none, element("div", id="chosen"), id="panel", aria_live="polite"
    )
    zoom = [
        element("button", _said(f"zoom-{name}"), type="button", data_by=by)
        for name, by in (("in", "1.5"), ("out", "0.667"), ("all", "0"))
    ]
    board = element("div", id="board", role="img", aria_label="構成図 / graph")
    names = element("div", id="names", aria_hidden="true")
    stage = element("div", element("div", *zoom, id="zoom"), board, names, id="drawing")
    return element("noscript", element("p", _said("no-script"))) + element(
        "div", stage, panel, id="stage", hidden=True
    )


def _said(name: str) -> str:
    return _phrase(f"html.{name}")


def _phrase(code: str) -> str:
    return shown(both(lambda lang: phrase(lang, code)))
