"""On which side the cards of a two-sided host are, where the design may not say."""

from collections.abc import Mapping
from dataclasses import dataclass

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.host import Host, Side
from zonecheck.policy.analysis import Analysis


@dataclass(frozen=True, slots=True)
class CardSides:
    """The zones of a host's cards: those of each side, and those of cards without a side.

    A card without a side may be on either. What fails on one of them fails under the upper
    closure, and what fails on both under the lower one, too.
    """

    closure: Closure
    zones: Mapping[AttachmentPoint, str | None]
    declared: Mapping[AttachmentPoint, Side | None]

    def certain(self, side: Side) -> frozenset[str | None]:
        """Return the zones of the cards that are said to be on a side."""
        return frozenset(self.zones[p] for p, own in self.declared.items() if own is side)

    def possible(self, side: Side) -> frozenset[str | None]:
        """Return the zones a side may have cards in."""
        return self.certain(side) | self._open

    @property
    def _open(self) -> frozenset[str | None]:
        return frozenset(self.zones[p] for p, own in self.declared.items() if own is None)

    def lacks(self, side: Side, zone: str) -> bool:
        """Return whether a side has no card in a zone."""
        worst = self.closure is Closure.UPPER
        return zone not in (self.certain(side) if worst else self.possible(side))

    def is_wrong(self, sender: str | None, card: AttachmentPoint) -> bool:
        """Return whether a sender in a zone reaches a card on the side that is not its own."""
        if card not in self.declared:
            return False
        declared = self.declared[card]
        if self.closure is Closure.LOWER:
            return declared is not None and (
                sender in self.certain(declared.other) - self.possible(declared)
            )
        if declared is None and sender == self.zones[card]:
            return False
        sides = tuple(Side) if declared is None else (declared,)
        return any(sender in self.possible(side.other) - self.certain(side) for side in sides)


def card_sides(analysis: Analysis, host: Host) -> CardSides:
    """Return the sides of a host's cards."""
    points = {
        AttachmentPoint(AttachmentKind.HOST, host.id, card.id): card for card in host.interfaces
    }
    return CardSides(
        analysis.closure,
        {point: analysis.zone_of(point) for point in points},
        {point: card.side for point, card in points.items()},
    )
