"""Standard output and error: nothing that is printed may crash the command."""

import io
import os
import sys
from typing import IO

import click

from zonecheck.model.message import Message
from zonecheck.report.text.paint import Paint, plain

_COLOURS = {"holds": "green", "violated": "red", "unknown": "yellow", "waived": "cyan"}


def stand_in() -> None:
    """Put the null device where the shell closed standard output or error.

    What is opened later then cannot take their place either.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - stays open
            setattr(sys, name, nowhere)


def soften(*streams: IO[str]) -> None:
    """Make streams print `?` for what their encoding lacks, instead of failing."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def flush_or_forget(stream: IO[str]) -> None:
    """Flush a stream; if its reader has gone, drop what is left without a word.

    Raises:
        Failure: it cannot be written for another reason.
    """
    try:
        stream.flush()
    except OSError as error:
        give_up(stream, error)


def write_out(text: str | bytes) -> None:
    """Write a result to stdout; that the reader has gone changes no exit code.

    Bytes are written as they are, whatever the encoding of stdout.

    Raises:
        Failure: it cannot be written for another reason.
    """
    try:
        click.echo(text, nl=False)
    except OSError as error:
        give_up(sys.stdout, error)


def give_up(stream: IO[str], error: OSError) -> None:
    """Drop what a stream could not take, and fail unless it is that its reader has gone.

    Raises:
        Failure: it is not.
    """
    _forget(stream)
    if not isinstance(error, BrokenPipeError):
        # Imported here: what failures are told with is in this room.
        from zonecheck.cli.failure import Failure

        reason = error.strerror or error
        raise Failure(Message.of("error.cannot-write", path="stdout", reason=reason)) from error


def note(text: str) -> None:
    """Write a line to stderr; stdout carries results only.

    That it cannot be written changes no exit code: there is nowhere left to say it.
    """
    try:
        click.echo(text, err=True)
    except OSError:
        _forget(sys.stderr)


def paint_for(output: str | None) -> Paint:
    """Return how to colour: not in files, not without a terminal, not under NO_COLOR."""
    if output is not None or os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return plain

    def paint(text: str, role: str) -> str:
        colour = _COLOURS.get(role)
        return text if colour is None else click.style(text, fg=colour, bold=role != "holds")

    return paint


def _forget(stream: IO[str]) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except (OSError, ValueError, io.UnsupportedOperation):
        pass
    finally:
        os.close(nowhere)
