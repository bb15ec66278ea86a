"""What became of a flow: whether its other direction is in the capture, and carries data."""

from collections.abc import Iterable

import numpy as np

from zonecheck.capture.flow_columns import FlowColumns
from zonecheck.capture.read import FlowTable, Layer
from zonecheck.capture.rows import Answered

_ECHO = {8: 0, 128: 129}


class Answers:
    """Looks up the other direction of flows; MAC addresses, tags and places may differ there."""

    def __init__(self, table: FlowTable, asked: Iterable[int]) -> None:
        self._table = table
        self._wanted: dict[tuple[object, ...], list[int]] = {}
        for flow in asked:
            key = _reverse(table.layer(flow))
            if key is not None:
                self._wanted.setdefault(key, []).append(flow)
        self._found: dict[int, Answered] = {}
        if self._wanted:
            self._look()

    def of(self, flow: int) -> Answered:
        """Return what became of a flow that was asked for."""
        return self._found.get(flow, Answered.ATTEMPTED)

    def _look(self) -> None:
        """Go over all flows whose source is a destination that was asked for."""
        columns = FlowColumns(self._table)
        wanted = {key[1] for key in self._wanted}
        everything = np.arange(len(columns))
        sources = columns.addresses(6, everything, source=True)
        payload = self._table.counts.payload
        for flow in everything[[source in wanted for source in sources.tolist()]].tolist():
            layer = self._table.layer(flow)
            for asked in self._wanted.get(_key(layer), ()):
                told = Answered.DATA if payload[flow] else Answered.ANSWERED
                if self._found.get(asked) is not Answered.DATA:
                    self._found[asked] = told


def _key(layer: Layer) -> tuple[object, ...]:
    first = layer.icmp_type if layer.icmp_type is not None else layer.source_port
    return (
        layer.kind,
        layer.source,
        layer.destination,
        layer.protocol,
        first,
        layer.destination_port,
    )


def _reverse(layer: Layer) -> tuple[object, ...] | None:
    if layer.source is None or layer.destination is None or layer.kind == "arp":
        return None
    if layer.icmp_type is not None:
        first: int | None = _ECHO.get(layer.icmp_type, -1)
        second: int | None = None
    else:
        first, second = layer.destination_port, layer.source_port
    return (layer.kind, layer.destination, layer.source, layer.protocol, first, second)
