"""Address translation as maps between packet sets (docs/semantics.md, section 4).

A *step* turns the headers it matches into others and knows the way back. A packet's *way* is
the tuple of steps it went through, so that the header at its origin is never lost.
"""

from dataclasses import dataclass

from zonecheck.dataplane.filtering import FilterCompiler
from zonecheck.model.address import AddressRange
from zonecheck.model.device import Device
from zonecheck.model.nat import DESTINATION_NAT, SOURCE_NAT, NatRule
from zonecheck.model.service import PORT_PROTOCOLS
from zonecheck.packets import FLAG_ESTABLISHED, FLAG_NEW, Field, PacketSet


@dataclass(frozen=True, slots=True)
class Translation:
    """A rule of a device at work on the headers in `match`, fragments included."""

    node: str
    rule: NatRule
    match: PacketSet

    def forward(self, headers: PacketSet) -> PacketSet:
        """Return what headers become; those outside `match` are left out."""
        headers = headers & self.match
        field, ranges = self._target
        if self.rule.one_to_one:
            version, offset = self._offset
            return self._with_port(headers.shift(version, field, offset), version)
        return self._replaced(headers, field, ranges)

    def backward(self, headers: PacketSet) -> PacketSet:
        """Return the headers of `match` that can become one of these."""
        field, ranges = self._target
        if self.rule.one_to_one:
            version, offset = self._offset
            return self._before_port(headers).shift(version, field, -offset) & self.match
        result = headers.space.empty
        for item in ranges:
            fits = _within(headers, field, item)
            result |= self._before_port(fits).forget(field).only(item.version) & self.match
        return result

    @property
    def _target(self) -> tuple[Field, tuple[AddressRange, ...]]:
        if self.rule.destination_to is not None:
            return Field.DST, (self.rule.destination_to,)
        return Field.SRC, self.rule.source_to

    @property
    def _offset(self) -> tuple[int, int]:
        if self.rule.destination_to is not None:
            before, after = self.rule.destinations, self.rule.destination_to
        else:
            before, after = self.rule.sources, self.rule.source_to[0]
        start = (before.ranges or (after,))[0]
        return after.version, after.interval[0] - start.interval[0]

    def _replaced(
        self, headers: PacketSet, field: Field, ranges: tuple[AddressRange, ...]
    ) -> PacketSet:
        result = headers.space.empty
        for item in ranges:
            changed = headers.rewrite(item.version, field, [item.interval])
            result |= self._with_port(changed, item.version)
        return result

    def _with_port(self, headers: PacketSet, version: int) -> PacketSet:
        """Return headers with the port of the rule, if it has one and they have ports."""
        port, ported = self.rule.port_to, _ported(headers)
        if port is None:
            return headers
        return (headers - ported) | ported.rewrite(version, Field.DST_PORT, [(port, port)])

    def _before_port(self, headers: PacketSet) -> PacketSet:
        """Return the headers that get the port of the rule to be these."""
        port, ported = self.rule.port_to, _ported(headers)
        if port is None:
            return headers
        given = ported & headers.space.box(dst_ports=[(port, port)])
        return (headers - ported) | given.forget(Field.DST_PORT)


@dataclass(frozen=True, slots=True)
class Restoration:
    """The answers to what a translation did, given back the addresses before it.

    `state` holds the headers the translation was applied to, with either TCP flag, and their
    fragments.
    """

    of: Translation
    state: PacketSet

    @property
    def node(self) -> str:
        """Return the device that restores."""
        return self.of.node

    @property
    def match(self) -> PacketSet:
        """Return the answers there can be."""
        return answers(self.of.forward(self.state))

    def forward(self, headers: PacketSet) -> PacketSet:
        """Return what answers become."""
        result = headers.space.empty
        for same in _flags(headers):
            result |= answers(self.of.backward(answers(headers & same)) & self.state) & same
        return result

    def backward(self, headers: PacketSet) -> PacketSet:
        """Return the answers that can become one of these."""
        result = headers.space.empty
        for same in _flags(headers):
            result |= answers(self.of.forward(answers(headers & same) & self.state)) & same
        return result


Step = Translation | Restoration
Way = tuple[Step, ...]


def answers(headers: PacketSet) -> PacketSet:
    """Return the headers with addresses and ports swapped, of TCP with either flag."""
    return headers.with_any_flag().mirror().with_any_flag()


def _flags(headers: PacketSet) -> tuple[PacketSet, ...]:
    space = headers.space
    return (
        space.fragments,
        space.box(flags=[(FLAG_NEW, FLAG_NEW)]),
        space.box(flags=[(FLAG_ESTABLISHED, FLAG_ESTABLISHED)]),
    )


class NatCompiler:
    """The translations of devices, by interface and first match."""

    def __init__(self, filters: FilterCompiler) -> None:
        self._filters = filters
        self._known: dict[tuple[str, str, str, str | None], tuple[Translation, ...]] = {}
        self._unchanged: dict[tuple[Translation, ...], PacketSet] = {(): filters.everything}

    def destination_steps(self, device: Device, in_interface: str) -> tuple[Translation, ...]:
        """Return what destination rules do to packets that came in by an interface."""
        return self._steps(device, DESTINATION_NAT, in_interface, None)

    def source_steps(
        self, device: Device, in_interface: str, out_interface: str
    ) -> tuple[Translation, ...]:
        """Return what source rules do to packets between two interfaces."""
        return self._steps(device, SOURCE_NAT, in_interface, out_interface)

    def unchanged(self, steps: tuple[Translation, ...]) -> PacketSet:
        """Return what all these rules leave as it is, fragments of such headers included."""
        if steps not in self._unchanged:
            left = self._filters.everything.whole
            for step in steps:
                left -= step.match
            self._unchanged[steps] = left.with_fragments()
        return self._unchanged[steps]

    def _steps(
        self, device: Device, kind: str, in_interface: str, out_interface: str | None
    ) -> tuple[Translation, ...]:
        key = device.id, kind, in_interface, out_interface
        if key not in self._known:
            found: list[Translation] = []
            left = self._filters.everything.whole
            for rule in device.nat:
                if rule.kind != kind or not _concerns(rule, in_interface, out_interface):
                    continue
                match = left & self._match(rule)
                left -= match
                if rule.source_to or rule.destination_to is not None:
                    found.append(Translation(device.id, rule, match.with_fragments()))
            self._known[key] = tuple(found)
        return self._known[key]

    def _match(self, rule: NatRule) -> PacketSet:
        filters = self._filters
        match = (
            filters.addresses(rule.sources, source=True)
            & filters.addresses(rule.destinations, source=False)
            & filters.services(rule.services)
        )
        match -= filters.error_headers
        targets = rule.source_to or ((rule.destination_to,) if rule.destination_to else ())
        if not targets:
            return match
        versions = {item.version for item in targets}
        return match.space.union([match.only(version) for version in sorted(versions)])


def _concerns(rule: NatRule, in_interface: str, out_interface: str | None) -> bool:
    if rule.in_interfaces and in_interface not in rule.in_interfaces:
        return False
    return not rule.out_interfaces or out_interface in rule.out_interfaces


def _ported(headers: PacketSet) -> PacketSet:
    """Return the headers that have ports."""
    return headers.whole & headers.space.box(protocols=[(p, p) for p in sorted(PORT_PROTOCOLS)])


def _within(headers: PacketSet, field: Field, item: AddressRange) -> PacketSet:
    space = headers.space
    if field is Field.DST:
        return headers & space.box(item.version, dst=[item.interval])
    return headers & space.box(item.version, src=[item.interval])
