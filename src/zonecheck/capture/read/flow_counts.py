"""What is counted of each flow, as columns."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read.record import NO_TIME, Chunk

COUNTS: Final = np.dtype(
    [
        ("packets", np.int64),
        ("octets", np.int64),  # of the frames, as they were on the wire
        ("payload", np.int64),  # octets above the transport header, as IP headers state them
        ("cut", np.int64),  # packets of which not all was captured
        ("syn_ack", np.int64),  # TCP segments with SYN and ACK
        ("first_number", np.int64),  # packet numbers, in first_file and last_file
        ("last_number", np.int64),
        ("first_time", np.int64),  # earliest, ns since 1970; NO_TIME if none of them has a time
        ("last_time", np.int64),  # latest
        ("first_file", np.int32),
        ("last_file", np.int32),
        ("tcp_flags", np.uint8),  # all flag octets, by OR
    ]
)
"""The counts of a flow."""
Counts = NDArray[np.void]
"""n records of dtype `COUNTS`."""

_SUMS: Final = ("packets", "octets", "payload", "cut", "syn_ack")
_NEVER: Final = int(np.iinfo(np.int64).max)
_NOWHERE: Final = int(np.iinfo(np.int32).max)
_SYN_ACK: Final = np.uint8(0x12)
_FIRST_ROOM: Final = 1024


@dataclass(frozen=True, slots=True)
class Entries:
    """One entry for each layer of each packet of a chunk, in no particular order."""

    packets: NDArray[np.int64]  # position in the chunk
    flows: NDArray[np.int64]
    tcp_flags: NDArray[np.uint8]
    payload: NDArray[np.int64]


class FlowCounts:
    """Counts by the number of the flow; flows without any count are empty, not absent."""

    def __init__(self) -> None:
        self._records: Counts = _empty(_FIRST_ROOM)

    def records(self, flows: int) -> Counts:
        """Return the counts of the flows from 0 to `flows` - 1; a view."""
        self._make_room(flows)
        return self._records[:flows]

    def add(self, entries: Entries, chunk: Chunk) -> None:
        """Count the layers of the packets of `chunk`."""
        if not entries.flows.size:
            return
        order = np.argsort(entries.flows, kind="stable")
        flows, packets = entries.flows[order], entries.packets[order]
        flags = entries.tcp_flags[order]
        begins = np.flatnonzero(np.concatenate(([True], flows[1:] != flows[:-1])))
        original, times = chunk.original[packets], chunk.times[packets]
        new = np.empty(len(begins), dtype=COUNTS)
        new["packets"] = np.diff(np.append(begins, len(flows)))
        new["octets"] = np.add.reduceat(original, begins)
        new["payload"] = np.add.reduceat(entries.payload[order], begins)
        cut = (chunk.captured[packets] < original).astype(np.int64)
        new["cut"] = np.add.reduceat(cut, begins)
        syn_ack = ((flags & _SYN_ACK) == _SYN_ACK).astype(np.int64)
        new["syn_ack"] = np.add.reduceat(syn_ack, begins)
        new["first_number"] = np.minimum.reduceat(packets, begins) + chunk.first_number
        new["last_number"] = np.maximum.reduceat(packets, begins) + chunk.first_number
        timed = np.where(times == NO_TIME, _NEVER, times)
        new["first_time"] = _or_no_time(np.minimum.reduceat(timed, begins))
        new["last_time"] = np.maximum.reduceat(times, begins)
        new["first_file"] = new["last_file"] = chunk.file
        new["tcp_flags"] = np.bitwise_or.reduceat(flags, begins)
        self.join(flows[begins], new)

    def join(self, flows: NDArray[np.int64], new: Counts) -> None:
        """Add counts to those of `flows`, each of which is named once."""
        if not flows.size:
            return
        self._make_room(int(flows.max()) + 1)
        old = self._records[flows]
        both = new.copy()
        for name in _SUMS:
            both[name] += old[name]
        both["tcp_flags"] |= old["tcp_flags"]
        both["last_time"] = np.maximum(old["last_time"], new["last_time"])
        earliest = np.minimum(_or_never(old["first_time"]), _or_never(new["first_time"]))
        both["first_time"] = _or_no_time(earliest)
        was_first = _before(old["first_file"], old["first_number"], new, "first")
        was_last = ~_before(old["last_file"], old["last_number"], new, "last")
        for name, kept in (("first", was_first), ("last", was_last)):
            for place in ("file", "number"):
                field = f"{name}_{place}"
                both[field] = np.where(kept, old[field], new[field])
        self._records[flows] = both

    def _make_room(self, flows: int) -> None:
        if flows > len(self._records):
            room = _empty(max(flows, len(self._records) * 3 // 2))
            room[: len(self._records)] = self._records
            self._records = room


def _empty(size: int) -> Counts:
    records = np.zeros(size, dtype=COUNTS)
    records["first_time"] = records["last_time"] = NO_TIME
    records["first_file"], records["last_file"] = _NOWHERE, -1
    return records


def _before(
    files: NDArray[np.int32], numbers: NDArray[np.int64], new: Counts, which: str
) -> NDArray[np.bool_]:
    new_files, new_numbers = new[f"{which}_file"], new[f"{which}_number"]
    earlier: NDArray[np.bool_] = (files < new_files) | (
        (files == new_files) & (numbers < new_numbers)
    )
    return earlier


def _or_never(times: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(times == NO_TIME, _NEVER, times)


def _or_no_time(times: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(times == _NEVER, NO_TIME, times)
