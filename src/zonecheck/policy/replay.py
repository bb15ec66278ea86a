"""Every packet path a report shows is delivered by the simulator first."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

from zonecheck.dataplane import Restoration, answers
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.packets import Header
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.verdict import OpeningPacket, PacketPath
from zonecheck.prove import Witness
from zonecheck.simulate import Delivery, Hop, Packet, Sessions


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
        established=bool(header.flag),
    )


def header_of(packet: Packet) -> Header:
    """Return a packet of the simulator as a header of the engine."""
    return Header(
        packet.version,
        int(packet.destination),
        int(packet.source),
        packet.protocol,
        packet.destination_port,
        packet.source_port,
        int(packet.established),
    )


def replay(
    analysis: Analysis, witness: Witness, without: frozenset[str] = frozenset()
) -> PacketPath:
    """Return the witness as the path the simulator takes it along, past no node in `without`.

    Raises:
        DisagreementError: if the simulator does not deliver it, with or without a session.
    """
    packet = packet_of(witness.header)
    if not analysis.replayed:
        return PacketPath(packet, witness.origin, witness.destination, (), witness.forged)
    found = _deliver(analysis, packet, witness, Sessions.NONE, without)
    if found is not None:
        return _path(packet, witness, found, ())
    openers = list(_openers(analysis, packet, witness))
    for opener, origin in openers:
        opened, sessions = _opening(analysis, opener, origin, Sessions.NONE)
        if opened is None:
            continue
        found = _deliver(analysis, packet, witness, sessions, without)
        if found is not None:
            return _path(packet, witness, found, (opened,))
    return _replay_after_many(analysis, packet, witness, openers, without)


def _replay_after_many(
    analysis: Analysis,
    packet: Packet,
    witness: Witness,
    openers: list[tuple[Packet, AttachmentPoint]],
    without: frozenset[str],
) -> PacketPath:
    """Return the path behind several filters, each of which needs an opener of its own."""
    gathered = Sessions.NONE
    after: list[OpeningPacket] = []
    for _ in range(3):
        for opener, origin in openers:
            opened, sessions = _opening(analysis, opener, origin, gathered)
            if opened is None:
                continue
            gathered = sessions
            after.append(opened)
            found = _deliver(analysis, packet, witness, gathered, without)
            if found is not None:
                return _path(packet, witness, found, tuple(after))
    raise DisagreementError(f"{packet} from {witness.origin} to {witness.destination}")


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


def _openers(
    analysis: Analysis, packet: Packet, witness: Witness
) -> Iterator[tuple[Packet, AttachmentPoint]]:
    """Yield packets that may open the session this packet belongs to, likeliest first."""
    origins = sorted(
        analysis.simulator.origins(),
        key=lambda p: (p != witness.destination, p != witness.origin, p.order),
    )
    for opener in (
        *_translated_firsts(analysis, witness),
        *_first_packets(analysis, packet, witness.header),
    ):
        for origin in origins:
            yield opener, origin


def _translated_firsts(analysis: Analysis, witness: Witness) -> Iterator[Packet]:
    """Yield packets whose translation a device has to remember for this answer to be restored."""
    flow = analysis.reach.flow(analysis.origin_at[witness.origin], witness.destination)
    for part in flow.state_parts:
        current = analysis.space.header(witness.header) & part.sent
        for step, entered in zip(part.way, part.entered, strict=True):
            current &= entered
            if isinstance(step, Restoration):
                first = (step.of.backward(answers(current)) & step.state).sample()
                if first is not None:
                    yield packet_of(first).with_flag(established=False)
            current = step.forward(current)


def _first_packets(analysis: Analysis, packet: Packet, header: Header) -> Iterator[Packet]:
    reply = packet.reply()
    for candidate in (reply, packet):
        if candidate is not None:
            yield candidate.with_flag(established=False)
    interval = [(header.dst, header.dst)]
    space = analysis.space
    ends = space.box(header.version, dst=interval) | space.box(header.version, src=interval)
    # Behind a translation the first packet was sent to what now answers, from elsewhere.
    answering = space.box(header.version, dst=[(header.src, header.src)])
    ends |= answering
    answered = space.box(
        protocols=[(header.protocol, header.protocol)],
        dst_ports=[(header.src_port, header.src_port)],
        src_ports=[(header.dst_port, header.dst_port)],
    )
    for admitted in analysis.reach.sessions.values():
        sample = (admitted & ends).sample([answering, answered])
        if sample is not None:
            yield packet_of(sample)


def _opening(
    analysis: Analysis, packet: Packet, origin: AttachmentPoint, before: Sessions
) -> tuple[OpeningPacket | None, Sessions]:
    """Return a packet as an opener of sessions beyond those before it, None if it opens none."""
    trace = analysis.simulator.send(packet, origin, before)
    if trace.sessions == before:
        return None, before
    forged = not analysis.origin_at[origin].honest.contains(header_of(packet))
    arrived = [(d.at, d.hops) for d in trace.deliveries if _passed_filter(d.hops)]
    lost = [(None, d.hops) for d in trace.drops if _passed_filter(d.hops)]
    at, hops = [*arrived, *lost, (None, ())][0]
    return OpeningPacket(packet, origin, at, hops, forged), trace.sessions


def _passed_filter(hops: tuple[Hop, ...]) -> bool:
    return any(decision.passes for hop in hops for decision in hop.decisions)
