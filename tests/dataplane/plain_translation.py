"""What translation tables make of single headers, by docs/dataplane.md alone."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

from tests.dataplane.plain_headers import PORTS, Opened, Plain, Turned, holds, number

Shift = tuple[int, int, int, int]
"""IP version, first and last address, and what is added to them."""


class Classes:
    """Addresses that stand for all others: where some interval of the form begins or has ended.

    Nothing in the form, nor anything remembered, tells other addresses apart from these.
    """

    def __init__(self, form: dict[str, Any], remembered: Opened) -> None:
        starts: dict[int, set[int]] = {4: {0}, 6: {0}}
        for (version, first), (_, last) in _intervals(form):
            starts[version] |= {first, last + 1}
        for version, address in _remembered(remembered):
            starts[version] |= {address, address + 1}
        shifts = list(_shifts(form))
        while True:
            before = sum(map(len, starts.values()))
            for version, low, high, offset in shifts:
                inside = {start for start in starts[version] if low <= start <= high + 1}
                starts[version] |= {start + offset for start in inside}
            if before == sum(map(len, starts.values())):
                break
        self._starts = {version: sorted(found) for version, found in starts.items()}

    def inside(self, pairs: list[list[str]], version: int) -> Iterator[int]:
        """Yield addresses of intervals, one of every class at least."""
        for low, high in pairs:
            (family, first), (_, last) = number(low), number(high)
            if family == version:
                starts = self._starts[version]
                yield first
                yield from starts[bisect_right(starts, first) : bisect_left(starts, last + 1)]


def _intervals(form: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield every interval of addresses and every prefix that occurs anywhere in a form."""
    if isinstance(form, dict):
        for key, value in form.items():
            yield from _intervals(value)
            if key.count("/") == 1 and _is_prefix(key):
                (version, first), length = number(key.split("/")[0]), int(key.split("/")[1])
                size = 1 << ((32 if version == 4 else 128) - length)
                yield (version, first), (version, first + size - 1)
    elif isinstance(form, list):
        pair = len(form) == 2 and all(isinstance(each, str) and _is_address(each) for each in form)
        if pair:
            yield number(form[0]), number(form[1])
        for each in form:
            yield from _intervals(each)
    elif isinstance(form, str) and _is_address(form):
        yield number(form), number(form)


def _is_address(text: str) -> bool:
    return set(text) <= set("0123456789abcdef:.") and (text.count(".") == 3 or text.count(":") == 7)


def _is_prefix(text: str) -> bool:
    address, _, length = text.partition("/")
    return length.isdigit() and _is_address(address)


def _remembered(remembered: Opened) -> Iterator[tuple[int, int]]:
    for entry in remembered:
        yield entry.header.version, entry.header.src
        yield entry.header.version, entry.header.dst


def _shifts(form: dict[str, Any]) -> Iterator[Shift]:
    for node in form["nodes"].values():
        for rules in node.get("nat", {}).values():
            for rule in rules:
                if "from" in rule.get("to", {}):
                    version, low = number(rule["to"]["from"][0])
                    _, high = number(rule["to"]["from"][1])
                    offset = number(rule["to"]["addresses"][0][0])[1] - low
                    yield version, low, high, offset
                    yield version, low + offset, high + offset, -offset


def becomes(rule: dict[str, Any], kind: str, header: Plain, classes: Classes) -> Iterator[Plain]:
    """Yield what a rule with a target makes of a header it matches, one of each class."""
    field, to = _field(kind), rule["to"]
    if "from" in to:
        offset = number(to["addresses"][0][0])[1] - number(to["from"][0])[1]
        addresses = iter([getattr(header, field) + offset])
    else:
        addresses = classes.inside(to["addresses"], header.version)
    for address in addresses:
        changed = header._replace(**{field: address})
        if "port" in to and header.protocol in PORTS:
            changed = changed._replace(dst_port=to["port"])
        yield changed


def may_become(rule: dict[str, Any], kind: str, before: Plain, after: Plain) -> bool:
    """Return whether a rule can make one header of another, both with the same flag."""
    field, to = _field(kind), rule["to"]
    address = getattr(after, field)
    expected = before._replace(**{field: address})
    if "port" in to and before.protocol in PORTS:
        expected = expected._replace(dst_port=to["port"])
    if expected != after:
        return False
    if "from" in to:
        offset = number(to["addresses"][0][0])[1] - number(to["from"][0])[1]
        return bool(address == getattr(before, field) + offset)
    return holds(to["addresses"], before.version, address)


def translates(rule: dict[str, Any], header: Plain) -> bool:
    """Return whether a rule without a target, or with one of its IP version, is about a header."""
    pairs = rule["to"]["addresses"] if "to" in rule else None
    return pairs is None or any(number(low)[0] == header.version for low, _ in pairs)


def restored(
    rules: list[dict[str, Any]], kind: str, header: Plain, answered: Plain, entry: Turned
) -> Plain | None:
    """Return a reply with the address it gets back, None if it is not one to the entry.

    `answered` is the header, opening, that this one answers.
    """
    if not may_become(rules[entry.rule], kind, entry.header, answered):
        return None
    before, ported = entry.header, header.protocol in PORTS
    if kind == "source":
        port = before.src_port if ported else header.dst_port
        return header._replace(dst=before.src, dst_port=port)
    port = before.dst_port if ported else header.src_port
    return header._replace(src=before.dst, src_port=port)


def _field(kind: str) -> str:
    return "src" if kind == "source" else "dst"
