"""`zonecheck init`."""

from importlib.resources import files
from pathlib import Path

import click

from zonecheck.cli.failure import Failure
from zonecheck.cli.language import said
from zonecheck.cli.options import debug_option, lang_option, quiet_option
from zonecheck.cli.result_file import create_file
from zonecheck.cli.streams import note
from zonecheck.model.message import Message
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase

_NAMELESS = "network"


@click.command(
    help=said(
        "DIR（なければ今のフォルダー）に、検査に適合する小さな構成ファイルをフォルダーと同じ名前で"
        "作る。すでにあるファイルは上書きしない。",
        "Write a small topology that verifies into DIR (default: here), named like the folder. "
        "An existing file is never overwritten.",
    )
)
@click.argument("directory", metavar="[DIR]", default=".")
@lang_option
@quiet_option
@debug_option
def init(*, directory: str, lang: Lang, quiet: bool) -> None:
    """Write a starter topology."""
    folder = Path(directory)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Failure(Message.of("error.cannot-write", path=folder, reason=reason)) from error
    path = folder / f"{folder.resolve().name or _NAMELESS}.zones.yaml"
    text = files("zonecheck.cli").joinpath("starter.zones.yaml").read_text(encoding="utf-8")
    create_file(path, text)
    if not quiet:
        note(phrase(lang, "init.written", path=path, folder=folder))
