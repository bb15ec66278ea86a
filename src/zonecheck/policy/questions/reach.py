"""What gets from one place to another, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.packets import Box, PacketSet
from zonecheck.policy.analysis import Analysis


@dataclass(frozen=True, slots=True)
class ShownSet:
    """A packet set as boxes; `more` tells that they are only the largest."""

    boxes: tuple[Box, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class ReachPart:
    """What one attachment point gets delivered at another.

    `fresh` needs no session; `through_state` is what only session state lets through.
    """

    origin: AttachmentPoint
    destination: AttachmentPoint
    fresh: ShownSet
    through_state: ShownSet


@dataclass(frozen=True, slots=True)
class ReachView:
    """The answer to `reach`: only pairs between which something gets through have a part."""

    origin: str
    destination: str
    parts: tuple[ReachPart, ...]
    undeclared: int


def shown_set(headers: PacketSet, limit: int | None) -> ShownSet:
    """Return a set as at most `limit` boxes; the fragments of what is shown go without saying."""
    headers = headers.without_own_fragments()
    if limit is None:
        return ShownSet(tuple(headers.boxes()))
    boxes = headers.boxes(limit + 1)
    return ShownSet(tuple(boxes[:limit]), more=len(boxes) > limit)


def reach_view(
    analysis: Analysis,
    origin: tuple[str, Sequence[AttachmentPoint]],
    destination: tuple[str, Sequence[AttachmentPoint]],
    *,
    undeclared: int = 0,
    limit: int | None = None,
) -> ReachView:
    """Return what gets from any of the first points to any of the second.

    `origin` and `destination` are a name and its attachment points. Without a limit the boxes
    are exact and complete.
    """
    parts = []
    for start in origin[1]:
        sender = analysis.origin_at[start]
        for end in destination[1]:
            if start == end:
                continue
            flow = analysis.reach.flow(sender, end)
            if not flow.everything.is_empty:
                fresh = shown_set(flow.fresh, limit)
                parts.append(ReachPart(start, end, fresh, shown_set(flow.through_state, limit)))
    return ReachView(origin[0], destination[0], tuple(parts), undeclared)
