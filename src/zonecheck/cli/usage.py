"""What is wrong with a command line, told in the reader's language.

click knows what is wrong but says it in English only. Which error it is, and which option it is
about, is taken from its exceptions; its own words are shown for what is none of these.
"""

import re
from collections.abc import Sequence

import click

from zonecheck.cli.failure import CANNOT_RUN
from zonecheck.cli.streams import note
from zonecheck.formats.nearest import nearest
from zonecheck.model.message import Message
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase, say

_EXTRA = re.compile(r"\((.*)\)$")
_TAKES_NONE = "does not take"


def show_usage_error(error: click.UsageError, lang: Lang) -> int:
    """Say on stderr what is wrong and how the command is used; return the exit code."""
    note(f"zonecheck: {say(usage_message(error), lang)}")
    ctx = error.ctx
    if ctx is not None:
        line = " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])
        told = phrase(lang, "usage.line", line=line, command=ctx.command_path)
        note(f"  {told}")
    return CANNOT_RUN


def usage_message(error: click.UsageError) -> Message:
    """Return what is wrong with a command line."""
    if isinstance(error, click.NoSuchOption):
        return _unknown("option", error.option_name, error.possibilities or ())
    command = getattr(error, "command_name", None)
    if isinstance(command, str) and error.ctx is not None:
        group = error.ctx.command
        known = group.list_commands(error.ctx) if isinstance(group, click.Group) else []
        return _unknown("command", command, known)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return Message.of("usage.missing", name=_name(error.param))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _wrong_value(error.param) or _as_click_says(error)
    if isinstance(error, click.BadOptionUsage):
        if _TAKES_NONE in error.message:
            return Message.of("usage.takes-none", name=error.option_name)
        return Message.of("usage.needs-value", name=error.option_name)
    extra = _EXTRA.search(error.message)
    if extra is not None and "extra argument" in error.message:
        return Message.of("usage.extra", given=extra[1])
    return _as_click_says(error)


def _unknown(kind: str, given: str, known: Sequence[str]) -> Message:
    best = nearest(given, known)
    if best is None:
        return Message.of(f"usage.no-{kind}", given=given)
    return Message.of(f"usage.{kind}-near", given=given, best=best)


def _wrong_value(param: click.Parameter) -> Message | None:
    """Return which values a parameter takes, None if it is of no type of ours."""
    kind, name = param.type, _name(param)
    if isinstance(kind, click.Choice):
        return Message.of("usage.choice", name=name, allowed=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.DateTime):
        return Message.of("usage.day", name=name)
    if isinstance(kind, click.IntRange):
        if kind.max is None:
            return Message.of("usage.at-least", name=name, low=kind.min)
        return Message.of("usage.between", name=name, low=kind.min, high=kind.max)
    if isinstance(kind, click.FloatRange) and kind.max is None and kind.min is not None:
        return Message.of("usage.number-from", name=name, low=f"{kind.min:g}")
    if kind is click.INT:
        return Message.of("usage.integer", name=name)
    return None


def _name(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name


def _as_click_says(error: click.UsageError) -> Message:
    return Message.of("usage.other", reason=error.format_message())
