"""What a chain of filters lets through, as packets are when they are sent."""

from collections.abc import Sequence

from zonecheck.dataplane.hops import Step, StepKind
from zonecheck.dataplane.route_tables import FilterList, RoutedNetwork, Translation
from zonecheck.packets import Field, Header, Intervals, PacketSet, PacketSpace, Rule
from zonecheck.prove.filter_chains import Chain


class ChainHeaders:
    """The headers that pass chains of one network; what is computed is kept."""

    def __init__(
        self,
        network: RoutedNetwork,
        space: PacketSpace,
        steps: dict[Step, PacketSet] | None = None,
        sources: dict[Intervals, PacketSet] | None = None,
    ) -> None:
        self.network = network
        self.space = space
        self._steps: dict[Step, PacketSet] = steps or {}
        self._sources: dict[Intervals, PacketSet] = sources or {}

    def after_change(self, network: RoutedNetwork, number: int | None) -> "ChainHeaders":
        """Return the same for a network that differs in filter `number` or in routes only."""
        changed = None if number is None else Step(StepKind.FILTER, number)
        known = {step: found for step, found in self._steps.items() if step != changed}
        return ChainHeaders(network, self.space, known, self._sources)

    def sent(self, chain: Chain, destinations: Intervals) -> PacketSet:
        """Return what may be sent to the destinations so that it passes the chain."""
        translated = {self.network.translations[t].field for t in chain.translations}
        to = self.space.box(self.network.version, dst=destinations)
        # Narrow first: a filter speaks of many destinations, and these are few of them.
        passing = to if Field.DST not in translated else self.space.box(self.network.version)
        for position in reversed(range(len(chain.parts))):
            for step in sorted(chain.parts[position], key=lambda s: (s.kind.value, s.number)):
                passing &= self.step(step)
            if position:
                passing = self._before(chain.translations[position - 1], passing)
        return passing & to

    def delivered(self, chain: Chain, header: Header) -> Header:
        """Return how a header that passes a chain arrives."""
        for number in chain.translations:
            header = _translated(header, self.network.translations[number])
        return header

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
                found = self._compiled(self.network.filters[step.number])
            elif step.kind is StepKind.UNTOUCHED:
                match = self._match(self.network.translations[step.number])
                found = self.space.box(self.network.version) - match
            else:
                found = self.come_from(self.network.interfaces[step.number].sources)
            self._steps[step] = found
        return self._steps[step]

    def _compiled(self, item: FilterList) -> PacketSet:
        rules: dict[int, Sequence[Rule]] = {4: (), 6: (), self.network.version: item.rules}
        permitted = self.space.from_rules(rules[4], rules[6], default=item.default)
        return permitted.only(self.network.version)

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
        return self.space.box(self.network.version, *fields)

    def _before(self, number: int, after: PacketSet) -> PacketSet:
        """Return what the translation matches and turns into one of `after`."""
        item = self.network.translations[number]
        made = self.space.box(self.network.version, **{_NAMES[item.field]: ((item.to, item.to),)})
        return (after & made).forget(item.field) & self._match(item)


_NAMES = {Field.DST: "dst", Field.SRC: "src"}


def _translated(header: Header, item: Translation) -> Header:
    values = list(header.values())
    values[item.field] = item.to
    return Header(header.version, *values)
