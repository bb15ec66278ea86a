"""Whose an address is: every holder of every address the design speaks of."""

from bisect import bisect_right
from collections.abc import Iterable

from zonecheck.capture.background import is_anybodys
from zonecheck.dataplane import DataPlane
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.packets import VERSIONS, PacketSet

Holders = tuple[AttachmentPoint, ...]


class AddressBook:
    """The holders of addresses, by IP version and number; looking one up costs a bisection.

    Of a host or device it is the very interface that has the address which holds it.
    An address nobody claims in the prefixes of a segment is held by that segment's access ports:
    something that is plugged in there and not in the design.
    """

    def __init__(self, plane: DataPlane) -> None:
        self._starts: dict[int, list[int]] = {}
        self._holders: dict[int, list[Holders]] = {}
        for version in VERSIONS:
            held = [
                (low, high, point)
                for point in plane.domains_of
                for low, high in _owned(plane, point).destinations(version)
            ]
            self._starts[version], self._holders[version] = _pieces(held)

    def holders(self, version: int, address: int) -> Holders:
        """Return the attachment points that may rightly use an address.

        None if it is nobody's; link-local ones and groups are anybody's, and so nobody's here.
        """
        if is_anybodys(version, address):
            return ()
        index = bisect_right(self._starts[version], address) - 1
        return self._holders[version][index] if index >= 0 else ()


def _owned(plane: DataPlane, point: AttachmentPoint) -> PacketSet:
    """Return the headers to the addresses of a point itself."""
    if point.kind is AttachmentKind.HOST:
        card = plane.topology.host_by_id[point.node].interface(point.port)
        return plane.addressing.interface_owns(card)
    if point.kind is AttachmentKind.STACK:
        interface = plane.topology.device_by_id[point.node].interface(point.port)
        return plane.addresses_of((interface,))
    return plane.addressing.rightful(point)


def is_listed(point: AttachmentPoint) -> bool:
    """Return whether a holder is something the design lists."""
    return point.kind is not AttachmentKind.ACCESS


def _pieces(held: Iterable[tuple[int, int, AttachmentPoint]]) -> tuple[list[int], list[Holders]]:
    """Cut the addresses where a holder begins or ends; return where pieces begin, and whose."""
    events: dict[int, tuple[list[AttachmentPoint], list[AttachmentPoint]]] = {}
    for low, high, point in held:
        events.setdefault(low, ([], []))[0].append(point)
        events.setdefault(high + 1, ([], []))[1].append(point)
    starts: list[int] = []
    holders: list[Holders] = []
    present: dict[AttachmentPoint, int] = {}
    for start in sorted(events):
        begins, ends = events[start]
        for point in begins:
            present[point] = present.get(point, 0) + 1
        for point in ends:
            present[point] -= 1
            if not present[point]:
                del present[point]
        starts.append(start)
        holders.append(tuple(sorted(present, key=lambda p: p.order)))
    return starts, holders
