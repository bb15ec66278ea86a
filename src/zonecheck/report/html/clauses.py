"""The table of checks: clauses, verdicts, and what these rest on."""

from zonecheck.policy.verdict import CheckResult
from zonecheck.policy.weight import Weight
from zonecheck.report.html.elements import both, element, grid, heading, shown, text
from zonecheck.report.html.entries import check_key, in_order
from zonecheck.report.lang import Lang
from zonecheck.report.text.verification import DECLARED, summary_line
from zonecheck.report.whole import Part, WholeReport
from zonecheck.report.words import phrase


def clause_tables(whole: WholeReport) -> str:
    """Return a table for each policy, with every check it has a verdict on."""
    return "".join(_of_part(number, part) for number, part in enumerate(whole.parts))


def _of_part(number: int, part: Part) -> str:
    profile, verification = part.profile, part.verification
    inner = [heading(3, f"{profile.title} {profile.edition} [{part.name}]")]
    if part.policy is not None:
        said = shown(both(lambda lang: phrase(lang, "format.own-policy")))
        about = f"{part.policy.id}: {', '.join(part.policy.segments)}"
        inner.append(element("p", said, " ", element("code", text(about))))
    inner.append(element("p", shown(both(lambda lang: summary_line(verification, lang)))))
    if verification.routing != DECLARED:
        routing = both(lambda lang: phrase(lang, f"report.routing-{verification.routing}"))
        inner.append(element("p", shown(routing)))
    head = [_column(name) for name in ("verdict", "check", "title", "clause", "severity")]
    head += [_label(name) for name in ("fails", "number", "rests-on")]
    rows = [_row(number, part, each) for each in in_order(part)]
    return element("section", *inner, grid(head, rows, class_="clauses"))


def _column(name: str) -> str:
    return shown(both(lambda lang: phrase(lang, f"report.column-{name}")))


def _label(name: str) -> str:
    return shown(both(lambda lang: phrase(lang, f"sheet.{name}")))


def _row(number: int, part: Part, result: CheckResult) -> str:
    status = shown(both(lambda lang: status_text(result, lang)))
    weight = part.weigh(result)
    effect = both(lambda lang: phrase(lang, f"sheet.weight-{weight.name.lower()}"))
    found = len(result.findings) + len(result.missing)
    count = "0"
    if found:
        count = element("a", str(found), href=f"#f{number}-{result.check}-0")
    rests = dict.fromkeys(each.id for each in result.assumptions)
    cells = [
        element("td", status, class_=f"status {result.status.value}"),
        element("td", element("code", text(result.check))),
        element("td", shown(both(lambda lang: phrase(lang, f"check.{result.check}.title")))),
        element("td", _citations(result)),
        element("td", shown(both(lambda lang: _severity(result, lang)))),
        element("td", shown(effect), class_="weighs" if weight is not Weight.NOTHING else None),
        element("td", count),
        element("td", element("code", text(", ".join(rests)))),
    ]
    return element(
        "tr",
        *cells,
        id=check_key(number, result),
        class_="check",
        data_status=result.status.value,
    )


def status_text(result: CheckResult, lang: Lang) -> str:
    """Return a verdict, and that it is vacuous if it is."""
    status = phrase(lang, f"status.{result.status.value}")
    return f"{status} ({phrase(lang, 'report.vacuous')})" if result.vacuous else status


def _severity(result: CheckResult, lang: Lang) -> str:
    if result.policy is None:
        return ""
    severity = phrase(lang, f"severity.{result.policy.severity}")
    return f"{severity} ({phrase(lang, f'level.{result.policy.level}')})"


def _citations(result: CheckResult) -> str:
    told = []
    for citation in () if result.policy is None else result.policy.citations:
        quote = element("q", text(citation.quote)) if citation.quote else ""
        told.append(element("div", element("b", text(citation.clause)), " ", quote))
    return "".join(told)
