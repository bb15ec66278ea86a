"""One flow of a capture against the design (docs/captures.md).

The decision is the set of expected headers on the wire where the capture was taken; everything
else here says why a header is not in it, and what the design does with it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from zonecheck.capture.address_book import AddressBook, Holders, is_listed
from zonecheck.capture.expected import ExpectedTraffic, Passage
from zonecheck.capture.fate import Fate
from zonecheck.capture.frames import FrameRules
from zonecheck.capture.judgement import (
    CROSSING,
    DRIFT,
    UNKNOWN_DEVICE,
    FlowVerdict,
    Judgement,
    Reason,
)
from zonecheck.capture.packet_rules import PacketRules
from zonecheck.capture.place import CapturePlace
from zonecheck.capture.read import Layer
from zonecheck.capture.seen_headers import completions, header_of, shown_address, version_of
from zonecheck.model.message import Message
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.crossing import UNZONED

_ATTEMPTED: Final = "capture.crossing-attempted"


class Judge:
    """Judges flows seen at one place by one design in one state, each on its own."""

    def __init__(self, analysis: Analysis, place: CapturePlace) -> None:
        self.analysis = analysis
        self.place = place
        self.expected = ExpectedTraffic(analysis)
        self.addresses = AddressBook(analysis.plane)
        self.frames = FrameRules(analysis, place, self.addresses)
        self.rules = PacketRules(analysis, self.frames, self.addresses)
        self._fate = Fate(analysis, self.frames)

    def judge(self, layer: Layer, tcp_flags: int = 0) -> Judgement:
        """Return what is said of one layer of packets; `tcp_flags` are those of all of them."""
        domains = None if layer.tunnel is not None else self.frames.domains(layer)
        reasons = list(self.frame_reasons(layer))
        anywhere = not self.place.is_known
        background = self.rules.background(layer, domains, anywhere=anywhere) or ""
        if layer.kind == "arp":
            reasons += self.frames.arp(layer, domains)
            return Judgement(layer, ("", ""), tuple(reasons), background)
        if layer.kind == "other":
            reasons += self.rules.unknown_frame(layer, background)
            return Judgement(layer, ("", ""), tuple(reasons), background)
        return self._packet(layer, tcp_flags, domains, reasons, background)

    def frame_reasons(self, layer: Layer) -> Iterator[Reason]:
        """Yield what is wrong with a frame and whose it is, whatever it carries."""
        version = version_of(layer)
        if layer.wrapped:
            message = Message.of("capture.wrapped", by=", ".join(layer.wrapped))
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, message)
        if layer.tunnel is None:
            domains = self.frames.domains(layer)
            yield from self.frames.tags(layer)
            yield from self.frames.source_mac(layer, domains)
        if version is None or layer.source is None:
            return
        holders = self.addresses.holders(version, layer.source)
        if layer.tunnel is None:
            address = shown_address(version, layer.source)
            yield from self.frames.binding(layer.source_mac, address, holders, domains)
        yield from self.rules.private(holders)

    # --- IP ---------------------------------------------------------------------------------

    def _packet(
        self,
        layer: Layer,
        tcp_flags: int,
        domains: frozenset[int] | None,
        reasons: list[Reason],
        background: str,
    ) -> Judgement:
        version = version_of(layer) or 4
        if layer.source is None or layer.destination is None:
            message = Message.of(f"capture.cut-{layer.undecided or 'addresses'}")
            reasons.append(Reason(CROSSING, FlowVerdict.UNDECIDABLE, message))
            return Judgement(layer, ("", ""), tuple(reasons), background)
        owners = self.addresses.holders(version, layer.source)
        destinations = self.addresses.holders(version, layer.destination)
        sources = self.frames.sending_card(layer, owners) or owners
        zones = self.zones_of(sources), self.zones_of(destinations)
        address = shown_address(version, layer.source)
        if background:
            reasons += self.rules.on_its_wire(layer, background, address, sources, domains)
            return Judgement(layer, zones, tuple(reasons), background)
        reasons += self.rules.closed_port(layer, tcp_flags, sources)
        reasons += self._smuggled(layer, zones)
        seen = self._seen(layer)
        expected = self.expected.on(domains)
        if self._is_expected(layer, seen, expected):
            return Judgement(layer, zones, tuple(reasons))
        if (seen & expected).is_empty:
            if not any(map(is_listed, owners)):
                message = Message.of("capture.unknown-address", address=address)
                reasons.append(Reason(UNKNOWN_DEVICE, FlowVerdict.VIOLATING, message))
            return self._unexpected(layer, seen, (sources, destinations), domains, reasons)
        message = Message.of(f"capture.partly-{layer.undecided or 'ports'}")
        reasons.append(Reason(self._blamed_check(zones), FlowVerdict.UNDECIDABLE, message))
        return Judgement(layer, zones, tuple(reasons))

    def _smuggled(self, layer: Layer, zones: tuple[str, str]) -> Iterator[Reason]:
        """Yield that an undeclared tunnel carries what belongs to other zones than its ends."""
        if layer.tunnel is None:
            return
        outer = layer.tunnel.outer
        header, version = header_of(outer), version_of(outer)
        if header is not None and self.analysis.plane.tunnelled.contains(header):
            return
        ends = [address for address in (outer.source, outer.destination) if address is not None]
        around = {self.zones_of(self.addresses.holders(version or 4, end)) for end in ends}
        if set(zones) - around - {""}:
            yield self._crossing("capture.crossing-in-tunnel", zones, layer)

    def _seen(self, layer: Layer) -> PacketSet:
        header = header_of(layer)
        space = self.analysis.space
        return completions(space, layer) if header is None else space.header(header)

    def _is_expected(self, layer: Layer, seen: PacketSet, expected: PacketSet) -> bool:
        header = header_of(layer)
        return expected.contains(header) if header is not None else seen <= expected

    def _unexpected(
        self,
        layer: Layer,
        seen: PacketSet,
        holders: tuple[Holders, Holders],
        domains: frozenset[int] | None,
        reasons: list[Reason],
    ) -> Judgement:
        """Return the judgement of headers the design does not explain on this wire."""
        sources, destinations = holders
        zones = self.zones_of(sources), self.zones_of(destinations)
        passages = [p for p in self._passages(seen, domains) if self._crosses(p)]
        if passages:
            first = passages[0]
            zones = self.zones_of((first.origin.point,)), self.zones_of((first.destination,))
            reasons.append(self._crossing("capture.crossing-delivered", zones, layer))
            return Judgement(layer, zones, tuple(reasons), path=self._fate.path(first))
        why = list(self._why_unexpected(layer, seen, holders, zones, domains))
        undeclared = any(reason.message.code == _ATTEMPTED for reason in why)
        blocked = self._fate.blocked(layer, sources, destinations, undeclared=undeclared)
        reasons += why
        return Judgement(layer, zones, tuple(reasons), blocked=blocked)

    def _why_unexpected(
        self,
        layer: Layer,
        seen: PacketSet,
        holders: tuple[Holders, Holders],
        zones: tuple[str, str],
        domains: frozenset[int] | None,
    ) -> Iterator[Reason]:
        sources, destinations = holders
        if domains is not None and seen <= self.expected.on(None):
            message = Message.of("capture.other-way", place=self.place.name)
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, message)
        elif not destinations:
            shown = shown_address(version_of(layer) or 4, layer.destination or 0)
            message = Message.of("capture.unknown-destination", address=shown)
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, message)
        elif self._is_declared(seen, sources, destinations):
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, Message.of("capture.declared-but-blocked"))
        elif sources and self._surely_cross(sources, destinations):
            yield self._crossing(_ATTEMPTED, zones, layer)
        elif sources and self._may_cross(sources, destinations):
            message = Message.of("capture.zones-unclear")
            yield Reason(CROSSING, FlowVerdict.UNDECIDABLE, message)
        else:
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, Message.of("capture.not-delivered"))

    def _passages(self, seen: PacketSet, domains: frozenset[int] | None) -> Iterable[Passage]:
        return self.expected.passages(seen, domains)

    def _crosses(self, passage: Passage) -> bool:
        return self.expected.crosses(passage.origin.point, passage.destination)

    def _crossing(self, code: str, zones: tuple[str, str], layer: Layer) -> Reason:
        message = Message.of(code, from_zone=zones[0], to_zone=zones[1])
        if layer.tunnel is not None:
            message = Message.of(
                "capture.crossing-in-tunnel",
                tunnel=layer.tunnel.encapsulation,
                from_zone=zones[0],
                to_zone=zones[1],
            )
        return Reason(CROSSING, FlowVerdict.VIOLATING, message)

    def _is_declared(self, seen: PacketSet, sources: Holders, destinations: Holders) -> bool:
        excuses = self.analysis.declared
        found = self.analysis.space.empty
        for a in sources:
            for b in destinations:
                forward = excuses.declared(a, b).with_any_flag()
                found |= forward | excuses.declared(b, a).mirror()
        return not found.is_empty and seen <= found.with_fragments()

    # --- zones ------------------------------------------------------------------------------

    def zones_of(self, holders: Holders) -> str:
        """Return the zones of the holders of an address, empty if nobody holds it."""
        return ", ".join(sorted({self.analysis.zone_of(p) or UNZONED for p in holders}))

    def _surely_cross(self, sources: Holders, destinations: Holders) -> bool:
        pairs = [(a, b) for a in sources for b in destinations]
        known = all(self.analysis.zone_of(point) for pair in pairs for point in pair)
        return known and all(self.expected.crosses(a, b) for a, b in pairs)

    def _may_cross(self, sources: Holders, destinations: Holders) -> bool:
        return any(self.expected.crosses(a, b) for a in sources for b in destinations)

    def _blamed_check(self, zones: tuple[str, str]) -> str:
        return DRIFT if zones[0] == zones[1] else CROSSING
