"""What ends a command early, and how it is told."""

import os

import click

from zonecheck.cli.language import default_lang
from zonecheck.cli.streams import note
from zonecheck.model.message import Message
from zonecheck.report.lang import Lang

CANNOT_RUN = 2

LANG_KEY = "zonecheck.cli.lang"
DEBUG_KEY = "zonecheck.cli.debug"


class Failure(click.ClickException):
    """A command cannot do what was asked; shown in the language asked for, exit code 2."""

    exit_code = CANNOT_RUN

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.lang = chosen_lang(click.get_current_context(silent=True))

    def format_message(self) -> str:
        """Return the sentence to show."""
        from zonecheck.report.words import say

        return say(self.reason, self.lang)

    def show(self, file: object = None) -> None:
        """Write the sentence to stderr in one line."""
        del file
        note(f"zonecheck: {self.format_message()}")


def chosen_lang(ctx: click.Context | None) -> Lang:
    """Return the language of `--lang`, else that of the environment."""
    if ctx is not None and ctx.meta.get(LANG_KEY) in ("ja", "en"):
        return "ja" if ctx.meta[LANG_KEY] == "ja" else "en"
    return default_lang(os.environ)


def wants_traceback(ctx: click.Context) -> bool:
    """Return whether `--debug` was given."""
    return bool(ctx.meta.get(DEBUG_KEY))
