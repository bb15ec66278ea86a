"""The catalogues of checks and profiles for people."""

from collections.abc import Sequence

from zonecheck.model.profile import Profile
from zonecheck.report.columns import aligned
from zonecheck.report.lang import Lang
from zonecheck.report.profile_standing import basis_of
from zonecheck.report.words import phrase

CatalogueEntry = tuple[str, int]
"""The id of a check and its tier."""


def checks_text(entries: Sequence[CatalogueEntry], lang: Lang) -> str:
    """Return one line a check."""
    rows = [(name, phrase(lang, f"check.{name}.title")) for name, _ in entries]
    return "\n".join(aligned(rows)) + "\n"


def check_text(entry: CatalogueEntry, profiles: Sequence[Profile], lang: Lang) -> str:
    """Return what one check proves, what refutes it and which clauses ask for it."""
    name, tier = entry
    lines = [
        f"{name}  {phrase(lang, f'check.{name}.title')}",
        "",
        phrase(lang, "catalogue.proves"),
        "  " + phrase(lang, f"check.{name}.proves"),
        phrase(lang, "catalogue.counterexample"),
        "  " + phrase(lang, f"check.{name}.counterexample"),
        f"{phrase(lang, 'catalogue.tier')}: {tier}",
    ]
    rows = []
    for profile in profiles:
        policy = profile.policy_for(name)
        if policy is not None:
            clauses = ", ".join(citation.clause for citation in policy.citations)
            rows.append((profile.id, phrase(lang, f"level.{policy.level}"), clauses))
    if rows:
        lines += [phrase(lang, "catalogue.in-profiles"), *aligned(rows, indent=2)]
    return "\n".join(lines) + "\n"


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
        waivable = f"/{phrase(lang, 'profile.waivable')}" if policy.waivable else ""
        lines.append(f"  {policy.check}  {title}  [{level}/{severity}{waivable}]")
        if policy.note:
            lines.append(f"    {policy.note}")
        for citation in policy.citations:
            code = "report.citation-quote" if citation.quote else "report.citation"
            quote = {"quote": citation.quote} if citation.quote else {}
            lines.append("    " + phrase(lang, code, clause=citation.clause, **quote))
    return "\n".join(lines) + "\n"
