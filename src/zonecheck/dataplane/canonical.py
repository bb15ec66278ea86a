"""The canonical JSON form of a data plane, and its hash (docs/dataplane.md).

It holds what reachability is computed from, lowered but not compiled, and nothing else: no notes,
no places in files, no order that does not matter. Two topologies with the same canonical form
have the same reachability; a certificate speaks about the hash.
"""

import hashlib
import json
from collections.abc import Mapping

from zonecheck.dataplane.canonical_matches import (
    Json,
    Match,
    destinations,
    in_order,
    match_of,
    only_sources,
    sources,
)
from zonecheck.dataplane.canonical_nodes import CanonicalNodes
from zonecheck.dataplane.canonical_scope import NoWordsError, require_words
from zonecheck.dataplane.graph import DataPlane
from zonecheck.dataplane.places import Origin, Place
from zonecheck.model.address import AddressRange
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.external import External, Openness
from zonecheck.model.message import Message
from zonecheck.model.states import normal_state
from zonecheck.model.zone import INTERNET, external_zone
from zonecheck.packets import PacketSet

__all__ = ["FORMAT", "Json", "NoWordsError", "canonical", "canonical_bytes", "canonical_hash"]

FORMAT = "zonecheck.dataplane/3"


def canonical(plane: DataPlane) -> dict[str, Json]:
    """Return the canonical form of a data plane, which is that of one state of a design.

    Raises:
        NoWordsError: The design says something the form has no words for; or an id contains the
            `/` that separates it from the name of an interface.
        ValueError: The design is not in one of its states (`model.states`), or the data plane
            does something that the form does not say.
    """
    if normal_state(plane.topology) is not plane.topology:
        raise ValueError("the canonical form is of one state of a design")
    require_words(plane.topology)
    _require_plain_ids(plane)
    points = [origin.point for origin in plane.origins]
    return {
        "format": FORMAT,
        "closure": plane.closure.value,
        "state": plane.topology.state,
        "claimed": destinations(plane.addressing.claimed),
        "domains": _domains(plane),
        "points": {str(point): _point(plane, point) for point in points},
        "origins": {str(origin.point): _origin(plane, origin) for origin in plane.origins},
        "nodes": CanonicalNodes(plane).nodes(),
    }


def canonical_bytes(form: Mapping[str, Json]) -> bytes:
    """Return the one text of a form: keys sorted, nothing between, UTF-8."""
    text = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def canonical_hash(form: Mapping[str, Json]) -> str:
    """Return the SHA-256 of the text of a form, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(form)).hexdigest()


def _require_plain_ids(plane: DataPlane) -> None:
    for origin in plane.origins:
        if "/" in origin.point.node:
            raise NoWordsError(Message.of("error.slash-in-id", given=origin.point.node))


def _domains(plane: DataPlane) -> list[Json]:
    """Return the broadcast domains that anything attaches to, each by its members.

    Two domains with the same members are one here, unless a transparent firewall hands on frames
    between the two: then there are two, since the filter sees what nothing else can tell apart.
    """
    members: dict[int, list[str]] = {}
    for point, domains in plane.domains_of.items():
        for domain in domains:
            members.setdefault(domain, []).append(str(point))
    found: dict[str, list[Json]] = {}
    twice: set[str] = set()
    for domain, names in members.items():
        form = in_order(names)
        text = json.dumps(form, ensure_ascii=False)
        found[text] = form
        heard = [members.get(far, []) for far in plane.frames.next_to(domain)]
        if names in heard:
            twice.add(text)
    return [found[text] for text in sorted(found) for _ in range(2 if text in twice else 1)]


def _point(plane: DataPlane, point: AttachmentPoint) -> Json:
    form: dict[str, Json] = {"kind": point.kind.value, "zone": _zone(plane, point)}
    guarded = False
    if point.kind is AttachmentKind.ACCESS:
        guarded = plane.topology.segment_by_id[point.node].guarded
        form["answers"] = not guarded
    form["owns"] = [] if guarded else destinations(_owned(plane, point))
    return form


def _owned(plane: DataPlane, point: AttachmentPoint) -> PacketSet:
    """Return the headers to the addresses that a point answers for in its domains."""
    topology, addressing = plane.topology, plane.addressing
    if point.kind is AttachmentKind.HOST:
        return addressing.host_owns(topology.host_by_id[point.node])
    if point.kind is AttachmentKind.ACCESS:
        return addressing.unclaimed(point.node)
    if point.kind is AttachmentKind.EDGE:
        edges = topology.external_by_id[point.node].edges
        return addressing.edge_owns(next(edge for edge in edges if edge.id == point.port))
    device = topology.device_by_id[point.node]
    if not plane.has(Place(point.node, point.port)):
        return plane.space.empty
    vrf = device.interface(point.port).vrf
    own = [a.ip for i in device.interfaces if i.vrf == vrf for a in i.addresses]
    return addressing.to(tuple(map(AddressRange.of_address, own)))


def _zone(plane: DataPlane, point: AttachmentPoint) -> str | None:
    topology = plane.topology
    if point.kind is AttachmentKind.EDGE:
        return _zone_of_external(topology.external_by_id[point.node], plane.closure)
    if point.kind is AttachmentKind.ACCESS:
        return topology.zone_of_segment(point.node)
    if point.kind is AttachmentKind.HOST:
        card = topology.host_by_id[point.node].interface(point.port)
        return topology.zone_of_segment(card.segment)
    stack = topology.device_by_id[point.node].interface(point.port)
    return topology.zone_of_segment(stack.segment)


def _zone_of_external(external: External, closure: Closure) -> str:
    """Return the zone of an external network (docs/semantics.md, sections 6 and 7)."""
    declared = external.openness is not None and external.basis is not None
    is_open = external.openness is Openness.OPEN or (not declared and closure is Closure.UPPER)
    if is_open and external.zone_tag != INTERNET:
        return external_zone(external.id)
    return external.zone


def _origin(plane: DataPlane, origin: Origin) -> Json:
    return {"may_send": _may_send(plane, origin), "honest": sources(origin.honest)}


def _may_send(plane: DataPlane, origin: Origin) -> list[Json]:
    headers = origin.may_send
    if headers.is_empty:
        return []
    if headers == plane.space.everything:
        return [{}]
    if headers == only_sources(plane.space, headers):
        return [{"src": sources(headers)}]
    if origin.point.kind is not AttachmentKind.STACK or headers != _opened(plane, origin):
        raise ValueError(f"the canonical form has no words for what {origin.point} sends")
    return in_order(_openings(plane, origin))


def _opened(plane: DataPlane, origin: Origin) -> PacketSet:
    """Return what `_openings` says as a set."""
    node, interface = origin.point.node, origin.point.port
    return plane.opened(node) & origin.honest & plane.leaves_by(node, interface)


def _openings(plane: DataPlane, origin: Origin) -> list[Match]:
    """Return the sessions a device opens from its own addresses."""
    found: list[Match] = []
    routed = plane.leaves_by(origin.point.node, origin.point.port)
    device = plane.topology.device_by_id[origin.point.node]
    opened = [(plane.topology.addresses_of(o.to), o.services) for o in device.opens]
    opened += [
        ((AddressRange.of_address(far),), services)
        for _, far, services in plane.tunnels_of(device.id)
    ]
    for ranges, services in opened:
        headers = plane.addressing.to(ranges) & routed
        if headers.is_empty:
            continue
        to = None if headers == plane.space.everything else destinations(headers)
        match = match_of(sources(origin.honest), to, services)
        if match is not None:
            found.append(match)
    return found
