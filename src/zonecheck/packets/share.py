"""How much of something a set holds: headers counted, and address pairs that have most of them."""

from zonecheck.packets.diagram import DiagramTable
from zonecheck.packets.field import MAXIMA, Field
from zonecheck.packets.image import lift
from zonecheck.packets.node_merge import DENY, PERMIT, TERMINAL_LEVEL, Node


def count(
    table: DiagramTable, root: Node, version: int, start: int = 0, stop: int = TERMINAL_LEVEL
) -> int:
    """Return for how many values of the fields from `start` up to `stop` something is in `root`.

    `root` may say nothing of the fields above `start`. Linear in the diagram.
    """
    sizes = [highest + 1 for highest in MAXIMA[version]]
    known: dict[Node, int] = {}

    def free(low: int, high: int) -> int:
        product = 1
        for size in sizes[low : min(high, stop)]:
            product *= size
        return product

    def below(node: Node) -> int:
        """Return the count from the node's own level down."""
        if node == DENY:
            return 0
        level = table.nodes[node][0]
        if level >= stop:
            return 1
        if node not in known:
            known[node] = sum(
                (high - low + 1) * free(level + 1, table.nodes[child][0]) * below(child)
                for low, high, child in table.pieces(node, level, sizes[level] - 1)
            )
        return known[node]

    return free(start, table.nodes[root][0]) * below(root)


def most_between(table: DiagramTable, root: Node, measure: Node, version: int) -> Node:
    """Return the headers between whose addresses more than half of `measure` is in `root`.

    `measure` says nothing of addresses, and `root` is a part of it.
    """
    half = count(table, measure, version, Field.PROTOCOL)

    def image(node: Node) -> Node:
        return PERMIT if 2 * count(table, node, version, Field.PROTOCOL) > half else DENY

    return lift(table, root, Field.PROTOCOL, image)
