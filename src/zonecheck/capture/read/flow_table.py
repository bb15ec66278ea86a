"""The flows of captures: what was seen, how often, where first and last; packets are not kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read.entries import EntryMaker
from zonecheck.capture.read.flow_counts import Counts, FlowCounts
from zonecheck.capture.read.flow_keys import FlowKeys
from zonecheck.capture.read.layer import Layer
from zonecheck.capture.read.record import Chunk, Interface
from zonecheck.capture.read.row_index import MISSING, Rows


class TunnelUse(NamedTuple):
    """A flow that lies in a tunnel: how, in which flow, and which flow it is."""

    encapsulation: str
    outer: int
    flow: int


@dataclass(frozen=True, slots=True)
class PacketFlows:
    """The flows of packets, as pairs ordered by packet and then from the outside inwards."""

    packets: NDArray[np.int64]  # position in the chunk
    flows: NDArray[np.int64]


class FlowTable:
    """One-way flows, numbered from 0; a flow is all packets that have an equal `Layer`.

    The layers of a packet in a tunnel are of two flows or more. Memory follows the number of
    flows, not of packets: about 160 octets each, and half as much again while it grows.

    Args:
        interfaces: what `Chunk.interface` counts; it may grow while chunks are added.
    """

    def __init__(self, interfaces: Sequence[Interface]) -> None:
        self.interfaces = interfaces
        self.packets = 0
        self.octets = 0
        self.keys = FlowKeys()
        self._counts = FlowCounts()
        self._maker = EntryMaker(self.keys, interfaces, add=True)

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, chunk: Chunk) -> None:
        """Count the packets of `chunk`; chunks of one file come in file order.

        Raises:
            KeyError: an interface has a link type that is not in `layers.LINK_TYPES`.
        """
        self._counts.add(self._maker.entries(chunk), chunk)
        self.packets += len(chunk.starts)
        self.octets += int(chunk.original.sum())

    def layer(self, flow: int) -> Layer:
        """Return what all packets of a flow have in common."""
        return self.keys.layer(range(len(self))[flow])

    def flow_of(self, layer: Layer) -> int | None:
        """Return the number of the flow whose packets have this layer, `None` if there is none."""
        outer = None
        if layer.tunnel is not None:
            outer = self.flow_of(layer.tunnel.outer)
            if outer is None:
                return None
        flow = self.keys.number(layer, outer, add=False)
        return None if flow == MISSING else flow

    @property
    def counts(self) -> Counts:
        """What was counted of each flow; valid until more is added."""
        return self._counts.columns(len(self))

    @property
    def rows(self) -> Rows:
        """The keys as words, as `flow_row` lays them out: (flows, 9); a view likewise."""
        return self.keys.index.rows

    @property
    def weird(self) -> Counter[str]:
        """How often each code of `weird.CODES` was met."""
        return self._maker.weird

    def tunnel_of(self, flow: int) -> TunnelUse | None:
        """Return in which tunnel a flow lies, `None` if in none."""
        extra = self.keys.extra(range(len(self))[flow])
        if extra.encapsulation is None or extra.outer is None:
            return None
        return TunnelUse(extra.encapsulation, extra.outer, flow)

    @property
    def tunnels(self) -> list[TunnelUse]:
        """All flows that lie in a tunnel, in the order of their numbers."""
        inside = np.flatnonzero(self.keys.in_tunnel())
        return [use for flow in inside.tolist() if (use := self.tunnel_of(flow)) is not None]

    def merge(
        self,
        other: "FlowTable",
        interfaces: Sequence[int] | None = None,
        files: Sequence[int] | None = None,
    ) -> NDArray[np.int64]:
        """Add what `other` counted, read by another process, and return its flows' numbers here.

        Args:
            other: it is not changed.
            interfaces: for each of its interfaces the one here; `None` if they are the same.
            files: for each of its files the one here; `None` if they are the same.
        """
        numbers = self.keys.join(other.keys, interfaces)
        here = None if files is None else np.array(files, dtype=np.int64)
        self._counts.join(numbers, other.counts, here)
        self.weird.update(other.weird)
        self.packets += other.packets
        self.octets += other.octets
        return numbers


class FlowLookup:
    """A second pass over the same captures: which packet is of which flow of a full table.

    Args:
        table: it is not changed.
        interfaces: as for `FlowTable`, but of this pass, if they are numbered anew.
    """

    def __init__(self, table: FlowTable, interfaces: Sequence[Interface] | None = None) -> None:
        own = table.interfaces if interfaces is None else interfaces
        self._maker = EntryMaker(table.keys, own, add=False)

    def flows_of(self, chunk: Chunk) -> PacketFlows:
        """Return the flows of each packet of `chunk`; chunks come in file order again.

        A layer that is in no flow of the table has no pair.
        """
        entries = self._maker.entries(chunk)
        known = np.flatnonzero(entries.flows != MISSING)
        order = known[np.argsort(entries.packets[known], kind="stable")]
        return PacketFlows(entries.packets[order], entries.flows[order])
