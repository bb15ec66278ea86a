"""All flows of a capture judged at once: what is plainly allowed by columns, the rest one by one.

`Judge.judge` is the definition; here only flows are answered by columns that it would call allowed
without a reason (equated by tests).
"""

from dataclasses import dataclass

import numpy as np

from zonecheck.capture.address_book import Holders
from zonecheck.capture.background import NEIGHBOURHOOD, may_be_background
from zonecheck.capture.flow_columns import Bools, FlowColumns, Ints
from zonecheck.capture.judge import Judge
from zonecheck.capture.judgement import FlowVerdict, Judgement
from zonecheck.capture.read import FlowTable
from zonecheck.model.attachment import AttachmentKind
from zonecheck.packets import ICMPV6
from zonecheck.packets.field import UDP, VERSIONS
from zonecheck.policy.sessions import accepted

_SYN_ACK = 0x12
_DHCP = (67, 68, 546, 547)


@dataclass(frozen=True, slots=True)
class Judgements:
    """The judgement of every flow: those of `single` as they are, all others allowed.

    `pairs` are the pairs of zones that occur, `pair_of` the pair of each flow. `unnamed` tells of
    which flows the MAC address cannot be judged, `bound_elsewhere` which come from a source that
    is bound to one and were seen past its own wire.
    """

    single: dict[int, Judgement]
    pairs: tuple[tuple[str, str], ...]
    pair_of: Ints
    unnamed: Bools
    bound_elsewhere: Bools

    def verdict(self, flow: int) -> FlowVerdict:
        """Return the verdict of a flow."""
        found = self.single.get(flow)
        return FlowVerdict.ALLOWED if found is None else found.verdict


class BulkJudge:
    """Judges the flows of one table."""

    def __init__(self, judge: Judge, table: FlowTable) -> None:
        self._judge = judge
        self._table = table
        self._columns = FlowColumns(table)
        self._flags = table.counts.tcp_flags
        self._domains: dict[int, frozenset[int] | None] = {}
        self._holders: dict[tuple[int, int], Holders] = {}

    def judge(self) -> Judgements:
        """Return the judgement of every flow."""
        clean, unnamed, bound_elsewhere = self._frames()
        allowed = self._columns.plain & clean
        pair_of = np.full(len(self._columns), -1, dtype=np.int64)
        numbers: dict[tuple[str, str], int] = {}
        for version in VERSIONS:
            which = np.flatnonzero(self._columns.of_version(version) & allowed)
            if len(which):
                keep = self._by_sets(version, which)
                allowed[which[~keep]] = False
                kept = which[keep]
                pair_of[kept] = self._pairs(version, kept, numbers)
        single: dict[int, Judgement] = {}
        for flow in np.flatnonzero(~allowed).tolist():
            found = self._judge.judge(self._table.layer(flow), int(self._flags[flow]))
            single[flow] = found
            pair_of[flow] = numbers.setdefault(found.zones, len(numbers))
        return Judgements(single, tuple(numbers), pair_of, unnamed, bound_elsewhere)

    def _frames(self) -> tuple[Bools, Bools, Bools]:
        """Return of which flows nothing is wrong with the frame, and `Judgements`' two marks."""
        first, number_of = self._columns.frames
        clean = np.ones(len(first), dtype=np.bool_)
        unnamed = np.zeros(len(first), dtype=np.bool_)
        elsewhere = np.zeros(len(first), dtype=np.bool_)
        for number, flow in enumerate(first.tolist()):
            layer = self._table.layer(flow)
            clean[number] = not any(True for _ in self._judge.frame_reasons(layer))
            domains = self._judge.frames.domains(layer)
            self._domains[number] = domains
            has_mac = layer.source_mac is not None and layer.tunnel is None
            unnamed[number] = has_mac and not self._judge.frames.knows_mac(layer, domains)
            elsewhere[number] = self._judge.frames.is_bound_elsewhere(layer)
        return clean[number_of], unnamed[number_of], elsewhere[number_of]

    def _by_sets(self, version: int, which: Ints) -> Bools:
        """Return which plain flows of a version the design expects, and nothing else is said of."""
        keep: Bools = ~self._background(version, which)
        keep &= ~self._may_answer_wrongly(version, which)
        _, number_of = self._columns.frames
        numbers = number_of[which]
        by_domains: dict[frozenset[int] | None, list[int]] = {}
        for number in np.unique(numbers).tolist():
            by_domains.setdefault(self._domains[number], []).append(number)
        for domains, members in by_domains.items():
            at = np.flatnonzero(np.isin(numbers, members))
            headers = self._columns.headers(version, which[at])
            keep[at] &= headers.inside(self._judge.expected.on(domains))
        return keep

    def _background(self, version: int, which: Ints) -> Bools:
        columns = self._columns
        ports = columns.source_port[which], columns.destination_port[which]
        dhcp = np.isin(ports[0], _DHCP) & np.isin(ports[1], _DHCP)
        found: Bools = dhcp & (columns.protocol[which] == UDP)
        if version == 6:
            # The type of ICMPv6 lies where the source port does.
            found |= (columns.protocol[which] == ICMPV6) & np.isin(ports[0], list(NEIGHBOURHOOD))
        for source in (True, False):
            values, at = np.unique(
                columns.addresses(version, which, source=source), return_inverse=True
            )
            broadcasts = self._judge.rules.broadcasts(self._judge.place.all_domains)
            local = [may_be_background(version, int(a), broadcasts) for a in values]
            found |= np.array(local, dtype=np.bool_)[at.reshape(-1)]
        return found

    def _may_answer_wrongly(self, version: int, which: Ints) -> Bools:
        """Return which flows answer on a port that no closed list names for sure."""
        wrong = np.zeros(len(which), dtype=np.bool_)
        answers = np.flatnonzero((self._flags[which] & _SYN_ACK) == _SYN_ACK)
        if not len(answers):
            return wrong
        sources = self._columns.addresses(version, which[answers], source=True)
        values, at = np.unique(sources, return_inverse=True)
        everything = self._judge.analysis.space.everything
        for number, address in enumerate(values):
            lists = [
                taken
                for point in self._holders_of(version, int(address))
                if point.kind is AttachmentKind.HOST
                and (taken := accepted(self._judge.analysis, point)) != everything
            ]
            if lists:
                mine = answers[at.reshape(-1) == number]
                openings = self._columns.headers(version, which[mine], reply=True)
                for taken in lists:
                    wrong[mine] |= ~openings.inside(taken)
        return wrong

    def _holders_of(self, version: int, address: int) -> Holders:
        key = version, address
        if key not in self._holders:
            self._holders[key] = self._judge.addresses.holders(version, address)
        return self._holders[key]

    def _pairs(self, version: int, which: Ints, numbers: dict[tuple[str, str], int]) -> Ints:
        """Return the number of the pair of zones of each flow; new pairs are added."""
        names: list[list[str]] = []
        places: list[Ints] = []
        for source in (True, False):
            addresses = self._columns.addresses(version, which, source=source)
            values, at = np.unique(addresses, return_inverse=True)
            names.append([self._judge.zones_of(self._holders_of(version, int(a))) for a in values])
            places.append(at.reshape(-1).astype(np.int64))
        width = max(1, len(names[1]))
        values, at = np.unique(places[0] * width + places[1], return_inverse=True)
        found = [
            numbers.setdefault((names[0][key // width], names[1][key % width]), len(numbers))
            for key in values.tolist()
        ]
        pairs: Ints = np.array(found, dtype=np.int64)[at.reshape(-1)]
        return pairs
