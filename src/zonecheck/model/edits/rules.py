"""Edits of rules: added, removed, widened, moved, and what becomes of the rest.

`filter` names a list that interfaces use; None means the policy of the device. Positions count
from 0.
"""

from dataclasses import dataclass, replace

from zonecheck.model.edits.edit import (
    Edit,
    EditError,
    device_of,
    filter_of,
    item_at,
    with_filter,
)
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.filter import ANY_ADDRESS, Action, AddressMatch, Rule
from zonecheck.model.service import PORT_PROTOCOLS, PROTOCOL_NUMBERS, PortRange, Service
from zonecheck.model.topology import Topology

ADDED = "added"
"""The name of what an edit adds."""
PARTS = ("sources", "destinations", "services", "in_interfaces", "out_interfaces")
_WIDEST: dict[str, object] = {
    "sources": ANY_ADDRESS,
    "destinations": ANY_ADDRESS,
    "services": (),
    "in_interfaces": (),
    "out_interfaces": (),
}


@dataclass(frozen=True, slots=True)
class RemoveRule(Edit):
    """A rule is taken out."""

    device: str
    position: int
    filter: str | None = None

    def apply(self, topology: Topology) -> Topology:
        """Return the topology without the rule."""
        device = device_of(topology, self.device)
        item = filter_of(device, self.filter)
        item_at(item.rules, self.position, f"rule of {self.device!r}")
        rules = tuple(r for at, r in enumerate(item.rules or ()) if at != self.position)
        return with_filter(topology, device, self.filter, replace(item, rules=rules))


@dataclass(frozen=True, slots=True)
class WidenRule(Edit):
    """One condition of a rule (one of `PARTS`) becomes any."""

    device: str
    position: int
    part: str
    filter: str | None = None

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the rule widened."""
        if self.part not in _WIDEST:
            raise EditError(f"{self.part!r} is none of {', '.join(PARTS)}")
        device = device_of(topology, self.device)
        item = filter_of(device, self.filter)
        rule = item_at(item.rules, self.position, f"rule of {self.device!r}")
        widened = replace(rule, **{self.part: _WIDEST[self.part]})  # type: ignore[arg-type]
        rules = tuple(
            widened if at == self.position else other for at, other in enumerate(item.rules or ())
        )
        return with_filter(topology, device, self.filter, replace(item, rules=rules))


@dataclass(frozen=True, slots=True)
class AddRule(Edit):
    """A rule is put at a position: `permit` or `deny`, between what two names stand for.

    `origin` and `destination` are ids of hosts, segments, devices or external networks; None is
    any. `protocol` is a name such as `tcp`, `port` its destination port; None is any.
    """

    device: str
    position: int
    action: str = "permit"
    origin: str | None = None
    destination: str | None = None
    protocol: str | None = None
    port: int | None = None
    filter: str | None = None

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the rule."""
        device = device_of(topology, self.device)
        item = filter_of(device, self.filter)
        if item.rules is None:
            raise EditError(f"the rules of {self.device!r} are not declared")
        if not 0 <= self.position <= len(item.rules):
            raise EditError(f"{self.device!r} has no place for a rule at {self.position}")
        rule = Rule(
            _action(self.action),
            ADDED,
            match_of(topology, self.origin),
            match_of(topology, self.destination),
            services_of(self.protocol, self.port),
        )
        rules = (*item.rules[: self.position], rule, *item.rules[self.position :])
        return with_filter(topology, device, self.filter, replace(item, rules=rules))


@dataclass(frozen=True, slots=True)
class MoveRule(Edit):
    """A rule is moved to another position of its list."""

    device: str
    position: int
    to: int
    filter: str | None = None

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the list in its new order."""
        device = device_of(topology, self.device)
        item = filter_of(device, self.filter)
        rules = list(item.rules or ())
        moved = item_at(item.rules, self.position, f"rule of {self.device!r}")
        item_at(item.rules, self.to, f"rule of {self.device!r}")
        del rules[self.position]
        rules.insert(self.to, moved)
        return with_filter(topology, device, self.filter, replace(item, rules=tuple(rules)))


@dataclass(frozen=True, slots=True)
class SetDefault(Edit):
    """What no rule matches is permitted, or denied."""

    device: str
    action: str
    filter: str | None = None

    def apply(self, topology: Topology) -> Topology:
        """Return the topology with the list's end changed."""
        device = device_of(topology, self.device)
        item = filter_of(device, self.filter)
        changed = replace(item, default=_action(self.action))
        return with_filter(topology, device, self.filter, changed)


def match_of(topology: Topology, name: str | None) -> AddressMatch:
    """Return the addresses a name stands for; None is any.

    Raises:
        EditError: if nothing is called so.
    """
    if name is None:
        return ANY_ADDRESS
    held = (
        (EndpointKind.HOST, topology.host_by_id),
        (EndpointKind.SEGMENT, topology.segment_by_id),
        (EndpointKind.DEVICE, topology.device_by_id),
        (EndpointKind.EXTERNAL, topology.external_by_id),
    )
    for kind, known in held:
        if name in known:
            ranges = topology.addresses_of(EndpointRef(kind, name))
            return AddressMatch(ranges, text=name)
    raise EditError(f"nothing is called {name!r}")


def services_of(protocol: str | None, port: int | None) -> tuple[Service, ...]:
    """Return the service of a protocol and port as a rule has it; without both it is any.

    Raises:
        EditError: if there is no such service.
    """
    if protocol is None:
        if port is not None:
            raise EditError(f"port {port} needs a protocol")
        return ()
    number = PROTOCOL_NUMBERS.get(protocol)
    if number is None:
        raise EditError(f"{protocol!r} is none of {', '.join(PROTOCOL_NUMBERS)}")
    if port is None:
        return (Service(number),)
    if number not in PORT_PROTOCOLS or not 0 <= port <= 65535:
        raise EditError(f"{protocol!r} has no port {port}")
    return (Service(number, (PortRange(port, port),)),)


def _action(name: str) -> Action:
    try:
        return Action(name)
    except ValueError as error:
        raise EditError(f"{name!r} is neither permit nor deny") from error
