"""Which headers a design explains on a wire: declared, honest, delivered, and on their way there.

docs/captures.md, "What is allowed". All of it are the sets `verify` proves: what is delivered
between two attachment points, what the declared legs excuse of it, and which broadcast domains it
passes in which form.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.packets import VERSIONS, Field, PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.prove import Excuses, Part

_ABOVE_ADDRESSES = (Field.PROTOCOL, Field.DST_PORT, Field.SRC_PORT, Field.FLAG)


@dataclass(frozen=True, slots=True)
class Passage:
    """Between whom a header seen on a wire is delivered, and what it was when it was sent."""

    origin: Origin
    destination: AttachmentPoint
    sent: PacketSet


class ExpectedTraffic:
    """The traffic of one design in one state, under the upper closure.

    Between two points of one zone all that is delivered is expected; between zones what the
    declared legs excuse: their sessions in both directions, fragments and ICMP errors of them.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._nothing = analysis.space.empty
        self._delivered: dict[AttachmentPoint, list[tuple[AttachmentPoint, PacketSet]]] = {}
        self._expected: dict[AttachmentPoint, PacketSet] = {}
        self._on_wire: dict[frozenset[int] | None, PacketSet] = {}

    def on(self, domains: Collection[int] | None) -> PacketSet:
        """Return the expected headers on the wire of some broadcast domains; None: anywhere."""
        key = None if domains is None else frozenset(domains)
        if key not in self._on_wire:
            found = [self._nothing]
            for origin in self._senders():
                sent = self.analysis.space.union(
                    [self._nothing, *self._of(origin, key, self.expected_of(origin))]
                )
                found += [sent, self._errors_about(origin, sent)]
            found += [answers.mirror() for answers in self._to_devices(key)]
            self._on_wire[key] = self.analysis.space.union(found)
        return self._on_wire[key]

    def _to_devices(self, domains: frozenset[int] | None) -> Iterator[PacketSet]:
        """Yield what is expected to end in devices themselves: they answer the way it came."""
        for origin in self._senders():
            to_stacks = [
                delivered
                for point, delivered in self.delivered_of(origin)
                if point.kind is AttachmentKind.STACK
            ]
            ending = self.analysis.space.union([self._nothing, *to_stacks])
            yield from self._of(origin, domains, self.expected_of(origin) & ending)

    def _errors_about(self, origin: Origin, sent: PacketSet) -> PacketSet:
        """Return the ICMP errors that an origin may get for what it has on a wire.

        From where it was sent to, in the form it has there, from the devices on its way, and from
        the networks it ends in: somebody in there may be on its way.
        """
        plane = self.analysis.plane
        if sent.is_empty:
            return self._nothing
        to_sender = plane.space.union([plane.space.box(v, dst=sent.sources(v)) for v in VERSIONS])
        from_ends = sent.mirror().forget(*_ABOVE_ADDRESSES)
        on_way = to_sender & self._addresses_on_way(origin)
        return plane.filters.error_headers & (from_ends | on_way)

    def _addresses_on_way(self, origin: Origin) -> PacketSet:
        """Return all headers from devices and networks that an origin's expected packets pass."""
        plane, expected = self.analysis.plane, self.expected_of(origin)
        nodes = self.analysis.reach.passed(origin, expected)
        interfaces = [i for d in plane.topology.devices if d.id in nodes for i in d.interfaces]
        found = plane.addresses_of(tuple(interfaces))
        for point, delivered in self.delivered_of(origin):
            if point.kind is AttachmentKind.EDGE and delivered & expected:
                found |= plane.addressing.rightful(point)
                edges = plane.topology.external_by_id[point.node].edges
                found |= plane.space.union(
                    [self._nothing, *(plane.addressing.to(e.addresses) for e in edges)]
                )
        return plane.addressing.swap(found)

    def expected_of(self, origin: Origin) -> PacketSet:
        """Return what an origin is expected to send, as it sends it."""
        if origin.point not in self._expected:
            found = [self._nothing]
            for destination, delivered in self.delivered_of(origin):
                found.append(
                    self._excused(origin, destination, self.analysis.declared)
                    if self.crosses(origin.point, destination)
                    else delivered
                )
            self._expected[origin.point] = self.analysis.space.union(found) & origin.honest
        return self._expected[origin.point]

    def delivered_of(self, origin: Origin) -> list[tuple[AttachmentPoint, PacketSet]]:
        """Return what of an origin's honest headers is delivered, by where."""
        if origin.point not in self._delivered:
            self._delivered[origin.point] = [
                (point, headers)
                for point in self.analysis.reach.destinations(origin)
                if point.kind is not AttachmentKind.ACCESS
                and (headers := self._arriving(origin, point) & origin.honest)
            ]
        return self._delivered[origin.point]

    def _arriving(self, origin: Origin, point: AttachmentPoint) -> PacketSet:
        """Return what is delivered at a point: to a network, only what is addressed to it.

        Whatever is handed to its edge has arrived in it, wherever it was to go.
        """
        flow = self.analysis.reach.flow(origin, point)
        if point.kind is not AttachmentKind.EDGE:
            return flow.everything
        return flow.arriving(self.analysis.plane.addressing.rightful(point))

    def passages(self, header: PacketSet, domains: Collection[int] | None) -> Iterator[Passage]:
        """Yield between whom some headers seen on a wire are delivered, expected or not."""
        key = None if domains is None else frozenset(domains)
        for origin in self._senders():
            sent = self._nothing
            for part in self._parts(origin, key):
                sent |= part.arriving(header).sent
            sent &= origin.honest
            if sent.is_empty:
                continue
            for destination, delivered in self.delivered_of(origin):
                if shared := sent & delivered:
                    yield Passage(origin, destination, shared)

    def crosses(self, a: AttachmentPoint, b: AttachmentPoint) -> bool:
        """Return whether packets between two points leave a zone; without one all do."""
        zone = self.analysis.zone_of(a)
        return zone is None or zone != self.analysis.zone_of(b)

    def _senders(self) -> Iterator[Origin]:
        """Yield who may send; of what is plugged in somewhere only what the design lists."""
        for origin in self.analysis.plane.origins:
            listed = origin.point.kind is not AttachmentKind.ACCESS
            if listed and not origin.may_send.is_empty:
                yield origin

    def forms(self, excuses: Excuses) -> PacketSet:
        """Return all that packets of the sessions of some legs are anywhere on their way."""
        found = [self._nothing]
        for origin in self._senders():
            excused = [
                self._excused(origin, point, excuses) for point, _ in self.delivered_of(origin)
            ]
            sent = self.analysis.space.union([self._nothing, *excused]) & origin.honest
            found += self._of(origin, None, sent)
        return self.analysis.space.union(found)

    def _of(
        self, origin: Origin, domains: frozenset[int] | None, sent: PacketSet
    ) -> Iterator[PacketSet]:
        """Yield what an origin's headers are on a wire: before, between and after translations."""
        if sent.is_empty:
            return
        if domains is None:
            yield sent
        for part in self._parts(origin, domains):
            started = part.starting(sent)
            yield started.arrived
            if domains is None:
                yield from _between(started)

    def _parts(self, origin: Origin, domains: frozenset[int] | None) -> list[Part]:
        reach = self.analysis.reach
        if domains is not None:
            return reach.passing(origin, domains)
        flows = [reach.flow(origin, point) for point in reach.destinations(origin)]
        return [part for flow in flows for part in (*flow.fresh_parts, *flow.state_parts)]

    def _excused(self, origin: Origin, destination: AttachmentPoint, excuses: Excuses) -> PacketSet:
        """Return what of the packets between two points belongs to the sessions of some legs."""
        analysis, point = self.analysis, origin.point
        flow = analysis.reach.flow(origin, destination)
        excused = flow.everything - excuses.judge(flow, origin, destination).everything
        # Where no filter keeps state, later segments, fragments and answers of a declared session
        # are as fresh as its first: seen on a wire they are the session, not a forgery of it.
        forward = excuses.declared(point, destination)
        backward = excuses.declared(destination, point).mirror()
        if forward.is_empty and backward.is_empty:
            return excused
        later = (forward.with_any_flag() | backward).with_fragments()
        errors = analysis.plane.filters.error_headers
        return excused | (flow.everything & (later | errors))


def _between(part: Part) -> Iterator[PacketSet]:
    """Yield what headers are after each translation but the last."""
    headers = part.sent
    for step, entered in zip(part.way[:-1], part.entered[:-1], strict=True):
        headers = step.forward(headers & entered)
        yield headers
