"""The page of a verification: tables first, then the graph, then each finding."""

from collections.abc import Sequence

from zonecheck.formats.input_file import InputFile
from zonecheck.policy.questions.permitted import Passing
from zonecheck.policy.verdict import Status
from zonecheck.report.html.clauses import clause_tables
from zonecheck.report.html.elements import (
    both,
    element,
    grid_of,
    heading,
    preformatted,
    shown,
    text,
)
from zonecheck.report.html.entries import entries_of, zone_numbers
from zonecheck.report.html.findings import FindingArticles
from zonecheck.report.html.frame import Sections, framed, header, inputs
from zonecheck.report.html.graph import graph_json, ways_of
from zonecheck.report.html.ledger import assumption_table
from zonecheck.report.html.tools import Count, filter_bar, graph_part, statuses_of
from zonecheck.report.lang import Lang
from zonecheck.report.sheet.flows import flow_tables
from zonecheck.report.sheet.tables import summary_table
from zonecheck.report.text.ledger import limit_lines
from zonecheck.report.text.trust import trust_lines
from zonecheck.report.text.verification import summary_line
from zonecheck.report.text.waiver import waiver_lines
from zonecheck.report.whole import Part, WholeReport
from zonecheck.report.words import phrase

_SECTIONS = Sections(
    {
        "matrix": "sheet.matrix",
        "clauses": "html.clauses",
        "graph": "html.graph",
        "findings": "sheet.findings",
        "ledger": "sheet.ledger",
        "inputs": "html.inputs",
    }
)


def render_html(
    whole: WholeReport, passes: Passing | None, files: Sequence[InputFile], lang: Lang
) -> str:
    """Return the page, the same for the same verdicts; `lang` is the language it opens in."""
    entries = tuple(entries_of(whole))
    numbers = zone_numbers(whole)
    graph = graph_json(whole.topology, whole.city.profile, ways_of(whole, entries), numbers)
    articles = FindingArticles(whole, numbers)
    found = [articles.article(each, drawn=each.key in graph["paths"]) for each in entries]
    if not found:
        found = [element("p", shown(both(lambda tongue: phrase(tongue, "html.no-findings"))))]
    section = _SECTIONS.section
    counts = (
        Count("findings", "html.count-findings", len(entries)),
        Count("checks", "html.count-checks", sum(len(p.verification.results) for p in whole.parts)),
    )
    body = [
        _head(whole),
        filter_bar(whole.topology, whole.city.profile, numbers, statuses_of(whole), counts),
        section("matrix", _matrix(whole, passes)),
        section("clauses", clause_tables(whole)),
        section("graph", graph_part()),
        section("findings", *found),
        section("ledger", assumption_table(whole)),
        *_more(whole),
        section("inputs", _inputs(whole, files)),
    ]
    return framed(f"zonecheck: {whole.city.verification.topology}", body, graph, lang)


def _head(whole: WholeReport) -> str:
    result = both(lambda lang: phrase(lang, f"format.result-{whole.exit_code}"))
    open_ = {Status.VIOLATED, Status.UNKNOWN}
    results = (each for part in whole.parts for each in part.verification.results)
    # A run may pass with advice violated, or with the unknown allowed: that is not shown as green.
    clean = not any(each.status in open_ for each in results)
    role = "clean" if clean and not whole.exit_code else f"result-{whole.exit_code}"
    mark = element("span", shown(result), class_=f"result {role}")
    summary = grid_of(lambda lang: summary_table(whole, lang), class_="summary")
    told = element("summary", shown(both(lambda lang: phrase(lang, "sheet.summary"))))
    counts = [element("p", *_counts(part), class_="counts") for part in whole.parts]
    details = element("details", told, summary)
    name = whole.city.verification.topology
    return header(name, mark, *counts, details, contents=_SECTIONS.contents())


def _counts(part: Part) -> tuple[str, str, str]:
    name = element("code", text(part.name))
    return name, " ", shown(both(lambda lang: summary_line(part.verification, lang)))


def _matrix(whole: WholeReport, passes: Passing | None) -> str:
    table = grid_of(lambda lang: flow_tables(whole, passes, lang)[0], class_="matrix")
    if passes is None:
        return table
    return element("p", shown(both(lambda lang: phrase(lang, "html.legend")))) + table


def _more(whole: WholeReport) -> list[str]:
    """Return the waivers, what verdicts need of declarations, and what none speaks about."""
    found = [each for part in whole.parts for each in (_waivers(part), _trust(part)) if each]
    return [*found, element("section", preformatted(limit_lines))]


def _waivers(part: Part) -> str:
    if not part.verification.waivers:
        return ""
    lines = preformatted(lambda lang: waiver_lines(part.verification, lang))
    return element("section", heading(2, part.name), lines)


def _trust(part: Part) -> str:
    trust = part.verification.trust
    if trust is None:
        return ""
    lines = preformatted(lambda lang: trust_lines(part.verification, trust, lang, verbose=True))
    title = both(lambda lang: phrase(lang, "format.trust"))
    return element("section", heading(2, title), lines)


def _inputs(whole: WholeReport, files: Sequence[InputFile]) -> str:
    pairs = [(str(file.path), file.sha256) for file in files]
    return inputs([*pairs, *((part.profile.id, part.profile.sha256) for part in whole.parts)])
