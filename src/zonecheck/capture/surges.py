"""Surges: minutes in which more passes between two zones than in any minute of ordinary times."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from zonecheck.capture.again import again
from zonecheck.capture.bulk import Judgements
from zonecheck.capture.flow_columns import FlowColumns, Ints
from zonecheck.capture.read import NO_TIME
from zonecheck.capture.reading import Reading
from zonecheck.model.message import Message
from zonecheck.packets import TCP
from zonecheck.policy.sessions import MAIL
from zonecheck.policy.today import JAPAN

_MINUTE = 60_000_000_000
Kind = tuple[str, str, str]
"""Zone of the source, zone of the destination, and `all` or `mail`."""
Rates = Mapping[Kind, Mapping[int, int]]
"""Octets on the wire by minute since 1970."""


@dataclass(frozen=True, slots=True)
class Surge:
    """A minute (since 1970, UTC) with more octets than the baseline's most times the factor."""

    kind: Kind
    minute: int
    octets: int
    most: int
    factor: float

    @property
    def message(self) -> Message:
        """Return what is said of it."""
        return Message.of(
            "capture.surge-of-mail" if self.kind[2] == "mail" else "capture.surge",
            from_zone=self.kind[0],
            to_zone=self.kind[1],
            at=f"{datetime.fromtimestamp(self.minute * 60, JAPAN):%Y-%m-%d %H:%M} JST",
            octets=f"{self.octets:,}",
            most=f"{self.most:,}",
            factor=f"{self.factor:g}",
        )


def rates(reading: Reading, judgements: Judgements) -> Rates:
    """Return what passed between zones in every minute. Reads the files again."""
    kinds = _kinds(judgements)
    found: dict[Kind, dict[int, int]] = {}
    for numbers, minutes, octets in _minutes(reading, judgements, kinds):
        keys, at = np.unique(np.stack([numbers, minutes]), axis=1, return_inverse=True)
        sums = np.bincount(at.reshape(-1), weights=octets.astype(np.float64))
        for number, minute, total in zip(*keys.tolist(), sums.tolist(), strict=True):
            by_minute = found.setdefault(kinds[number], {})
            by_minute[minute] = by_minute.get(minute, 0) + int(total)
    return found


def surges(now: Rates, ordinary: Rates, factor: float) -> tuple[Surge, ...]:
    """Return the worst minute of every kind of traffic that surges.

    Of what the baseline does not have at all, nobody can say what is ordinary (`strangers`).
    """
    found = []
    for kind, by_minute in sorted(now.items()):
        if kind not in ordinary:
            continue
        most = max(ordinary[kind].values())
        minute = max(by_minute, key=lambda at: (by_minute[at], -at))
        if by_minute[minute] > factor * most:
            found.append(Surge(kind, minute, by_minute[minute], most, factor))
    return tuple(found)


def strangers(now: Rates, ordinary: Rates) -> tuple[Kind, ...]:
    """Return the kinds of traffic that the baseline does not have."""
    return tuple(kind for kind in sorted(now) if kind not in ordinary and kind[2] == "all")


def _kinds(judgements: Judgements) -> list[Kind]:
    """Return the kinds by number: pair of zones, then the same again for mail."""
    pairs = judgements.pairs
    return [(*pair, what) for what in ("all", "mail") for pair in pairs]


def _minutes(
    reading: Reading, judgements: Judgements, kinds: list[Kind]
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield columns of kinds, minutes and octets, one row a layer of a packet."""
    columns = FlowColumns(reading.table)
    is_mail = (columns.protocol == TCP) & np.isin(columns.destination_port, MAIL)
    mail = len(kinds) // 2
    for each in again(reading):
        times = each.chunk.times[each.of.packets]
        known = times != NO_TIME
        flows, minutes = each.of.flows[known], times[known] // _MINUTE
        octets = each.chunk.original[each.of.packets][known]
        numbers = judgements.pair_of[flows]
        yield numbers, minutes, octets
        mailing = is_mail[flows]
        yield numbers[mailing] + mail, minutes[mailing], octets[mailing]
