"""A page for each check, and their index: `docs/checks/`, written in both languages."""

from collections.abc import Iterator, Sequence
from typing import Final

from zonecheck.policy.check import attribute_of
from zonecheck.report.lang import LANGS
from zonecheck.report.pages.check_facts import CheckFacts, waivable_code
from zonecheck.report.pages.check_families import FAMILIES
from zonecheck.report.pages.statement_kinds import ALWAYS, ENTRIES, SECTIONS, UNDECLARED
from zonecheck.report.text.catalogue import implication_lines, no_messages
from zonecheck.report.words import phrase, wording

INDEX: Final = "README.md"
_WRITTEN: Final = "<!-- make docs-checks writes this page: change the code, not the text. -->"
_TOPOLOGY_FILE: Final = "../topology-file.md"
_SEMANTICS: Final = "../semantics.md#9-checks"


def pages(checks: Sequence[CheckFacts]) -> dict[str, str]:
    """Return the text of every page by its file name."""
    found = {f"{facts.id}.md": _page(facts) for facts in checks}
    return {INDEX: _index(checks), **found}


def _page(facts: CheckFacts) -> str:
    names = f"{facts.words('title', 'ja')} — {facts.words('title', 'en')}"
    family = f"[{_both(f'family.{facts.family}')}]({INDEX}#{facts.family})"
    lines = [
        f"# {names}",
        "",
        _WRITTEN,
        "",
        f"`{facts.id}` · {_both('catalogue.tier')} {facts.tier} · {family}",
        "",
        *_heading("page.input"),
        *_sentences(f"input.{facts.input}"),
        *_heading("catalogue.proves"),
        *_sentences(f"check.{facts.id}.proves"),
        *([f"[semantics.md, 9]({_SEMANTICS})", ""] if facts.runs else []),
        *_heading("catalogue.counterexample"),
        *_sentences(f"check.{facts.id}.counterexample"),
        *_heading("page.messages"),
        *(_messages(facts) if facts.messages else _sentences(no_messages(facts))),
    ]
    if facts.runs:
        lines += [*_heading("page.declarations"), *_declarations(facts)]
        lines += [*_heading("page.rests-on"), *_rests_on(facts)]
    lines += [*_heading("page.clauses"), *_clauses(facts)]
    lines += [*_heading("page.implications"), *_implications(facts)]
    return "\n".join(lines).rstrip() + "\n"


def _messages(facts: CheckFacts) -> list[str]:
    rows = [[f"`{code}`", wording(code, "ja"), wording(code, "en")] for code in facts.messages]
    return _table([_both("page.code"), "日本語", "English"], rows)


def _declarations(facts: CheckFacts) -> list[str]:
    rows = [
        [f"`{each.name}` ({', '.join(each.holders)})", _where("attributes"), each.ja, each.en]
        for each in facts.attributes
    ]
    rows += [
        [f"`{code}`", _where(SECTIONS[code]) if code in SECTIONS else "", *_wordings(code)]
        for code in facts.missing
    ]
    if not rows:
        return _sentences("page.no-declarations")
    heads = [_both("page.declarations"), _both("page.where"), "日本語", "English"]
    return _table(heads, rows)


def _rests_on(facts: CheckFacts) -> list[str]:
    lines = [
        f"- [`{kind}`]({INDEX}#kinds): {_both(f'kind.{kind}')}"
        + _entries([entry for entry in ENTRIES[kind] if entry in facts.entries])
        for kind in facts.kinds
    ]
    for each in facts.attributes:
        entry = f"attribute-{each.name.replace('_', '-')}"
        lines.append(f"- `{entry}`: {_both(f'assumption.{entry}')}")
    if facts.listens:
        lines.append(f"- `listens`: {_both('page.listens')}")
    return [*lines, ""] if lines else _sentences("page.rests-on-nothing")


def _entries(entries: Sequence[str]) -> str:
    return f" ({', '.join(f'`{entry}`' for entry in entries)})" if entries else ""


def _clauses(facts: CheckFacts) -> list[str]:
    if not facts.demands:
        return _sentences("page.no-clauses")
    rows = []
    for demand in facts.demands:
        policy = demand.policy
        level = _both(f"level.{policy.level}")
        severity = _both(f"severity.{policy.severity}")
        code = waivable_code(facts.id, policy)
        waivable = _both(code) if code else ""
        for citation in policy.citations:
            quote = f"「{citation.quote}」" if citation.quote else ""
            rows.append([f"`{demand.profile}`", citation.clause, quote, level, severity, waivable])
    names = ("profile", "clause", "quote", "level", "severity")
    heads = [_both(f"page.{name}") for name in names]
    notes = [f"- `{d.profile}`: {d.policy.note}" for d in facts.demands if d.policy.note]
    table = _table([*heads, _both("profile.waivable")], rows)
    return [*table, *notes, ""] if notes else table


