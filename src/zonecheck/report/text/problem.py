"""Problems in input files as lines a terminal and an editor understand."""

from collections.abc import Iterable

from zonecheck.formats.problems import Problem
from zonecheck.formats.used_source import uses
from zonecheck.model.message import Message
from zonecheck.report.lang import Lang
from zonecheck.report.printable import printable
from zonecheck.report.words import say
from zonecheck.report.words.input import KINDS

_LONGEST = 60
_LISTS = frozenset({"allowed", "known", "declared", "chain", "path", "best"})
_LABELS = {"ja": ("エラー", "ヒント", "使用箇所"), "en": ("error", "hint", "used at")}
_INDENT = "    "


def render_problems(problems: Iterable[Problem], lang: Lang) -> str:
    """Return every problem as `file:line:col: error[code]: text` with its hint, and a count."""
    lines: list[str] = []
    count = 0
    error, hint, used_at = _LABELS[lang]
    for problem in problems:
        count += 1
        place = f"{printable(problem.source.file)}:{problem.source.line}:{problem.source.column}"
        lines.append(f"{place}: {error}[{problem.code}]: {_sentence(problem.message, lang)}")
        lines += [f"{_INDENT}{used_at}: {printable(str(use))}" for use in uses(problem.source)]
        if problem.hint is not None:
            lines.append(f"{_INDENT}{hint}: {_sentence(problem.hint, lang)}")
    lines.append(_count(count, lang))
    return "\n".join(lines) + "\n"


def _sentence(message: Message, lang: Lang) -> str:
    shown = {name: _shown(name, value, lang) for name, value in message.arguments}
    return say(Message.of(message.code, **shown), lang)


def _shown(name: str, value: str, lang: Lang) -> str:
    if name in ("found_kind", "expected_kinds"):
        either = "または" if lang == "ja" else " or "
        return either.join(KINDS[kind][0 if lang == "ja" else 1] for kind in value.split("|"))
    line = printable(value)
    return line if name in _LISTS or len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _count(count: int, lang: Lang) -> str:
    if lang == "ja":
        return f"エラー {count} 件"
    return "1 error" if count == 1 else f"{count} errors"
