"""Rules as the words of a topology file, one line a rule."""

import json
from collections.abc import Iterable, Iterator

from zonecheck.formats.iptables.model_rules import address_terms
from zonecheck.model.filter import AddressMatch, Filter, Rule


def filter_yaml(item: Filter) -> str:
    """Return the keys of a device that say what a filter says, to be pasted under it."""
    lines = ["rules:", *_rule_lines(item.rules or ())]
    if item.default is not None:
        lines.append(f"default: {item.default.value}")
    lines.append(f"stateful: {_truth(item.stateful)}")
    if item.loose:
        lines.append("loose: true")
    if item.alg:
        lines.append(f"alg: [{', '.join(item.alg)}]")
    if item.session_rules is not None:
        lines += ["session_rules:", *_rule_lines(item.session_rules)]
    return "\n".join(lines) + "\n"


def _rule_lines(rules: Iterable[Rule]) -> Iterator[str]:
    empty = True
    for rule in rules:
        empty = False
        words = ", ".join(f"{key}: {value}" for key, value in _words(rule))
        yield "  - {" + words + "}"
    if empty:
        yield "  []"


def _words(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "name", _quoted(rule.name)
    for key, names in (("in", rule.in_interfaces), ("out", rule.out_interfaces)):
        if names:
            yield key, _listed(names)
    for key, match in (("from", rule.sources), ("to", rule.destinations)):
        if match.ranges is not None:
            yield key, _addresses(match)
    if rule.services:
        yield "service", _listed(map(str, rule.services))
    if rule.macs:
        yield "mac", _listed(rule.macs)
    if rule.uncertain is not None:
        yield "unclear", _quoted(rule.uncertain)
    yield "action", rule.action.value
    yield "note", _quoted(rule.source.short)


def _addresses(match: AddressMatch) -> str:
    terms = _listed(address_terms(match.ranges or ()))
    return f"{{not: {terms}}}" if match.negated else terms


def _listed(texts: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _truth(value: bool) -> str:  # noqa: FBT001 - a word of the file
    return "true" if value else "false"
