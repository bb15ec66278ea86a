"""One page that holds everything: tables first, then the graph, then each finding.

The page forbids itself the network; its scripts and its style are named by their digests.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files as resources

from zonecheck import __version__
from zonecheck.formats.input_file import InputFile
from zonecheck.policy.questions.permitted import Passing
from zonecheck.policy.verdict import Status
from zonecheck.report.html.clauses import clause_tables
from zonecheck.report.html.elements import (
    both,
    element,
    grid,
    grid_of,
    heading,
    preformatted,
    row,
    shown,
    text,
)
from zonecheck.report.html.entries import entries_of, zone_numbers
from zonecheck.report.html.findings import FindingArticles
from zonecheck.report.html.graph import graph_json
from zonecheck.report.html.ledger import assumption_table
from zonecheck.report.html.tools import filter_bar, graph_part
from zonecheck.report.json_parts import Json
from zonecheck.report.lang import Lang
from zonecheck.report.ledger_text import limit_lines
from zonecheck.report.sheet_flows import flow_tables
from zonecheck.report.sheet_tables import summary_table
from zonecheck.report.text import summary_line
from zonecheck.report.trust_text import trust_lines
from zonecheck.report.waiver_text import waiver_lines
from zonecheck.report.whole import Part, WholeReport
from zonecheck.report.words import phrase

LIBRARY, LICENCE, SCRIPT, STYLE = (
    "cytoscape.min.js",
    "cytoscape.LICENSE.txt",
    "page.js",
    "page.css",
)
_SECTIONS = {
    "matrix": "sheet.matrix",
    "clauses": "html.clauses",
    "graph": "html.graph",
    "findings": "sheet.findings",
    "ledger": "sheet.ledger",
    "inputs": "html.inputs",
}
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def render_html(
    whole: WholeReport, passes: Passing | None, files: Sequence[InputFile], lang: Lang
) -> str:
    """Return the page, the same for the same verdicts; `lang` is the language it opens in."""
    library, script, style = resource(LIBRARY), resource(SCRIPT), resource(STYLE)
    rules = _rules(library, script, style)
    title = f"zonecheck: {whole.city.verification.topology}"
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{text(rules)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        element("title", text(title)),
        # The library would add this style itself, which the page's rules forbid.
        f'<style id="__________cytoscape_stylesheet">{style}</style>',
    ]
    entries = tuple(entries_of(whole))
    numbers = zone_numbers(whole)
    graph = graph_json(whole, entries, numbers)
    articles = FindingArticles(whole, numbers)
    found = [articles.article(each, drawn=each.key in graph["paths"]) for each in entries]
    if not found:
        found = [element("p", shown(both(lambda tongue: phrase(tongue, "html.no-findings"))))]
    body = [
        _head(whole),
        filter_bar(whole, numbers),
        _section("matrix", _matrix(whole, passes)),
        _section("clauses", clause_tables(whole)),
        _section("graph", graph_part()),
        _section("findings", *found),
        _section("ledger", assumption_table(whole)),
        *_more(whole),
        _section("inputs", _inputs(whole, files)),
        element("footer", _licence()),
        element("script", data_text(graph), type="application/json", id="zonecheck-data"),
        f"<script>{library}</script>",
        f"<script>{script}</script>",
    ]
    inner = element("head", *head), element("body", *body)
    return "<!DOCTYPE html>\n" + element("html", *inner, lang=lang, data_lang=lang) + "\n"


def resource(name: str) -> str:
    """Return a file that lies beside this one, with line ends as browsers take them."""
    data = (resources("zonecheck.report.html") / name).read_bytes()
    return data.decode().replace("\r\n", "\n")


def data_text(document: Json) -> str:
    """Return JSON that ends no script and no line, whatever names are in it."""
    told = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return told.translate(_ESCAPES)


def _rules(library: str, script: str, style: str) -> str:
    scripts = " ".join(digest(each) for each in (library, script))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(inline: str) -> str:
    """Return how a policy names what stands in an element."""
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"


def _head(whole: WholeReport) -> str:
    result = both(lambda lang: phrase(lang, f"format.result-{whole.exit_code}"))
    open_ = {Status.VIOLATED, Status.UNKNOWN}
    results = (each for part in whole.parts for each in part.verification.results)
    # A run may pass with advice violated, or with the unknown allowed: that is not shown as green.
    clean = not any(each.status in open_ for each in results)
    role = "clean" if clean and not whole.exit_code else f"result-{whole.exit_code}"
    mark = element("span", shown(result), class_=f"result {role}")
    name = element("h1", "zonecheck ", text(whole.city.verification.topology), " ", mark)
    buttons = [
        element("button", word, type="button", data_to=to, lang=to)
        for to, word in (("ja", "日本語"), ("en", "English"))
    ]
    summary = grid_of(lambda lang: summary_table(whole, lang), class_="summary")
    head = element("summary", shown(both(lambda lang: phrase(lang, "sheet.summary"))))
    switch = element("div", *buttons, id="languages", hidden=True)
    counts = [element("p", *_counts(part), class_="counts") for part in whole.parts]
    return element("header", switch, name, *counts, element("details", head, summary), _contents())


def _counts(part: Part) -> tuple[str, str, str]:
    name = element("code", text(part.name))
    return name, " ", shown(both(lambda lang: summary_line(part.verification, lang)))


def _contents() -> str:
    """Return where to find what, for readers without scripts as well."""
    return element("nav", *(element("a", _title(name), href=f"#{name}") for name in _SECTIONS))


def _section(name: str, *inner: str) -> str:
    return element("section", element("h2", _title(name)), *inner, id=name)


def _title(name: str) -> str:
    return shown(both(lambda lang: phrase(lang, _SECTIONS[name])))


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
    pairs += [(part.profile.id, part.profile.sha256) for part in whole.parts]
    rows = [
        row(text(name), element("code", text(told))) for name, told in dict.fromkeys(pairs) if told
    ]
    head = [shown(both(lambda lang: phrase(lang, "sheet.file"))), "SHA-256"]
    return element("p", text(f"zonecheck {__version__}")) + grid(head, rows)


def _licence() -> str:
    said = both(lambda lang: phrase(lang, "html.licence"))
    return element(
        "details", element("summary", shown(said)), element("pre", text(resource(LICENCE)))
    )
