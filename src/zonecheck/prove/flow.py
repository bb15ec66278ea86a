"""What gets from an origin to a destination, as it was sent and as it arrives."""

from collections.abc import Mapping
from dataclasses import dataclass

from zonecheck.dataplane.translation import Way
from zonecheck.packets import PacketSet

Entered = Mapping[Way, PacketSet]
"""For each way the headers that went into its last step."""


@dataclass(frozen=True, slots=True)
class Part:
    """Headers that took one way of address translation; `sent` are those at the origin.

    `entered` gives for this way and each beginning of it what its last step was applied to.
    """

    way: Way
    sent: PacketSet
    arrived: PacketSet
    entered: tuple[PacketSet, ...] = ()

    def arriving(self, headers: PacketSet) -> "Part":
        """Return the part of it that arrives with one of these headers."""
        arrived = self.arrived & headers
        if not self.way:
            return Part((), arrived, arrived)
        sent = sent_from(arrived, self.way, self.entered) & self.sent
        return Part(self.way, sent, arrived, self.entered)

    def starting(self, headers: PacketSet) -> "Part":
        """Return the part of it that was sent with one of these headers."""
        sent = self.sent & headers
        if not self.way:
            return Part((), sent, sent)
        arrived = sent
        for step, entered in zip(self.way, self.entered, strict=True):
            arrived = step.forward(arrived & entered)
        return Part(self.way, sent, arrived & self.arrived, self.entered)

    def without(self, sent: PacketSet) -> "Part":
        """Return the part of it that was not sent with one of these headers."""
        return self.starting(self.sent - sent) if not (self.sent & sent).is_empty else self


def sent_from(arrived: PacketSet, way: Way, entered: tuple[PacketSet, ...]) -> PacketSet:
    """Return the headers at the origin that can arrive as one of these by a way."""
    for step, before in zip(reversed(way), reversed(entered), strict=True):
        arrived = step.backward(arrived) & before
    return arrived


@dataclass(frozen=True, slots=True)
class Flow:
    """What one origin can have delivered at one destination.

    `fresh_parts` need no session state; `state_parts` are what only session state lets through.
    """

    fresh_parts: tuple[Part, ...]
    state_parts: tuple[Part, ...]
    nothing: PacketSet

    @property
    def fresh(self) -> PacketSet:
        """Return the headers at the origin that need no session state."""
        return _sent(self.fresh_parts, self.nothing)

    @property
    def through_state(self) -> PacketSet:
        """Return the headers at the origin that only session state lets through."""
        return _sent(self.state_parts, self.nothing)

    @property
    def at_once(self) -> "Flow":
        """Return the part that needs no session state as a flow of its own."""
        return Flow(self.fresh_parts, (), self.nothing)

    def arriving(self, headers: PacketSet) -> PacketSet:
        """Return the headers at the origin that arrive as one of these."""
        found = self.nothing
        for part in (*self.fresh_parts, *self.state_parts):
            found |= part.arriving(headers).sent
        return found

    @property
    def everything(self) -> PacketSet:
        """Return both together."""
        return self.fresh | self.through_state


def _sent(parts: tuple[Part, ...], nothing: PacketSet) -> PacketSet:
    result = nothing
    for part in parts:
        result |= part.sent
    return result
