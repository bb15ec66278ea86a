"""What may cross from each zone into each other zone of a large routed network.

What crosses between two zones is the union of the pieces between them (`prove.pieces`); a piece's
headers are computed once, however many subnets it stands for. After a change only the pieces that
it can concern are computed again, and only the pairs of zones they lie between are joined again.

A zone that sends anything may send any header its interfaces take in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from zonecheck.dataplane.forwarding_classes import ForwardingClasses, forwarding_classes
from zonecheck.dataplane.hops import Step, StepKind
from zonecheck.dataplane.route_tables import RoutedNetwork, Way
from zonecheck.packets import MAXIMA, Field, Header, Intervals, PacketSet, PacketSpace, Rule
from zonecheck.prove.chain_headers import ChainHeaders
from zonecheck.prove.class_walk import ClassWalk
from zonecheck.prove.filter_chains import ChainSets
from zonecheck.prove.pieces import PieceKey, Pieces, Senders, ZonePair, keys_by_class


class Crossing(NamedTuple):
    """A header as it is sent and as it arrives."""

    sent: Header
    delivered: Header


@dataclass(frozen=True, eq=False)
class ZonePairs:
    """The answer for every ordered pair of zones, and how it changes with the network.

    Answers are immutable and share what they have in common, packet space included.
    """

    walk: ClassWalk
    headers_of: ChainHeaders
    senders: Senders
    pieces: Pieces
    crossing_pieces: dict[PieceKey, PacketSet]
    crossing: dict[ZonePair, PacketSet]

    @property
    def network(self) -> RoutedNetwork:
        """Return the network this is the answer for."""
        return self.headers_of.network

    @property
    def pairs(self) -> list[ZonePair]:
        """Return the ordered pairs of zones between which something crosses."""
        return sorted(pair for pair, found in self.crossing.items() if not found.is_empty)

    def headers(self, origin: int, destination: int) -> PacketSet:
        """Return the headers that senders in a zone may send and that are delivered in the other.

        Headers are as sent, before any translation.
        """
        return self.crossing.get((origin, destination), self.headers_of.space.empty)

    def witness(self, origin: int, destination: int) -> Crossing | None:
        """Return a header that crosses, None if nothing does."""
        sent = self.headers(origin, destination).sample()
        if sent is None:
            return None
        for key in self.pieces.by_pair[origin, destination]:
            if self.crossing_pieces[key].contains(sent):
                chain = self.walk.sets.chains[key.chain]
                return Crossing(sent, self.headers_of.delivered(chain, sent))
        raise AssertionError("a header crosses that is in no piece")

    def with_rule(self, number: int, position: int, rule: Rule) -> "ZonePairs":
        """Return the answer after one rule of a filter was replaced.

        Raises:
            IndexError: There is no such rule.
        """
        item = self.network.filters[number].with_rule(position, rule)
        network = self.network.with_filter(number, item)
        changed = replace(self, headers_of=self.headers_of.after_change(network, number))
        return changed.recomputed(self.pieces.using(Step(StepKind.FILTER, number)))

    def with_route(
        self, router: int, low: int, length: int, ways: tuple[Way, ...] | None
    ) -> "ZonePairs":
        """Return the answer after a router sends one prefix elsewhere (None: has no route for it).

        The prefix need not have had a route.
        """
        network, classes = self.network, self.walk.classes
        label: int | None = None
        if ways is not None:
            if ways not in network.labels:
                network = network.with_label(ways)
                classes = classes.with_label(ways, network)
            label = network.labels.index(ways)
        table = network.tables[router].with_route(low, length, label)
        network, classes = network.with_table(router, table), classes.with_table(router, table)
        walk = self.walk.extended(network, classes)
        destinations = classes.intervals()
        # A translation leads from class to class, so that any class may have other chains now.
        known = {} if network.translations else self.pieces.by_class
        wanted = np.array(sorted(destinations.keys() - known.keys()), dtype=np.int64)
        by_class = known | keys_by_class(walk, self.senders, wanted)
        headers_of = self.headers_of.after_change(network, None)
        if network.translations:
            pieces = Pieces.of(walk.sets, by_class, destinations)
            concerned = set(pieces.classes) | set(self.pieces.classes)
        else:
            pieces, concerned = self.pieces.moved(by_class, destinations)
        changed = replace(self, walk=walk, headers_of=headers_of, pieces=pieces)
        return changed.recomputed(concerned, self.pieces)

    def recomputed(self, keys: set[PieceKey], before: Pieces | None = None) -> "ZonePairs":
        """Return the answer with some pieces, gone ones among them, computed and joined again."""
        found = dict(self.crossing_pieces)
        for key in keys:
            found.pop(key, None)
        wanted = keys & self.pieces.classes.keys()
        found |= piece_headers(self.pieces, self.senders, self.headers_of, wanted)
        pairs = {(before or self.pieces).pair(key) for key in keys}
        crossing = self.crossing | joined(self.pieces, found, pairs, self.headers_of.space)
        return replace(self, crossing_pieces=found, crossing=crossing)


def piece_headers(
    pieces: Pieces, senders: Senders, headers_of: ChainHeaders, keys: Iterable[PieceKey]
) -> dict[PieceKey, PacketSet]:
    """Return what crosses in each piece.

    What passes a chain is computed once for all zones, and divided by zone where those entries have
    it ahead that mostly go together.
    """
    highest = MAXIMA[headers_of.network.version][Field.DST]
    wanted: dict[tuple[int, Intervals], list[PieceKey]] = {}
    for key in keys:
        wanted.setdefault((key.chain, pieces.addresses(key, highest)), []).append(key)
    headers_of.compile(pieces.sets.chains[chain] for chain, _ in wanted)
    zones = {number: place for place, number in enumerate(pieces.usual_entries)}
    by_zone = headers_of.partition([senders.sources(number) for number in zones])
    found: dict[PieceKey, PacketSet] = {}
    for (chain, to), alike in wanted.items():
        usual = [key for key in alike if by_zone is not None and key.entries in zones]
        if len(usual) > 1 and by_zone is not None:
            shares = by_zone.divide(headers_of.sent(pieces.sets.chains[chain], to))
            found.update((key, shares[zones[key.entries]]) for key in usual)
        for key in alike:
            if key not in found:
                start = headers_of.come_from(senders.sources(key.entries))
                found[key] = headers_of.sent(pieces.sets.chains[chain], to, start)
    return found


def joined(
    pieces: Pieces,
    found: dict[PieceKey, PacketSet],
    pairs: Iterable[ZonePair],
    space: PacketSpace,
) -> dict[ZonePair, PacketSet]:
    """Return what crosses between pairs of zones."""
    return {
        pair: space.join([found[key] for key in pieces.by_pair.get(pair, ())]) for pair in pairs
    }


def zone_pairs(
    network: RoutedNetwork,
    space: PacketSpace | None = None,
    classes: ForwardingClasses | None = None,
) -> ZonePairs:
    """Return what may cross between all zones of a network."""
    classes = classes or forwarding_classes(network)
    walk = ClassWalk(network, classes, ChainSets())
    senders = Senders(network)
    headers_of = ChainHeaders(network, space or PacketSpace())
    destinations = classes.intervals()
    rows = np.array(sorted(destinations), dtype=np.int64)
    pieces = Pieces.of(walk.sets, keys_by_class(walk, senders, rows), destinations)
    found = piece_headers(pieces, senders, headers_of, pieces.classes)
    crossing = joined(pieces, found, pieces.by_pair, headers_of.space)
    return ZonePairs(walk, headers_of, senders, pieces, found, crossing)
