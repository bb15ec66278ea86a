"""A repair: one change of one element of a design, which a search may try."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from zonecheck.model.message import Message
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology

Edit = Callable[[Topology], Topology]


class Size(IntEnum):
    """How large a change is, the smallest first: a rule, a port, a link, a host.

    Without a WAIVER nothing passes that did not before. A narrowed rule is more to write than one
    that is gone. A rule is there to let something through; a ROUTE is the way of all that has no
    better one, declared or not, and comes behind it. A SETTING is configured on equipment and then
    declared, a VLAN taken off a port that stays. FLOW gives up a declared flow, which may go on
    all the same. A CLAIM only writes something down: it mends nothing unless it is true.
    """

    WAIVER = 0
    RULE = 1
    NARROWED = 2
    ROUTE = 3
    SETTING = 4
    VLAN = 5
    PORT = 6
    LINK = 7
    CARD = 8
    NODE = 9
    FLOW = 10
    CLAIM = 11


@dataclass(frozen=True, eq=False)
class Repair:
    """A change of one element.

    `message` says in a code what is changed, `source` where that is written; `nodes` are the
    names of what it concerns, by which it is found on a counterexample. `removes` tells that an
    element is taken out as a whole, `wide` that declarations elsewhere may speak of it, so that
    without it less is asked for. `edit` makes the change; on a design without the element it
    changes nothing.
    """

    size: Size
    message: Message
    source: Source
    edit: Edit = field(repr=False)
    nodes: tuple[str, ...] = ()
    removes: bool = False
    wide: bool = False

    @property
    def key(self) -> tuple[Message, Source]:
        """Return what tells it from other repairs."""
        return self.message, self.source


def removal(
    size: Size, message: Message, source: Source, edit: Edit, *nodes: str, wide: bool = False
) -> Repair:
    """Return a repair that takes an element out."""
    return Repair(size, message, source, edit, nodes, removes=True, wide=wide)


def is_written(source: Source) -> bool:
    """Return whether an element stands in a file."""
    return source != NOWHERE and bool(source.line)
