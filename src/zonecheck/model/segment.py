"""Segments: one planned broadcast domain with its prefixes."""

from dataclasses import dataclass, field

from zonecheck.model.address import AddressRange, IPNetwork
from zonecheck.model.source import NOWHERE, Source


@dataclass(frozen=True, slots=True)
class Segment:
    """A VLAN or cable as planned: its zone, VLAN id and prefixes.

    `switches` names where the segment lives when its VLAN id means something else on other
    switches; empty means every switch that carries the VLAN. A segment without a VLAN, or
    whose VLAN no switch carries, is an ideal switch of its own.

    `ip_source_guard` and `port_security` together bind every access port of the segment to
    the declared MAC and IP addresses of what is plugged in there; only both stop forging.
    """

    id: str
    zone: str | None = None
    vlan: int | None = None
    prefixes: tuple[IPNetwork, ...] = ()
    switches: tuple[str, ...] = ()
    ip_source_guard: bool = False
    port_security: bool = False
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def guarded(self) -> bool:
        """Return whether senders on its access ports cannot forge their addresses."""
        return self.ip_source_guard and self.port_security

    @property
    def ranges(self) -> tuple[AddressRange, ...]:
        """Return its prefixes as address ranges."""
        return tuple(AddressRange.of_network(prefix) for prefix in self.prefixes)
