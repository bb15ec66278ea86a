"""Every packet path a report shows is delivered by the simulator first."""

from ipaddress import IPv4Address, IPv6Address

from zonecheck.packets import FLAG_ESTABLISHED, FLAG_FRAGMENT, Header
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.verdict import OpeningPacket, PacketPath
from zonecheck.prove import Opening, Witness, openings
from zonecheck.simulate import Delivery, Hop, Packet, Sessions, Trace


class DisagreementError(Exception):
    """The engine says a packet is delivered and the simulator does not deliver it."""


def packet_of(header: Header) -> Packet:
    """Return a header of the engine as a packet of the simulator."""
    address = IPv4Address if header.version == 4 else IPv6Address
    return Packet(
        source=address(header.src),
        destination=address(header.dst),
        protocol=header.protocol,
        source_port=header.src_port,
        destination_port=header.dst_port,
        established=header.flag == FLAG_ESTABLISHED,
        fragment=header.flag == FLAG_FRAGMENT,
    )


def replay(
    analysis: Analysis, witness: Witness, without: frozenset[str] = frozenset()
) -> PacketPath:
    """Return the witness as the path the simulator takes it along, past no node in `without`.

    Raises:
        DisagreementError: if the simulator does not deliver it, with or without a session.
    """
    packet = packet_of(witness.header)
    if analysis.verdicts_only:
        return PacketPath(packet, witness.origin, witness.destination, (), witness.forged)
    found = _deliver(analysis, packet, witness, Sessions.NONE, without)
    if found is not None:
        return _path(packet, witness, found, ())
    history: list[Opening] = []
    sessions = Sessions.NONE
    for opening in openings(analysis.reach, witness, analysis.origin_at[witness.origin]):
        history.append(opening)
        sessions = _after(analysis, [opening], sessions)
        found = _deliver(analysis, packet, witness, sessions, without)
        if found is not None:
            return _shortest(analysis, witness, history, without)
    raise DisagreementError(f"{packet} from {witness.origin} to {witness.destination}")


def _shortest(
    analysis: Analysis, witness: Witness, history: list[Opening], without: frozenset[str]
) -> PacketPath:
    """Return the path after no more openers than it needs."""
    packet = packet_of(witness.header)
    for opening in tuple(history):
        fewer = [other for other in history if other is not opening]
        sessions = _after(analysis, fewer, Sessions.NONE)
        if _deliver(analysis, packet, witness, sessions, without) is not None:
            history = fewer
    after: list[OpeningPacket] = []
    sessions = Sessions.NONE
    for opening in history:
        shown, sessions = _opened(analysis, opening, sessions)
        after.append(shown)
    found = _deliver(analysis, packet, witness, sessions, without)
    if found is None:
        raise DisagreementError(f"{packet} from {witness.origin} to {witness.destination}")
    return _path(packet, witness, found, tuple(after))


def _after(analysis: Analysis, history: list[Opening], sessions: Sessions) -> Sessions:
    """Return the sessions after these packets, each sent both after those before it and alone.

    One packet of a session opens no second one between other interfaces; which of two came first
    must not matter while packets that are not needed are still among them.
    """
    for opening in history:
        alone = _sent(analysis, opening, Sessions.NONE).sessions
        sessions = _sent(analysis, opening, sessions).sessions.merged(alone)
    return sessions


def _sent(analysis: Analysis, opening: Opening, sessions: Sessions) -> Trace:
    seen = packet_of(opening.seen)
    return analysis.simulator.send(
        packet_of(opening.sent),
        opening.origin.point,
        sessions,
        further=(seen.source, seen.destination),
    )


def _deliver(
    analysis: Analysis,
    packet: Packet,
    witness: Witness,
    sessions: Sessions,
    without: frozenset[str],
) -> Delivery | None:
    trace = analysis.simulator.send(packet, witness.origin, sessions, without=without)
    for delivery in trace.deliveries:
        if delivery.at == witness.destination:
            return delivery
    return None


def _path(
    packet: Packet, witness: Witness, delivery: Delivery, after: tuple[OpeningPacket, ...]
) -> PacketPath:
    return PacketPath(
        packet, witness.origin, witness.destination, delivery.hops, witness.forged, after
    )


def _opened(
    analysis: Analysis, opening: Opening, before: Sessions
) -> tuple[OpeningPacket, Sessions]:
    """Return an opener as it is shown, and the sessions after it."""
    trace = _sent(analysis, opening, before)
    forged = not opening.origin.honest.contains(opening.sent)
    arrived = [(d.at, d.hops) for d in trace.deliveries if _passed_filter(d.hops)]
    lost = [(None, d.hops) for d in trace.drops if _passed_filter(d.hops)]
    at, hops = [*arrived, *lost, (None, ())][0]
    origin = opening.origin.point
    return OpeningPacket(trace.packet, origin, at, hops, forged), trace.sessions


def _passed_filter(hops: tuple[Hop, ...]) -> bool:
    return any(decision.passes for hop in hops for decision in hop.decisions)
