"""What the frame around a flow says: its VLAN tags, its MAC address, and ARP."""

from collections.abc import Iterator

from zonecheck.capture.address_book import AddressBook, Holders, is_listed
from zonecheck.capture.background import is_anybodys, is_of_bridges
from zonecheck.capture.inventory import Inventory, is_virtual_router
from zonecheck.capture.judgement import (
    DRIFT,
    MAC_BINDING,
    UNKNOWN_DEVICE,
    VLAN_SCOPE,
    FlowVerdict,
    Reason,
)
from zonecheck.capture.place import CapturePlace
from zonecheck.capture.read import Layer
from zonecheck.capture.seen_headers import shown_address, shown_mac, version_of
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.prove import covers

_OURS = (EndpointKind.HOST, EndpointKind.SEGMENT, EndpointKind.DEVICE)
"""Ends whose MAC addresses mean something: behind the first router they do not."""


class FrameRules:
    """The rules about frames at one place; where the place is not known, none applies."""

    def __init__(self, analysis: Analysis, place: CapturePlace, addresses: AddressBook) -> None:
        self._topology = analysis.topology
        self._place = place
        self._addresses = addresses
        self.inventory = Inventory(analysis)
        self._bound = [
            flow.origin
            for flow in analysis.topology.specific_flows
            if "mac" in flow.bind and flow.origin.kind in _OURS
        ]
        self._zone_of = analysis.zone_of
        self._zones_here = {
            analysis.topology.zone_of_segment(segment.id)
            for segment in analysis.topology.segments
            if not place.all_domains.isdisjoint(
                analysis.plane.domains.domains_of_segment(segment.id)
            )
        }

    def domains(self, layer: Layer) -> frozenset[int] | None:
        """Return the broadcast domains a frame is in, None where nobody can tell."""
        return self._place.domains_of(layer.vlans[0] if layer.vlans else None)

    def tags(self, layer: Layer) -> Iterator[Reason]:
        """Yield what is wrong with the VLAN tags of a frame."""
        if not self._place.is_known or is_of_bridges(layer):
            return
        if len(layer.vlans) > 1:
            tags = ", ".join(map(str, layer.vlans))
            message = Message.of("capture.double-tag", tags=tags, place=self._place.name)
            yield Reason(VLAN_SCOPE, FlowVerdict.VIOLATING, message)
        if self.domains(layer) is not None:
            return
        if not layer.vlans:
            message = Message.of("capture.untagged", place=self._place.name)
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, message)
            return
        vlan = layer.vlans[0]
        zones = {s.zone for s in self._topology.segments if s.vlan == vlan}
        if zones - self._zones_here:
            zone = ", ".join(sorted(z or "?" for z in zones))
            message = Message.of(
                "capture.vlan-of-zone", vlan=vlan, zone=zone, place=self._place.name
            )
            yield Reason(VLAN_SCOPE, FlowVerdict.VIOLATING, message)
        else:
            message = Message.of("capture.vlan-not-here", vlan=vlan, place=self._place.name)
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, message)

    def source_mac(self, layer: Layer, domains: frozenset[int] | None) -> Iterator[Reason]:
        """Yield what is wrong with the MAC address a frame comes from."""
        mac = layer.source_mac
        if mac is None or domains is None:
            return
        cards = self.inventory.cards.get(mac, [])
        shown = shown_mac(mac)
        if cards and not any(self.inventory.is_in(card, domains) for card in cards):
            message = Message.of("capture.mac-elsewhere", mac=shown, card=cards[0])
            foreign = any(self._zone_of(card) not in self._zones_here for card in cards)
            worst = FlowVerdict.VIOLATING if foreign else FlowVerdict.UNMODELLED
            yield Reason(DRIFT, worst, message)
        shared = is_virtual_router(mac) and self.inventory.shared_routers(domains)
        if cards or shared or is_of_bridges(layer):
            return
        if self.inventory.is_complete(domains):
            message = Message.of("capture.unknown-mac", mac=shown)
            yield Reason(UNKNOWN_DEVICE, FlowVerdict.VIOLATING, message)

    def knows_mac(self, layer: Layer, domains: frozenset[int] | None) -> bool:
        """Return whether the design says enough to tell whose MAC address it is."""
        if layer.source_mac is None or domains is None:
            return False
        known = layer.source_mac in self.inventory.cards or is_of_bridges(layer)
        return known or self.inventory.is_complete(domains)

    def sending_card(self, layer: Layer, holders: Holders) -> Holders:
        """Return the cards a frame comes from, where they are no router's and not the holder's.

        A card that forwards nothing and sends from another's address has made it up: what it says
        comes from where the card is.
        """
        domains = self.domains(layer)
        if layer.source_mac is None or domains is None or layer.tunnel is not None:
            return ()
        cards = [
            card
            for card in self.inventory.cards.get(layer.source_mac, [])
            if self.inventory.is_in(card, domains)
        ]
        honest = {card.node for card in cards} & {holder.node for holder in holders}
        if honest or any(self.inventory.forwards(card) for card in cards):
            return ()
        return tuple(cards)

    def receivers(self, layer: Layer) -> frozenset[str]:
        """Return the nodes a frame goes to: whose card it names, or who shares the address."""
        mac, domains = layer.destination_mac, self.domains(layer)
        if mac is None or domains is None:
            return frozenset()
        if is_virtual_router(mac):
            return frozenset(p.node for p in self.inventory.shared_routers(domains))
        return frozenset(card.node for card in self.inventory.cards.get(mac, []))

    def is_bound_elsewhere(self, layer: Layer) -> bool:
        """Return whether it is from an origin bound by MAC address, seen past its own wire."""
        version = version_of(layer)
        if version is None or layer.source is None or layer.tunnel is not None:
            return False
        holders = self._addresses.holders(version, layer.source)
        bound = [h for h in holders if any(covers(self._topology, e, h) for e in self._bound)]
        domains = self.domains(layer)
        if not bound:
            return False
        shown = domains is not None and layer.source_mac is not None
        return not shown or not any(self.inventory.is_in(point, domains or ()) for point in bound)

    def binding(
        self, mac: int | None, address: str, holders: Holders, domains: frozenset[int] | None
    ) -> Iterator[Reason]:
        """Yield what is wrong between a MAC address and the IP address that comes with it.

        Only up to the first router: on the holder's own wire the frame is the holder's; anywhere
        else it is that of what forwards.
        """
        if mac is None or domains is None:
            return
        here = [h for h in holders if is_listed(h) and self.inventory.is_in(h, domains)]
        if here:
            yield from self._own_card(mac, address, here)
        elif holders:
            yield from self._forwarded(mac, address, holders)

    def _own_card(self, mac: int, address: str, here: list[AttachmentPoint]) -> Iterator[Reason]:
        declared = [self.inventory.macs_of(point) for point in here]
        nodes = {point.node for point in here}
        of_others = {card.node for card in self.inventory.cards.get(mac, [])} - nodes
        if any(mac in macs for macs in declared) or not (all(declared) or of_others):
            return
        if is_virtual_router(mac) and any(map(self.inventory.shares, here)):
            return
        bound = any(covers(self._topology, end, point) for end in self._bound for point in here)
        message = Message.of(
            "capture.foreign-mac",
            mac=shown_mac(mac),
            address=address,
            card=here[0],
            declared=", ".join(shown_mac(m) for macs in declared for m in sorted(macs)) or "-",
        )
        yield Reason(MAC_BINDING if bound else DRIFT, FlowVerdict.VIOLATING, message)

    def _forwarded(self, mac: int, address: str, holders: Holders) -> Iterator[Reason]:
        cards = self.inventory.cards.get(mac, [])
        own = {card.node for card in cards} & {holder.node for holder in holders}
        if cards and not own and not any(self.inventory.forwards(card) for card in cards):
            message = Message.of(
                "capture.address-of-another",
                card=cards[0],
                address=address,
                holder=", ".join(str(h) for h in holders[:3]),
            )
            yield Reason(DRIFT, FlowVerdict.VIOLATING, message)

    def advertisement(
        self, layer: Layer, address: str, domains: frozenset[int]
    ) -> Iterator[Reason]:
        """Yield that what advertises itself as a router of IPv6 is none of the design."""
        routers = self.inventory.ipv6_routers(domains)
        macs = [self.inventory.macs_of(point) for point in routers]
        known = layer.source_mac is not None and all(macs)
        ours = any(layer.source_mac in each for each in macs)
        if not routers or (known and not ours and not is_virtual_router(layer.source_mac or 0)):
            message = Message.of("capture.rogue-advertisement", address=address)
            yield Reason(DRIFT, FlowVerdict.VIOLATING, message)

    def arp(self, layer: Layer, domains: frozenset[int] | None) -> Iterator[Reason]:
        """Yield what is wrong with the sender of an ARP message."""
        sender = layer.source
        if layer.undecided:
            for check in (UNKNOWN_DEVICE, DRIFT):
                message = Message.of(f"capture.partly-{layer.undecided}")
                yield Reason(check, FlowVerdict.UNDECIDABLE, message)
        if sender is None or layer.arp is None or sender == 0:
            return
        if is_anybodys(4, sender):
            return
        address = shown_address(4, sender)
        holders = self._addresses.holders(4, sender)
        if not any(map(is_listed, holders)):
            message = Message.of("capture.unknown-address", address=address)
            yield Reason(UNKNOWN_DEVICE, FlowVerdict.VIOLATING, message)
        elif domains is not None:
            yield from self._answers_here(layer.arp.sender_mac, address, holders, domains)
        if layer.source_mac is not None and layer.source_mac != layer.arp.sender_mac:
            message = Message.of(
                "capture.arp-for-another",
                frame=shown_mac(layer.source_mac),
                sender=shown_mac(layer.arp.sender_mac),
                address=address,
            )
            yield Reason(DRIFT, FlowVerdict.UNMODELLED, message)

    def _answers_here(
        self, mac: int, address: str, holders: Holders, domains: frozenset[int]
    ) -> Iterator[Reason]:
        if any(self.inventory.is_in(holder, domains) for holder in holders):
            yield from self.binding(mac, address, holders, domains)
            return
        message = Message.of(
            "capture.arp-elsewhere", address=address, holder=holders[0], mac=shown_mac(mac)
        )
        yield Reason(DRIFT, FlowVerdict.VIOLATING, message)
