"""The fast decoder: plain packets of a chunk by columns, with the answer of the plain one.

Plain is what most traffic is: ARP for IPv4, IPv4 and IPv6 that is neither fragmented nor has
extension headers, with ports and flags captured, a frame that is named by its EtherType alone, and
IP in IP and VXLAN around any of these. Whatever else a packet is, and whatever is wrong with it,
it is not plain. A packet is plain in all its layers or not at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from zonecheck.capture.read.flow_row import INTERFACE_SHIFT
from zonecheck.capture.read.octet_columns import Octets, Words
from zonecheck.capture.read.plain_layer import Plain, Tunnelled
from zonecheck.capture.read.plain_links import READERS, linked
from zonecheck.capture.read.plain_network import layers_of
from zonecheck.capture.read.record import Chunk, Interface


@dataclass(frozen=True, slots=True)
class Inside:
    """Packets with something in them; those of which it is plain are in one of `layers`."""

    tunnels: Tunnelled
    layers: list[Plain]  # their `packets` are places in the columns of `tunnels.outer`


def plain(chunk: Chunk, interfaces: Sequence[Interface]) -> Iterator[Plain | Inside]:
    """Give the plain packets of `chunk` in groups; all that are in none of them are not plain.

    Raises:
        KeyError: an interface has a link type that is not in `layers.LINK_TYPES`.
    """
    heads = chunk.interface.astype(np.uint64) << np.uint64(INTERFACE_SHIFT)
    for group in linked(chunk, interfaces):
        for found in layers_of(chunk.data, group, heads):
            yield found if isinstance(found, Plain) else _inside(chunk.data, found, heads)


def _inside(data: Octets, tunnels: Tunnelled, heads: Words) -> Inside:
    """Read what lies in tunnels; tunnels in tunnels are not plain."""
    group = READERS[tunnels.parser](tunnels.inside)
    found = layers_of(data, group, heads.take(tunnels.outer.packets))
    return Inside(tunnels, [each for each in found if isinstance(each, Plain)])
