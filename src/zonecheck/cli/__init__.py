"""The command line. Importing it loads no engine: each command is imported when it is run."""

import click

from zonecheck import __version__
from zonecheck.cli.language import said
from zonecheck.cli.lazy_group import LazyCommand, LazyGroup
from zonecheck.cli.options import debug_option

__all__ = ["main"]

_COMMANDS = {
    "verify": LazyCommand(
        "zonecheck.cli.verify",
        "verify",
        said("構成を規程の条項ごとに検査する。", "Prove or refute a design, clause by clause."),
    ),
    "explain": LazyCommand(
        "zonecheck.cli.explain",
        "explain",
        said("違反の道筋と最小の直し方を示す。", "Show why a check fails, and the smallest mend."),
    ),
    "trace": LazyCommand(
        "zonecheck.cli.inspect",
        "trace",
        said("一つのパケットの行方を追う。", "Follow one packet, hop by hop."),
    ),
    "reach": LazyCommand(
        "zonecheck.cli.inspect",
        "reach",
        said("二点間で届く通信をすべて示す。", "Show everything that gets from X to Y."),
    ),
    "matrix": LazyCommand(
        "zonecheck.cli.matrix",
        "matrix",
        said("何が通るかを表にする。", "Show what passes between zones or through a firewall."),
    ),
    "import": LazyCommand(
        "zonecheck.cli.importing",
        "import_rules",
        said("iptables-save の規則を読み込む。", "Turn iptables-save rules into our words."),
    ),
    "dataplane": LazyCommand(
        "zonecheck.cli.dataplane",
        "dataplane",
        said("データプレーンを正準形のJSONで書く。", "Write the data plane as canonical JSON."),
    ),
    "export": LazyCommand(
        "zonecheck.cli.export",
        "export",
        said("機器の設定や構成の図を他の形式で書く。", "Write a device or a drawing, for others."),
    ),
    "plot": LazyCommand(
        "zonecheck.cli.plot",
        "plot",
        said("領域、行列、反例を描く。", "Draw the zones, the matrix or a counterexample."),
    ),
    "capture": LazyCommand(
        "zonecheck.cli.capture",
        "capture",
        said("キャプチャを構成に照らして判定する。", "Judge captures against a design."),
    ),
    "replay": LazyCommand(
        "zonecheck.cli.replay",
        "replay",
        said("違反やキャプチャをモデルやカーネルに流す。", "Push packets through model or kernel."),
    ),
    "synthesise": LazyCommand(
        "zonecheck.cli.synthesise",
        "synthesise",
        said("構成からキャプチャを作る。", "Make a capture of a design, with violations."),
    ),
    "diff": LazyCommand(
        "zonecheck.cli.diff",
        "diff",
        said("二つの構成の違いを示す。", "Show what a change permits, blocks and breaks."),
    ),
    "checks": LazyCommand(
        "zonecheck.cli.catalogue",
        "checks",
        said("検査の一覧、または一つの検査の意味。", "List the checks, or explain one."),
    ),
    "profiles": LazyCommand(
        "zonecheck.cli.catalogue",
        "profiles",
        said("プロファイルの一覧、または内容。", "List the profiles, or show one."),
    ),
    "init": LazyCommand(
        "zonecheck.cli.start",
        "init",
        said("小さな構成ファイルの見本を作る。", "Write a small topology to start from."),
    ),
}


@click.group(
    cls=LazyGroup,
    lazy=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=said(
        "ネットワーク構成が領域を分けていることを規程の条項ごとに証明する。破れていれば、"
        "それを示すパケットを挙げる。\n\n"
        "終了コード: 0 すべて適合、1 違反あり、2 判定不能または実行できない、130 中断。",
        "Prove that a network keeps its zones apart, clause by clause of a security policy, or "
        "show the packet that breaks it.\n\n"
        "Exit codes: 0 all holds, 1 something is violated, 2 unknown or could not run, "
        "130 interrupted.",
    ),
)
@click.version_option(
    __version__,
    prog_name="zonecheck",
    message="%(prog)s %(version)s",
    help=said("版を表示する。", "Show the version."),
)
@debug_option
def main() -> None:
    """Run zonecheck."""
