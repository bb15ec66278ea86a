"""`zonecheck diff`."""

import sys
from typing import NoReturn

import click

from zonecheck.cli.baseline import compared
from zonecheck.cli.format_names import JSON
from zonecheck.cli.language import said
from zonecheck.cli.options import (
    common_options,
    deliver,
    profile_option,
    quiet_option,
    verbose_option,
)
from zonecheck.cli.profile_choice import profile_for, profile_of_policy
from zonecheck.cli.result_file import require_replaceable
from zonecheck.cli.revisions import read_of
from zonecheck.cli.streams import note
from zonecheck.compare import Judges, compare
from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.policy import Progress, check_ids
from zonecheck.report.lang import Lang
from zonecheck.report.machine.diff_json import render_diff_json
from zonecheck.report.text.diff import Named, render_diff_text, summary
from zonecheck.report.words import phrase


@click.command(
    help=said(
        "OLD と NEW（ファイル、フォルダー、または git の REV:PATH）の違いを示す。領域の組ごとに"
        "新たに通る・通らなくなる通信（正確な集合と、経路・規則付きの例）、構成の変更、その原因、"
        "プロファイルの判定の変化。名前を変えただけのものは違いではない。\n\n"
        "終了コード: 違いがなければ 0、あれば 1、実行できなければ 2。",
        "Show what differs between OLD and NEW (a file, a folder, or REV:PATH in git): packets "
        "newly permitted and newly blocked for each pair of zones, exactly and with an example, "
        "its way and rules; what changed in the design, and which change causes what; the "
        "verdicts that are other ones. What is only renamed does not differ.\n\n"
        "Exit code: 0 if nothing differs, 1 if something does, 2 if it could not run.",
    )
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@profile_option
@click.option(
    "--forged",
    is_flag=True,
    help=said(
        "偽った送信元から送れるパケットも比べる。",
        "Compare packets from forged sources as well.",
    ),
)
@click.option(
    "--no-verdicts",
    is_flag=True,
    help=said("判定は比べない（速い）。", "Do not compare verdicts, which is faster."),
)
@verbose_option
@quiet_option
@common_options
def diff(
    *,
    old: str,
    new: str,
    profile_name: str | None,
    forged: bool,
    no_verdicts: bool,
    verbose: int,
    quiet: bool,
    form: str,
    lang: Lang,
    output: str | None,
) -> NoReturn:
    """Show what differs between two designs and leave with whether anything does."""
    before, former = read_of(old, lambda path: _judged(path, profile_name))
    after, latter = read_of(new, lambda path: _judged(path, profile_name))
    profile = latter.own or profile_for(after, profile_name)
    require_replaceable(output)
    progress = None if quiet or not sys.stderr.isatty() else _progress(lang)
    found = compared(
        lambda: compare(
            before,
            after,
            profile,
            verdicts=not no_verdicts,
            forged=forged,
            judges=(former, latter),
            progress=progress,
        )
    )
    code = 0 if found.is_empty else 1
    named = Named(old, new)
    if form == JSON:
        text = render_diff_json(found, named, exit_code=code)
    else:
        text = render_diff_text(found, named, lang, verbose=verbose > 0)
    deliver(text, output)
    if output is not None and not quiet:
        note(f"{phrase(lang, 'output.written', path=output)}: {summary(found, lang)}")
    raise click.exceptions.Exit(code)


def _judged(path: str, profile_name: str | None) -> tuple[Topology, Judges]:
    """Return a design and the profiles it names; none is looked at where one is given.

    Raises:
        BadInput: what is wrong with the files, those of profiles included.
    """
    design = read_topology(path, checks=check_ids())
    policies = {policy.id: profile_of_policy(policy) for policy in design.policies}
    own = None if profile_name or not design.profile else profile_for(design, None)
    return design, Judges(own, policies)


def _progress(lang: Lang) -> Progress:
    def tell(check: str, state: str) -> None:
        phase = phrase(lang, "progress.in-state", check=check, state=state) if state else check
        note(phrase(lang, "progress.phase", phase=phase))

    return tell
