"""What every builder needs: names, services, segments, and where to report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from zonecheck.formats.names import Names
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element
from zonecheck.formats.service_names import ServiceNames
from zonecheck.formats.shape import Items
from zonecheck.model.address import AddressRange, IPAddress, IPNetwork
from zonecheck.model.link import LinkEnd
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.model.source import Source


@dataclass(frozen=True, slots=True)
class Claim:
    """Addresses that an interface, edge or peer declares as its own, or as shared (`virtual`)."""

    range: AddressRange
    owner: str
    segment: str | None
    source: Source
    virtual: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of a design that other parts refer to.

    `unsure` holds the segments some of whose prefixes could not be read: nothing is said about
    addresses in them. `claims`, `macs` and `unplaced` (interfaces without a segment) are
    gathered while building, to be checked as a whole.
    """

    problems: Problems
    names: Names
    services: ServiceNames
    segments: Mapping[str, Segment]
    unsure: frozenset[str]
    claims: list[Claim] = field(default_factory=list)
    macs: dict[str, tuple[str, Source]] = field(default_factory=dict)
    unplaced: dict[LinkEnd, Source] = field(default_factory=dict)

    def claim(
        self,
        items: Items[AddressRange] | None,
        owner: str,
        segment: str | None,
        *,
        virtual: bool = False,
    ) -> None:
        """Note which addresses an owner declares."""
        for item, source in zip(items, items.sources, strict=True) if items is not None else ():
            self.claims.append(Claim(item, owner, segment, source, virtual))

    def claim_mac(self, mac: str, owner: str, source: Source) -> None:
        """Note a MAC address; nobody else may have it."""
        if mac in self.macs:
            other, first = self.macs[mac]
            self.problems.add(source, "mac.duplicate", mac=mac, owner=other, first=first.short)
        else:
            self.macs[mac] = owner, source

    def claimed_macs(self, element: Element, owner: str) -> tuple[str, ...]:
        """Return the MAC addresses of one interface; those of one owner may share them."""
        written: Items[str] | None = element["mac"]
        if written is None:
            return ()
        for mac, source in zip(written, written.sources, strict=True):
            if self.macs.get(mac, ("", source))[0] != owner:
                self.claim_mac(mac, owner, source)
        return tuple(written)


def complete(element: Element, name: str) -> bool:
    """Return whether a list that was given could be read as a whole."""
    value = element[name]
    return not element.given(name) or (isinstance(value, Items) and value.complete)


def check_next_hop(
    context: Context,
    prefix: IPNetwork,
    hop: IPAddress,
    connected: Iterable[IPNetwork] | None,
    source: Source,
) -> None:
    """Report a next hop of the other IP version, or in no connected prefix (None: not known)."""
    if hop.version != prefix.version:
        context.problems.add(
            source, "route.versions", hop=hop, prefix=prefix, version=prefix.version
        )
    elif connected is not None and not any(hop in network for network in connected):
        known = ", ".join(map(str, connected)) or "-"
        context.problems.add(source, "route.next-hop-nowhere", hop=hop, known=known)


def report_outside(context: Context, segment: Segment, text: str, source: Source) -> None:
    """Report an address that lies in no prefix of the segment it is given for."""
    hint: Message | None = Message.of("hint.give-prefix", name=segment.id)
    if not segment.prefixes:
        context.problems.add(source, "address.no-prefix", text=text, segment=segment.id, hint=hint)
        return
    prefixes = ", ".join(map(str, segment.prefixes))
    owner = next((other for other in context.segments.values() if holds(other, text)), None)
    hint = None if owner is None else Message.of("hint.other-segment", segment=owner.id)
    context.problems.add(
        source, "address.outside", text=text, segment=segment.id, known=prefixes, hint=hint
    )


def holds(segment: Segment, text: str) -> bool:
    """Return whether an address, or both ends of a range, lies in one prefix of a segment."""
    ends = [ip_address(part) for part in text.split("-")]
    return any(all(end in prefix for end in ends) for prefix in segment.prefixes)
