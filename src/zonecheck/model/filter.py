"""Packet filters: ordered rules, first match decides."""

from dataclasses import dataclass, field
from enum import Enum

from zonecheck.model.address import AddressRange
from zonecheck.model.service import Service
from zonecheck.model.source import NOWHERE, Source


class Action(Enum):
    """What a rule does with a packet it matches."""

    PERMIT = "permit"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class AddressMatch:
    """A set of addresses in a rule.

    `ranges` None matches every address of both IP versions; an empty tuple matches none. With
    `negated`, every address *of the IP versions that occur in `ranges`* outside them matches.
    `text` is what the file says and only serves reports.
    """

    ranges: tuple[AddressRange, ...] | None = None
    negated: bool = False
    text: str = field(default="any", compare=False)

    @property
    def versions(self) -> frozenset[int]:
        """Return the IP versions this match can ever hold for."""
        if self.ranges is None:
            return frozenset({4, 6})
        return frozenset(item.version for item in self.ranges)


ANY_ADDRESS = AddressMatch()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a filter. An empty tuple of interfaces or services means any.

    `uncertain` says why the rule may or may not match a packet that fits all it says (a group
    whose meaning when empty is undeclared, a match on a name, user, application, time or place);
    such a rule has an upper and a lower closure. `macs` are source MAC addresses, which a sender
    forges at will: a permit matches whatever they are, a deny nothing.
    """

    action: Action
    name: str
    sources: AddressMatch = ANY_ADDRESS
    destinations: AddressMatch = ANY_ADDRESS
    services: tuple[Service, ...] = ()
    in_interfaces: tuple[str, ...] = ()
    out_interfaces: tuple[str, ...] = ()
    uncertain: str | None = None
    macs: tuple[str, ...] = ()
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """An ordered list of rules with what happens to the rest.

    `rules` None means the list is not declared (a device without configuration); `default`
    None means what happens to unmatched packets is not declared. A stateful filter lets
    everything through that belongs to a session it admitted, and admits TCP sessions only
    by a packet without ACK and RST, unless `loose` (mid-stream pickup). `alg` names the
    application gateways (ALG_PORTS) that open further ports between the two ends of a session.
    With `session_rules`, what belongs to a session passes only if these permit it, or the rules
    permit it as new; None permits all of it.
    """

    id: str
    rules: tuple[Rule, ...] | None = ()
    default: Action | None = Action.DENY
    stateful: bool = False
    loose: bool = False
    alg: tuple[str, ...] = ()
    session_rules: tuple[Rule, ...] | None = None
    source: Source = field(default=NOWHERE, compare=False)
    default_source: Source = field(default=NOWHERE, compare=False)

    @property
    def place_of_default(self) -> Source:
        """Return where the default is written, or the list where nobody writes one."""
        return self.source if self.default_source == NOWHERE else self.default_source


ALG_PORTS: dict[str, tuple[tuple[int, int], ...]] = {
    "ftp": ((6, 21),),
    "tftp": ((17, 69),),
    "sip": ((6, 5060), (17, 5060)),
    "h323": ((6, 1720), (17, 1719)),
    "rtsp": ((6, 554),),
    "pptp": ((6, 1723),),
    "irc": ((6, 6667),),
    "sunrpc": ((6, 111), (17, 111)),
    "msrpc": ((6, 135),),
}
"""The control sessions (protocol, port) after which an application gateway opens pinholes."""
