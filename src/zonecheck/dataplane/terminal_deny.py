"""Whether a filter ends in a deny: told by what it permits, however its rules are written.

docs/semantics.md, section 9, `unfiltered-zone-crossing`.
"""

from collections.abc import Iterable
from dataclasses import replace

from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.model.closure import Closure
from zonecheck.model.filter import Action, Filter
from zonecheck.packets import FLAG_NEW, MAXIMA, TCP, UDP, VERSIONS, Field, Intervals, PacketSet

CLIENT_PORTS = ((49152, 65535),)
"""The source ports that every client takes (RFC 6335)."""

AddressPair = tuple[PacketSet, PacketSet]
"""The headers *to* the addresses of a sender, and those to the addresses of a receiver."""


class TerminalDenies:
    """Where filters that end in a deny are taken to deny all, and where others let through.

    `pairs` are the senders and receivers for whom a list is asked whether it ends in a deny.
    Two answers are equal if they are for the same pairs under the same closure.
    """

    def __init__(
        self, filters: FilterCompiler, closure: Closure, pairs: Iterable[AddressPair]
    ) -> None:
        self._filters = filters
        self._closure = closure
        self._pairs = frozenset(pairs)
        self._space = filters.everything.space
        self._senders: dict[PacketSet, list[PacketSet]] = {}
        for sender, receiver in self._pairs:
            self._senders.setdefault(receiver, []).append(sender)
        space, new = self._space, ((FLAG_NEW, FLAG_NEW),)
        self._measures = (
            space.box(protocols=((TCP, TCP),), src_ports=CLIENT_PORTS, flags=new),
            space.box(protocols=((UDP, UDP),), src_ports=CLIENT_PORTS),
        )
        self._without_denies: dict[int, tuple[Filter, Filter]] = {}
        self._known: dict[tuple[PacketSet, PacketSet], PacketSet] = {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TerminalDenies):
            return NotImplemented
        alike = self._closure is other._closure and self._space is other._space
        return alike and self._pairs == other._pairs

    def __hash__(self) -> int:
        return hash((self._closure, self._pairs))

    def let_through(
        self, item: Filter, in_interface: str | None, out_interface: str | None
    ) -> PacketSet:
        """Return the headers for which a filter between two interfaces does not end in a deny.

        The filter may deny some of them all the same.
        """
        default = item.default
        if default is None or item.rules is None:
            default = Action.PERMIT if self._closure is Closure.UPPER else default
        if default is Action.PERMIT:
            return self._space.everything
        permitted = self._filters.permitted(item, in_interface, out_interface)
        rules = self._rules_that_permit(item)
        key = permitted, self._filters.permitted(rules, in_interface, out_interface)
        if key not in self._known:
            self._known[key] = self._open_to_all(key[1]) | self._open_between_pairs(permitted)
        return self._known[key]

    def _rules_that_permit(self, item: Filter) -> Filter:
        """Return a filter without its denials, but for the one at its end."""
        if id(item) not in self._without_denies:
            kept = tuple(rule for rule in item.rules or () if rule.action is Action.PERMIT)
            ruled = replace(item, rules=kept, default=Action.DENY, id=f"{item.id} permits")
            self._without_denies[id(item)] = item, ruled
        return self._without_denies[id(item)][1]

    def _open_to_all(self, permits: PacketSet) -> PacketSet:
        """Return the IP versions that are open though nobody in particular is asked about."""
        found = self._space.empty
        for version in VERSIONS:
            every = MAXIMA[version][Field.DST] + 1
            for opened in self._wide_open(permits):
                if 2 * opened.address_pairs(version) > every * every:
                    found |= self._space.box(version)
        return found

    def _open_between_pairs(self, permitted: PacketSet) -> PacketSet:
        """Return the headers between the addresses of the pairs that are open to one another."""
        found: list[PacketSet] = []
        for opened in self._wide_open(permitted):
            for receiver, senders in self._senders.items():
                arriving = opened & receiver
                if arriving.is_empty:
                    continue
                for sender in senders:
                    for version in VERSIONS:
                        box = self._between(arriving, sender, receiver, version)
                        found.append(box)
        return self._space.union(found)

    def _between(
        self, arriving: PacketSet, sender: PacketSet, receiver: PacketSet, version: int
    ) -> PacketSet:
        """Return all headers from a sender to a receiver if most of their addresses are open."""
        src, dst = sender.destinations(version), receiver.destinations(version)
        if not src or not dst:
            return self._space.empty
        box = self._space.box(version, dst=dst, src=src)
        opened = (arriving & box).address_pairs(version)
        return box if 2 * opened > _size(src) * _size(dst) else self._space.empty

    def _wide_open(self, permitted: PacketSet) -> list[PacketSet]:
        """Return, by transport, between which addresses more than half of the new is permitted."""
        found = [permitted.between_most_of(measure) for measure in self._measures]
        return [opened for opened in found if not opened.is_empty]


def _size(intervals: Intervals) -> int:
    return sum(high - low + 1 for low, high in intervals)
