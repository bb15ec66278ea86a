"""`zonecheck replay`: packets pushed through the model, or a design through the kernel."""

from pathlib import Path

import click
from click.core import ParameterSource

from zonecheck.cli.failure import Failure
from zonecheck.cli.finding_choice import find_finding, names_finding
from zonecheck.cli.format_names import JSON
from zonecheck.cli.language import said
from zonecheck.cli.options import (
    debug_option,
    deliver,
    format_option,
    lang_option,
    profile_option,
    verbose_option,
)
from zonecheck.cli.profile_choice import profile_for
from zonecheck.cli.pushing import push_capture, push_finding, show_finding
from zonecheck.cli.state_choice import in_state, state_option
from zonecheck.formats import read_topology
from zonecheck.model.message import Message
from zonecheck.replay import KernelError, judged_by_kernel
from zonecheck.report.lang import Lang
from zonecheck.report.machine.kernel_json import render_kernel_json
from zonecheck.report.text.kernel import render_kernel_text

DISAGREES = 1


@click.command(
    help=said(
        "違反の反例やキャプチャのパケットをモデルに流し、どこに届くか、どの規則で落ちるかを示す。"
        "-o で、通った配線とセグメントごとの pcapng をフォルダーに書く。"
        "scapy（pip install scapy）が必要。"
        "違反は「検査」「検査#番号」か f- で始まる ID で指定する。"
        "終了コード: 0 流した、1 違反のパケットが届かない、2 実行できない。\n\n"
        "--kernel なら、構成をネットワーク名前空間に組み立て、証明した集合の境界のパケットを流して"
        "カーネルとシミュレーターを比べる。root と ip、nft が必要。終了コード: 0 一致、1 不一致、"
        "2 実行できない。",
        "Push the packets of a finding or of a capture through the model, and say where they "
        "arrive or which rule drops them. -o writes a pcapng file for each link and segment they "
        "go over. Needs scapy (pip install scapy). A finding is CHECK, CHECK#N or an id "
        "that begins f-. Exit codes: 0 pushed, 1 the packet of a finding does not arrive, 2 "
        "could not run.\n\n"
        "With --kernel, build a design in network namespaces, send packets at the boundaries of "
        "what is proved, and compare the kernel with the simulator. Needs root, ip and nft. Exit "
        "codes: 0 they agree, 1 they do not, 2 could not run.",
    )
)
@click.argument("subject", metavar="TOPOLOGY|FINDING|CAPTURE")
@click.option(
    "--topology",
    metavar="TOPOLOGY",
    help=said("違反やキャプチャを流す構成。", "The design to push a finding or capture through."),
)
@profile_option
@click.option(
    "--show",
    is_flag=True,
    help=said(
        "違反のパケットを scapy の式で示す。", "Show the packets of a finding as scapy expressions."
    ),
)
@click.option(
    "--kernel",
    is_flag=True,
    help=said("構成をカーネルに流す。", "A design, through the kernel."),
)
@click.option(
    "--probes",
    type=click.IntRange(1, 1_000_000),
    default=4000,
    show_default=True,
    metavar="N",
    help=said(
        "--kernel で単独で送るパケットの上限。続くセッションは数えない。",
        "With --kernel, at most so many packets by themselves; those of sessions come on top.",
    ),
)
@click.option(
    "--branch",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar="N",
    help=said(
        "--kernel で、複数の道（ECMP、共有アドレスなど）のうち何番目をカーネルが取るか。",
        "With --kernel, which of several ways (ECMP, shared addresses, ...) the kernel takes.",
    ),
)
@state_option
@verbose_option
@format_option
@lang_option
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help=said(
        "pcapng を書くフォルダー。--kernel では結果を書くファイル。",
        "Folder for pcapng files; with --kernel, the file for the result.",
    ),
)
@debug_option
def replay(
    *,
    subject: str,
    topology: str | None,
    profile_name: str | None,
    show: bool,
    kernel: bool,
    probes: int,
    branch: int,
    state: str,
    verbose: int,
    form: str,
    lang: Lang,
    output: str | None,
) -> int:
    """Push packets through the model, or compare the kernel with the simulator."""
    if kernel:
        if topology is not None or show:
            raise Failure(Message.of("replay.kernel-designs"))
        return _by_kernel(subject, probes, branch, state, form, lang, output, verbose=verbose > 0)
    if topology is None:
        raise Failure(Message.of("replay.incomplete"))
    _refuse_kernel_options()
    design = read_topology(topology)
    if not names_finding(subject):
        if show:
            raise Failure(Message.of("replay.show-findings", path=subject))
        told = push_capture(in_state(design, state), Path(subject), output)
        deliver(told.rendered(form, lang, verbose=verbose > 0), None)
        return 0
    name, finding = find_finding(design, profile_for(design, profile_name), subject)
    there = in_state(design, state or finding.state)
    if show:
        deliver(show_finding(there, name, finding), None)
        return 0
    told = push_finding(there, name, finding, output)
    deliver(told.rendered(form, lang, verbose=verbose > 0), None)
    return 0 if told.view.arrived else DISAGREES


def _refuse_kernel_options() -> None:
    """Refuse what says something about the kernel only."""
    context = click.get_current_context()
    given = [
        f"--{name}"
        for name in ("probes", "branch")
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if given:
        raise Failure(Message.of("replay.model-only", options=", ".join(given)))


def _by_kernel(
    topology: str,
    probes: int,
    branch: int,
    state: str,
    form: str,
    lang: Lang,
    output: str | None,
    *,
    verbose: bool,
) -> int:
    design = in_state(read_topology(topology), state)
    try:
        view = judged_by_kernel(design, probes=probes, pick=branch)
    except KernelError as error:
        raise Failure(error.reason) from error
    if form == JSON:
        text = render_kernel_json(view)
    else:
        text = render_kernel_text(view, lang, verbose=verbose)
    deliver(text, output)
    if view.probes == 0:
        raise Failure(Message.of("kernel.nothing"))
    return 0 if view.agrees else DISAGREES
