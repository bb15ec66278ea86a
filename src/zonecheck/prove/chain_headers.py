"""What a chain of filters lets through, as packets are when they are sent."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zonecheck.dataplane.hops import Step, StepKind
from zonecheck.dataplane.route_tables import RoutedNetwork, Translation
from zonecheck.packets import Field, Header, Intervals, PacketSet, PacketSpace
from zonecheck.packets.partition import Partition, disjoint
from zonecheck.prove.filter_chains import Chain


class _Known(NamedTuple):
    """What is kept: by step, by set of sources, by the sources of all zones."""

    steps: dict[Step, PacketSet]
    sources: dict[Intervals, PacketSet]
    partitions: dict[tuple[Intervals, ...], Partition]


class ChainHeaders:
    """The headers that pass chains of one network; what is computed is kept."""

    def __init__(
        self,
        network: RoutedNetwork,
        space: PacketSpace,
        known: "_Known | None" = None,
    ) -> None:
        self.network = network
        self.space = space
        self._passed: dict[tuple[frozenset[Step], Intervals], PacketSet] = {}
        self._steps, self._sources, self._partitions = known or _Known({}, {}, {})

    def after_change(self, network: RoutedNetwork, number: int | None) -> "ChainHeaders":
        """Return the same for a network that differs in filter `number` or in routes only."""
        changed = None if number is None else Step(StepKind.FILTER, number)
        known = {step: found for step, found in self._steps.items() if step != changed}
        kept = _Known(known, self._sources, self._partitions)
        return ChainHeaders(network, self.space, kept)

    def compile(self, chains: Iterable[Chain]) -> None:
        """Compile every filter on these chains that is not compiled yet."""
        steps = {step for chain in chains for step in chain.steps} - self._steps.keys()
        numbers = sorted(step.number for step in steps if step.kind is StepKind.FILTER)
        items = [self.network.filters[number] for number in numbers]
        lists = [(item.rules, item.default) for item in items]
        compiled = self.space.from_lists(self.network.version, lists)
        for number, found in zip(numbers, compiled, strict=True):
            self._steps[Step(StepKind.FILTER, number)] = found.with_fragments()

    def sent(
        self, chain: Chain, destinations: Intervals, start: PacketSet | None = None
    ) -> PacketSet:
        """Return what may be sent to the destinations so that it passes the chain.

        With `start`, only headers of it.
        """
        start = self._started(chain.parts[0], start)
        if start is not None and start.is_empty:
            return start
        made = [
            (item.to, item.to)
            for item in map(self.network.translations.__getitem__, chain.translations)
            if item.field is Field.DST
        ]
        # Narrow first: a filter speaks of many destinations, and these are few of them.
        last = chain.parts[-1]
        if not chain.translations:
            last = frozenset(step for step in last if step.kind is StepKind.FILTER)
        passing = self._passing(last, tuple(made[-1:]) or destinations)
        for part, number in zip(chain.parts[-2::-1], chain.translations[::-1], strict=True):
            passing = self._before(number, passing)
            for step in sorted(part, key=_order):
                passing &= self.step(step)
        if made:
            passing &= self._to(destinations)
        return passing if start is None else passing & start

    def _started(self, part: frozenset[Step], start: PacketSet | None) -> PacketSet | None:
        """Return what of `start` (None: everything) passes steps that are not filters.

        Much that a translation would touch never starts where it goes untouched.
        """
        for step in sorted(part, key=_order):
            if step.kind is not StepKind.FILTER:
                start = self.step(step) if start is None else start & self.step(step)
        return start

    def _passing(self, part: frozenset[Step], destinations: Intervals) -> PacketSet:
        """Return what passes steps on the way to destinations.

        Filters come first and are kept, because many chains differ in their translations only.
        """
        filters = frozenset(step for step in part if step.kind is StepKind.FILTER)
        if (filters, destinations) not in self._passed:
            passing = self._to(destinations)
            for step in sorted(filters, key=_order):
                passing &= self.step(step)
            self._passed[filters, destinations] = passing
        passing = self._passed[filters, destinations]
        for step in sorted(part - filters, key=_order):
            passing &= self.step(step)
        return passing

    def _to(self, destinations: Intervals) -> PacketSet:
        return self.space.box(self.network.version, dst=destinations)

    def delivered(self, chain: Chain, header: Header) -> Header:
        """Return how a header that passes a chain arrives."""
        for number in chain.translations:
            header = _translated(header, self.network.translations[number])
        return header

    def partition(self, sources: Sequence[Intervals | None]) -> Partition | None:
        """Return the partition by disjoint sets of sources, None if they are not disjoint."""
        parts = [each for each in sources if each is not None]
        if len(parts) < len(sources) or not disjoint(parts):
            return None
        key = tuple(parts)
        if key not in self._partitions:
            space, version = self.space, self.network.version
            self._partitions[key] = Partition(space, version, Field.SRC, parts)
        return self._partitions[key]

    def come_from(self, sources: Intervals | None) -> PacketSet:
        """Return the headers with one of the sources (None: any)."""
        if sources is None:
            return self.space.box(self.network.version)
        if sources not in self._sources:
            self._sources[sources] = self.space.box(self.network.version, src=sources)
        return self._sources[sources]

    def step(self, step: Step) -> PacketSet:
        """Return what a filter permits, a translation leaves alone, or a check of sources lets in.

        Headers of the other IP version are left out.
        """
        if step not in self._steps:
            if step.kind is StepKind.FILTER:
                item = self.network.filters[step.number]
                version = self.network.version
                (found,) = self.space.from_lists(version, [(item.rules, item.default)])
                found = found.with_fragments()
            elif step.kind is StepKind.UNTOUCHED:
                match = self._match(self.network.translations[step.number])
                found = (self.space.box(self.network.version) - match).with_fragments()
            else:
                found = self.come_from(self.network.interfaces[step.number].sources)
            self._steps[step] = found
        return self._steps[step]

    def _match(self, item: Translation) -> PacketSet:
        match = item.match
        # In rules the empty tuple means any value, in boxes no value.
        fields = [
            each or None
            for each in (
                *(match.dst, match.src, match.protocols),
                *(match.dst_ports, match.src_ports, match.flags),
            )
        ]
        return self.space.box(self.network.version, *fields).with_fragments()

    def _before(self, number: int, after: PacketSet) -> PacketSet:
        """Return what the translation matches and turns into one of `after`."""
        item = self.network.translations[number]
        made = self.space.box(self.network.version, **{_NAMES[item.field]: ((item.to, item.to),)})
        return (after & made).forget(item.field) & self._match(item)


def _order(step: Step) -> tuple[str, int]:
    return step.kind.value, step.number


_NAMES = {Field.DST: "dst", Field.SRC: "src"}


def _translated(header: Header, item: Translation) -> Header:
    values = list(header.values())
    values[item.field] = item.to
    return Header(header.version, *values)
