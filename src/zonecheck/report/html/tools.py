"""What a reader works the page with: filters, a search, and the graph with its panel."""

from collections.abc import Mapping

from zonecheck.policy.verdict import Status
from zonecheck.report.html.elements import Both, both, element, shown, text
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
    said = shown(both(lambda lang: phrase(lang, "html.search")))
    boxes.append(element("label", said, ' <input type="search" id="search" autocomplete="off">'))
    keys = element("small", shown(both(lambda lang: phrase(lang, "html.keys"))))
    return element("form", *boxes, keys, id="filters", hidden=True)


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
    said = shown(both(lambda lang: phrase(lang, "html.zone")))
    return element("label", said, " ", element("select", *options, id="zone"))


def _option(value: str, said: Both) -> str:
    label = said.ja if said.ja == said.en else f"{said.ja} / {said.en}"
    return element("option", text(label), value=value)


def graph_part() -> str:
    """Return the place of the graph and its panel, and what stands there without scripts."""
    hint = element("p", shown(both(lambda lang: phrase(lang, "html.hint"))), id="hint")
    none = element(
        "p", shown(both(lambda lang: phrase(lang, "html.none-there"))), id="none", hidden=True
    )
    clear = element(
        "button",
        shown(both(lambda lang: phrase(lang, "html.clear"))),
        type="button",
        id="clear",
        hidden=True,
    )
    panel = element(
        "aside", clear, hint, none, element("div", id="chosen"), id="panel", aria_live="polite"
    )
    board = element("div", element("div", id="board"), panel, id="stage", hidden=True)
    return (
        element("noscript", element("p", shown(both(lambda lang: phrase(lang, "html.no-script")))))
        + board
    )
