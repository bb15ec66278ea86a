"""`zonecheck checks` and `zonecheck profiles`."""

import click

from zonecheck.cli.check_choice import require_check
from zonecheck.cli.format_names import JSON
from zonecheck.cli.language import said
from zonecheck.cli.options import common_options, deliver
from zonecheck.cli.profile_choice import named_profile
from zonecheck.policy import profile_ids
from zonecheck.report.lang import Lang
from zonecheck.report.machine.catalogue_json import render_checks_json, render_profiles_json
from zonecheck.report.pages.check_facts import built_in_profiles, catalogue
from zonecheck.report.text.catalogue import (
    check_text,
    checks_text,
    profile_text,
    profiles_text,
)


@click.command(
    help=said(
        "検査の一覧を示す。ID を与えると、何を証明し、何を反例とするかを示す。",
        "List the checks; with an ID say what it proves and what a counterexample is.",
    )
)
@click.argument("check_id", metavar="[ID]", required=False)
@common_options
def checks(*, check_id: str | None, form: str, lang: Lang, output: str | None) -> None:
    """Show the catalogue of checks."""
    if check_id is not None:
        require_check(check_id)
    chosen = catalogue(built_in_profiles(), check_id)
    if form == JSON:
        text = render_checks_json(chosen)
    elif check_id is None:
        text = checks_text(chosen, lang)
    else:
        text = check_text(chosen[0], lang)
    deliver(text, output)


@click.command(
    help=said(
        "組込みプロファイルの一覧を示す。ID を与えると、その文書・領域・検査と条項を示す。",
        "List the built-in profiles; with an ID show its document, zones, checks and clauses.",
    )
)
@click.argument("profile_id", metavar="[ID]", required=False)
@common_options
def profiles(*, profile_id: str | None, form: str, lang: Lang, output: str | None) -> None:
    """Show the catalogue of profiles."""
    names = profile_ids() if profile_id is None else (profile_id,)
    found = [named_profile(name) for name in names]
    if form == JSON:
        text = render_profiles_json(found)
    elif profile_id is None:
        text = profiles_text(found, lang)
    else:
        text = profile_text(found[0], lang)
    deliver(text, output)
