"""Paths of information through relays (docs/semantics.md, section 6)."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zonecheck.prove.evidence import Evidence, FlowNode
from zonecheck.prove.information import InformationFlow

EdgeFilter = Callable[[Evidence], bool]
NodeFilter = Callable[[FlowNode], bool]


@dataclass(frozen=True, slots=True)
class RelayStep:
    """Payload goes from `source` to `target` on this evidence."""

    source: FlowNode
    target: FlowNode
    evidence: Evidence


def shortest_chain(
    flow: InformationFlow,
    sources: Iterable[FlowNode],
    targets: Iterable[FlowNode],
    *,
    deleted: EdgeFilter | None = None,
    within: NodeFilter | None = None,
) -> tuple[RelayStep, ...] | None:
    """Return the shortest way for payload from any source to any target, None if there is none.

    Edges for which `deleted` is true do not exist, nor do nodes for which `within` is not. Nodes
    that do not relay may start or end a way but not lie on it. A node that is both source and
    target gives the empty way.
    """
    wanted = set(targets)
    start = sorted(set(sources), key=_telling)
    for node in start:
        if node in wanted:
            return ()
    came_by: dict[FlowNode, RelayStep | None] = dict.fromkeys(start)
    queue = deque(start)
    while queue:
        node = queue.popleft()
        for successor in sorted(flow.edges.get(node, {}), key=_telling):
            left = [e for e in flow.edges[node][successor] if deleted is None or not deleted(e)]
            if successor in came_by or not left:
                continue
            if within is not None and not within(successor):
                continue
            came_by[successor] = RelayStep(node, successor, left[0])
            if successor in wanted:
                return _way_to(successor, came_by)
            if flow.relays(successor):
                queue.append(successor)
    return None


def _telling(node: FlowNode) -> tuple[bool, bool, FlowNode]:
    """Order nodes so that chains run between hosts where they can."""
    return node.kind != "host", node.kind == "access", node


def _way_to(node: FlowNode, came_by: dict[FlowNode, RelayStep | None]) -> tuple[RelayStep, ...]:
    steps: list[RelayStep] = []
    step = came_by[node]
    while step is not None:
        steps.append(step)
        step = came_by[step.source]
    return tuple(reversed(steps))
