"""Standard output and error: nothing that is printed may crash the command."""

import io
import os
import sys
from typing import IO

import click

from zonecheck.report.paint import Paint, plain

_COLOURS = {"holds": "green", "violated": "red", "unknown": "yellow", "waived": "cyan"}


def soften(*streams: IO[str]) -> None:
    """Make streams print `?` for what their encoding lacks, instead of failing."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def flush_or_forget(stream: IO[str]) -> None:
    """Flush a stream; if its reader has gone, drop what is left without a word."""
    try:
        stream.flush()
    except BrokenPipeError:
        _forget(stream)


def write_out(text: str | bytes) -> None:
    """Write a result to stdout; that the reader has gone changes no exit code.

    Bytes are written as they are, whatever the encoding of stdout.
    """
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        _forget(sys.stdout)


def note(text: str) -> None:
    """Write a line to stderr; stdout carries results only."""
    click.echo(text, err=True)


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
