"""Maintenance outside its hours: packets of declared sessions against the clock of the capture."""

from collections.abc import Iterable, Iterator

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

    A flow counts if maintenance is all that declares it. The first and the last of its packets
    tell: both have to be inside; where they are a day or more apart, what lies between is not
    known.
    """
    analysis = expected.analysis
    found: dict[int, Reason] = {}
    entries = [entry for entry in analysis.topology.maintenance if entry.window is not None]
    if not entries or not len(table):
        return found
    otherwise = _forms(expected, _other_legs(analysis))
    for entry in entries:
        window = time_window(entry.window or "")
        headers = _forms(expected, entry.legs) - otherwise
        for flow in (*flows_in(table, headers), *_perhaps(analysis, table, headers)):
            first, last = table.counts.first_time[flow], table.counts.last_time[flow]
            reason = _reason(entry, window, int(first), int(last))
            if reason is not None:
                found[flow] = reason
    return found


def _reason(entry: Maintenance, window: TimeWindow, first: int, last: int) -> Reason | None:
    told = {"entry": entry.id, "window": entry.window}
    if NO_TIME in (first, last):
        message = Message.of("capture.no-clock", **told)
        return Reason(SESSION_WINDOW, FlowVerdict.UNDECIDABLE, message)
    if not (window.is_open(first) and window.is_open(last)):
        message = Message.of("capture.outside-window", **told)
        return Reason(SESSION_WINDOW, FlowVerdict.VIOLATING, message)
    if window.unread:
        message = Message.of("capture.window-unread", **told, unread=window.unread)
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


def _perhaps(analysis: Analysis, table: FlowTable, headers: PacketSet) -> Iterator[int]:
    """Yield the flows that are no plain headers and may be of a set: cut, odd, or in a tunnel."""
    columns = FlowColumns(table)
    ip = columns.of_version(4) | columns.of_version(6)
    for flow in np.flatnonzero(ip & ~columns.plain).tolist():
        layer = table.layer(flow)
        shown = layer.source is not None and layer.destination is not None
        if shown and completions(analysis.space, layer) & headers:
            yield flow


def _other_legs(analysis: Analysis) -> Iterator[Leg]:
    for channel in analysis.topology.channels:
        yield from channel.legs
    for flow in analysis.topology.specific_flows:
        yield flow.leg


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
