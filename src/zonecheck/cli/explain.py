"""`zonecheck explain`."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

import click

from zonecheck.cli.exit_code import exit_code
from zonecheck.cli.finding_choice import asked_for, with_findings
from zonecheck.cli.format_names import JSON
from zonecheck.cli.language import said
from zonecheck.cli.options import (
    common_options,
    deliver,
    profile_option,
    quiet_option,
    topology_argument,
    verbose_option,
)
from zonecheck.cli.own_policies import own_profiles, together
from zonecheck.cli.profile_choice import profile_for
from zonecheck.cli.streams import note, paint_for
from zonecheck.formats import read_topology
from zonecheck.policy import Progress, check_ids
from zonecheck.policy.explaining.explain import MOST_ELSEWHERE
from zonecheck.policy.explaining.explain import explain_each as explain_topology
from zonecheck.policy.explaining.explanation import Explanation
from zonecheck.policy.explaining.standard import Standard
from zonecheck.report.lang import Lang
from zonecheck.report.machine.explain_json import render_explanation_json
from zonecheck.report.text.explain import (
    OwnExplanation,
    own_explanations_text,
    render_explanation,
)
from zonecheck.report.words import phrase


@click.command(
    help=said(
        "適合しない検査ごとに、反例の各ホップと規則、および適合させる最小の変更（規則、ポート、"
        "配線、宣言）を示す。変更は証明し直して確かめ、止まる宣言済みの通信を挙げる。\n\n"
        "CHECK は検査のID、または違反の番号を付けた ID#番号。省くと適合しない検査すべて。"
        "終了コードは verify と同じ。",
        "For each check that does not hold, show every hop and rule behind it and the smallest "
        "change (rule, port, link, declaration) that makes it hold. Every change is proved again, "
        "and the declared flows it blocks are named.\n\n"
        "CHECK is the id of a check, or ID#N for one of its findings; without it, all that do not "
        "hold. The exit code is that of verify.",
    )
)
@topology_argument
@click.argument("wanted", metavar="[CHECK[#N]]...", nargs=-1)
@profile_option
@click.option(
    "--tries",
    type=click.IntRange(0),
    default=MOST_ELSEWHERE,
    show_default=True,
    metavar="N",
    help=said(
        "反例の上にない要素の変更を試す数。",
        "How many changes of elements off the counterexamples are tried.",
    ),
)
@verbose_option
@quiet_option
@common_options
def explain(
    *,
    topology: str,
    wanted: tuple[str, ...],
    profile_name: str | None,
    tries: int,
    verbose: int,
    quiet: bool,
    form: str,
    lang: Lang,
    output: str | None,
) -> NoReturn:
    """Explain what does not hold and leave with the exit code of the verdicts."""
    asked = asked_for(wanted)
    design = read_topology(topology, checks=check_ids())
    profile = profile_for(design, profile_name)
    quietly = quiet or not sys.stderr.isatty()
    own = own_profiles(design)
    standards = [Standard(profile), *(Standard(used, segments=p.segments) for p, used in own)]
    found = explain_topology(
        design,
        standards,
        checks=tuple(asked) or None,
        most_elsewhere=tries,
        progress=None if quietly else _progress(lang),
        tell=None if quietly else _tell(lang),
    )
    city, *rest = with_findings(found, asked)
    about = replace(city.verification, results=tuple(each.result for each in city.explained))
    code = exit_code(about, asked=tuple(asked)) if asked else exit_code(city.verification)
    others = [
        OwnExplanation(policy, used, explanation, _own_code(explanation, asked))
        for (policy, used), explanation in zip(own, rest, strict=True)
    ]
    code = together([code, *(other.exit_code for other in others)])
    if form == JSON:
        text = render_explanation_json(city, design, profile, code, others)
    else:
        paint = paint_for(output)
        text = render_explanation(city, design, profile, lang, verbose=verbose > 0, paint=paint)
        told = [other for other in others if not asked or _concerns(other.explanation)]
        text += own_explanations_text(told, design, lang, verbose=verbose > 0, paint=paint)
    deliver(text, output)
    if output is not None and not quiet:
        note(phrase(lang, "output.written", path=output))
    raise click.exceptions.Exit(code)


def _concerns(found: Explanation) -> bool:
    """Return whether a policy asks for any of the checks that are explained."""
    return any(each.result.policy is not None for each in found.explained)


def _own_code(found: Explanation, asked: dict[str, int]) -> int:
    """Return the exit code under one more policy, of the checks asked for or of all."""
    if not asked:
        return exit_code(found.verification)
    results = tuple(r for r in found.verification.results if r.check in asked)
    return exit_code(replace(found.verification, results=results))


def _progress(lang: Lang) -> Progress:
    def tell(check: str, state: str) -> None:
        phase = phrase(lang, "progress.in-state", check=check, state=state) if state else check
        note(phrase(lang, "progress.phase", phase=phase))

    return tell


def _tell(lang: Lang) -> Callable[[str, int, int], None]:
    def tell(check: str, at: int, of: int) -> None:
        phase = phrase(lang, "explain.progress", check=check, at=at + 1, of=of)
        note(phrase(lang, "progress.phase", phase=phase))

    return tell
