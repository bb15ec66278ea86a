"""The catalogues of checks and profiles for people."""

from collections.abc import Mapping, Sequence

from zonecheck.model.profile import CheckPolicy, Citation, Profile
from zonecheck.report.lang import Lang
from zonecheck.report.pages.check_facts import CheckFacts, waivable_code
from zonecheck.report.profile_standing import basis_of
from zonecheck.report.text.columns import aligned, indented
from zonecheck.report.words import phrase, wording


def checks_text(checks: Sequence[CheckFacts], lang: Lang) -> str:
    """Return one line a check; those that are not made yet say so."""
    not_run = phrase(lang, "status.not-run")
    rows = [
        (each.id, each.words("title", lang), *(() if each.runs else (f"[{not_run}]",)))
        for each in checks
    ]
    return "\n".join(aligned(rows)) + "\n"


def check_text(facts: CheckFacts, lang: Lang) -> str:
    """Return all there is to say of a check: what its page in docs/checks says, in one language."""
    lines = [f"{facts.id}  {facts.words('title', lang)}", ""]
    lines += [phrase(lang, "catalogue.proves"), "  " + facts.words("proves", lang)]
    lines += [phrase(lang, "catalogue.counterexample"), "  " + facts.words("counterexample", lang)]
    lines += _part("page.messages", _messages(facts, lang), no_messages(facts), lang)
    if facts.runs:
        asked = _declarations(facts, lang)
        lines += _part("page.declarations", asked, "page.no-declarations", lang)
        lines += _part("page.rests-on", _rests_on(facts, lang), "page.rests-on-nothing", lang)
    lines += _part("page.clauses", _clauses(facts, lang), "page.no-clauses", lang)
    lines += _part(
        "page.implications", implication_lines(facts, lang), "page.no-implications", lang
    )
    lines += [f"{phrase(lang, 'catalogue.tier')}: {facts.tier}"]
    lines += [f"{phrase(lang, 'page.input')}: {phrase(lang, f'input.{facts.input}')}"]
    return "\n".join(lines) + "\n"


def _part(heading: str, rows: Sequence[str], nothing: str, lang: Lang) -> list[str]:
    found = indented(rows, 2) if rows else ["  " + phrase(lang, nothing)]
    return [phrase(lang, heading), *found]


def no_messages(facts: CheckFacts) -> str:
    """Return the code that says why a check has no messages of its own."""
    return "page.no-messages" if facts.runs else "page.messages-later"


def _messages(facts: CheckFacts, lang: Lang) -> list[str]:
    return [line for code in facts.messages for line in (code, "  " + wording(code, lang))]


def _declarations(facts: CheckFacts, lang: Lang) -> list[str]:
    rows = [(f"{one.name} ({', '.join(one.holders)})", one.says(lang)) for one in facts.attributes]
    rows += [(code, wording(code, lang)) for code in facts.missing]
    return aligned(rows)


def _rests_on(facts: CheckFacts, lang: Lang) -> list[str]:
    rows = [(kind, phrase(lang, f"kind.{kind}")) for kind in facts.kinds]
    rows += [
        (entry, phrase(lang, f"assumption.{entry}"))
        for entry in facts.entries
        if entry not in facts.kinds
    ]
    return [*aligned(rows), *([phrase(lang, "page.listens")] if facts.listens else [])]


def _clauses(facts: CheckFacts, lang: Lang) -> list[str]:
    lines = []
    for demand in facts.demands:
        level = phrase(lang, f"level.{demand.policy.level}")
        severity = phrase(lang, f"severity.{demand.policy.severity}")
        waivable = _waivable(facts.id, demand.policy, lang)
        lines.append(f"{demand.profile}  [{level}/{severity}{waivable}]")
        if demand.policy.note:
            lines.append("  " + demand.policy.note)
        lines += ["  " + citation_text(each, lang) for each in demand.policy.citations]
    return lines


def _waivable(check: str, policy: CheckPolicy, lang: Lang) -> str:
    code = waivable_code(check, policy)
    return f"/{phrase(lang, code)}" if code else ""


def implication_lines(
    facts: CheckFacts, lang: Lang, shown: Mapping[str, str] | None = None
) -> list[str]:
    """Return which violations a violation entails, and which entail it.

    `shown` is how ids are written, by default as they are.
    """
    comma = "、" if lang == "ja" else ", "
    lines = []
    for code, names in (("page.entails", facts.consequences), ("page.entailed-by", facts.causes)):
        if names:
            written = [(shown or {}).get(name, name) for name in names]
            lines.append(phrase(lang, code, checks=comma.join(written)))
    return lines


def citation_text(citation: Citation, lang: Lang) -> str:
    """Return a clause with the words it stands on."""
    code = "report.citation-quote" if citation.quote else "report.citation"
    quote = {"quote": citation.quote} if citation.quote else {}
    return phrase(lang, code, clause=citation.clause, **quote)


def profiles_text(profiles: Sequence[Profile], lang: Lang) -> str:
    """Return one line a profile."""
    del lang
    return "\n".join(aligned([(p.id, p.title, p.edition) for p in profiles])) + "\n"


def profile_text(profile: Profile, lang: Lang) -> str:
    """Return a profile in full: document, zones, methods, and each check with its clauses."""
    nothing = phrase(lang, "profile.none")
    zones = ", ".join(f"{zone.ja} ({zone.id})" for zone in profile.zones)
    rows = [
        (phrase(lang, "profile.document"), profile.document),
        (phrase(lang, "profile.edition-label"), f"{profile.edition} {profile.date}".strip()),
        (phrase(lang, "profile.basis"), basis_of(profile, lang)),
        (phrase(lang, "profile.zones"), zones or nothing),
        (phrase(lang, "profile.methods"), ", ".join(profile.methods) or nothing),
    ]
    if profile.methods:
        direction = phrase(lang, f"profile.sanitise-{profile.sanitise}")
        rows.append((phrase(lang, "profile.sanitise"), direction))
    for at, rule in enumerate(profile.isolation):
        others = ", ".join(rule.others) or phrase(lang, "profile.all-others")
        excepted = f" ({', '.join(rule.exceptions)})" if rule.exceptions else ""
        name = "" if at else phrase(lang, "profile.isolation")
        rows.append((name, f"{rule.zone} - {others}{excepted}"))
    lines = [f"{profile.id}  {profile.title}", *aligned(rows, indent=2)]
    if profile.note:
        lines += ["", *(f"  {line}" for line in profile.note.strip().splitlines())]
    lines += ["", phrase(lang, "profile.checks")]
    for policy in profile.checks:
        level = phrase(lang, f"level.{policy.level}")
        severity = phrase(lang, f"severity.{policy.severity}")
        title = phrase(lang, f"check.{policy.check}.title")
        waivable = _waivable(policy.check, policy, lang)
        lines.append(f"  {policy.check}  {title}  [{level}/{severity}{waivable}]")
        if policy.note:
            lines.append(f"    {policy.note}")
        for citation in policy.citations:
            lines.append("    " + citation_text(citation, lang))
    return "\n".join(lines) + "\n"
