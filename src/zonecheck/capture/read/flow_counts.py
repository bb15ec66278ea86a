"""What is counted of each flow, as columns."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read.record import NO_TIME, Chunk

_NEVER: Final = int(np.iinfo(np.int64).max)
_SYN_ACK: Final = np.uint8(0x12)
_FIRST_ROOM: Final = 1024
_NUMBER_BITS: Final = 40
_NUMBERS: Final = np.int64(2**_NUMBER_BITS - 1)


@dataclass(frozen=True, slots=True)
class Entries:
    """One entry for each layer of each packet of a chunk, in no particular order."""

    packets: NDArray[np.int64]  # position in the chunk
    flows: NDArray[np.int64]
    tcp_flags: NDArray[np.uint8]
    payload: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of flows, each a column with one entry for each flow."""

    packets: NDArray[np.int64]
    octets: NDArray[np.int64]
    """Of the frames, as they were on the wire."""
    payload: NDArray[np.int64]
    """Octets above the transport header, as the IP headers state them."""
    cut: NDArray[np.int64]
    """Packets of which not all was captured."""
    syn_ack: NDArray[np.int64]
    """TCP segments with SYN and ACK."""
    first_time: NDArray[np.int64]
    """Earliest, in ns since 1970; NO_TIME where no packet has a time."""
    last_time: NDArray[np.int64]
    """Latest, likewise."""
    first_place: NDArray[np.int64]
    """Number of the file and, in the low 40 bits, of the packet in it; likewise `last_place`."""
    last_place: NDArray[np.int64]
    tcp_flags: NDArray[np.uint8]
    """All flag octets of its segments, by OR."""

    @property
    def first_file(self) -> NDArray[np.int64]:
        """The file of the first packet."""
        return self.first_place >> _NUMBER_BITS

    @property
    def first_number(self) -> NDArray[np.int64]:
        """The number of the first packet in its file, from 1."""
        return self.first_place & _NUMBERS

    @property
    def last_file(self) -> NDArray[np.int64]:
        """The file of the last packet."""
        return self.last_place >> _NUMBER_BITS

    @property
    def last_number(self) -> NDArray[np.int64]:
        """The number of the last packet in its file, from 1."""
        return self.last_place & _NUMBERS


class FlowCounts:
    """Counts by the number of the flow."""

    def __init__(self) -> None:
        self._columns: Counts = _made(_FIRST_ROOM)

    def columns(self, flows: int) -> Counts:
        """Return the counts of the flows from 0 to `flows` - 1; views, but for `first_time`."""
        self._make_room(flows)
        columns = {
            field.name: getattr(self._columns, field.name)[:flows] for field in fields(Counts)
        }
        first = columns["first_time"]
        columns["first_time"] = np.where(first == _NEVER, NO_TIME, first)
        return Counts(**columns)

    def add(self, entries: Entries, chunk: Chunk) -> None:
        """Count the layers of the packets of `chunk`."""
        flows, packets, flags = entries.flows, entries.packets, entries.tcp_flags
        if not flows.size:
            return
        self._make_room(int(flows.max()) + 1)
        columns = self._columns
        original, times = chunk.original.take(packets), chunk.times.take(packets)
        places = packets + ((chunk.file << _NUMBER_BITS) + chunk.first_number)
        np.add.at(columns.packets, flows, 1)
        np.add.at(columns.octets, flows, original)
        np.add.at(columns.payload, flows, entries.payload)
        np.minimum.at(columns.first_place, flows, places)
        np.maximum.at(columns.last_place, flows, places)
        np.maximum.at(columns.last_time, flows, times)
        untimed = times == NO_TIME
        if untimed.any():
            times[untimed] = _NEVER
        np.minimum.at(columns.first_time, flows, times)
        np.add.at(columns.cut, flows[chunk.captured.take(packets) < original], 1)
        np.add.at(columns.syn_ack, flows[(flags & _SYN_ACK) == _SYN_ACK], 1)
        news = np.flatnonzero(flags & ~columns.tcp_flags.take(flows))
        np.bitwise_or.at(columns.tcp_flags, flows[news], flags[news])

    def join(self, flows: NDArray[np.int64], new: Counts, files: NDArray[np.int64] | None) -> None:
        """Add the counts of other flows to those of `flows`, each of which is named once.

        Args:
            flows: the flow here for each in `new`.
            new: as `columns` gives it.
            files: the number here of each file there; `None` if they are the same.
        """
        if not flows.size:
            return
        self._make_room(int(flows.max()) + 1)
        columns = self._columns
        for name in ("packets", "octets", "payload", "cut", "syn_ack"):
            getattr(columns, name)[flows] += getattr(new, name)
        columns.tcp_flags[flows] |= new.tcp_flags
        first, last = new.first_place, new.last_place
        if files is not None:
            first = files[new.first_file] << _NUMBER_BITS | new.first_number
            last = files[new.last_file] << _NUMBER_BITS | new.last_number
        earliest = np.where(new.first_time == NO_TIME, _NEVER, new.first_time)
        np.minimum.at(columns.first_place, flows, first)
        np.maximum.at(columns.last_place, flows, last)
        np.minimum.at(columns.first_time, flows, earliest)
        np.maximum.at(columns.last_time, flows, new.last_time)

    def _make_room(self, flows: int) -> None:
        room = len(self._columns.packets)
        if flows > room:
            larger = _made(max(flows, room * 3 // 2))
            for field in fields(Counts):
                getattr(larger, field.name)[:room] = getattr(self._columns, field.name)
            self._columns = larger


def _made(size: int) -> Counts:
    def zeros() -> NDArray[np.int64]:
        return np.zeros(size, dtype=np.int64)

    return Counts(
        packets=zeros(),
        octets=zeros(),
        payload=zeros(),
        cut=zeros(),
        syn_ack=zeros(),
        first_time=np.full(size, _NEVER, dtype=np.int64),
        last_time=np.full(size, NO_TIME, dtype=np.int64),
        first_place=np.full(size, _NEVER, dtype=np.int64),
        last_place=zeros(),
        tcp_flags=np.zeros(size, dtype=np.uint8),
    )
