"""`zonecheck capture`."""

import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from zonecheck.cli.failure import Failure
from zonecheck.cli.format_names import CSV, HTML, JSON, TEXT, XLSX, require_file_for
from zonecheck.cli.language import said
from zonecheck.cli.options import (
    debug_option,
    deliver,
    lang_option,
    output_option,
    profile_option,
    quiet_option,
    verbose_option,
)
from zonecheck.cli.profile_choice import profile_for
from zonecheck.cli.result_file import replace_file, require_apart, require_replaceable
from zonecheck.cli.state_choice import in_state, state_option
from zonecheck.cli.streams import note, paint_for
from zonecheck.formats import read_design
from zonecheck.formats.files_read import remember_file
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.report.lang import Lang
from zonecheck.report.printable import printable_name
from zonecheck.report.words import phrase

if TYPE_CHECKING:
    from zonecheck.capture.judge_files import Question
    from zonecheck.capture.judged import JudgedCapture

FORMATS: Final = (TEXT, JSON, CSV, XLSX, HTML)
WITH_DIGESTS: Final = (JSON, XLSX, HTML)
"""Formats that say which bytes were judged."""


@click.command(
    help=said(
        "CAPTURE（pcap、pcapng、- は標準入力、回転したファイルのフォルダー）を、構成が証明するのと"
        "同じ集合で判定する。許されないパケット、構成で説明できないパケット、記録から分からない"
        "ことを示す。キャプチャは反証できるが、何も証明しない。\n\n"
        "終了コード: --fail-on 以上の反証があれば 1、なければ判定不能か読み切れないとき 2、"
        "それ以外は 0。",
        "Judge CAPTURE (pcap, pcapng, - for standard input, a folder of rotated files) by the sets "
        "the design proves: what is forbidden, what the design does not explain, and what the "
        "capture could not show. A capture can refute; it proves nothing.\n\n"
        "Exit code: 1 if something at or above --fail-on is refuted; else 2 if a check is unknown "
        "or a file was not read to its end; else 0.",
    )
)
@click.argument("captures", metavar="CAPTURE...", nargs=-1, required=True)
@click.option(
    "--topology",
    required=True,
    metavar="T",
    help=said("構成（ファイルかフォルダー）。", "The design (a file or folder)."),
)
@click.option(
    "--at",
    "place",
    default="",
    metavar="PLACE",
    help=said(
        "取得した場所: セグメント、機器/インターフェース、スイッチ/ポート、センサーなど。",
        "Where it was taken: a segment, device/interface, switch/port, a sensor, ...",
    ),
)
@profile_option
@state_option
@click.option(
    "--baseline",
    multiple=True,
    metavar="CAPTURE",
    help=said(
        "平常時のキャプチャ（複数可）。通信量の急増を見る。",
        "A capture of ordinary times (may be repeated): to see surges of traffic.",
    ),
)
@click.option(
    "--surge",
    type=click.FloatRange(1, min_open=True),
    default=3.0,
    show_default=True,
    metavar="X",
    help=said("急増とみなす、平常時の最大の倍数。", "A surge is X times the baseline's most."),
)
@click.option(
    "--payload",
    is_flag=True,
    help=said(
        "メールの部分の種類を見る（中身は報告しない）。",
        "Look at the types of mail parts (contents are never reported).",
    ),
)
@click.option(
    "--pseudonymise",
    "key",
    metavar="KEY",
    help=said(
        "報告のアドレスを、同じ鍵なら同じになる仮のアドレスに置き換える。",
        "Replace addresses in the report; the same key gives the same ones.",
    ),
)
@click.option(
    "--write-violations",
    "violations",
    metavar="OUT.pcapng",
    help=said(
        "許されないパケットを、元の番号を添えて書き出す。",
        "Write violating packets, each with its original number in the comment.",
    ),
)
@click.option(
    "--all",
    "every_flow",
    is_flag=True,
    help=said(
        "json、csv、xlsx に、許されるフローも含める。",
        "Include allowed flows in json, csv and xlsx.",
    ),
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "advice"]),
    default="error",
    show_default=True,
    help=said(
        "この扱い以上の反証で終了コード 1。", "Exit 1 on refutations of this level or above."
    ),
)
@click.option(
    "--allow-unknown",
    is_flag=True,
    help=said("判定不能でも終了コードを 2 にしない。", "Do not exit 2 for unknown checks."),
)
@verbose_option
@quiet_option
@debug_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=TEXT,
    show_default=True,
    help=said(
        "出力の形式。xlsx と html には --output が必要。",
        "Form of the result; xlsx and html need --output.",
    ),
)
@lang_option
@output_option
def capture(
    *,
    captures: tuple[str, ...],
    topology: str,
    place: str,
    profile_name: str | None,
    state: str,
    baseline: tuple[str, ...],
    surge: float,
    payload: bool,
    key: str | None,
    violations: str | None,
    every_flow: bool,
    fail_on: str,
    allow_unknown: bool,
    verbose: int,
    quiet: bool,
    form: str,
    lang: Lang,
    output: str | None,
) -> NoReturn:
    """Judge a capture and leave with the exit code of what it says."""
    from zonecheck.capture.judge_files import Question
    from zonecheck.capture.pseudonyms import Pseudonyms
    from zonecheck.cli.capture_formats import Rendering, as_file, rendered

    require_file_for(form, output)
    _require_sense(key, violations, surge)
    for each in (*captures, *baseline):
        if _is_missing(each):
            raise Failure(Message.of("file.missing", path=each))
        remember_file(each)
    read = read_design(topology)
    design = in_state(read.topology, state)
    profile = profile_for(design, profile_name)
    for written in (output, violations):
        require_replaceable(written)
    require_apart(violations, output, "error.violations-replace")
    question = Question(
        captures,
        place,
        baseline=baseline,
        surge=surge,
        payload=payload,
        every_flow=every_flow and form not in (TEXT, HTML),
        digests=form in WITH_DIGESTS,
        progress=_progress(lang, quiet=quiet),
    )
    found = _judged(design, profile, question, violations, lang)
    code = found.exit_code(fail_on, allow_unknown=allow_unknown)
    run = Rendering(
        found,
        design,
        profile,
        read.files,
        code,
        lang,
        verbose=verbose > 0,
        paint=paint_for(output),
        hidden=None if key is None else Pseudonyms(key),
    )
    made = rendered(form, run)
    deliver(made if output is None else as_file(form, made), output)
    if output is not None and not quiet:
        note(phrase(lang, "output.written", path=output))
    raise click.exceptions.Exit(code)


