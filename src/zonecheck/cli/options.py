"""Arguments and options that several commands share."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from zonecheck.cli.failure import DEBUG_KEY, LANG_KEY
from zonecheck.cli.format_names import JSON, TEXT
from zonecheck.cli.language import default_lang, said
from zonecheck.cli.result_file import replace_file
from zonecheck.cli.streams import write_out

F = TypeVar("F", bound=Callable[..., Any])

topology_argument = click.argument("topology", metavar="TOPOLOGY")

profile_option = click.option(
    "--profile",
    "profile_name",
    metavar="P",
    help=said("プロファイル。なければ構成ファイルの指定。", "Profile; else the topology's own."),
)

format_option = click.option(
    "--format",
    "form",
    type=click.Choice([TEXT, JSON]),
    default=TEXT,
    show_default=True,
    help=said("出力の形式。", "Form of the result."),
)

output_option = click.option(
    "-o",
    "--output",
    metavar="FILE",
    help=said("結果をこのファイルに書く。", "Write the result to this file."),
)

quiet_option = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    help=said("結果のほかは何も表示しない。", "Print nothing but the result."),
)

verbose_option = click.option(
    "-v",
    "--verbose",
    count=True,
    help=said("すべての違反と前提を並べる。", "List every finding and every assumption."),
)


def _keep_lang(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    lang = value or default_lang(os.environ)
    ctx.meta[LANG_KEY] = lang
    return lang


def _keep_debug(ctx: click.Context, _parameter: click.Parameter, value: object) -> None:
    if value:
        ctx.meta[DEBUG_KEY] = True


lang_option = click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    is_eager=True,
    callback=_keep_lang,
    help=said(
        "結果の言語。なければ ZONECHECK_LANG、次にロケールに従う。",
        "Language of the result; else ZONECHECK_LANG, then the locale.",
    ),
)

debug_option = click.option(
    "--debug",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_keep_debug,
    help=said("失敗したときトレースバックを表示する。", "Show tracebacks."),
)


def common_options(command: F) -> F:
    """Return the command with `--format`, `--lang`, `--output` and `--debug`."""
    for option in (debug_option, output_option, lang_option, format_option):
        command = option(command)
    return command


def deliver(text: str | bytes, output: str | None) -> None:
    """Put a result where it was asked for."""
    if output is None:
        write_out(text)
    else:
        replace_file(Path(output), text)
