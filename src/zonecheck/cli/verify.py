"""`zonecheck verify`."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import NoReturn

import click

from zonecheck.cli.baseline import read_baseline
from zonecheck.cli.check_choice import require_check
from zonecheck.cli.exit_code import exit_code
from zonecheck.cli.format_names import require_file_for
from zonecheck.cli.language import said
from zonecheck.cli.options import (
    deliver,
    profile_option,
    quiet_option,
    topology_argument,
    verbose_option,
)
from zonecheck.cli.own_policies import own_profiles, together, verified_policies
from zonecheck.cli.profile_choice import profile_for
from zonecheck.cli.recording import (
    day_of,
    recording_options,
    require_own_files,
    write_record,
)
from zonecheck.cli.streams import note, paint_for
from zonecheck.cli.verify_formats import (
    Rendering,
    rendered,
    verify_options,
)
from zonecheck.formats import read_design
from zonecheck.policy import (
    Progress,
    Proofs,
    RoutingAssumption,
    Status,
    Verification,
    check_ids,
    with_trust,
)
from zonecheck.policy import verify as verify_topology
from zonecheck.policy.waivers import recorded
from zonecheck.policy.weight import weight
from zonecheck.report.lang import Lang
from zonecheck.report.own_policies import overall_line
from zonecheck.report.text.verification import summary_line
from zonecheck.report.whole import Part, WholeReport
from zonecheck.report.words import phrase


@click.command(
    help=said(
        "TOPOLOGY（*.zones.yaml ファイル、または同名のファイルを持つフォルダー）を、プロファイル"
        "の条項ごとに検査する。\n\n"
        "終了コード: --fail-on 以上の違反があれば 1、なければ判定不能のとき 2、それ以外は 0。"
        "出力の形式や --no-trust にはよらない。",
        "Check TOPOLOGY (a *.zones.yaml file, or a folder that holds one of its name) against "
        "every clause of a profile.\n\n"
        "Exit code: 1 if a check at or above --fail-on is violated; else 2 if one is unknown; "
        "else 0. It depends neither on the format nor on --no-trust.",
    )
)
@topology_argument
@profile_option
@click.option(
    "--check",
    "checks",
    metavar="ID",
    multiple=True,
    help=said("この検査だけを行う（複数可）。", "Run only this check (may be repeated)."),
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "advice"]),
    default="error",
    show_default=True,
    help=said("この扱い以上の違反で終了コード 1。", "Exit 1 on violations of this level or above."),
)
@click.option(
    "--allow-unknown",
    is_flag=True,
    help=said("判定不能でも終了コードを 2 にしない。", "Do not exit 2 for unknown verdicts."),
)
@click.option(
    "--routing",
    type=click.Choice([each.value for each in RoutingAssumption]),
    default=RoutingAssumption.DECLARED.value,
    show_default=True,
    help=said(
        "経路の仮定: 宣言どおり（宣言のない機器はどこへでも）、すべての機器がどこへでも、"
        "宣言のない機器は最短経路。",
        "Routes as declared (devices without: by any interface), by any interface everywhere, "
        "or shortest paths where none are declared.",
    ),
)
@click.option(
    "--baseline",
    metavar="OLD",
    help=said(
        "承認済みの構成（ファイル、フォルダー、git の REV:PATH）。変更の影響と承認を検査する。",
        "The approved design (a file, a folder, REV:PATH in git): checks what changed since.",
    ),
)
@click.option(
    "--no-trust",
    is_flag=True,
    help=said(
        "宣言を一つずつ、また全部取り下げて証明し直し、適合がどの宣言によるかを示す。",
        "Prove again without each declaration and without all, and show which verdicts need which.",
    ),
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=None,
    metavar="N",
    help=said(
        "--no-trust で同時に使うプロセスの数。なければCPUの数。",
        "Processes for --no-trust; else one for each processor.",
    ),
)
@recording_options
@verbose_option
@quiet_option
@verify_options
def verify(
    *,
    topology: str,
    profile_name: str | None,
    checks: tuple[str, ...],
    fail_on: str,
    allow_unknown: bool,
    routing: str,
    baseline: str | None,
    no_trust: bool,
    jobs: int | None,
    day: datetime | None,
    record: str | None,
    verbose: int,
    quiet: bool,
    form: str,
    lang: Lang,
    output: str | None,
) -> NoReturn:
    """Verify a topology and leave with the exit code of the verdicts."""
    require_file_for(form, output)
    asked = _known_checks(checks)
    progress = _progress(lang, quiet=quiet)
    read = read_design(topology, checks=check_ids())
    design = read.topology
    profile, own = profile_for(design, profile_name), own_profiles(design)
    old = read_baseline(baseline)
    if old is not None and not quiet and not old.is_asked_for([profile, *(p for _, p in own)]):
        note(phrase(lang, "diff.baseline-not-asked"))
    require_own_files(record, output)
    assumed, proofs = RoutingAssumption(routing), Proofs()
    result = verify_topology(
        design,
        profile,
        checks=asked,
        progress=progress,
        routing=assumed,
        proofs=proofs,
        today=day_of(day),
        given=None if old is None else old.answers(design, profile, proofs),
    )
    if not quiet:
        _tell_not_asked(result, asked or (), lang)
    if record is not None:
        result = recorded(result)
    code = exit_code(result, fail_on, allow_unknown=allow_unknown, asked=asked or ())
    others = verified_policies(
        design,
        own,
        asked,
        proofs,
        fail_on=fail_on,
        allow_unknown=allow_unknown,
        routing=assumed,
        progress=progress,
        today=result.today,
        baseline=old,
        record=record is not None,
    )
    code = together([code, *(other.exit_code for other in others)])
    if no_trust:
        told = None if progress is None else _tell_proofs(lang)
        result = with_trust(
            design, profile, result, jobs=jobs or os.cpu_count() or 1, progress=told
        )
    if record is not None:
        write_record(record, result, profile, read.files, others, code)
    weigh = partial(weight, fail_on=fail_on, allow_unknown=allow_unknown)
    parts = [Part(profile, result, partial(weigh, asked=asked or ()))]
    parts += [Part(each.profile, each.verification, weigh, each.policy) for each in others]
    run = Rendering(
        whole=WholeReport(design, tuple(parts), code),
        own=others,
        lang=lang,
        verbose=verbose > 0,
        paint=paint_for(output),
        routing=assumed,
        proofs=proofs,
        files=read.files,
    )
    deliver(rendered(form, run), output)
    if output is not None and not quiet:
        summary = overall_line(code, lang) if others else summary_line(result, lang)
        note(f"{phrase(lang, 'output.written', path=output)}: {summary}")
    raise click.exceptions.Exit(code)


def _known_checks(checks: Sequence[str]) -> tuple[str, ...] | None:
    """Return the checks asked for, each once; None for all."""
    for given in checks:
        require_check(given)
    return tuple(dict.fromkeys(checks)) or None


def _tell_not_asked(result: Verification, asked: Sequence[str], lang: Lang) -> None:
    """Say which checks named on the command line leave the run undecided: the profile has none."""
    for check in asked:
        if result.result(check).status is Status.NOT_IN_PROFILE:
            note(phrase(lang, "verify.check-not-asked", check=check, profile=result.profile))


def _progress(lang: Lang, *, quiet: bool) -> Progress | None:
    """Return what tells each phase on stderr; None without a terminal or with `-q`."""
    if quiet or not sys.stderr.isatty():
        return None

    def tell(check: str, state: str) -> None:
        phase = phrase(lang, "progress.in-state", check=check, state=state) if state else check
        note(phrase(lang, "progress.phase", phase=phase))

    return tell


def _tell_proofs(lang: Lang) -> Callable[[int, int], None]:
    def tell(done: int, known: int) -> None:
        note(
            phrase(
                lang,
                "progress.phase",
                phase=phrase(lang, "progress.without", done=done, known=known),
            )
        )

    return tell
