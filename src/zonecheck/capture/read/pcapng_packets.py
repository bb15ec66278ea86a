"""Packet blocks of one section as columns."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read import codes
from zonecheck.capture.read.account import Account, Fault
from zonecheck.capture.read.clock import Clock
from zonecheck.capture.read.link_types import SUPPORTED
from zonecheck.capture.read.record import NO_TIME, Chunk, Interface
from zonecheck.capture.read.window import Window

OBSOLETE, SIMPLE, ENHANCED = 2, 3, 6
SMALLEST: Final = {OBSOLETE: 32, SIMPLE: 16, ENHANCED: 32}
"""Octets of a block around a packet of none."""

HEADER: Final = {OBSOLETE: 28, SIMPLE: 12, ENHANCED: 28}
"""Octets before the packet."""


@dataclass(slots=True)
class Section:
    """What packets of a section are read by."""

    number: int
    order: str
    interfaces: list[Interface]
    clocks: list[Clock]
    first: int  # index of the first of these interfaces in the list of all


@dataclass(slots=True)
class _Columns:
    """One entry a block; `room` is how many octets a packet could have in its block."""

    header: NDArray[np.int64]
    room: NDArray[np.int64]
    local: NDArray[np.int64]  # interface within the section
    ticks: NDArray[np.uint64]
    captured: NDArray[np.int64]
    original: NDArray[np.int64]


def packets(
    window: Window, blocks: list[int], kinds: set[int], section: Section, account: Account
) -> tuple[Chunk | None, Fault | None]:
    """Return the packets of these blocks up to a fault, and the fault if there is one.

    Args:
        window: where the blocks lie, whole.
        blocks: their offsets, ascending; their lengths are known to be right.
        kinds: the types among them.
        section: whose blocks they are.
        account: counts them.
    """
    offsets = np.array(blocks, np.int64)
    columns = _columns(window, offsets, kinds, section)
    fault = _first_fault(columns, offsets, window, section)
    if fault is not None:
        fine = int(np.searchsorted(offsets, fault.stop.offset - window.base))
        offsets = offsets[:fine]
        columns = _Columns(
            *(getattr(columns, name)[:fine] for name in _Columns.__dataclass_fields__)
        )
    if len(offsets) == 0:
        return None, fault
    snaps = np.array([each.snap_length for each in section.interfaces], np.int64)[columns.local]
    account.count(codes.CAPTURED_BEYOND_SNAP_LENGTH, (snaps > 0) & (columns.captured > snaps))
    return (
        account.chunk(
            window.data,
            offsets + columns.header,
            columns.captured,
            columns.original,
            _times(columns, section, account),
            (columns.local + section.first).astype(np.int32),
        ),
        fault,
    )


def _columns(
    window: Window, offsets: NDArray[np.int64], kinds: set[int], section: Section
) -> _Columns:
    if kinds == {ENHANCED}:
        return _timed(window, offsets, ENHANCED, section.order)
    types = _words(window, offsets, 8, section.order)[:, 0]
    columns = _Columns(
        *(np.zeros(len(offsets), kind) for kind in (int, int, int, np.uint64, int, int))
    )
    for kind in kinds:
        which = types == kind
        if kind == SIMPLE:
            part = _simple(window, offsets[which], section)
        else:
            part = _timed(window, offsets[which], kind, section.order)
        for name in _Columns.__dataclass_fields__:
            getattr(columns, name)[which] = getattr(part, name)
    return columns


def _words(
    window: Window, offsets: NDArray[np.int64], octets: int, order: str
) -> NDArray[np.uint32]:
    """Return the 32-bit words of the first octets of each block, a row a block."""
    # A view of what follows each octet: taking from it copies headers only.
    heads: NDArray[np.void] = np.ndarray(
        (len(window.data) - octets + 1,), f"V{octets}", window.data, strides=(1,)
    )
    words: NDArray[np.uint32] = heads[offsets].view(order + "u4").reshape(-1, octets // 4)
    return words


def _timed(window: Window, offsets: NDArray[np.int64], kind: int, order: str) -> _Columns:
    words = _words(window, offsets, HEADER[kind], order)
    length, local, high, low, captured, original = words[:, 1:].astype(np.int64).T
    if kind == OBSOLETE:  # 16 bits, and as many that count drops
        local = local >> 16 if order == ">" else local & 0xFFFF
    return _Columns(
        np.full(len(offsets), HEADER[kind]),
        length - SMALLEST[kind],
        local,
        high.astype(np.uint64) << np.uint64(32) | low.astype(np.uint64),
        captured,
        original,
    )


def _simple(window: Window, offsets: NDArray[np.int64], section: Section) -> _Columns:
    """Return packets of the first interface, which have no time and are cut at its length."""
    length, original = _words(window, offsets, HEADER[SIMPLE], section.order)[:, 1:].T
    snap = section.interfaces[0].snap_length if section.interfaces else 0
    whole = original.astype(np.int64)
    none = np.zeros(len(offsets), np.int64)
    return _Columns(
        none + HEADER[SIMPLE],
        length.astype(np.int64) - SMALLEST[SIMPLE],
        none,
        np.full(len(offsets), np.iinfo(np.uint64).max),
        np.minimum(whole, snap) if snap else whole,
        whole,
    )


def _first_fault(
    columns: _Columns, offsets: NDArray[np.int64], window: Window, section: Section
) -> Fault | None:
    known = columns.local < len(section.interfaces)
    links = np.array([each.link_type for each in section.interfaces] or [-1])
    link = links[np.where(known, columns.local, 0)]
    supported = np.isin(link, list(SUPPORTED))
    fits = columns.captured <= columns.room
    bad = ~(known & supported & fits)
    if not bad.any():
        return None
    at = int(np.argmax(bad))
    where = window.base + int(offsets[at])
    if not known[at]:
        limit = f"< {len(section.interfaces)}"
        return Fault(codes.INTERFACE_UNDEFINED, where, int(columns.local[at]), limit)
    if not fits[at]:
        limit = f"<= {int(columns.room[at])}"
        return Fault(codes.LENGTH_CORRUPT, where, int(columns.captured[at]), limit)
    return Fault(codes.LINK_TYPE, where, int(link[at]), sorted(SUPPORTED))


def _times(columns: _Columns, section: Section, account: Account) -> NDArray[np.int64]:
    timed = columns.header != HEADER[SIMPLE]
    times = np.full(len(timed), NO_TIME, np.int64)
    for local in np.unique(columns.local[timed]).tolist():
        which = timed & (columns.local == local)
        times[which] = section.clocks[local].nanoseconds(columns.ticks[which])
    account.count(codes.TIME_MISSING, ~timed)
    account.count(codes.TIME_OUT_OF_RANGE, timed & (times == NO_TIME))
    return times
