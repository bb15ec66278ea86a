"""Address translation at one device (docs/semantics.md, section 4, "Address translation")."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.device import Device, L3Interface
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.simulate.completions import Completions
from zonecheck.simulate.matching import address_fits, names_fit, services_fit
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.representatives import Representatives
from zonecheck.simulate.sessions import Sessions
from zonecheck.simulate.translated import Translated, Translation

Way = tuple[L3Interface, L3Interface | None]
_Owed = Literal["owed"]
_OWED: _Owed = "owed"
_Asked = Translated | NatRule | _Owed | None
"""An entry that a packet answers, a rule that it matches, neither, or a source yet to restore."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A packet after the translation step, and the step; None if nothing translates it.

    With `owed`, it is a reply whose source is yet to be restored where it leaves.
    """

    packet: Packet
    step: Translation | None = None
    owed: bool = False

    @property
    def restored(self) -> bool:
        """Return whether the step gave a reply its address back."""
        return self.step is not None and self.step.restores is not None


class TranslationTable:
    """The rules of one device and the translations it remembers.

    `further` are addresses that a translation to any address of a range has to try as well. With
    `expiring`, a reply may find its entry gone.
    """

    def __init__(
        self,
        device: Device,
        sessions: Sessions,
        completions: Completions,
        representatives: Representatives,
        further: Iterable[IPAddress] = (),
        *,
        expiring: bool = True,
    ) -> None:
        self._device = device
        self._sessions = sessions
        self._completions = completions
        self._representatives = representatives
        self._further = frozenset(further)
        self._expiring = expiring

    def of_destination(self, packet: Packet, inward: L3Interface) -> tuple[Outcome, ...]:
        """Return what step 4 makes of a packet: the addresses of a reply restored, or a rule's.

        Several outcomes are all taken, like several routes; of a reply the one without the entry
        too, where entries expire.
        """

        def asked(whole: Packet) -> list[_Asked]:
            if whole.is_icmp_error:
                return [None]
            answered = self._answered(whole, SOURCE_NAT)
            owed = [_OWED] if self._answered(whole, DESTINATION_NAT) else []
            known: list[_Asked] = [*answered, *owed]
            if known and not self._expiring:
                return known
            return [*known, self._first_rule(DESTINATION_NAT, whole, (inward, None))]

        return self._of(packet, asked)

    def of_source(
        self, before: Outcome, inward: L3Interface, outward: L3Interface
    ) -> tuple[Outcome, ...]:
        """Return what step 6 makes of an outcome of step 4 that goes between two interfaces.

        Translation goes by connection: a reply that was restored is turned by no rule, and one
        whose source is owed is restored or is no such reply.
        """

        def asked(whole: Packet) -> list[_Asked]:
            if whole.is_icmp_error:
                return [] if before.owed else [None]
            if not before.owed and not before.restored:
                return [self._first_rule(SOURCE_NAT, whole, (inward, outward))]
            answered = self._answered(whole, DESTINATION_NAT)
            return [*answered] if before.owed else [*answered, None]

        return self._of(before.packet, asked)

    def remembered(self, step: Translation) -> Translated | None:
        """Return what the device remembers of a step: that of a rule, not of an undoing.

        Of fragments it remembers nothing.
        """
        if step.restores is not None or step.before.fragment:
            return None
        return Translated(self._device.id, step.kind, step.before, step.after, step.rule)

    def _of(self, packet: Packet, asked: "Callable[[Packet], list[_Asked]]") -> tuple[Outcome, ...]:
        """Return what becomes of a packet by the entries and rules asked.

        What is done to a fragment is what is done to any packet it may be the rest of.
        """
        if not self._device.nat:
            return (Outcome(packet),)
        found: dict[_Asked, None] = {}
        for whole in self._completions.of(packet, self._sessions):
            found |= dict.fromkeys(asked(whole))
        return _distinct(each for by in found for each in self._outcomes(packet, by))

    def _answered(self, packet: Packet, kind: str) -> list[Translated]:
        """Return the translations of one kind that a packet is the reply to."""
        found = (
            entry
            for entry in self._sessions.translations
            if (entry.device, entry.kind) == (self._device.id, kind)
        )
        return sorted((e for e in found if packet.answers(e.after)), key=lambda e: e.order)

    def _first_rule(self, kind: str, packet: Packet, way: Way) -> NatRule | None:
        """Return the first rule of one kind that matches a packet, None if none does."""
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
                return rule
        return None

    def _outcomes(self, packet: Packet, by: "_Asked") -> tuple[Outcome, ...]:
        """Return a packet restored by an entry, or under a rule that may have no target."""
        if by is None:
            return (Outcome(packet),)
        if by == _OWED:
            return (Outcome(packet, owed=True),)
        if isinstance(by, Translated):
            return (_restored(packet, by),)
        return self._translated(packet, by)

    def _translated(self, packet: Packet, rule: NatRule) -> tuple[Outcome, ...]:
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


def _restored(packet: Packet, entry: Translated) -> Outcome:
    """Return a reply with the address it gets back, and the port if it has ports."""
    first = entry.before
    if entry.kind == SOURCE_NAT:
        kind = DESTINATION_NAT
        port = first.source_port if packet.has_ports else packet.destination_port
        after = replace(packet, destination=first.source, destination_port=port)
    else:
        kind = SOURCE_NAT
        port = first.destination_port if packet.has_ports else packet.source_port
        after = replace(packet, source=first.destination, source_port=port)
    return Outcome(after, Translation(kind, packet, after, entry.rule, restores=entry))


def _distinct(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Return the first outcome of each packet, one restored and one as the rules treat it.

    Even if both are the same packet: policies see them differently, and a rule is remembered.
    """
    found: dict[tuple[Packet, bool, bool], Outcome] = {}
    for outcome in outcomes:
        found.setdefault((outcome.packet, outcome.restored, outcome.owed), outcome)
    return tuple(found.values())
