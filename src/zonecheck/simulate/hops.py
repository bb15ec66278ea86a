"""What one node did with one packet, as reports show it."""

from dataclasses import dataclass

from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.simulate.filtering import Decision
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.routing import Exit
from zonecheck.simulate.sessions import FilterKey
from zonecheck.simulate.translated import Translated, Translation


@dataclass(frozen=True, slots=True)
class Hop:
    """A node a packet entered: by which interfaces, and what its filters decided.

    `out_interface` is None where the packet went no further; `route` is where the static route
    or the policy route that sent it there is written, `policy_route` the name of the latter.
    `translations` are what became of its addresses there, in order.
    """

    node: str
    in_interface: str
    out_interface: str | None
    decisions: tuple[Decision, ...] = ()
    route: Source | None = None
    policy_route: str | None = None
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """A packet that a node dropped, and why."""

    hop: Hop
    reason: Message
    source: Source


@dataclass(frozen=True, slots=True)
class Taken:
    """A packet that a node takes for its own, as it is then."""

    hop: Hop
    packet: Packet


@dataclass(frozen=True, slots=True)
class Sent:
    """A packet that a node sends on, as it is then, and the way it leaves by."""

    hop: Hop
    packet: Packet
    way: Exit


@dataclass(frozen=True, slots=True)
class Passage:
    """All a node does with a packet: take it, send it on, drop it, remember it.

    `admitted` are the packets that opened sessions, as the filters saw them.
    """

    taken: tuple[Taken, ...] = ()
    sent: tuple[Sent, ...] = ()
    lost: tuple[Loss, ...] = ()
    admitted: tuple[tuple[FilterKey, Packet], ...] = ()
    translated: tuple[Translated, ...] = ()
