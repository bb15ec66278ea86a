"""Realistic edits of a design: what an engineer changes in one go, for good or ill."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from zonecheck.model.address import IPAddress
from zonecheck.model.device import Device
from zonecheck.model.edits import (
    KINDS,
    AddRoute,
    AddRule,
    Edit,
    Masquerade,
    Publish,
    apply_edits,
)
from zonecheck.model.topology import Topology
from zonecheck.strategies.choice import Chooser, check_bounds
from zonecheck.strategies.lazy import lazily
from zonecheck.strategies.possible_edits import LISTED, lists_of

MOST_EDITS = 20
_SERVICES: tuple[tuple[str | None, int | None], ...] = (
    (None, None),
    ("tcp", 443),
    ("tcp", 22),
    ("tcp", 3389),
    ("tcp", 445),
    ("udp", 53),
    ("icmp", None),
    ("tcp", None),
)
_DEFAULT_ROUTES = {4: "0.0.0.0/0", 6: "::/0"}


@dataclass(frozen=True, slots=True)
class Edited:
    """A design after some edits; `edits` made `topology` out of the original, in this order."""

    edits: tuple[Edit, ...]
    topology: Topology

    def __repr__(self) -> str:
        """Return the edits only: the design is what the test started from."""
        return f"Edited({', '.join(map(repr, self.edits))})"


@lazily
def edits(
    topology: Topology, *, kinds: Sequence[type[Edit]] | None = None
) -> st.SearchStrategy[Edit]:
    """Return a strategy for one realistic edit of a topology; `edit.apply(topology)` makes it.

    Rules are added, removed, widened and moved; hosts moved to another VLAN, connected twice and
    made to forward; ports, trunks, cables and guards changed; routes, translations, management
    access, declared flows and attributes changed. Shrinks to a rule that is removed.

    Args:
        topology: the design to edit. Every edit drawn fits it.
        kinds: the kinds that may be drawn, such as `(RemoveRule, WidenRule)`; None is all of
            `zonecheck.model.edits.KINDS`. Kinds the design has no room for are left out.
    """
    _check_topology(topology)
    drawers = _drawers(topology, _checked(kinds))
    if not drawers:
        return st.nothing()

    return _edit(drawers)


@lazily
def edited(
    topology: Topology,
    *,
    min_edits: int = 1,
    max_edits: int = 3,
    kinds: Sequence[type[Edit]] | None = None,
) -> st.SearchStrategy[Edited]:
    """Return a strategy for a design after several edits, each made to what the one before left.

    Shrinks to the fewest edits, so what fails is shown as a single edit wherever one is enough.

    Args:
        topology: the design to start from.
        min_edits: the fewest edits; fewer are made only where there is nothing left to edit.
        max_edits: the most edits.
        kinds: as for `edits`.
    """
    _check_topology(topology)
    check_bounds("max_edits", max_edits, 0, MOST_EDITS)
    check_bounds("min_edits", min_edits, 0, max_edits)
    allowed = _checked(kinds)
    first = _drawers(topology, allowed)

    return _several(topology, first, allowed, min_edits, max_edits)


Drawer = Callable[[Chooser], Edit]


# Made once and not for each topology: hypothesis reads the source of every composite it makes.
@st.composite
def _edit(draw: st.DrawFn, drawers: Sequence[Drawer]) -> Edit:
    return _one_of(Chooser(draw), drawers)


@st.composite
def _several(
    draw: st.DrawFn,
    topology: Topology,
    first: Sequence[Drawer],
    kinds: Sequence[type[Edit]],
    least: int,
    most: int,
) -> Edited:
    choose = Chooser(draw)
    made: list[Edit] = []
    current, drawers = topology, first
    for number in range(most):
        if not drawers or (number >= least and not choose.chance()):
            break
        made.append(choose.part(_one_of, choose, drawers))
        current = apply_edits(current, made[-1])
        drawers = _drawers(current, kinds)
    return Edited(tuple(made), current)


def _one_of(choose: Chooser, drawers: Sequence[Drawer]) -> Edit:
    return choose.pick(drawers)(choose)


def _drawers(topology: Topology, kinds: Sequence[type[Edit]]) -> list[Drawer]:
    """Return what draws an edit, for each kind that the topology has room for."""
    found: list[Drawer] = []
    for kind in kinds:
        if kind in LISTED:
            listed = tuple(LISTED[kind](topology))
        elif kind is AddRule:
            if any(True for _ in lists_of(topology)):
                found.append(lambda choose: _rule(choose, topology))
            continue
        else:
            listed = tuple(_BY_DEVICE[kind](topology))
        if listed:
            found.append(lambda choose, listed=listed: choose.pick(listed))  # type: ignore[misc]
    return found


def _rule(choose: Chooser, topology: Topology) -> Edit:
    """Return a new rule: mostly a permit for one service at the head or the end of a list."""
    device, name, item = choose.pick(tuple(lists_of(topology)))
    length = len(item.rules or ())
    position = choose.pick((0, length, choose.pick(tuple(range(length + 1)))))
    ends: list[str | None] = [None]
    ends += [segment.id for segment in topology.segments]
    ends += [host.id for host in topology.hosts]
    ends += [external.id for external in topology.externals]
    origin, destination = choose.pick(ends), choose.pick(ends)
    protocol, port = choose.pick(_SERVICES)
    action = "permit" if choose.usually() else "deny"
    return AddRule(device.id, position, action, origin, destination, protocol, port, name)


def _add_route(topology: Topology) -> list[Edit]:
    hops = [a.ip for d in topology.devices for i in d.interfaces for a in i.addresses]
    hops += [a.low for x in topology.externals for edge in x.edges for a in edge.addresses]
    prefixes = [str(prefix) for segment in topology.segments for prefix in segment.prefixes]
    found: list[Edit] = []
    for device in topology.devices:
        if device.routes is None or not device.kind.forwards:
            continue
        for hop in dict.fromkeys(hops):
            if _is_next_to(device, hop):
                wanted = [_DEFAULT_ROUTES[hop.version], *prefixes]
                fitting = [p for p in wanted if (":" in p) == (hop.version == 6)]
                found += [AddRoute(device.id, prefix, str(hop)) for prefix in fitting]
    return found


def _is_next_to(device: Device, hop: IPAddress) -> bool:
    own = [address for interface in device.interfaces for address in interface.addresses]
    return any(hop in address.network for address in own) and hop not in [a.ip for a in own]


def _publish(topology: Topology) -> list[Edit]:
    return [
        Publish(device.id, interface.id, host.id)
        for device in topology.devices
        if device.kind.forwards
        for interface in device.interfaces
        for host in topology.hosts
        if {a.version for card in host.interfaces for a in card.addresses}
        & {a.version for a in interface.addresses}
    ]


def _masquerade(topology: Topology) -> list[Edit]:
    return [
        Masquerade(device.id, interface.id)
        for device in topology.devices
        if device.kind.forwards
        for interface in device.interfaces
        if interface.addresses
    ]


_BY_DEVICE: dict[type[Edit], Callable[[Topology], list[Edit]]] = {
    AddRoute: _add_route,
    Publish: _publish,
    Masquerade: _masquerade,
}


def _check_topology(topology: Any) -> None:
    if not isinstance(topology, Topology):
        raise InvalidArgument(f"topology={topology!r} must be a Topology")


def _checked(kinds: Any) -> tuple[type[Edit], ...]:
    """Return the kinds asked for in the order of `KINDS`."""
    if kinds is None:
        return KINDS
    if isinstance(kinds, type) or not kinds or not all(kind in KINDS for kind in kinds):
        known = ", ".join(kind.__name__ for kind in KINDS)
        raise InvalidArgument(f"kinds={kinds!r} must be a sequence of some of: {known}")
    return tuple(kind for kind in KINDS if kind in kinds)