def _require_sense(key: str | None, violations: str | None, surge: float) -> None:
    """Check what no option says by itself.

    Raises:
        Failure: a key that is none, packets beside pseudonyms, or a factor that is no number.
    """
    if key is not None and violations is not None:
        raise Failure(Message.of("error.violations-hold-addresses"))
    if not math.isfinite(surge):
        raise Failure(Message.of("error.surge-factor", given=surge))
    if key == "":
        raise Failure(Message.of("error.empty-key"))


def _judged(
    design: Topology, profile: Profile, question: "Question", violations: str | None, lang: Lang
) -> "JudgedCapture":
    """Return the judgement, and write the violating packets where a file is named for them.

    Raises:
        Failure: the design has no such place, or a file cannot be read a second time as it was.
    """
    from zonecheck.capture.again import ChangedError, ReadOnceError, packets_of
    from zonecheck.capture.judge_files import UnknownPlaceError, judge_captures
    from zonecheck.capture.judgement import FlowVerdict

    try:
        found, reading = judge_captures(design, profile, question)
        if violations is not None:
            against = (r for r in found.rows if r.judgement.verdict is FlowVerdict.VIOLATING)
            replace_file(Path(violations), packets_of(reading, [row.index for row in against]))
    except ReadOnceError as error:
        raise Failure(Message.of("error.read-once", source=error.args[0])) from error
    except ChangedError as error:
        raise Failure(Message.of("error.capture-changed", source=error.args[0])) from error
    except UnknownPlaceError as error:
        near = phrase(lang, "error.near", names=", ".join(error.near)) if error.near else ""
        raise Failure(Message.of("error.unknown-place", given=question.place, near=near)) from error
    return found


def _is_missing(path: str) -> bool:
    """Return whether there is nothing of that name; `-` is standard input.

    Whatever else keeps a file from being read is told of it where it is read.
    """
    if path == "-":
        return False
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _progress(lang: Lang, *, quiet: bool) -> Callable[[str, int], None] | None:
    """Return what tells on stderr how far reading is; None without a terminal or with `-q`."""
    if quiet or not sys.stderr.isatty():
        return None

    def tell(file: str, packets: int) -> None:
        note(phrase(lang, "capture.progress", file=printable_name(file), packets=f"{packets:,}"))

    return tell
