"""The headers that answer a set of headers.

`reply(g)` swaps addresses and ports; in TCP it carries ACK whatever `g` carried; an ICMP echo
request and its reply become each other and other ICMP messages have no reply; fragments and the
remaining protocols swap addresses only. `Mirror` maps a diagram to the diagram of all replies.
"""

from collections.abc import Callable

from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.field import (
    ECHO_OF,
    FLAG_ESTABLISHED,
    FLAG_FRAGMENT,
    FLAG_NEW,
    ICMP_OF,
    MAXIMA,
    PORT_PROTOCOLS,
    TCP,
    Field,
    Header,
    Interval,
)
from zonecheck.packets.node_merge import DENY, PERMIT, Node


def reply_header(header: Header) -> Header | None:
    """Return the header of the answer to `header`, `None` if it has none."""
    request, answer = ECHO_OF[header.version]
    dst_port, src_port, flag = header.dst_port, header.src_port, header.flag
    if flag == FLAG_FRAGMENT:
        pass
    elif header.protocol in PORT_PROTOCOLS:
        dst_port, src_port = src_port, dst_port
        flag = FLAG_ESTABLISHED if header.protocol == TCP else 0
    elif header.protocol == ICMP_OF[header.version]:
        if dst_port not in (request, answer):
            return None
        dst_port = answer if dst_port == request else request
    return Header(header.version, header.src, header.dst, header.protocol, dst_port, src_port, flag)


class Mirror:
    """Maps the diagrams of one IP version to the diagrams of their replies.

    Swapping two fields turns each distinct lower node into one small piece, written the other way
    round, and unites the pieces as a balanced tree: the work follows the diagram and not the
    number of its boxes. Results are remembered as long as the object lives.
    """

    def __init__(self, table: DiagramTable, version: int) -> None:
        self._table = table
        self._maxima = MAXIMA[version]
        self._version = version
        self._services: dict[Node, Node] = {}
        self._wholes: dict[Node, Node] = {}
        self._special = tuple(sorted((*PORT_PROTOCOLS, ICMP_OF[version])))

    def __call__(self, root: Node) -> Node:
        """Return the replies to `root`, which must lie within the valid headers."""
        known = self._wholes.get(root)
        if known is None:
            known = self._wholes[root] = self._swap(root, Field.DST, Field.SRC, self._service)
        return known

    def forget(self) -> None:
        """Drop every remembered result."""
        self._services.clear()
        self._wholes.clear()

    def _swap(self, node: Node, upper: Field, lower: Field, below: Callable[[Node], Node]) -> Node:
        """Return `node` with the two neighbouring levels exchanged and `below` applied beneath."""
        table, highest = self._table, self._maxima[upper]
        groups: dict[Node, list[Interval]] = {}
        for low, high, child in table.pieces(node, upper, highest):
            if child != DENY:
                groups.setdefault(child, []).append((low, high))
        turned = []
        for child, intervals in groups.items():
            cuts, leaves = (
                table.nodes[child][1:] if table.nodes[child][0] == lower else ((), (child,))
            )
            columns = {
                leaf: table.within(lower, intervals, highest, below(leaf), DENY)
                for leaf in set(leaves)
            }
            turned.append(table.reduced(upper, cuts, [columns[leaf] for leaf in leaves]))
        return table.union_all(turned)

    def _service(self, node: Node) -> Node:
        """Return the replies below the addresses."""
        known = self._services.get(node)
        if known is not None:
            return known
        table, highest = self._table, self._maxima[Field.PROTOCOL]
        special = [(protocol, protocol) for protocol in self._special]
        result = table.difference(
            node, table.within(Field.PROTOCOL, special, highest, PERMIT, DENY)
        )
        for protocol in self._special:
            child = self._protocol(protocol, table.at(node, Field.PROTOCOL, protocol))
            only = table.within(Field.PROTOCOL, [(protocol, protocol)], highest, child, DENY)
            result = table.union(result, only)
        self._services[node] = result
        return result

    def _protocol(self, protocol: int, node: Node) -> Node:
        """Return the replies within one protocol that has ports or ICMP types."""
        if protocol == ICMP_OF[self._version]:
            return self._echo(node)
        below = self._acknowledged if protocol == TCP else _unchanged
        return self._swap(node, Field.DST_PORT, Field.SRC_PORT, below)

    def _echo(self, node: Node) -> Node:
        table, highest = self._table, self._maxima[Field.DST_PORT]
        request, answer = ECHO_OF[self._version]
        zero = [(0, 0)]
        cut = self._flagged(table.at(node, Field.DST_PORT, 0), FLAG_FRAGMENT)
        result = table.within(Field.DST_PORT, zero, highest, cut, DENY)
        for from_type, to_type in ((request, answer), (answer, request)):
            child = self._flagged(table.at(node, Field.DST_PORT, from_type), FLAG_NEW)
            only = table.within(Field.DST_PORT, [(to_type, to_type)], highest, child, DENY)
            result = table.union(result, only)
        return result

    def _acknowledged(self, node: Node) -> Node:
        table = self._table
        result = DENY
        for before, after in (
            (FLAG_NEW, FLAG_ESTABLISHED),
            (FLAG_ESTABLISHED, FLAG_ESTABLISHED),
            (FLAG_FRAGMENT, FLAG_FRAGMENT),
        ):
            if table.at(node, Field.FLAG, before) != DENY:
                result = table.union(result, self._flag(after))
        return result

    def _flagged(self, node: Node, flag: int) -> Node:
        """Return the part of a diagram with one flag class."""
        return self._table.intersection(node, self._flag(flag))

    def _flag(self, flag: int) -> Node:
        return self._table.within(
            Field.FLAG, [(flag, flag)], self._maxima[Field.FLAG], PERMIT, DENY
        )


def _unchanged(node: Node) -> Node:
    return node
