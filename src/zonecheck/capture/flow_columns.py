"""The flows of a table as columns of numbers, to be judged many at once."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read import FlowTable, flow_row
from zonecheck.packets import (
    FLAG_ESTABLISHED,
    FLAG_NEW,
    ICMP_OF,
    TCP,
    HeaderColumns,
)
from zonecheck.packets.field import PORT_PROTOCOLS, VERSIONS

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

_KIND_OF: Final[Mapping[int, int]] = {
    version: flow_row.KINDS.index("ipv4" if version == 4 else "ipv6") for version in VERSIONS
}
_OPENING: Final = flow_row.FLAGS.index("opening")
_ESTABLISHED: Final = flow_row.FLAGS.index("established")
_MAC: Final = np.uint64((1 << 48) - 1)


class FlowColumns:
    """Columns over all flows of a table; `plain` are whole headers outside any tunnel."""

    def __init__(self, table: FlowTable) -> None:
        self.rows: Final[Words] = table.rows
        head = self.rows[:, flow_row.HEAD]
        self.kind: Final = (head & np.uint64(3)).astype(np.int64)
        self.flag: Final = (head >> np.uint64(flow_row.FLAG_SHIFT) & np.uint64(3)).astype(np.int64)
        protocol = head >> np.uint64(flow_row.PROTOCOL_SHIFT) & np.uint64(0xFF)
        self.protocol: Final = protocol.astype(np.int64)
        ends = self.rows[:, [flow_row.SOURCE_END, flow_row.DESTINATION_END]]
        ports = (ends >> np.uint64(flow_row.PORT_SHIFT)).astype(np.int64)
        self.source_port: Final = ports[:, 0]
        self.destination_port: Final = ports[:, 1]
        self._head = head

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, *bits: int) -> Bools:
        """Return which flows show all of what some bits of `flow_row` stand for."""
        wanted = np.uint64(sum(bits))
        found: Bools = (self._head & wanted) == wanted
        return found

    @cached_property
    def plain(self) -> Bools:
        """Return which flows are whole IP headers with nothing around them."""
        ends = (flow_row.HAS_SOURCE, flow_row.HAS_DESTINATION, flow_row.HAS_PROTOCOL)
        known = self.has(*ends) & (self.rows[:, flow_row.EXTRA] == 0)
        ported = np.isin(self.protocol, PORT_PROTOCOLS)
        with_ports = self.has(flow_row.HAS_SOURCE_PORT, flow_row.HAS_DESTINATION_PORT)
        whole = ~ported | with_ports
        flagged = np.isin(self.flag, (_OPENING, _ESTABLISHED)) | (self.protocol != TCP)
        typed = np.zeros(len(self), dtype=np.bool_)
        for version in VERSIONS:
            typed |= self.of_version(version) & (self.protocol == ICMP_OF[version])
        whole &= ~typed | self.has(flow_row.HAS_ICMP_TYPE)
        ip = self.of_version(4) | self.of_version(6)
        plain: Bools = known & ip & whole & flagged
        return plain

    def of_version(self, version: int) -> Bools:
        """Return which flows are of an IP version."""
        found: Bools = self.kind == _KIND_OF[version]
        return found

    def addresses(self, version: int, which: Ints, *, source: bool) -> NDArray[np.object_] | Ints:
        """Return the source or destination addresses of some flows of an IP version."""
        high = flow_row.SOURCE_HIGH if source else flow_row.DESTINATION_HIGH
        low = flow_row.SOURCE_LOW if source else flow_row.DESTINATION_LOW
        if version == 4:
            numbers: Ints = self.rows[which, low].astype(np.int64)
            return numbers
        highs, lows = self.rows[which, high].tolist(), self.rows[which, low].tolist()
        found = np.empty(len(which), dtype=object)
        found[:] = [high << 64 | low for high, low in zip(highs, lows, strict=True)]
        return found

    def headers(self, version: int, which: Ints, *, reply: bool = False) -> HeaderColumns:
        """Return the headers of some plain flows; with `reply` the openings they answer."""
        protocol = self.protocol[which]
        typed = protocol == ICMP_OF[version]
        ported = np.isin(protocol, PORT_PROTOCOLS)
        first, second = self.source_port[which], self.destination_port[which]
        # An ICMP type lies where the source port does, and stands for the destination port here.
        to = np.where(typed, first, np.where(ported, second, 0))
        come = np.where(ported, first, 0)
        established = (self.flag[which] == _ESTABLISHED) & (protocol == TCP)
        flag = np.where(established, FLAG_ESTABLISHED, FLAG_NEW)
        source = self.addresses(version, which, source=True)
        destination = self.addresses(version, which, source=False)
        if reply:
            new = np.full(len(which), FLAG_NEW)
            return HeaderColumns(version, [source, destination, protocol, come, to, new])
        return HeaderColumns(version, [destination, source, protocol, to, come, flag])

    @cached_property
    def frames(self) -> tuple[Ints, Ints]:
        """Return one flow for each kind of frame, and for each flow the number of its kind.

        Frames are of a kind if interface, tags, source MAC address and source address agree.
        """
        interface = self._head >> np.uint64(flow_row.INTERFACE_SHIFT)
        marks = np.uint64(flow_row.HAS_SOURCE_MAC | flow_row.HAS_SOURCE | 3)
        parts = [
            interface << np.uint64(32) | (self._head & marks),
            self.rows[:, flow_row.LINK],
            self.rows[:, flow_row.SOURCE_END] & _MAC,
            self.rows[:, flow_row.SOURCE_HIGH],
            self.rows[:, flow_row.SOURCE_LOW],
        ]
        keys = np.ascontiguousarray(np.stack(parts, axis=1))
        packed = keys.view(np.dtype((np.void, keys.itemsize * keys.shape[1]))).reshape(-1)
        _, first, numbers = np.unique(packed, return_index=True, return_inverse=True)
        return first.astype(np.int64), numbers.reshape(-1).astype(np.int64)
