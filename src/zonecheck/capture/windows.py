"""Maintenance outside its hours: packets of declared sessions against the clock of the capture."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from zonecheck.capture.expected import ExpectedTraffic
from zonecheck.capture.flow_columns import FlowColumns, Ints
from zonecheck.capture.judgement import SESSION_WINDOW, FlowVerdict, Reason
from zonecheck.capture.read import NO_TIME, FlowTable
from zonecheck.capture.seen_headers import completions
from zonecheck.model.channel import Leg, Maintenance
from zonecheck.model.message import Message
from zonecheck.packets import PacketSet
from zonecheck.packets.field import VERSIONS
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.time_window import TimeWindow, time_window

_DAY = 24 * 3600 * 1_000_000_000


def window_reasons(expected: ExpectedTraffic, table: FlowTable) -> dict[int, Reason]:
    """Return which flows of declared maintenance are outside its window, or may be.

    A flow counts if maintenance with hours is all that declares it, and where several entries
    do, it has to be outside all of them. The first and the last of its packets tell: both have
    to be inside; where they are a day or more apart, what lies between is not known. A flow of
    which the capture does not show enough to be sure is never accused.
    """
    analysis = expected.analysis
    entries = [entry for entry in analysis.topology.maintenance if entry.window is not None]
    if not entries or not len(table):
        return {}
    otherwise = _forms(expected, _other_legs(analysis))
    answers: dict[int, list[_Told]] = {}
    for entry in entries:
        window = time_window(entry.window or "")
        headers = _forms(expected, entry.legs) - otherwise
        plain = ((flow, True) for flow in flows_in(table, headers))
        for flow, sure in (*plain, *_perhaps(analysis, table, headers)):
            first, last = table.counts.first_time[flow], table.counts.last_time[flow]
            reason = _reason(entry, window, int(first), int(last))
            answers.setdefault(flow, []).append(_Told(entry, sure, reason))
    left = {flow: _left(told) for flow, told in answers.items()}
    return {flow: reason for flow, reason in left.items() if reason is not None}


class _Told(NamedTuple):
    """What the hours of an entry say of a flow, and whether the flow is surely of that entry."""

    entry: Maintenance
    sure: bool
    reason: Reason | None


def _left(told: Sequence[_Told]) -> Reason | None:
    """Return what is left against a flow, where the hours of any of its entries are enough."""
    if any(one.sure and one.reason is None for one in told):
        return None
    reasons = [one.reason for one in told if one.reason is not None]
    doubts = [reason for reason in reasons if reason.verdict is FlowVerdict.UNDECIDABLE]
    if doubts or not reasons:
        return doubts[0] if doubts else None
    if len(reasons) == len(told) and any(one.sure for one in told):
        return reasons[0]
    entry = next(one.entry for one in told if one.reason is not None)
    message = Message.of("capture.perhaps-maintenance", entry=entry.id, window=entry.window)
    return Reason(SESSION_WINDOW, FlowVerdict.UNDECIDABLE, message)


def _reason(entry: Maintenance, window: TimeWindow, first: int, last: int) -> Reason | None:
    told = {"entry": entry.id, "window": entry.window}
    if NO_TIME in (first, last):
        message = Message.of("capture.no-clock", **told)
        return Reason(SESSION_WINDOW, FlowVerdict.UNDECIDABLE, message)
    if not window.parts:
        message = Message.of("capture.window-unread", **told, unread=entry.window)
        return Reason(SESSION_WINDOW, FlowVerdict.UNDECIDABLE, message)
    if not window.unread and not (window.is_open(first) and window.is_open(last)):
        message = Message.of("capture.outside-window", **told)
        return Reason(SESSION_WINDOW, FlowVerdict.VIOLATING, message)
    if window.unread or window.narrowed:
        unread = window.unread or window.narrowed
        message = Message.of("capture.window-unread", **told, unread=unread)
        return Reason(SESSION_WINDOW, FlowVerdict.UNDECIDABLE, message)
    if last - first >= _DAY or not window.stays_open(first, last):
        message = Message.of("capture.window-span", **told)
        return Reason(SESSION_WINDOW, FlowVerdict.UNDECIDABLE, message)
    return None


def _forms(expected: ExpectedTraffic, legs: Iterable[Leg]) -> PacketSet:
    """Return the sessions of some legs, as sent and in all forms they take on their way."""
    analysis = expected.analysis
    told = tuple(legs)
    return sessions(analysis, told) | expected.forms(analysis.excuses(told, tunnels=True))


def _perhaps(
    analysis: Analysis, table: FlowTable, headers: PacketSet
) -> Iterator[tuple[int, bool]]:
    """Yield the flows that are no plain headers (cut, odd, in a tunnel) and may be of a set.

    With each goes whether it is of the set whatever the capture does not show of it.
    """
    columns = FlowColumns(table)
    ip = columns.of_version(4) | columns.of_version(6)
    for flow in np.flatnonzero(ip & ~columns.plain).tolist():
        layer = table.layer(flow)
        if layer.source is None or layer.destination is None:
            continue
        possible = completions(analysis.space, layer)
        if possible & headers:
            yield flow, possible <= headers


def _other_legs(analysis: Analysis) -> Iterator[Leg]:
    """Yield the legs that are declared for all hours."""
    for channel in analysis.topology.channels:
        yield from channel.legs
    for flow in analysis.topology.specific_flows:
        yield flow.leg
    for entry in analysis.topology.maintenance:
        if entry.window is None:
            yield from entry.legs


def sessions(analysis: Analysis, legs: Iterable[Leg]) -> PacketSet:
    """Return all packets of the sessions of some legs, as their origins and ends send them."""
    first = analysis.excuses(legs, tunnels=True).headers
    return first.with_any_flag() | first.mirror()


def flows_in(table: FlowTable, headers: PacketSet) -> list[int]:
    """Return the plain flows whose headers are in a set."""
    columns = FlowColumns(table)
    found: list[int] = []
    for version in VERSIONS:
        which: Ints = np.flatnonzero(columns.of_version(version) & columns.plain)
        if len(which):
            found += which[columns.headers(version, which).inside(headers)].tolist()
    return found
