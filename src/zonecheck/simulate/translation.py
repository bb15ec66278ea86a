"""Address translation at one device (docs/semantics.md, section 4, "Address translation")."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.simulate.matching import address_fits, names_fit, services_fit
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.representatives import Representatives
from zonecheck.simulate.sessions import Sessions
from zonecheck.simulate.translated import Translated, Translation


@dataclass(frozen=True, slots=True)
class Outcome:
    """A packet after the translation step, and the step; None if nothing translates it."""

    packet: Packet
    step: Translation | None = None


class TranslationTable:
    """The rules of one device and the translations it remembers.

    `further` are addresses that a translation to any address of a range has to try as well. With
    `expiring`, a reply may find its entry gone.
    """

    def __init__(
        self,
        device: Device,
        sessions: Sessions,
        representatives: Representatives,
        further: Iterable[IPAddress] = (),
        *,
        expiring: bool = True,
    ) -> None:
        self._device = device
        self._sessions = sessions
        self._representatives = representatives
        self._further = frozenset(further)
        self._expiring = expiring

    def of_destination(self, packet: Packet, inward: L3Interface) -> tuple[Outcome, ...]:
        """Return what step 4 makes of a packet: the addresses of a reply restored, or a rule's.

        Several outcomes are all taken, like several routes; of a reply the one without the entry
        too, where entries expire.
        """
        if not self._device.nat or packet.is_icmp_error:
            return (Outcome(packet),)
        restored = tuple(
            _restored(packet, entry, _with_destination(packet, entry.before.source, entry))
            for entry in self._answered(packet, SOURCE_NAT)
        )
        if restored and not self._expiring:
            return _distinct(restored)
        for rule in self._rules(DESTINATION_NAT, packet, (inward, None)):
            return _distinct((*restored, *self._outcomes(packet, rule)))
        return _distinct((*restored, Outcome(packet)))

    def of_source(
        self, packet: Packet, inward: L3Interface, outward: L3Interface
    ) -> tuple[Outcome, ...]:
        """Return what step 6 makes of a packet that goes from one interface to another."""
        if not self._device.nat or packet.is_icmp_error:
            return (Outcome(packet),)
        restored = tuple(
            _restored(packet, entry, _with_source(packet, entry.before.destination, entry))
            for entry in self._answered(packet, DESTINATION_NAT)
        )
        if restored and not self._expiring:
            return _distinct(restored)
        for rule in self._rules(SOURCE_NAT, packet, (inward, outward)):
            return _distinct((*restored, *self._outcomes(packet, rule)))
        return _distinct((*restored, Outcome(packet)))

    def remembered(self, step: Translation) -> Translated | None:
        """Return what the device remembers of a step: that of a rule, not of an undoing."""
        if step.restores is not None:
            return None
        return Translated(self._device.id, step.kind, step.before, step.after, step.rule)

    def _answered(self, packet: Packet, kind: str) -> list[Translated]:
        """Return the translations of one kind that a packet is the reply to."""
        found = (
            entry
            for entry in self._sessions.translations
            if (entry.device, entry.kind) == (self._device.id, kind)
        )
        return sorted((e for e in found if packet.answers(e.after)), key=lambda e: e.order)

    def _rules(
        self, kind: str, packet: Packet, way: tuple[L3Interface, L3Interface | None]
    ) -> Iterator[NatRule]:
        """Yield the rules of one kind that match a packet, in order."""
        inward, outward = way
        for rule in self._device.nat:
            if (
                rule.kind == kind
                and names_fit(rule.in_interfaces, inward)
                and (outward is None or names_fit(rule.out_interfaces, outward))
                and address_fits(rule.sources, packet.source)
                and address_fits(rule.destinations, packet.destination)
                and services_fit(rule.services, packet)
                and _translates_version(rule, packet.version)
            ):
                yield rule

    def _outcomes(self, packet: Packet, rule: NatRule) -> tuple[Outcome, ...]:
        """Return a packet under the rule that matches it: unchanged if the rule has no target."""
        if not _targets(rule):
            return (Outcome(packet),)
        if rule.kind == SOURCE_NAT:
            chosen = self._addresses(rule, rule.sources.ranges, packet.source)
            changed = [replace(packet, source=address) for address in chosen]
        else:
            chosen = self._addresses(rule, rule.destinations.ranges, packet.destination)
            port = packet.destination_port
            if rule.port_to is not None and packet.has_ports:
                port = rule.port_to
            changed = [
                replace(packet, destination=address, destination_port=port) for address in chosen
            ]
        return tuple(
            Outcome(after, Translation(rule.kind, packet, after, rule)) for after in changed
        )

    def _addresses(
        self, rule: NatRule, matched: tuple[AddressRange, ...] | None, address: IPAddress
    ) -> tuple[IPAddress, ...]:
        """Return the addresses a rule replaces one by."""
        targets = [target for target in _targets(rule) if target.version == address.version]
        if rule.one_to_one and matched is not None and len(matched) == len(targets) == 1:
            position = int(address) - int(matched[0].low)
            moved = int(targets[0].low) + position
            if position >= 0 and moved <= int(targets[0].high):
                return (type(address)(moved),)
        return self._representatives.inside(targets, self._further | self._sessions.addresses)


def _targets(rule: NatRule) -> tuple[AddressRange, ...]:
    if rule.kind == SOURCE_NAT:
        return rule.source_to
    return () if rule.destination_to is None else (rule.destination_to,)


def _translates_version(rule: NatRule, version: int) -> bool:
    targets = _targets(rule)
    return not targets or any(target.version == version for target in targets)


def _restored(packet: Packet, entry: Translated, after: Packet) -> Outcome:
    """Return a reply with the address it gets back."""
    kind = DESTINATION_NAT if entry.kind == SOURCE_NAT else SOURCE_NAT
    return Outcome(after, Translation(kind, packet, after, entry.rule, restores=entry))


def _with_destination(packet: Packet, address: IPAddress, entry: Translated) -> Packet:
    port = entry.before.source_port if packet.has_ports else packet.destination_port
    return replace(packet, destination=address, destination_port=port)


def _with_source(packet: Packet, address: IPAddress, entry: Translated) -> Packet:
    port = entry.before.destination_port if packet.has_ports else packet.source_port
    return replace(packet, source=address, source_port=port)


def _distinct(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Return the first outcome of each packet."""
    found: dict[Packet, Outcome] = {}
    for outcome in outcomes:
        found.setdefault(outcome.packet, outcome)
    return tuple(found.values())