def _implications(facts: CheckFacts) -> list[str]:
    if not facts.consequences and not facts.causes:
        return _sentences("page.no-implications")
    linked = {name: f"[`{name}`]({name}.md)" for name in (*facts.consequences, *facts.causes)}
    lines = []
    for ja, en in zip(*(implication_lines(facts, lang, linked) for lang in LANGS), strict=True):
        lines += [f"- {ja}", f"- {en}"]
    return [*lines, ""]


def _index(checks: Sequence[CheckFacts]) -> str:
    by_id = {facts.id: facts for facts in checks}
    lines = [f"# {_both('page.contents')}", "", _WRITTEN, "", *_sentences("page.index-about")]
    for family, ids in FAMILIES.items():
        lines += [f'<a id="{family}"></a>', "", f"## {_both(f'family.{family}')}", ""]
        listed = sorted(ids, key=lambda name: (by_id[name].tier, ids.index(name)))
        lines += _table(
            [_both("catalogue.tier"), _both("page.id"), "日本語", "English"],
            [_row(by_id[name]) for name in listed],
        )
    return "\n".join([*lines, *_kinds(checks)]).rstrip() + "\n"


def _row(facts: CheckFacts) -> list[str]:
    mark = "" if facts.runs else f" ({_both('status.not-run')})"
    title = facts.words("title", "ja"), facts.words("title", "en")
    return [str(facts.tier), f"[`{facts.id}`]({facts.id}.md){mark}", *title]


def _kinds(checks: Sequence[CheckFacts]) -> Iterator[str]:
    yield from ('<a id="kinds"></a>', "", f"## {_both('page.index-kinds')}", "")
    yield from _sentences("page.index-kinds-about")
    rows = [
        [
            f"`{kind}`",
            _both(f"kind.{kind}"),
            ", ".join(f"`{entry}`" for entry in entries),
            ", ".join(f"`{code}`" for code in UNDECLARED.get(kind, ())),
        ]
        for kind, entries in ENTRIES.items()
        if attribute_of(kind) is None
    ]
    rows.append(["`attribute`", _both("kind.attribute"), "`attribute-*`", ""])
    heads = ["kind", "title", "ledger", "undeclared"]
    yield from _table([_both(f"page.{name}") for name in heads], rows)
    yield from (f"## {_both('page.index-entries')}", "")
    yield from _sentences("page.index-every")
    yield from (", ".join(f"`{entry}`" for entry in ALWAYS), "")
    used = [*ALWAYS, *(entry for facts in checks for entry in facts.entries)]
    texts = [[f"`{entry}`", *_wordings(f"assumption.{entry}")] for entry in dict.fromkeys(used)]
    yield from _table([_both("page.ledger"), "日本語", "English"], texts)
    yield from (f"## {_both('page.undeclared')}", "")
    codes = dict.fromkeys(code for found in UNDECLARED.values() for code in found)
    rows = [[f"`{code}`", _where(SECTIONS[code]), *_wordings(code)] for code in codes]
    yield from _table([_both("page.code"), _both("page.where"), "日本語", "English"], rows)


def _both(code: str) -> str:
    """Return a wording in both languages, once if they are the same."""
    return " / ".join(dict.fromkeys(phrase(lang, code) for lang in LANGS))


def _wordings(code: str) -> list[str]:
    return [wording(code, lang) for lang in LANGS]


def _heading(code: str) -> list[str]:
    return [f"## {_both(code)}", ""]


def _sentences(code: str) -> list[str]:
    """Return a paragraph a language."""
    return [line for lang in LANGS for line in (phrase(lang, code), "")]


def _where(section: str) -> str:
    """Return a link to a section of the page on topology files."""
    anchor = section.lower().replace(",", "").replace(" ", "-")
    return f"[{section}]({_TOPOLOGY_FILE}#{anchor})"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[cell.replace("|", "\\|") for cell in row] for row in (heads, *rows)]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return [lines[0], "|---" * len(heads) + "|", *lines[1:], ""]
