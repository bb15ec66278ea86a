"""What a packet says beside who talks to whom: open ports, private devices, background."""

from collections.abc import Callable, Iterator
from ipaddress import IPv4Network

from zonecheck.capture.address_book import AddressBook, Holders, is_listed
from zonecheck.capture.background import (
    DHCP_SERVER,
    ROUTER_ADVERTISEMENT,
    background_of,
    between_neighbours,
    is_anybodys,
)
from zonecheck.capture.frames import FrameRules
from zonecheck.capture.judgement import (
    DRIFT,
    PRIVATE_DEVICE,
    UNKNOWN_DEVICE,
    UNUSED_SERVICE,
    FlowVerdict,
    Reason,
)
from zonecheck.capture.read import Layer
from zonecheck.capture.seen_headers import header_of
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.attribute import attribute
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.roles import is_terminal
from zonecheck.policy.sessions import accepted

_SYN_ACK = 0x12


class PacketRules:
    """The rules about packets that need no proof; each yields what is wrong."""

    def __init__(self, analysis: Analysis, frames: FrameRules, addresses: AddressBook) -> None:
        self._analysis = analysis
        self._frames = frames
        self._addresses = addresses
        self._broadcasts: dict[frozenset[int] | None, frozenset[int]] = {}

    def private(self, sources: Holders) -> Iterator[Reason]:
        """Yield that a privately owned host sends."""
        for point in sources:
            if point.kind is AttachmentKind.HOST:
                host = self._analysis.topology.host_by_id[point.node]
                owner = attribute(host.attributes, "ownership")
                if owner is not None and owner.values == ("private",):
                    message = Message.of("capture.private-device", host=host.id)
                    yield Reason(PRIVATE_DEVICE, FlowVerdict.VIOLATING, message)

    def closed_port(self, layer: Layer, tcp_flags: int, sources: Holders) -> Iterator[Reason]:
        """Yield that a host answers on a port its closed list does not name."""
        header = header_of(layer)
        if header is None or tcp_flags & _SYN_ACK != _SYN_ACK or layer.flag != "established":
            return
        opening = self._analysis.space.header(header).mirror().with_any_flag()
        for point in sources:
            if point.kind is AttachmentKind.HOST:
                taken = accepted(self._analysis, point)
                if (opening & taken).is_empty:
                    service = f"tcp/{layer.source_port}"
                    message = Message.of("capture.port-answers", host=point.node, service=service)
                    yield Reason(UNUSED_SERVICE, FlowVerdict.VIOLATING, message)
                    return

    def on_its_wire(
        self,
        layer: Layer,
        background: str,
        address: str,
        sources: Holders,
        domains: frozenset[int] | None,
    ) -> Iterator[Reason]:
        """Yield what is wrong with a packet that stays on its wire."""
        here = None if layer.tunnel is not None else domains
        if background == ROUTER_ADVERTISEMENT and here is not None:
            yield from self._frames.advertisement(layer, address, here)
        if background == DHCP_SERVER and not self._may_serve(sources):
            message = Message.of("capture.rogue-dhcp", address=address)
            yield Reason(UNKNOWN_DEVICE, FlowVerdict.VIOLATING, message)
        elif sources and not any(map(is_listed, sources)):
            message = Message.of("capture.unknown-address", address=address)
            yield Reason(UNKNOWN_DEVICE, FlowVerdict.VIOLATING, message)
        elif sources and here and not self._any_in(sources, here):
            message = Message.of("capture.group-from-elsewhere", address=address, holder=sources[0])
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, message)

    def _may_serve(self, sources: Holders) -> bool:
        """Return whether a device or a host that is no terminal may answer as a DHCP server."""
        topology = self._analysis.topology

        def serves(point: AttachmentPoint) -> bool:
            is_host = point.kind is AttachmentKind.HOST
            return not (is_host and is_terminal(topology, topology.host_by_id[point.node]))

        return any(is_listed(point) and serves(point) for point in sources)

    def _any_in(self, points: Holders, domains: frozenset[int]) -> bool:
        return any(self._frames.inventory.is_in(point, domains) for point in points)

    def unknown_frame(self, layer: Layer, background: str) -> Iterator[Reason]:
        """Yield that a frame is no IP and none of what every network murmurs."""
        if layer.undecided:
            message = Message.of(f"capture.cut-{layer.undecided}")
            yield Reason(DRIFT, FlowVerdict.UNDECIDABLE, message)
        elif not background:
            message = Message.of("capture.not-ip", protocol=layer.link_protocol or "?")
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, message)

    def broadcasts(self, domains: frozenset[int] | None) -> frozenset[int]:
        """Return the IPv4 broadcast addresses of the prefixes that live in some domains."""
        if domains not in self._broadcasts:
            plane, here = self._analysis.plane, domains or frozenset()
            self._broadcasts[domains] = frozenset(
                int(prefix.broadcast_address)
                for segment in self._analysis.topology.segments
                if not here.isdisjoint(plane.domains.domains_of_segment(segment.id))
                for prefix in segment.prefixes
                if isinstance(prefix, IPv4Network) and prefix.num_addresses > 2
            )
        return self._broadcasts[domains]

    def background(
        self, layer: Layer, domains: frozenset[int] | None, *, anywhere: bool
    ) -> str | None:
        """Return the name of the background a layer belongs to, None if it is traffic.

        `anywhere` tells that nobody says where the frame was: neighbour discovery then counts as
        what it would be on the one wire that both its ends are on. Where there is no such wire it
        is traffic.
        """
        found = background_of(layer, self.on_link_of(domains))
        if found is not None or not anywhere or layer.tunnel is not None:
            return found
        named = between_neighbours(layer)
        return named if named is not None and self._share_a_wire(layer) else None

    def _share_a_wire(self, layer: Layer) -> bool:
        """Return whether both ends of an IPv6 packet may be plugged into one wire."""
        if layer.source is None or layer.destination is None:
            return False
        near = self._wires(layer.destination)
        if is_anybodys(6, layer.source):
            return bool(near)
        return not near.isdisjoint(self._wires(layer.source))

    def _wires(self, address: int) -> frozenset[int]:
        domains_of = self._analysis.plane.domains_of
        holders = self._addresses.holders(6, address)
        return frozenset(domain for point in holders for domain in domains_of[point])

    def on_link_of(self, domains: frozenset[int] | None) -> Callable[[int, int], bool]:
        """Return what tells whether an address is on the wire of a frame."""
        broadcasts = self.broadcasts(domains)

        def on_link(version: int, address: int) -> bool:
            if domains is None:
                return False
            holders = self._addresses.holders(version, address)
            return address in broadcasts or self._any_in(holders, domains)

        return on_link
