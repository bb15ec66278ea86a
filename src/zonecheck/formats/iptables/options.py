"""The words of a line as options: negation, values, and what is done with what matches."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zonecheck.formats.iptables.save_text import Line, Word
from zonecheck.model.source import Source

JUMP = ("-j", "--jump")
GOTO = ("-g", "--goto")
# getopt takes a value joined to a short option, other short options without value before it, an
# unambiguous beginning of a long option, and its value behind an equals sign.
_JOINED = re.compile(r"-[fnvx46]*(?P<option>[jg])(?P<value>.*)", re.DOTALL)
_LONG = re.compile(r"(?P<option>--[^=]+)=(?P<value>.*)", re.DOTALL)
_BEGINNINGS = {name[:length]: name for name in (JUMP[1], GOTO[1]) for length in range(3, len(name))}
# What the targets without extension take; everything else behind them is a condition.
_OWN_OPTIONS = {"REJECT": frozenset({"--reject-with"})}
MODULE = ("-m", "--match")
# Their value is free text, which iptables-save leaves without quotes even where it begins with -.
_TEXTS = frozenset(
    [
        "--comment",
        "--log-prefix",
        "--nflog-prefix",
        "--ulog-prefix",
        "--string",
        "--hex-string",
        "--name",
    ]
)


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its values; `module` is the last match module loaded before it."""

    name: str
    negated: bool
    values: tuple[Word, ...]
    source: Source
    module: str | None = None

    @property
    def value(self) -> str:
        """Return the only value, or the empty text if there is none or there are several."""
        return self.values[0].text if len(self.values) == 1 else ""


@dataclass(frozen=True, slots=True)
class Target:
    """What happens to a packet that matches: a verdict, a chain or an extension.

    `name` None does nothing but count.
    """

    name: str | None
    goto: bool
    options: tuple[Option, ...]
    source: Source

    def option(self, name: str) -> Option | None:
        """Return one of the target's options, the last of that name."""
        return next((item for item in reversed(self.options) if item.name == name), None)


def read_options(line: Line) -> Iterator[Option]:
    """Yield the options of a line, those of match modules and of the target alike.

    `!` may stand before an option or, as old versions write it, before its value.
    """
    words = tuple(word for written in line.words for word in _spelt_out(written))
    position, module = 0, None
    while position < len(words):
        word, negated = words[position], False
        if _is_not(word):
            negated = True
            position += 1
            if position == len(words):
                yield Option("!", negated, (), word.source, module)
                return
            word = words[position]
        position += 1
        start = position
        if word.text in _TEXTS:
            position = min(position + 1, len(words))
            yield Option(word.text, negated, words[start:position], word.source, module)
            continue
        late = position + 1 < len(words) and _is_not(words[position])
        if late and not words[position + 1].is_option:
            negated = not negated
            start = position = position + 1
        while position < len(words) and not words[position].is_option:
            if _is_not(words[position]):
                break
            position += 1
        option = Option(word.text, negated, words[start:position], word.source, module)
        if option.name in MODULE:
            module = option.value
        yield option


def _spelt_out(word: Word) -> tuple[Word, ...]:
    """Return a word as `iptables-save` writes it: an option, and apart from it its value."""
    if not word.is_option:
        return (word,)
    if word.text.startswith("--"):
        match = _LONG.fullmatch(word.text)
        name = word.text if match is None else match["option"]
        name = _BEGINNINGS.get(name, name)
    else:
        match = _JOINED.fullmatch(word.text)
        name = word.text if match is None else f"-{match['option']}"
    named = Word(name, word.source)
    if match is None or not (match["value"] or name.startswith("--")):
        return (named,)
    return named, Word(match["value"], word.source, quoted=True)


def parted(
    options: Sequence[Option], line: Line, conditions: frozenset[str], plain: frozenset[str]
) -> tuple[tuple[Option, ...], Target]:
    """Return what a line asks for and what it does.

    What follows a jump belongs to the target, unless it is one of the `conditions` by name or
    belongs to a module loaded after it, or the target is a `plain` one, which takes none.
    """
    asked: list[Option] = []
    given: list[Option] = []
    name, goto, source, before = None, False, line.source, None
    for option in options:
        if option.name in (*JUMP, *GOTO):
            name, goto, source = option.value, option.name in GOTO, option.source
            before = option.module
        elif (
            name is None
            or option.name in conditions
            or option.name in MODULE
            or option.module != before
        ):
            asked.append(option)
        else:
            given.append(option)
    if name in plain:
        taken = _OWN_OPTIONS.get(name, frozenset())
        asked += [option for option in given if option.name not in taken]
        given = [option for option in given if option.name in taken]
    return tuple(asked), Target(name, goto, tuple(given), source)


def _is_not(word: Word) -> bool:
    return word.text == "!" and not word.quoted
