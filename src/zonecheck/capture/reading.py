"""Files to one flow table, with what each file gave; several files use several processors."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from zonecheck.capture.read import (
    NO_TIME,
    CaptureError,
    FlowTable,
    Interface,
    Source,
    Stop,
    chunks,
)
from zonecheck.capture.read.codes import NOT_A_CAPTURE
from zonecheck.capture.rows import FileEvidence, Shortfall
from zonecheck.capture.stamps import Stamp, stamps

Progress = Callable[[str, int], None]
"""Told the name of a file and how many of its packets were read."""

_TOLD_EVERY: Final = 1_000_000
_WORTH_A_PROCESS: Final = 2 << 30
"""Octets of all files below which starting processes costs more than it gains."""


@dataclass(slots=True)
class Reading:
    """What was read of some captures: their flows, their interfaces, and what each file gave.

    `before` tells of each source whether it changed since reading began.
    """

    sources: Sequence[Source]
    interfaces: list[Interface]
    table: FlowTable
    files: tuple[FileEvidence, ...]
    before: tuple[Stamp, ...]


@dataclass(slots=True)
class _Part:
    interfaces: list[Interface]
    table: FlowTable
    file: FileEvidence


def read(sources: Sequence[Source], progress: Progress | None = None) -> Reading:
    """Return the flows of all sources. Memory follows the number of flows, not of packets.

    Whatever keeps a file from being read is in its evidence, never raised.
    """
    interfaces: list[Interface] = []
    table = FlowTable(interfaces)
    files: list[FileEvidence] = []
    before = stamps(sources)
    for index, part in enumerate(_parts(sources, progress)):
        if len(sources) == 1:
            return Reading(sources, part.interfaces, part.table, (part.file,), before)
        numbers = joined_interfaces(interfaces, part.interfaces)
        table.merge(part.table, numbers, [index])
        files.append(part.file)
    return Reading(sources, interfaces, table, tuple(files), before)


def joined_interfaces(known: list[Interface], more: Sequence[Interface]) -> list[int]:
    """Return the numbers of one file's interfaces among all, adding those not known yet.

    Rotated files go on with the interfaces of the file before, so that a flow stays one flow.
    """
    numbers = []
    for interface in more:
        alike = [number for number, other in enumerate(known) if _is_same(interface, other)]
        if not alike:
            known.append(interface)
        numbers.append(alike[0] if alike else len(known) - 1)
    return numbers


def _is_same(a: Interface, b: Interface) -> bool:
    """Return whether two files mean one interface: in the same place, and alike."""
    at = (a.section, a.index) == (b.section, b.index)
    return at and (a.link_type, a.name, a.fcs_octets) == (b.link_type, b.name, b.fcs_octets)


def _parts(sources: Sequence[Source], progress: Progress | None) -> list[_Part]:
    workers = min(len(sources), os.cpu_count() or 1)
    apart = workers > 1 and all(source.again for source in sources)
    if apart and sum(map(_size, sources)) >= _WORTH_A_PROCESS:
        found = []
        with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
            for source, part in zip(sources, pool.map(_read_one, sources), strict=True):
                found.append(part)
                if progress is not None:
                    progress(source.name, part.file.packets)
        return found
    return [_read_one(source, progress) for source in sources]


def _size(source: Source) -> int:
    try:
        return Path(source.name).stat().st_size
    except OSError:
        return 0


def _read_one(source: Source, progress: Progress | None = None) -> _Part:
    """Return what one source gives, as the only file."""
    interfaces: list[Interface] = []
    table = FlowTable(interfaces)
    file = chunks(source, interfaces, 0)
    refused: CaptureError | None = None
    told = _TOLD_EVERY
    try:
        for chunk in file:
            table.add(chunk)
            if progress is not None and table.packets >= told:
                told += _TOLD_EVERY
                progress(source.name, table.packets)
    except CaptureError as error:
        refused = error
    first, last = _clock(table)
    odd = Counter(file.weird) + Counter(table.weird)
    short = _shortfall(refused, file.stop)
    evidence = FileEvidence(
        source.name,
        file.records,
        file.octets,
        first,
        last,
        file.time_steps_back,
        dict(odd),
        short,
        passed_over=source.refused is not None and source.refused.code == NOT_A_CAPTURE,
    )
    return _Part(interfaces, table, evidence)


def _shortfall(refused: CaptureError | None, stop: Stop | None) -> Shortfall | None:
    found = stop if refused is None else refused
    if found is None:
        return None
    nothing = refused is not None
    return Shortfall(found.code, found.offset, found.found, found.expected, nothing_read=nothing)


def _clock(table: FlowTable) -> tuple[int | None, int | None]:
    """Return the earliest and the latest time of a table's packets."""
    if not len(table):
        return None, None
    first, last = table.counts.first_time, table.counts.last_time
    known = first != NO_TIME
    if not known.any():
        return None, None
    return int(first[known].min()), int(last[known].max())
