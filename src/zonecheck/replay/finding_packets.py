"""The packets a finding shows, in the order in which they have to be sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.policy.verdict import (
    Counterexample,
    MissingControl,
    PacketPath,
    PlatformStep,
    RelayChain,
    RuleConflict,
    ServiceStep,
    SharedDomain,
)
from zonecheck.simulate import Packet


@dataclass(frozen=True, slots=True)
class Sending:
    """A packet, who sends it and where it arrives, as far as the finding says.

    `opens` marks one that is sent for the session it opens at filters on its way.
    """

    packet: Packet
    origin: AttachmentPoint | None
    destination: AttachmentPoint | None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """That any frame of one point gets to the other."""

    a: AttachmentPoint
    b: AttachmentPoint


Shown = Sending | Neighbourhood


def shown_by(found: Counterexample | ServiceStep | PlatformStep | None) -> tuple[Shown, ...]:
    """Return what a counterexample sends; nothing where it speaks of no packet."""
    return tuple(dict.fromkeys(_shown(found)))


def _shown(found: Counterexample | ServiceStep | PlatformStep | None) -> Iterator[Shown]:
    if isinstance(found, PacketPath):
        for each in found.after:
            yield Sending(each.packet, each.origin, each.destination, opens=True)
        yield Sending(found.packet, found.origin, found.destination)
    elif isinstance(found, RelayChain):
        for step in found.steps:
            yield from _shown(step.by)
    elif isinstance(found, MissingControl):
        yield from _shown(found.passes)
    elif isinstance(found, RuleConflict) and found.packet is not None:
        yield Sending(found.packet, None, None)
    elif isinstance(found, SharedDomain):
        yield Neighbourhood(found.a, found.b)


def addresses_of(shown: Iterable[Shown]) -> frozenset[IPAddress]:
    """Return every address of a packet shown: a translation to any of a range must try these."""
    packets = [each.packet for each in shown if isinstance(each, Sending)]
    return frozenset(end for packet in packets for end in (packet.source, packet.destination))
