"""A group that imports a command only when it is run, and turns every end into an exit code."""

import gc
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from traceback import walk_tb
from typing import Any, NoReturn

import click

from zonecheck.cli.failure import CANNOT_RUN, Failure, chosen_lang, wants_traceback
from zonecheck.cli.language import default_lang
from zonecheck.cli.streams import flush_or_forget, give_up, note, soften, stand_in
from zonecheck.report.lang import Lang

INTERRUPTED = 130

_YOUNG = 50_000
"""So many new objects before the collector looks at them."""


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command lives and the line that `--help` shows for it."""

    module: str
    attribute: str
    short_help: str


class LazyGroup(click.Group):
    """A click group over commands in modules that are imported on demand.

    Exit codes: what the command returns; 2 whenever it could not do its work; 130 on Ctrl-C.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, LazyCommand], **options: Any) -> None:
        super().__init__(*args, **options)
        self._lazy = dict(lazy)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its module."""
        lazy = self._lazy.get(cmd_name)
        if lazy is None:
            return super().get_command(ctx, cmd_name)
        command = getattr(import_module(lazy.module), lazy.attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{lazy.module}.{lazy.attribute} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.short_help) for name, lazy in self._lazy.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever it raises becomes a message and exit code 2."""
        try:
            return self._invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if wants_traceback(ctx):
                raise
            _explain(ctx, error)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the command line, which may ask for help."""
        with _help_written():
            return super().make_context(info_name, args, parent, **extra)

    def _invoke(self, ctx: click.Context) -> Any:
        # Imported here for `zonecheck --help`, which reads nothing.
        from zonecheck.formats.files_read import remembering_files

        with remembering_files(), _help_written():
            return super().invoke(ctx)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - click's signature
        **extra: Any,
    ) -> Any:
        """Run and exit, or return the exit code if not `standalone_mode`."""
        stand_in()
        soften(sys.stdout, sys.stderr)
        with _rare_collections():
            code = self._run(args, prog_name, complete_var, extra)
        if _tell_unwritten():
            code = CANNOT_RUN
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(
        self,
        args: Sequence[str] | None,
        prog_name: str | None,
        complete_var: str | None,
        extra: dict[str, Any],
    ) -> int:
        try:
            result = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.UsageError as error:
            return _show(error, sys.argv[1:] if args is None else args)
        except click.ClickException as error:
            error.show()
            return CANNOT_RUN
        except click.Abort:
            return INTERRUPTED
        return result if isinstance(result, int) else 0


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Let the garbage collector look for cycles rarely.

    A proof makes millions of small objects and next to no cycles: with Python's own thresholds a
    seventh of its time went into looking for them.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _show(error: click.UsageError, args: Sequence[str]) -> int:
    """Say on stderr what is wrong with a command line; nothing after a group asks for help."""
    from zonecheck.cli.usage import show_usage_error

    if type(error).__name__ == "NoArgsIsHelpError":  # which older editions of click lack
        error.show()
        return CANNOT_RUN
    return show_usage_error(error, _lang_asked_for(args))


@contextmanager
def _help_written() -> Iterator[None]:
    """Treat a text that click writes to stdout itself, such as the help, as a result of ours.

    Raises:
        Failure: it cannot be written.
    """
    try:
        yield
    except OSError as error:
        *_, (frame, _line) = walk_tb(error.__traceback__)
        if frame.f_code is not click.echo.__code__:
            raise
        give_up(sys.stdout, error)
        raise click.exceptions.Exit(0) from error


def _tell_unwritten() -> bool:
    """Say on stderr if what is left for stdout cannot be written; return whether it is so."""
    try:
        flush_or_forget(sys.stdout)
    except Failure as failure:
        failure.show()
        return True
    return False


def _lang_asked_for(args: Sequence[str]) -> Lang:
    """Return the language that a command line asks for, be it right otherwise or not."""
    line = " ".join(args).replace("--lang=", "--lang ")
    found = re.findall(r"(?:^| )--lang (ja|en)(?= |$)", line)
    if not found:
        return default_lang(os.environ)
    return "ja" if found[-1] == "ja" else "en"


def _explain(ctx: click.Context, error: Exception) -> NoReturn:
    """Say on stderr why a command could not run, and leave."""
    from zonecheck.formats.problems import BadInput
    from zonecheck.report.text.problem import render_problems
    from zonecheck.report.words import phrase

    lang = chosen_lang(ctx)
    if isinstance(error, BadInput):
        note(render_problems(error.problems, lang).removesuffix("\n"))
    elif isinstance(error, OSError) and error.filename is not None:
        text = phrase(lang, "error.cannot-read", path=error.filename, reason=error.strerror)
        note(f"zonecheck: {text}")
    else:
        detail = " ".join(str(error).split())
        text = phrase(lang, "error.internal", kind=type(error).__name__, detail=detail)
        note(f"zonecheck: {text}")
    raise click.exceptions.Exit(CANNOT_RUN) from error
