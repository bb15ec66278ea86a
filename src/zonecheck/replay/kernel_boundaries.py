"""Packets at the boundaries of what was proved: each end of each box, and just outside of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address
from itertools import islice
from random import Random

from zonecheck.dataplane import Origin
from zonecheck.packets import FLAG_ESTABLISHED, FLAG_NEW, TCP, Box, Field, Header, Intervals
from zonecheck.prove import Reachability
from zonecheck.replay.kernel_box_headers import Corner, headers_around, made_header
from zonecheck.simulate import Packet

MOST_BOXES = 12
"""Boxes of one pair of points, the largest first."""

_PASSES: tuple[tuple[int, bool, int | None], ...] = (
    (0, False, 1),
    (0, False, None),
    (0, True, None),
    (1, False, None),
    (1, True, None),
    (2, False, None),
    (2, True, None),
)
"""Which origin of several speaks, from which corner of the box, and with how many packets.

The first pass has one packet inside of each box, for half of what there is room for.
"""


@dataclass(frozen=True, slots=True)
class Sendable:
    """A packet and the origin that sends it."""

    origin: Origin
    packet: Packet


@dataclass(frozen=True, slots=True)
class _Target:
    """A box that some origins get delivered, beyond a router or in their own domain."""

    box: Box
    origins: list[Origin]
    routed: bool


def boundary_packets(reach: Reachability, limit: int) -> tuple[list[Sendable], int]:
    """Return packets at the boundaries of what each origin gets delivered, and the boxes left out.

    Origins of one domain that may send the same stand for each other in turn. If there are more
    than `limit` packets, whole boxes are left out, in an order that is mixed but always the same.
    """
    groups: dict[object, list[Origin]] = {}
    for origin in reach.plane.origins:
        if not origin.may_send.is_empty:
            groups.setdefault((origin.domains, origin.may_send), []).append(origin)
    boxes: dict[tuple[object, Box], _Target] = {}
    for key, origins in groups.items():
        for end in reach.destinations(origins[0]):
            routed = not set(reach.plane.domains_of[end]) & set(origins[0].domains)
            flow = reach.flow(origins[0], end)
            for box in flow.everything.without_own_fragments().boxes(MOST_BOXES):
                known = boxes.get((key, box))
                if known is None or (routed and not known.routed):
                    boxes[key, box] = _Target(box, origins, routed)
    targets = list(_mixed(boxes.values()))
    ports = _Ports()
    found = dict.fromkeys(_crossing(reach, ports, limit // 4))
    begun = 0
    for shift, high, most in _PASSES:
        room = limit if most is None else (len(found) + limit) // 2
        for number, target in enumerate(targets):
            if len(found) >= room:
                break
            begun = max(begun, number + 1)
            for each in _sendable(target, number + shift, Corner(number, high), most):
                packet = ports.made_unique(each.packet)
                if packet is not None:
                    found[Sendable(each.origin, packet)] = None
    return list(found)[:limit], len(targets) - begun


def _crossing(reach: Reachability, ports: "_Ports", limit: int) -> Iterator[Sendable]:
    """Yield honest packets from one origin of each domain to what others own, permitted or not."""
    senders: dict[tuple[int, ...], Origin] = {}
    ends: dict[tuple[int, Intervals], None] = {}
    for origin in reach.plane.origins:
        for own in origin.honest.boxes(2):
            ends[own.version, own.src] = None
        if not (origin.may_send & origin.honest).is_empty:
            senders.setdefault(origin.domains, origin)
    pairs = [(sender, end) for sender in senders.values() for end in ends]
    Random(1).shuffle(pairs)
    for number, (sender, (version, addresses)) in enumerate(pairs[:limit]):
        for own in (sender.may_send & sender.honest).boxes(2):
            header = None
            if own.version == version:
                header = made_header(
                    replace(own, dst=addresses),
                    TCP,
                    {Field.FLAG: FLAG_NEW},
                    Corner(number, high=False),
                )
            if header is not None and sender.may_send.contains(header):
                packet = ports.made_unique(packet_of(header))
                if packet is not None:
                    yield Sendable(sender, packet)
                    break


def _mixed(targets: Iterable[_Target]) -> Iterator[_Target]:
    """Yield all boxes: for three that routers let through and name a service, one of each other."""
    entries = list(targets)
    Random(0).shuffle(entries)
    kinds: dict[tuple[bool, bool], list[_Target]] = {}
    for entry in entries:
        narrow = not entry.box.is_free(Field.DST_PORT)
        kinds.setdefault((entry.routed, narrow), []).append(entry)
    while any(kinds.values()):
        for kind in ((True, True), (True, True), (True, True), *kinds):
            if kinds.get(kind):
                yield kinds[kind].pop()


class _Ports:
    """Gives packets whose source port does not matter one of their own.

    The kernel remembers what it has seen, so that no two probes may be of one connection.
    """

    def __init__(self) -> None:
        self._used: set[object] = set()
        self._next = 32768

    def made_unique(self, packet: Packet) -> Packet | None:
        """Return the packet, with its source port if that is not 0; None if it was sent before."""
        if packet.has_ports and packet.source_port == 0:
            self._next = 32768 + (self._next - 32767) % 28000
            packet = Packet(
                packet.source,
                packet.destination,
                packet.protocol,
                self._next,
                packet.destination_port,
                established=packet.established,
            )
        ends = frozenset(
            {(packet.source, packet.source_port), (packet.destination, packet.destination_port)}
        )
        key = (packet.protocol, ends)
        if not packet.has_type and key in self._used:
            return None
        self._used.add(key)
        return packet


def _sendable(target: _Target, number: int, corner: Corner, most: int | None) -> Iterator[Sendable]:
    headers = dict.fromkeys(headers_around(target.box, corner))
    for turn, header in enumerate(islice(headers, most)):
        origin = target.origins[(number + turn) % len(target.origins)]
        if origin.may_send.contains(header):
            yield Sendable(origin, packet_of(header))


def packet_of(header: Header) -> Packet:
    """Return a whole header as the simulator takes it."""
    kind = IPv4Address if header.version == 4 else IPv6Address
    return Packet(
        kind(header.src),
        kind(header.dst),
        header.protocol,
        header.src_port,
        header.dst_port,
        established=header.flag == FLAG_ESTABLISHED,
    )
