"""First-match lists as binary decision diagrams, by the `oxidd` library: the yardstick and oracle.

Never part of the product. One Boolean variable stands for one bit of a header field, most
significant first, the fields in the order of our own levels.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from oxidd.bdd import BDDFunction, BDDManager

from zonecheck.packets import MAXIMA, Field, Interval, Rule


class BinaryHeaders:
    """Encodes boxes and rule lists of one IP version as binary diagrams of one manager."""

    def __init__(self, version: int, nodes: int = 1 << 16, cache: int = 1 << 16) -> None:
        self._manager = BDDManager(nodes, cache, 1)
        widths = [highest.bit_length() for highest in MAXIMA[version]]
        offsets = list(accumulate(widths, initial=0))
        self.bits = offsets[-1]
        self._manager.add_vars(self.bits)
        variables = [self._manager.var(index) for index in range(self.bits)]
        self._fields = [variables[a:b] for a, b in pairwise(offsets)]
        self._known: dict[tuple[int, int, int], BDDFunction] = {}
        self.true = self._manager.true()
        self.false = self._manager.false()

    def interval(self, field: int, low: int, high: int) -> BDDFunction:
        """Return `low <= field <= high`."""
        key = (field, low, high)
        if key not in self._known:
            above, below = self.true, self.true
            for place, bit in enumerate(reversed(self._fields[field])):
                above = bit & above if low >> place & 1 else bit | above
                below = ~bit | below if high >> place & 1 else ~bit & below
            self._known[key] = above & below
        return self._known[key]

    def box(self, fields: Sequence[Sequence[Interval] | None]) -> BDDFunction:
        """Return the product of the fields' intervals, `None` leaving a field free."""
        result = self.true
        for field in reversed(Field):
            intervals = fields[field]
            if intervals is not None:
                some = self.false
                for low, high in intervals:
                    some = some | self.interval(field, low, high)
                result = some & result
        return result

    def permitted(self, rules: Sequence[Rule], *, default: bool) -> BDDFunction:
        """Return what a first-match list permits, halves joined as (permitted, matched) pairs."""
        pairs = []
        for rule in rules:
            match = self.box(fields_of(rule))
            pairs.append((match if rule.permit else self.false, match))
        while len(pairs) > 1:
            joined = [
                (first | matched.imp_strict(second), matched | later)
                for (first, matched), (second, later) in zip(pairs[::2], pairs[1::2], strict=False)
            ]
            pairs = joined + pairs[2 * len(joined) :]
        permitted, matched = pairs[0] if pairs else (self.false, self.false)
        return permitted | ~matched if default else permitted

    def node_count(self, function: BDDFunction) -> int:
        """Return the number of nodes of `function`."""
        return int(function.node_count())


def fields_of(rule: Rule) -> list[Sequence[Interval] | None]:
    """Return the rule's intervals in level order, `None` for a free field."""
    found = (rule.dst, rule.src, rule.protocols, rule.dst_ports, rule.src_ports, rule.flags)
    return [intervals or None for intervals in found]
