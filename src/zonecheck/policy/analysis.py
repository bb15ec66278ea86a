"""One topology under one closure, with every proof and replay the checks ask for, made once."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from zonecheck.dataplane import DataPlane, Origin, TerminalDenies
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.channel import Channel, Leg
from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.profile import Profile
from zonecheck.model.states import normal_state
from zonecheck.model.topology import Topology
from zonecheck.model.zone import INTERNET, LGWAN, MYNUMBER
from zonecheck.packets import PacketSpace
from zonecheck.policy.breakout import breakouts, has_form, leaving, passes
from zonecheck.policy.foreign_pairs import foreign_pairs
from zonecheck.policy.today import today_in_japan
from zonecheck.prove import (
    Excuses,
    InformationFlow,
    Reachability,
    covers,
    is_open,
    segment_of,
    tunnel_headers,
    zone_of_external,
)
from zonecheck.simulate import Simulator

Made = TypeVar("Made")


class Analysis:
    """The proofs of one topology under one closure, each computed when first asked for.

    It speaks of one state: of a topology that is in none, of the normal one. Analyses that are
    given one `space` share what packet sets they have in common. `earlier` is the analysis of
    another design or state in the same space under the same closure: what would come out just as
    there is not proved again. With `verdicts_only` one
    finding of a question stands for all, and packet paths stay without the hops of the simulator.
    `cables` are those of the design, also those that wait or are dead in this state;
    `today` is the day that counts for what expires, by default the one it is in Japan.
    """

    def __init__(
        self,
        topology: Topology,
        profile: Profile,
        closure: Closure,
        space: PacketSpace | None = None,
        earlier: "Analysis | None" = None,
        *,
        verdicts_only: bool = False,
        today: date | None = None,
        cables: tuple[Link, ...] | None = None,
    ) -> None:
        self.topology = normal_state(topology)
        self.profile = profile
        self.closure = closure
        self.verdicts_only = verdicts_only
        self.today = today_in_japan() if today is None else today
        self.cables = topology.links if cables is None else cables
        self.space = PacketSpace() if space is None else space
        usable = earlier is not None and (earlier.space, earlier.closure) == (self.space, closure)
        self._earlier = earlier if usable else None
        self._zones: dict[AttachmentPoint, str | None] = {}
        self._standing: dict[EndpointRef, frozenset[AttachmentPoint]] = {}
        self._without: dict[frozenset[str], Reachability] = {}
        self._made: dict[object, object] = {}

    @cached_property
    def drawn(self) -> dict[LinkEnd, LinkEnd]:
        """Return what each end of a cable of the design is cabled to, whatever the state."""
        ends = (link.ends for link in self.cables)
        return {near: far for a, b in ends for near, far in ((a, b), (b, a))}

    @cached_property
    def plane(self) -> DataPlane:
        """Return the compiled data plane."""
        return DataPlane(self.topology, self.space, self.closure, self._known("plane"))

    @cached_property
    def reach(self) -> Reachability:
        """Return what can be delivered where."""
        return Reachability(self.plane, earlier=self._known("reach"))

    @cached_property
    def unfiltered_reach(self) -> Reachability:
        """Return what is forwarded although every filter that ends in a deny denies all."""
        closed = TerminalDenies(self.plane.filters, self.closure, foreign_pairs(self))
        return Reachability(self.plane, closed=closed, earlier=self._known("unfiltered_reach"))

    def of(self, topology: Topology) -> "Analysis":
        """Return the analysis of another state under the same closure, near this one."""
        return Analysis(
            topology,
            self.profile,
            self.closure,
            self.space,
            self,
            verdicts_only=self.verdicts_only,
            today=self.today,
            cables=self.cables,
        )

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """Return what several checks ask for, made when the first does."""
        if key not in self._made:
            self._made[key] = make()
        return cast("Made", self._made[key])

    def made_before(self, key: object) -> object:
        """Return what the earlier analysis was asked for once under a key, None if nothing."""
        return (self._known("_made") or {}).get(key)

    def settle(self) -> None:
        """Let go of the earlier analysis."""
        self._earlier = None
        for name in ("plane", "reach", "unfiltered_reach"):
            if name in vars(self):
                vars(self)[name].settle()
        for reach in self._without.values():
            reach.settle()

    def _known(self, name: str) -> Any:
        """Return what the earlier analysis computed under a name, None if it did not."""
        return vars(self._earlier).get(name) if self._earlier is not None else None

    def reach_without(self, nodes: frozenset[str]) -> Reachability:
        """Return what is delivered without passing any of these nodes; nothing else changes."""
        if not nodes:
            return self.reach
        if nodes not in self._without:
            earlier = (self._known("_without") or {}).get(nodes)
            self._without[nodes] = Reachability(
                self.plane, earlier=earlier, without=nodes, sessions=self.reach.sessions
            )
        return self._without[nodes]

    @cached_property
    def simulator(self) -> Simulator:
        """Return the concrete simulator under the same closure."""
        return Simulator(self.topology, self.closure)

    @cached_property
    def origin_at(self) -> dict[AttachmentPoint, Origin]:
        """Return origins by attachment point."""
        return {origin.point: origin for origin in self.plane.origins}

    def excuses(self, legs: Iterable[Leg], *, tunnels: bool = False) -> Excuses:
        """Return what legs excuse.

        Unless `tunnels`, protocols that may carry anything inside are not excused under the
        upper closure, because no declared tunnel says what they carry.
        """
        never = None
        if not tunnels and self.closure is Closure.UPPER:
            never = tunnel_headers(self.space) - self.plane.tunnelled
        return Excuses(self.reach, legs, never=never)

    @cached_property
    def specific_legs(self) -> tuple[Leg, ...]:
        """Return the specific flows that are.

        One end lies in the My Number area; the other neither in an open network, where anyone
        can send from the address of the peer, nor in the Internet area, which is connected to one.
        """
        return tuple(
            flow.leg
            for flow in self.topology.specific_flows
            if self.lies_in_mynumber(flow.origin) != self.lies_in_mynumber(flow.destination)
            and not self._lies_outside(flow.origin)
            and not self._lies_outside(flow.destination)
        )

    def _lies_outside(self, end: EndpointRef) -> bool:
        if end.id in self.topology.external_by_id and self.is_open(end.id):
            return True
        standing = self.standing_for(end)
        return not self.lies_in_mynumber(end) and any(map(self.is_internet, standing))

    def lies_in_mynumber(self, end: EndpointRef) -> bool:
        """Return whether something an endpoint stands for lies in the My Number area."""
        return any(self.zone_of(point) == MYNUMBER for point in self._senders_at(end))

    def _senders_at(self, end: EndpointRef) -> list[AttachmentPoint]:
        standing = self.standing_for(end)
        return [o.point for o in self.plane.origins if o.point in standing]

    @cached_property
    def declared_legs(self) -> tuple[Leg, ...]:
        """Return the legs of all channels and maintenance, and of the specific flows that are.

        Channels of local breakout are left out where they are not admitted.
        """
        topology = self.topology
        refused = set(breakouts(topology)) - set(self.admitted_breakouts)
        kept = (channel for channel in topology.channels if channel not in refused)
        channels = (leg for channel in kept for leg in channel.legs)
        maintenance = (leg for entry in topology.maintenance for leg in entry.legs)
        return (*channels, *maintenance, *self.specific_legs)

    @cached_property
    def admitted_breakouts(self) -> tuple[Channel, ...]:
        """Return the channels of local breakout that the profile allows and that are as declared.

        Their sessions leave the LGWAN area for named peers, none of them in an open network, and
        pass all that they have to pass.
        """
        if not self.profile.local_breakout:
            return ()
        return tuple(c for c in breakouts(self.topology) if has_form(c) and self._is_bound(c))

    def _is_bound(self, channel: Channel) -> bool:
        for leg in leaving(channel):
            covered = self._senders_at(leg.origin)
            within = bool(covered) and all(self.zone_of(point) == LGWAN for point in covered)
            if not within or self.is_open(leg.destination.id):
                return False
        return all(
            passes(leg, node, self.reach_without(frozenset({node})))
            for leg in leaving(channel)
            for node in channel.via
        )

    @cached_property
    def declared(self) -> Excuses:
        """Return what all channels, maintenance and specific flows excuse."""
        return self.excuses(self.declared_legs)

    @cached_property
    def permitted(self) -> Excuses:
        """Return what everything declared excuses, tunnels with whatever they carry included."""
        return self.excuses(self.declared_legs, tunnels=True)

    @cached_property
    def specific(self) -> Excuses:
        """Return what the specific flows excuse."""
        return self.excuses(self.specific_legs)

    @cached_property
    def information(self) -> InformationFlow:
        """Return the information-flow graph without the edges of excused specific flows."""
        return InformationFlow(self.reach, self.specific)

    @cached_property
    def whole_information(self) -> InformationFlow:
        """Return the same graph with all the evidence of each edge."""
        return InformationFlow(self.reach, self.specific, all_evidence=True)

    @cached_property
    def imports(self) -> InformationFlow:
        """Return the information flow without what admitted local breakout brings in."""
        legs = [leg for channel in self.admitted_breakouts for leg in leaving(channel)]
        if not legs:
            return self.information
        return InformationFlow(self.reach, self.excuses((*self.specific_legs, *legs)))

    def standing_for(self, end: EndpointRef) -> frozenset[AttachmentPoint]:
        """Return the attachment points of the plane that a declared endpoint stands for."""
        if end not in self._standing:
            points = self.plane.domains_of
            self._standing[end] = frozenset(p for p in points if covers(self.topology, end, p))
        return self._standing[end]

    def zone_of(self, point: AttachmentPoint) -> str | None:
        """Return the zone of the receiving (or sending) interface."""
        try:
            return self._zones[point]
        except KeyError:
            return self._zones.setdefault(point, self._find_zone(point))

    def _find_zone(self, point: AttachmentPoint) -> str | None:
        if point.kind is AttachmentKind.EDGE:
            return zone_of_external(self.topology.external_by_id[point.node], self.closure)
        return self.topology.zone_of_segment(segment_of(self.topology, point))

    def is_open(self, external: str) -> bool:
        """Return whether anyone can send from an external network."""
        return is_open(self.topology.external_by_id[external], self.closure)

    @cached_property
    def areas(self) -> frozenset[str]:
        """Return the zones the policy names."""
        return frozenset(zone.id for zone in self.profile.zones)

    def is_ours(self, point: AttachmentPoint) -> bool:
        """Return whether a point of our own network lies, or may lie, in an area of the policy."""
        if point.kind is AttachmentKind.EDGE:
            return False
        return any(self.may_lie_in(point, area) for area in self.areas)

    def is_open_edge(self, point: AttachmentPoint) -> bool:
        """Return whether a point is where an open network begins."""
        return point.kind is AttachmentKind.EDGE and self.is_open(point.node)

    def is_internet(self, point: AttachmentPoint) -> bool:
        """Return whether a point is in the Internet area or an open network (インターネット等)."""
        return self.is_open_edge(point) or self.may_lie_in(point, INTERNET)

    def may_lie_in(self, point: AttachmentPoint, zone: str) -> bool:
        """Return whether a point lies in a zone; without a zone, in the upper closure it may."""
        actual = self.zone_of(point)
        return actual == zone or (actual is None and self.closure is Closure.UPPER)
