"""Link headers of plain packets by columns: Ethernet with up to three tags, raw IP, cooked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zonecheck.capture.read.flow_row import (
    HAS_DESTINATION_MAC,
    HAS_SOURCE_MAC,
    VLAN_BITS,
    VLAN_SHIFT,
    VLANS_IN_ROW,
)
from zonecheck.capture.read.layers import LINK_TYPES
from zonecheck.capture.read.link_headers import (
    ETHERTYPE_ARP,
    ETHERTYPE_IPV4,
    ETHERTYPE_IPV6,
    FOLLOWED,
    LONGEST_802_3,
    TAGS,
)
from zonecheck.capture.read.octet_columns import (
    MAC,
    Octets,
    Words,
    mac,
    octet,
    short,
    stretches,
    word,
)
from zonecheck.capture.read.record import Chunk, Interface

OTHER, ARP, IPV4, IPV6, NOT_PLAIN, TAG = range(6)
"""What an EtherType leads to; the first four are the numbers of kinds in `flow_row.KINDS`."""

ETHERNET_HEADER: Final = 14
_STRETCH: Final = 32
_LOOPBACK_HARDWARE: Final = 772
_OTHER_HARDWARE_FROM: Final = 700
"""ARPHRD numbers from here on go to the plain decoder, which knows the exceptions among them."""


def _classes() -> NDArray[np.uint8]:
    classes = np.full(1 << 16, OTHER, dtype=np.uint8)
    classes[: LONGEST_802_3 + 1] = NOT_PLAIN
    classes[list(FOLLOWED)] = NOT_PLAIN
    classes[list(TAGS)] = TAG
    classes[[ETHERTYPE_ARP, ETHERTYPE_IPV4, ETHERTYPE_IPV6]] = ARP, IPV4, IPV6
    return classes


CLASSES: Final = _classes()


@dataclass(frozen=True, slots=True)
class Linked:
    """Packets whose link header is read, one entry in each column for each packet."""

    packets: NDArray[np.int64]  # position in the chunk
    at: NDArray[np.int64]  # where in the data the network header is
    seen: NDArray[np.int64]  # octets captured from there on, without frame check sequence
    end: NDArray[np.int64]  # octets on the wire from there on, likewise
    ethertype: NDArray[np.int64]
    leads: NDArray[np.uint8]  # OTHER, ARP, IPV4 or IPV6
    source_mac: Words
    destination_mac: Words
    link: Words  # the word of tags, without EtherType
    macs: int  # which of both addresses there are: bits of the head word

    def only(self, which: NDArray[np.int64]) -> "Linked":
        """Return the packets at these places in the columns."""
        return Linked(
            self.packets.take(which),
            self.at.take(which),
            self.seen.take(which),
            self.end.take(which),
            self.ethertype.take(which),
            self.leads.take(which),
            self.source_mac.take(which),
            self.destination_mac.take(which),
            self.link.take(which),
            self.macs,
        )


@dataclass(frozen=True, slots=True)
class Frames:
    """Packets of which headers of one kind come next; the columns are those of `Linked`."""

    data: Octets
    packets: NDArray[np.int64]
    at: NDArray[np.int64]
    seen: NDArray[np.int64]
    end: NDArray[np.int64]

    def with_header(self, size: int, stretch: int) -> "Frames":
        """Return those that show `size` octets and of which `stretch` octets can be read."""
        # What follows a packet in the data may be read with it, but is never looked at.
        whole = (self.seen >= size) & (self.at <= len(self.data) - stretch)
        if whole.all():
            return self
        return Frames(
            self.data, self.packets[whole], self.at[whole], self.seen[whole], self.end[whole]
        )


def linked(chunk: Chunk, interfaces: Sequence[Interface]) -> list[Linked]:
    """Return the packets of `chunk` with plain link headers, one group for each kind of them."""
    numbers = chunk.interface
    if not numbers.size:
        return []
    kinds: dict[str, list[int]] = {}
    fcs = np.zeros(int(numbers.max()) + 1, dtype=np.int64)
    for number in np.flatnonzero(np.bincount(numbers)).tolist():
        kinds.setdefault(LINK_TYPES[interfaces[number].link_type], []).append(number)
        fcs[number] = interfaces[number].fcs_octets
    end = np.maximum(chunk.original, chunk.captured) - fcs.take(numbers)
    seen = np.minimum(chunk.captured, end)
    result = []
    for kind, members in kinds.items():
        which = np.arange(len(numbers))
        if len(kinds) > 1:
            which = np.flatnonzero(np.isin(numbers, members))
        frames = Frames(chunk.data, which, chunk.starts[which], seen[which], end[which])
        if kind in READERS:
            result.append(READERS[kind](frames))
    return result


def _ethernet(frames: Frames) -> Linked:
    frames = frames.with_header(ETHERNET_HEADER, _STRETCH)
    table = stretches(frames.data, frames.at, _STRETCH)
    ethertype = short(table, 12)
    leads = CLASSES.take(ethertype)
    size = np.full(len(ethertype), ETHERNET_HEADER, dtype=np.int64)
    count = np.zeros(len(ethertype), dtype=np.int64)
    link = np.zeros(len(ethertype), dtype=np.int64)
    tagged = np.flatnonzero(leads == TAG)
    for at in range(ETHERNET_HEADER, ETHERNET_HEADER + 4 * VLANS_IN_ROW, 4):
        if not tagged.size:
            break
        vlan = short(table, at).take(tagged) & 0xFFF
        link[tagged] |= vlan << (VLAN_SHIFT + VLAN_BITS * count.take(tagged))
        count[tagged] += vlan > 0
        size[tagged] += 4
        ethertype[tagged] = short(table, at + 2).take(tagged)
        leads[tagged] = CLASSES.take(ethertype.take(tagged))
        tagged = tagged[leads.take(tagged) == TAG]
    found = Linked(
        frames.packets,
        frames.at + size,
        frames.seen - size,
        frames.end - size,
        ethertype,
        leads,
        word(table, 4) & MAC,
        mac(table, 0),
        (link | count).astype(np.uint64),
        HAS_SOURCE_MAC | HAS_DESTINATION_MAC,
    )
    return _plain(found, (leads < NOT_PLAIN) & (found.seen >= 0))


def _raw(frames: Frames) -> Linked:
    frames = frames.with_header(1, 1)
    version = frames.data.take(frames.at) >> 4
    leads = np.full(len(version), NOT_PLAIN, dtype=np.uint8)
    leads[version == 4], leads[version == 6] = IPV4, IPV6
    return _bare(frames, leads)


def _raw_ipv4(frames: Frames) -> Linked:
    return _bare(frames, np.full(len(frames.packets), IPV4, dtype=np.uint8))


def _raw_ipv6(frames: Frames) -> Linked:
    return _bare(frames, np.full(len(frames.packets), IPV6, dtype=np.uint8))


def _bare(frames: Frames, leads: NDArray[np.uint8]) -> Linked:
    nothing = np.zeros(len(leads), dtype=np.uint64)
    found = Linked(
        packets=frames.packets,
        at=frames.at,
        seen=frames.seen,
        end=frames.end,
        ethertype=leads.astype(np.int64),
        leads=leads,
        source_mac=nothing,
        destination_mac=nothing,
        link=nothing,
        macs=0,
    )
    return _plain(found, leads < NOT_PLAIN)


def _cooked(frames: Frames) -> Linked:
    frames = frames.with_header(16, 16)
    table = stretches(frames.data, frames.at, 16)
    hardware, length, ethertype = short(table, 2), short(table, 4), short(table, 14)
    return _after_cooked(frames, 16, hardware, length, ethertype, mac(table, 6))


def _cooked_2(frames: Frames) -> Linked:
    frames = frames.with_header(20, 20)
    table = stretches(frames.data, frames.at, 20)
    hardware, length, ethertype = short(table, 8), octet(table, 11), short(table, 0)
    return _after_cooked(frames, 20, hardware, length, ethertype, mac(table, 12))


def _after_cooked(
    frames: Frames,
    size: int,
    hardware: NDArray[np.int64],
    length: NDArray[np.int64] | NDArray[np.uint8],
    ethertype: NDArray[np.int64],
    source: Words,
) -> Linked:
    leads = CLASSES.take(ethertype)
    nothing = np.zeros(len(leads), dtype=np.uint64)
    found = Linked(
        packets=frames.packets,
        at=frames.at + size,
        seen=frames.seen - size,
        end=frames.end - size,
        ethertype=ethertype,
        leads=leads,
        source_mac=source,
        destination_mac=nothing,
        link=nothing,
        macs=HAS_SOURCE_MAC,
    )
    usual = (hardware < _OTHER_HARDWARE_FROM) | (hardware == _LOOPBACK_HARDWARE)
    return _plain(found, (leads < NOT_PLAIN) & usual & (length == 6))


def _plain(found: Linked, which: NDArray[np.bool_]) -> Linked:
    return found if which.all() else found.only(np.flatnonzero(which))


READERS: Final[dict[str, Callable[[Frames], Linked]]] = {
    "ethernet": _ethernet,
    "raw": _raw,
    "ipv4": _raw_ipv4,
    "ipv6": _raw_ipv6,
    "cooked": _cooked,
    "cooked-2": _cooked_2,
}
"""Loopback frames (link types 0 and 108) are left to the plain decoder."""
