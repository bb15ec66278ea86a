"""The files of a capture read again, now that it is known what each flow is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from zonecheck.capture.pcapng_out import interface_block, packet_block, section_block
from zonecheck.capture.read import (
    NO_TIME,
    CaptureError,
    Chunk,
    FlowLookup,
    Interface,
    PacketFlows,
    chunks,
)
from zonecheck.capture.reading import Reading, joined_interfaces
from zonecheck.capture.stamps import stamp


class ReadOnceError(Exception):
    """A source cannot be read a second time; `args[0]` is its name."""


class ChangedError(Exception):
    """A source is not what it was when it was read first; `args[0]` is its name."""


@dataclass(frozen=True, slots=True)
class Again:
    """A chunk of a second reading: the flows of its packets, and the interfaces so far."""

    chunk: Chunk
    of: PacketFlows
    interfaces: list[Interface]


def again(reading: Reading) -> Iterator[Again]:
    """Yield all chunks again, in the order and with the interface numbers of the first reading.

    Raises:
        ReadOnceError: before anything is yielded, if a source cannot be read again.
        ChangedError: if a source changed since; what was yielded of it counts for nothing.
    """
    for source in reading.sources:
        if not source.again:
            raise ReadOnceError(source.name)
    known: list[Interface] = []
    for index, source in enumerate(reading.sources):
        own: list[Interface] = []
        numbers: list[int] = []
        lookup = FlowLookup(reading.table, known)
        packets = 0
        _require_same(reading, index)
        try:
            for chunk in chunks(source, own, index):
                packets += len(chunk.starts)
                # A flow of other bytes may not be in the table at all.
                _require_same(reading, index)
                numbers += joined_interfaces(known, own[len(numbers) :])
                chunk.interface = np.array(numbers, dtype=np.int32)[chunk.interface]
                yield Again(chunk, lookup.flows_of(chunk), known)
        except CaptureError:
            # As it was at the first reading, if it gave as many packets then.
            pass
        _require_same(reading, index)
        if packets != reading.files[index].packets:
            raise ChangedError(source.name)


def _require_same(reading: Reading, index: int) -> None:
    source = reading.sources[index]
    if stamp(source) != reading.before[index]:
        raise ChangedError(source.name)


def packets_of(reading: Reading, flows: Collection[int]) -> Iterator[bytes]:
    """Yield a pcapng file with the packets of some flows, the original number in the comment.

    Raises:
        ReadOnceError, ChangedError: see `again`.
    """
    wanted = np.zeros(len(reading.table), dtype=np.bool_)
    wanted[list(flows)] = True
    written: dict[int, int] = {}
    begun = False
    for each in again(reading):
        if not begun:
            begun = True
            yield section_block()
        chunk = each.chunk
        for at in np.unique(each.of.packets[wanted[each.of.flows]]).tolist():
            number = int(chunk.interface[at])
            if number not in written:
                interface = each.interfaces[number]
                yield interface_block(interface.link_type, interface.name or "")
                written[number] = len(written)
            begin = int(chunk.starts[at])
            data = chunk.data[begin : begin + int(chunk.captured[at])].tobytes()
            name = reading.files[chunk.file].name
            time = int(chunk.times[at])
            yield packet_block(
                written[number],
                0 if time == NO_TIME else time,
                data,
                int(chunk.original[at]),
                f"{name} #{chunk.first_number + at}",
            )
    if not begun:
        yield section_block()
