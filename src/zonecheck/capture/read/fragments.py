"""Ports for later fragments, remembered from the first fragment of the same packet."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from zonecheck.capture.read.layer import Layer, Share
from zonecheck.capture.read.record import NO_TIME

LONGEST_WAIT: Final = 30_000_000_000
"""Nanoseconds between a first and a later fragment of what is taken for one packet."""
MOST_PACKETS: Final = 65_536
"""So many fragmented packets are remembered; the oldest are forgotten first."""


class FragmentMemory:
    """The transport headers of first fragments seen lately."""

    def __init__(self) -> None:
        self._firsts: OrderedDict[Hashable, tuple[int, Layer]] = OrderedDict()

    def complete(self, layer: Layer, share: Share, time: int) -> Layer:
        """Return `layer` with what the first fragment of its packet said of ports, if it was seen.

        Args:
            layer: any layer; a first fragment is remembered, a later one is completed.
            share: of the same packet; it has the identification.
            time: of the packet, in ns since 1970, or `NO_TIME`.
        """
        if share.fragment_id is None:
            return layer
        key = _packet_of(layer, share.fragment_id)
        if layer.fragment == "first":
            self._firsts.pop(key, None)
            if layer.undecided is None:
                self._firsts[key] = time, layer
                if len(self._firsts) > MOST_PACKETS:
                    self._firsts.popitem(last=False)
            return layer
        since, first = self._firsts.get(key, (NO_TIME, None))
        if first is None or (NO_TIME not in (since, time) and abs(time - since) > LONGEST_WAIT):
            return layer
        return replace(
            layer,
            protocol=first.protocol,
            source_port=first.source_port,
            destination_port=first.destination_port,
            icmp_type=first.icmp_type,
            icmp_code=first.icmp_code,
            flag=first.flag,
            undecided=None,
        )


def _packet_of(layer: Layer, identification: int) -> Hashable:
    """Return what all fragments of one packet share; the protocol is not shown by all of IPv6's."""
    tunnel = layer.tunnel
    around = tunnel and (tunnel.encapsulation, tunnel.outer.source, tunnel.outer.destination)
    protocol = layer.protocol if layer.kind == "ipv4" else None
    ends = (layer.source, layer.destination, protocol, identification)
    return (layer.interface, layer.vlans, layer.wrapped, around, layer.kind, *ends)
