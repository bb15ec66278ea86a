"""What a reader works the page with: filters, a search, and the graph with its panel."""

from collections.abc import Mapping

from zonecheck.policy.verdict import Status
from zonecheck.report.html.elements import Both, both, element, shown, text
from zonecheck.report.html.entries import entries_of
from zonecheck.report.lang import Lang
from zonecheck.report.whole import LISTED, WholeReport
from zonecheck.report.words import phrase
from zonecheck.report.zone_names import zone_names


def filter_bar(whole: WholeReport, numbers: Mapping[str, int]) -> str:
    """Return the filters; hidden until a script can serve them."""
    used = {result.status for part in whole.parts for result in part.verification.results}
    boxes = []
    for status in (each for each in LISTED if each in used):
        box = f'<input type="checkbox" name="status" value="{text(status.value)}" checked> '
        boxes.append(element("label", box, _status(status)))
    boxes.append(_zones(whole, numbers))
    said = _said("search")
    boxes.append(element("label", said, ' <input type="search" id="search" autocomplete="off">'))
    boxes.append(_counts(whole))
    keys = element("small", _said("keys"))
    return element("form", *boxes, keys, id="filters", hidden=True)


def _counts(whole: WholeReport) -> str:
    """Return how much of the report is in sight: what is filtered away must not seem absent."""
    counts = {
        "findings": sum(1 for _ in entries_of(whole)),
        "checks": sum(len(part.verification.results) for part in whole.parts),
    }
    told = [
        element(
            "span",
            _said(f"count-{name}"),
            " ",
            element("b", str(count), id=f"shown-{name}"),
            f" / {count}",
        )
        for name, count in counts.items()
    ]
    part = element("span", _said("partial"), class_="note")
    return element("output", *told, part, id="counts")


def _status(status: Status) -> str:
    return shown(both(lambda lang: phrase(lang, f"status.{status.value}")))


def _zones(whole: WholeReport, numbers: Mapping[str, int]) -> str:
    """Return the choice of a zone; an option can show one language only, so both stand in it."""

    def names(lang: Lang) -> dict[str, str]:
        return zone_names(whole.topology, whole.city.profile, lang)

    ja, en = names("ja"), names("en")
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
    return shown(both(lambda lang: phrase(lang, f"html.{name}")))
