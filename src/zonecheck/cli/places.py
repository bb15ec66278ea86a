"""Places as a user names them on the command line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import click

from zonecheck.cli.failure import Failure, chosen_lang
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for: its attachment points, and its peer if it names one."""

    name: str
    points: tuple[AttachmentPoint, ...]
    peer: EndpointRef | None = None


def find_place(topology: Topology, name: str) -> Place:
    """Return what a name stands for.

    It may be a host, host/interface, segment (its access ports), external network,
    external/edge, external/peer, device (its own stack) or device/interface.

    Raises:
        Failure: nothing is called so.
    """
    node, _, part = name.partition("/")
    points = list(_points(topology, node))
    if points and part in ("", "*"):
        return Place(name, tuple(points))
    chosen = tuple(point for point in points if point.port == part)
    if chosen:
        return Place(name, chosen)
    external = topology.external_by_id.get(node)
    if external is not None and part in {peer.id for peer in external.peers}:
        return Place(name, tuple(points), EndpointRef(EndpointKind.PEER, node, part))
    raise Failure(Message.of("error.unknown-place", given=name, near=_near(topology, name)))


def single_point(place: Place) -> AttachmentPoint:
    """Return the only attachment point of a place.

    Raises:
        Failure: it has several, or none.
    """
    if len(place.points) != 1:
        choices = ", ".join(map(str, place.points)) or "-"
        raise Failure(Message.of("error.choose-place", given=place.name, choices=choices))
    return place.points[0]


def _points(topology: Topology, node: str) -> Iterator[AttachmentPoint]:
    if node in topology.host_by_id:
        for interface in topology.host_by_id[node].interfaces:
            yield AttachmentPoint(AttachmentKind.HOST, node, interface.id)
    if node in topology.segment_by_id:
        yield AttachmentPoint(AttachmentKind.ACCESS, node)
    if node in topology.external_by_id:
        for edge in topology.external_by_id[node].edges:
            yield AttachmentPoint(AttachmentKind.EDGE, node, edge.id)
    if node in topology.device_by_id:
        for l3 in topology.device_by_id[node].interfaces:
            yield AttachmentPoint(AttachmentKind.STACK, node, l3.id)


def _near(topology: Topology, name: str) -> str:
    """Return what else could have been meant, as part of a sentence."""
    from zonecheck.report.words import phrase

    nodes = [
        *topology.host_by_id,
        *topology.segment_by_id,
        *topology.device_by_id,
        *topology.external_by_id,
    ]
    known = [*nodes, *(str(point) for node in nodes for point in _points(topology, node))]
    found = get_close_matches(name, known, n=3)
    if not found:
        return ""
    return phrase(chosen_lang(_context()), "error.near", names=", ".join(found))


def _context() -> click.Context | None:
    return click.get_current_context(silent=True)
