"""Images of diagrams: projecting a field away, moving it by an offset, listing its values."""

from collections.abc import Callable
from typing import Final

from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.field import (
    FLAG_ESTABLISHED,
    FLAG_FRAGMENT,
    FLAG_NEW,
    HIGHEST_ICMP_TYPE,
    ICMP_OF,
    MAXIMA,
    PORT_PROTOCOLS,
    TCP,
    Field,
    Interval,
    Intervals,
    normalise,
)
from zonecheck.packets.node_merge import DENY, PERMIT, TERMINAL_LEVEL, Node

_ZERO: Final = ((0, 0),)


def valid_headers(table: DiagramTable, version: int) -> Node:
    """Return the valid headers of one IP version, as `Header` defines them."""
    maxima = MAXIMA[version]

    def within(field: Field, intervals: Intervals, inside: Node) -> Node:
        return table.within(field, intervals, maxima[field], inside, DENY)

    no_flag = within(Field.FLAG, _ZERO, PERMIT)
    no_source_port = within(Field.SRC_PORT, _ZERO, no_flag)
    portless = within(Field.DST_PORT, _ZERO, no_source_port)
    fragment = portless_fragment(table, version)
    tcp_flags = within(Field.FLAG, ((FLAG_NEW, FLAG_ESTABLISHED),), PERMIT)
    icmp = within(Field.DST_PORT, ((0, HIGHEST_ICMP_TYPE),), no_source_port)
    special = {protocol: table.union(no_flag, fragment) for protocol in PORT_PROTOCOLS}
    special[TCP] = table.union(tcp_flags, fragment)
    special[ICMP_OF[version]] = table.union(icmp, fragment)
    children = [special.get(protocol, portless) for protocol in range(maxima[Field.PROTOCOL] + 1)]
    return table.reduced(Field.PROTOCOL, range(1, len(children)), children)


def portless_fragment(table: DiagramTable, version: int) -> Node:
    """Return what stands below the protocol in the header of a non-first fragment."""
    node = PERMIT
    flag = ((FLAG_FRAGMENT, FLAG_FRAGMENT),)
    for field, values in ((Field.FLAG, flag), (Field.SRC_PORT, _ZERO), (Field.DST_PORT, _ZERO)):
        node = table.within(field, values, MAXIMA[version][field], node, DENY)
    return node


def any_flag(table: DiagramTable, root: Node) -> Node:
    """Return `root` with both flag classes of whole headers wherever it has one of them."""

    def image(node: Node) -> Node:
        if table.nodes[node][0] != Field.FLAG:
            return node
        whole = table.union(
            table.at(node, Field.FLAG, FLAG_NEW), table.at(node, Field.FLAG, FLAG_ESTABLISHED)
        )
        cut = table.at(node, Field.FLAG, FLAG_FRAGMENT)
        return table.reduced(Field.FLAG, (FLAG_FRAGMENT,), [whole, cut])

    return lift(table, root, Field.FLAG, image)


def lift(table: DiagramTable, root: Node, level: int, image: Callable[[Node], Node]) -> Node:
    """Return `root` with every subdiagram that starts at `level` or below replaced by its image.

    `image` is called once per distinct subdiagram.
    """
    known: dict[Node, Node] = {}

    def replace(node: Node) -> Node:
        result = known.get(node)
        if result is None:
            top, cuts, children = table.nodes[node]
            if top >= level:
                result = image(node)
            else:
                result = table.reduced(top, cuts, [replace(child) for child in children])
            known[node] = result
        return result

    return replace(root)


def project(table: DiagramTable, root: Node, level: int) -> Node:
    """Return the headers that are in `root` for some value of the field at `level`."""

    def image(node: Node) -> Node:
        top, _, children = table.nodes[node]
        return table.union_all(sorted(set(children))) if top == level else node

    return lift(table, root, level, image)


def shift(table: DiagramTable, root: Node, level: int, highest: int, offset: int) -> Node:
    """Return `root` with `offset` added to the field at `level`; what leaves the field is lost."""

    def image(node: Node) -> Node:
        starts, children = [0], [DENY]
        for low, high, child in table.pieces(node, level, highest):
            start, stop = max(low + offset, 0), min(high + offset, highest) + 1
            if start < stop:
                if start == starts[-1]:
                    children[-1] = child
                else:
                    starts.append(start)
                    children.append(child)
                starts.append(stop)
                children.append(DENY)
        if starts[-1] > highest:
            del starts[-1], children[-1]
        return table.reduced(level, starts[1:], children)

    return lift(table, root, level, image)


def values(table: DiagramTable, root: Node, level: int, highest: int) -> Intervals:
    """Return the values of the field at `level` that occur in `root`, sorted and disjoint."""
    found: set[Interval] = set()
    seen: set[Node] = set()
    pending = [root]
    while pending:
        node = pending.pop()
        if node == DENY or node in seen:
            continue
        seen.add(node)
        top, _, children = table.nodes[node]
        if top < level:
            pending.extend(children)
            continue
        found.update(
            (low, high) for low, high, child in table.pieces(node, level, highest) if child != DENY
        )
    return normalise(found, highest)


def lowest(table: DiagramTable, root: Node) -> tuple[int, ...]:
    """Return the least header of `root`, compared in level order; `root` must not be empty."""
    found = [0] * TERMINAL_LEVEL
    node = root
    while node != PERMIT:
        level, cuts, children = table.nodes[node]
        first = 0 if children[0] != DENY else 1
        found[level] = cuts[first - 1] if first else 0
        node = children[first]
    return tuple(found)
