"""The non-first fragments of a set of headers.

A fragment has no ports, no type and no flag, so it may be the rest of every whole packet between
the same hosts in the same protocol. Protocols without ports need no fragments of their own.
"""

from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.field import ICMP_OF, MAXIMA, PORT_PROTOCOLS, Field, Interval
from zonecheck.packets.image import lift, portless_fragment
from zonecheck.packets.node_merge import DENY, PERMIT, Node


class Fragments:
    """Maps the diagrams of one IP version to their whole headers and just the fragments of these.

    What stands below the addresses is mapped once as long as the object lives.
    """

    def __init__(self, table: DiagramTable, version: int) -> None:
        self._table = table
        self._cut = portless_fragment(table, version)
        self._numbered = sorted((*PORT_PROTOCOLS, ICMP_OF[version]))
        self._highest = MAXIMA[version][Field.PROTOCOL]
        self._services: dict[Node, Node] = {}

    def __call__(self, root: Node) -> Node:
        """Return the whole headers of `root` and their fragments."""
        return lift(self._table, root, Field.PROTOCOL, self._service)

    def forget(self) -> None:
        """Drop every remembered result."""
        self._services.clear()

    def _service(self, node: Node) -> Node:
        known = self._services.get(node)
        if known is None:
            known = self._services[node] = self._protocols(node)
        return known

    def _protocols(self, node: Node) -> Node:
        table, highest = self._table, self._highest
        numbered = [(number, number) for number in self._numbered]
        result = table.difference(
            node, table.within(Field.PROTOCOL, numbered, highest, PERMIT, DENY)
        )
        by_piece: dict[Node, list[Interval]] = {}
        for number, interval in zip(self._numbered, numbered, strict=True):
            whole = table.difference(table.at(node, Field.PROTOCOL, number), self._cut)
            if whole != DENY:
                by_piece.setdefault(table.union(whole, self._cut), []).append(interval)
        for piece, intervals in by_piece.items():
            only = table.within(Field.PROTOCOL, intervals, highest, piece, DENY)
            result = table.union(result, only)
        return result
