"""Parsers from a scalar's text to words, truth values and numbers.

Every parser returns None after reporting a problem at the scalar.
"""

import re
from collections.abc import Callable, Mapping
from unicodedata import category

from zonecheck.formats import full_width
from zonecheck.formats.fold import fold
from zonecheck.formats.problems import Problems
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.message import Message
from zonecheck.model.says_none import says_none
from zonecheck.model.service import PortRange
from zonecheck.model.source import Source

MAX_VLAN = 4094
MAX_PORT = 65535
_NUMBER = re.compile(r"-?[0-9]+")
_BOOLEANS: Mapping[str, bool] = {"true": True, "false": False}
_SPELT_OTHERWISE = {
    **dict.fromkeys(("yes", "on", "y", "1"), "true"),
    **dict.fromkeys(("no", "off", "n", "0"), "false"),
    "true": "true",
    "false": "false",
}
_MOST_DIGITS = 18


def half_width(text: str) -> Message | None:
    """Return the hint to write `text` in half-width characters, None if it already is."""
    folded = fold(text)
    return None if folded == text else Message.of("hint.half-width", text=folded)


def written_instead(text: str) -> Message:
    """Return the hint to write `text` instead."""
    return Message.of("hint.write-instead", text=text)


_NO_BASIS = frozenset({"true", "yes", "on"})


def basis(node: ScalarNode, problems: Problems) -> str | None:
    """Return on what a claim rests; a word that says there is nothing is a problem."""
    found = text(node, problems)
    if found is not None and (says_none(found) or fold(found).strip().lower() in _NO_BASIS):
        problems.add(node.source, "scalar.no-basis", text=node.text)
        return None
    return found


_FINDING = re.compile("f-[a-z2-7]{16}")


def finding_id(node: ScalarNode, problems: Problems) -> str | None:
    """Return the id of a finding as reports print it."""
    if not _FINDING.fullmatch(node.text):
        hint = half_width(node.text)
        problems.add(node.source, "scalar.finding-id", text=node.text, hint=hint)
        return None
    return node.text


def present(node: ScalarNode, problems: Problems) -> str | None:
    """Return what somebody has or is; a word that says there is nothing is a problem."""
    found = text(node, problems)
    if found is not None and says_none(found):
        problems.add(node.source, "scalar.says-none", text=node.text)
        return None
    return found


def text(node: ScalarNode, problems: Problems) -> str | None:
    """Return free text as written; blank text is a problem."""
    if not node.text.strip():
        problems.add(node.source, "scalar.blank")
        return None
    return node.text


def identifier(node: ScalarNode, problems: Problems) -> str | None:
    """Return an id or name in its folded form: letters and digits of any script, `-`, `_`, `.`."""
    return _word(node, problems, "-_.")


def port_name(node: ScalarNode, problems: Problems) -> str | None:
    """Return the name of a port or interface: an id that may hold `/` and `:` (`Gi1/0/1`)."""
    return _word(node, problems, "-_./:")


def reference(node: ScalarNode, problems: Problems) -> tuple[str, str | None] | None:
    """Return an id and what follows its first slash: `sw-1f/Gi1/0/1`, `lgwan/chukan`, `l-mail`."""
    owner, slash, rest = fold(node.text).partition("/")
    first = identifier(ScalarNode(owner, node.plain, node.source), problems)
    if not slash:
        return None if first is None else (first, None)
    second = port_name(ScalarNode(rest, node.plain, node.source), problems)
    return None if first is None or second is None else (first, second)


def _word(node: ScalarNode, problems: Problems, punctuation: str) -> str | None:
    text = fold(node.text)
    if not text:
        problems.add(node.source, "scalar.blank")
        return None
    for character in text:
        # Marks: a letter of several code points (IVS, dakuten) is still a letter.
        if not (character in punctuation or category(character)[0] in "LNM"):
            shown = character if character.isprintable() else f"U+{ord(character):04X}"
            problems.add(
                node.source,
                "scalar.identifier-character",
                text=node.text,
                character=shown,
                allowed=" ".join(punctuation),
                hint=full_width.in_word(node.text, node.source),
            )
            return None
    return text


def boolean(node: ScalarNode, problems: Problems) -> bool | None:
    """Return the truth value of `true` or `false`; other spellings are problems."""
    if node.text in _BOOLEANS:
        return _BOOLEANS[node.text]
    meant = _SPELT_OTHERWISE.get(fold(node.text).casefold())
    hint = written_instead(meant) if meant else None
    problems.add(node.source, "scalar.boolean", text=node.text, hint=hint)
    return None


def number_at(source: Source, text: str, problems: Problems, low: int, high: int) -> int | None:
    """Return the decimal number `text` stands for if it lies in `low`..`high`."""
    if not _NUMBER.fullmatch(text):
        problems.add(source, "scalar.integer", text=text, low=low, high=high, hint=half_width(text))
        return None
    digits = text.removeprefix("-")
    if digits != "0" and digits.startswith("0"):
        hint = written_instead(str(int(digits[-_MOST_DIGITS:])))
        problems.add(source, "scalar.leading-zero", text=text, hint=hint)
        return None
    # Longer digit strings are out of every range, and Python refuses the very long ones.
    if len(digits) > _MOST_DIGITS or not low <= int(text) <= high:
        problems.add(source, "scalar.out-of-range", text=text, low=low, high=high)
        return None
    return int(text)


def range_at(
    source: Source,
    text: str,
    problems: Problems,
    number: Callable[[Source, str, Problems], int | None],
) -> PortRange | None:
    """Return `7` or `7-9` as a range; both bounds are read by `number`."""
    low_text, dash, high_text = text.partition("-")
    low = number(source, low_text.strip(), problems)
    high = number(source, high_text.strip(), problems) if dash else low
    if low is None or high is None:
        return None
    if low > high:
        hint = written_instead(f"{high}-{low}")
        problems.add(source, "scalar.range-reversed", text=text, low=low, high=high, hint=hint)
        return None
    return PortRange(low, high)


def integer(low: int, high: int) -> Callable[[ScalarNode, Problems], int | None]:
    """Return the parser of decimal numbers in `low`..`high`."""

    def parse(node: ScalarNode, problems: Problems) -> int | None:
        return number_at(node.source, node.text, problems, low, high)

    return parse


def _vlan_at(source: Source, text: str, problems: Problems) -> int | None:
    if text in ("0", "4095"):
        problems.add(source, "scalar.vlan-reserved", text=text)
        return None
    return number_at(source, text, problems, 1, MAX_VLAN)


def port_at(source: Source, text: str, problems: Problems) -> int | None:
    """Return a TCP, UDP or SCTP port."""
    return number_at(source, text, problems, 0, MAX_PORT)


def vlan(node: ScalarNode, problems: Problems) -> int | None:
    """Return a VLAN id, 1..4094."""
    return _vlan_at(node.source, node.text, problems)


def vlan_range(node: ScalarNode, problems: Problems) -> PortRange | None:
    """Return the VLAN ids of `110` or `110-190`."""
    return range_at(node.source, node.text, problems, _vlan_at)


def port(node: ScalarNode, problems: Problems) -> int | None:
    """Return a port, 0..65535."""
    return port_at(node.source, node.text, problems)


def port_range(node: ScalarNode, problems: Problems) -> PortRange | None:
    """Return the ports of `25` or `1000-2000`."""
    return range_at(node.source, node.text, problems, port_at)
