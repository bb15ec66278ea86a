"""`zonecheck replay`: packets pushed through something that is not ours."""

import click

from zonecheck.cli.failure import Failure
from zonecheck.cli.language import said
from zonecheck.cli.options import (
    JSON,
    common_options,
    deliver,
    topology_argument,
    verbose_option,
)
from zonecheck.cli.state_choice import in_state, state_option
from zonecheck.formats import read_topology
from zonecheck.model.message import Message
from zonecheck.replay import KernelError, judged_by_kernel
from zonecheck.report.kernel_text import render_kernel_json, render_kernel_text
from zonecheck.report.lang import Lang

DISAGREES = 1


@click.command(
    help=said(
        "構成をネットワーク名前空間に組み立て、証明した集合の境界のパケットを流して、カーネルと"
        "シミュレーターを比べる。root と ip、nft が必要。終了コード: 0 一致、1 不一致、"
        "2 実行できない。",
        "Build a design in network namespaces, send packets at the boundaries of what is proved, "
        "and compare the kernel with the simulator. Needs root, ip and nft. Exit codes: 0 they "
        "agree, 1 they do not, 2 could not run.",
    )
)
@topology_argument
@click.option(
    "--kernel",
    is_flag=True,
    help=said("カーネルに流す（今はこれだけ）。", "Through the kernel (all there is so far)."),
)
@click.option(
    "--probes",
    type=click.IntRange(1, 1_000_000),
    default=4000,
    show_default=True,
    metavar="N",
    help=said(
        "単独で送るパケットの上限。続くセッションは数えない。",
        "At most so many packets by themselves; those of sessions come on top.",
    ),
)
@click.option(
    "--branch",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar="N",
    help=said(
        "複数の道（ECMP、共有アドレスなど）のうち何番目をカーネルが取るか。",
        "Which of several ways (ECMP, shared addresses, ...) the kernel takes.",
    ),
)
@state_option
@verbose_option
@common_options
def replay(
    *,
    topology: str,
    kernel: bool,
    probes: int,
    branch: int,
    state: str,
    verbose: int,
    form: str,
    lang: Lang,
    output: str | None,
) -> int:
    """Compare the kernel with the simulator."""
    if not kernel:
        raise Failure(Message.of("kernel.only-kernel"))
    design = in_state(read_topology(topology), state)
    try:
        view = judged_by_kernel(design, probes=probes, pick=branch)
    except KernelError as error:
        raise Failure(error.reason) from error
    if form == JSON:
        text = render_kernel_json(view)
    else:
        text = render_kernel_text(view, lang, verbose=verbose > 0)
    deliver(text, output)
    if view.probes == 0:
        raise Failure(Message.of("kernel.nothing"))
    return 0 if view.agrees else DISAGREES
