"""Digests of diagrams: the same for equal sets in whatever table, run or machine.

A diagram is canonical, so what its nodes say from the top down determines the set and is determined
by it; numbers of nodes, which depend on what a table was used for before, do not come into it.
"""

import hashlib

from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.node_merge import UNDECIDED, Node

_TERMINALS = tuple(hashlib.sha256(bytes([node])).digest() for node in range(UNDECIDED + 1))


class Digests:
    """Digests of the diagrams of one table; each node's is computed once.

    Costs are linear in the diagram.
    """

    def __init__(self, table: DiagramTable) -> None:
        self._table = table
        self._known: dict[Node, bytes] = {}

    def __call__(self, node: Node) -> bytes:
        """Return the digest of a diagram, SHA-256 over its levels, cuts and children."""
        if node <= UNDECIDED:
            return _TERMINALS[node]
        known = self._known.get(node)
        if known is None:
            level, cuts, children = self._table.nodes[node]
            told = hashlib.sha256(f"{level}:{','.join(map(str, cuts))};".encode())
            for child in children:
                told.update(self(child))
            known = self._known[node] = told.digest()
        return known
