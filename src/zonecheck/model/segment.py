"""Segments: one planned broadcast domain with its prefixes."""

from dataclasses import dataclass, field

from zonecheck.model.address import AddressRange, IPNetwork
from zonecheck.model.attribute import Attributes
from zonecheck.model.source import NOWHERE, Source


@dataclass(frozen=True, slots=True)
class Wireless:
    """What an SSID declares about its radio: `auth` such as `wpa3-enterprise`, None undeclared.

    `guest` is an SSID that is not for staff.
    """

    auth: str | None = None
    guest: bool = False
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Segment:
    """A VLAN or cable as planned: its zone, VLAN id and prefixes.

    `switches` names where the segment lives when its VLAN id means something else on other
    switches; empty means every switch that carries the VLAN. A segment without a VLAN, or
    whose VLAN no switch carries, is an ideal switch of its own.

    `ip_source_guard` and `port_security` together bind every access port of the segment to
    the declared MAC and IP addresses of what is plugged in there; only both stop forging.
    `nac` says how its access ports authenticate devices (`dot1x`, `mac-auth`), `mac_acl` and
    `arp_inspection` that they drop foreign MAC addresses or ARP; no check of packets rests on
    these three.

    An SSID is a segment `laid_on` another: it lives where that one lives, in the same prefixes,
    and `wireless` says how it authenticates. A segment outside the scope of the policy has
    `in_scope` False.
    """

    id: str
    zone: str | None = None
    vlan: int | None = None
    prefixes: tuple[IPNetwork, ...] = ()
    switches: tuple[str, ...] = ()
    ip_source_guard: bool = False
    port_security: bool = False
    nac: str | None = None
    mac_acl: bool = False
    arp_inspection: bool = False
    laid_on: str | None = None
    wireless: Wireless | None = None
    in_scope: bool = True
    attributes: Attributes = ()
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
