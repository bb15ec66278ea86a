"""From the packets of a chunk to the flows of their layers."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read.fast import Inside, plain
from zonecheck.capture.read.flow_counts import Entries
from zonecheck.capture.read.flow_keys import FlowKeys
from zonecheck.capture.read.flow_row import EXTRA
from zonecheck.capture.read.fragments import FragmentMemory
from zonecheck.capture.read.layer import Layer
from zonecheck.capture.read.layers import decode
from zonecheck.capture.read.plain_layer import Plain
from zonecheck.capture.read.record import Chunk, Interface
from zonecheck.capture.read.row_index import MISSING


class EntryMaker:
    """Decodes chunks in file order against one set of keys, remembering first fragments."""

    def __init__(self, keys: FlowKeys, interfaces: Sequence[Interface], *, add: bool) -> None:
        self.weird: Counter[str] = Counter()
        self._keys: Final = keys
        self._interfaces: Final = interfaces
        self._add: Final = add
        self._fragments = FragmentMemory()

    def entries(self, chunk: Chunk) -> Entries:
        """Return one entry for each layer of each packet; those of no known flow are `MISSING`."""
        parts = []
        remaining = np.ones(len(chunk.starts), dtype=np.bool_)
        for group in plain(chunk, self._interfaces):
            new = self._nested(group) if isinstance(group, Inside) else [self._numbered(group)]
            for part in new:
                remaining[part.packets] = False
            parts += new
        if remaining.any():
            parts.append(self._one_by_one(chunk, np.flatnonzero(remaining)))
        return _joined(parts)

    def _numbered(self, layer: Plain) -> Entries:
        flows = self._keys.numbers(layer.columns, add=self._add)
        return Entries(layer.packets, flows, layer.tcp_flags, layer.payload)

    def _nested(self, group: Inside) -> list[Entries]:
        """Return the entries of both layers of packets whose inner layer is plain as well."""
        tunnels = group.tunnels
        places = np.concatenate([_NO_NUMBERS, *(layer.packets for layer in group.layers)])
        outer = self._numbered(tunnels.outer.only(places))
        flows = np.full(len(tunnels.outer.packets), MISSING, dtype=np.int64)
        flows[places] = outer.flows
        parts = [outer]
        for layer in group.layers:
            numbers = None if tunnels.numbers is None else tunnels.numbers.take(layer.packets)
            layer.columns[EXTRA] = self._keys.extras_inside(
                tunnels.encapsulation, numbers, flows.take(layer.packets), add=self._add
            )
            inner = self._numbered(layer)
            packets = tunnels.outer.packets.take(inner.packets)
            parts.append(Entries(packets, inner.flows, inner.tcp_flags, inner.payload))
        return parts

    def _one_by_one(self, chunk: Chunk, positions: NDArray[np.int64]) -> Entries:
        packets: list[int] = []
        flows: list[int] = []
        flags: list[int] = []
        payload: list[int] = []
        of_packets = zip(
            positions.tolist(),
            chunk.starts[positions].tolist(),
            chunk.captured[positions].tolist(),
            chunk.original[positions].tolist(),
            chunk.interface[positions].tolist(),
            chunk.times[positions].tolist(),
            strict=True,
        )
        for position, start, captured, original, number, time in of_packets:
            interface = self._interfaces[number]
            frame = chunk.data[start : start + captured].tobytes()
            decoded = decode(frame, interface.link_type, original, interface.fcs_octets, number)
            self.weird.update(decoded.weird)
            outer = None
            for layer, share in zip(decoded.layers, decoded.shares, strict=True):
                packets.append(position)
                completed = self._fragments.complete(layer, share, time)
                outer = self._flow(layer, completed, outer)
                flows.append(outer)
                flags.append(share.tcp_flags)
                payload.append(share.payload)
        return Entries(
            np.array(packets, dtype=np.int64),
            np.array(flows, dtype=np.int64),
            np.array(flags, dtype=np.uint8),
            np.array(payload, dtype=np.int64),
        )

    def _flow(self, layer: Layer, completed: Layer, outer: int | None) -> int:
        flow = self._keys.number(completed, outer, add=self._add)
        if flow == MISSING and completed is not layer:
            # Who read first may have begun between the fragments and not have known their ports.
            flow = self._keys.number(layer, outer, add=False)
        return flow


def _joined(parts: list[Entries]) -> Entries:
    if len(parts) == 1:
        return parts[0]
    return Entries(
        np.concatenate([_NO_NUMBERS, *(part.packets for part in parts)]),
        np.concatenate([_NO_NUMBERS, *(part.flows for part in parts)]),
        np.concatenate([_NO_FLAGS, *(part.tcp_flags for part in parts)]),
        np.concatenate([_NO_NUMBERS, *(part.payload for part in parts)]),
    )


_NO_NUMBERS: Final = np.empty(0, dtype=np.int64)
_NO_FLAGS: Final = np.empty(0, dtype=np.uint8)
