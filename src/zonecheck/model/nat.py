"""Address translation (RFC 2663; docs/semantics.md, section 4)."""

from dataclasses import dataclass, field

from zonecheck.model.address import AddressRange
from zonecheck.model.filter import ANY_ADDRESS, AddressMatch
from zonecheck.model.service import Service
from zonecheck.model.source import NOWHERE, Source


@dataclass(frozen=True, slots=True)
class NatRule:
    """One line of a translation table; of each kind the first that matches decides.

    `source_to` makes it a source translation: the source becomes any address of these ranges.
    `destination_to` makes it a destination translation, `port_to` may replace the destination
    port as well. A rule has exactly one of both. With `one_to_one`, the address keeps its
    position: the n-th address of the matched range becomes the n-th of the other (both a single
    range of the same size). A rule that has neither translates nothing and shields from those
    below it; `kind` says which table it stands in.

    An empty tuple of interfaces or services means any; `out_interfaces` only with source rules.
    """

    name: str
    kind: str
    sources: AddressMatch = ANY_ADDRESS
    destinations: AddressMatch = ANY_ADDRESS
    services: tuple[Service, ...] = ()
    in_interfaces: tuple[str, ...] = ()
    out_interfaces: tuple[str, ...] = ()
    source_to: tuple[AddressRange, ...] = ()
    destination_to: AddressRange | None = None
    port_to: int | None = None
    one_to_one: bool = False
    source: Source = field(default=NOWHERE, compare=False)


SOURCE_NAT = "source"
DESTINATION_NAT = "destination"
