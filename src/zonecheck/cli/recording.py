"""`--record` and `--date` of `zonecheck verify`."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from zonecheck.cli.language import said
from zonecheck.cli.result_file import replace_file, require_apart, require_replaceable
from zonecheck.formats.input_file import InputFile
from zonecheck.model.profile import Profile
from zonecheck.policy.today import JAPAN
from zonecheck.policy.verdict import Verification
from zonecheck.report.machine.record_json import render_record
from zonecheck.report.own_policies import OwnReport

Command = Callable[..., object]


def recording_options(command: Command) -> Command:
    """Return the command with `--date` and `--record`."""
    command = click.option(
        "--record",
        metavar="FILE",
        help=said(
            "点検記録をこのファイルに残す。",
            "Keep a record of this run in this file.",
        ),
    )(command)
    return click.option(
        "--date",
        "day",
        type=click.DateTime(formats=["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        help=said(
            "期限を数える基準の日。なければ日本の今日。",
            "The day that counts for what expires; else today in Japan.",
        ),
    )(command)


def day_of(given: datetime | None) -> date | None:
    """Return the day that was asked for, None if none was."""
    return None if given is None else given.date()


def require_own_files(record: str | None, output: str | None) -> None:
    """Check that record and report replace nothing this run reads, nor each other.

    Raises:
        Failure: they would.
    """
    require_replaceable(output)
    require_replaceable(record)
    require_apart(record, output, "error.record-replaces")


def write_record(
    path: str,
    verification: Verification,
    profile: Profile,
    files: Sequence[InputFile],
    others: Sequence[OwnReport],
    exit_code: int,
) -> None:
    """Write the record of a run under all its policies, whole or not at all.

    Raises:
        Failure: it cannot be written.
    """
    made = datetime.now(JAPAN)
    text = render_record(verification, profile, files, others, exit_code=exit_code, made=made)
    replace_file(Path(path), text)
