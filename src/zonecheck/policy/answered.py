"""Whether what an element asks of a host is answered, as far as the proof and a packet tell."""

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.legs import same_party
from zonecheck.policy.replay import packet_of
from zonecheck.prove import Part, find_witness


def is_answered(analysis: Analysis, origin: Origin, point: AttachmentPoint, asked: Part) -> bool:
    """Return whether a reply to some of what arrives comes back as the reply to what was sent."""
    # The host answers what arrived; who asked knows the answer to what it sent.
    given, awaited = asked.arrived.whole.mirror(), asked.sent.whole.mirror()
    back = _back(analysis, origin, point)
    if any(not part.starting(given).arriving(awaited).sent.is_empty for part in back):
        return True
    # A flow does not keep by which ways state lets through what gets there without it, too.
    replies = analysis.space.union([part.sent & given for part in back])
    if replies.is_empty:
        return False
    return _comes_back(analysis, origin, point, asked.arriving(replies.mirror().with_any_flag()))


def _back(analysis: Analysis, origin: Origin, point: AttachmentPoint) -> list[Part]:
    """Return what a host can have delivered at the element that asks."""
    answering = analysis.origin_at[point]
    flows = [
        analysis.reach.flow(answering, other)
        for other in analysis.plane.domains_of
        if same_party(other, origin.point)
    ]
    return [part for flow in flows for part in (*flow.fresh_parts, *flow.state_parts)]


def _comes_back(analysis: Analysis, origin: Origin, point: AttachmentPoint, asked: Part) -> bool:
    """Return whether one packet is answered, with only the sessions it left behind."""
    witness = find_witness(analysis.plane, origin, point, asked.sent)
    if witness is None:
        return False
    packet = packet_of(witness.header)
    trace = analysis.simulator.send(packet, origin.point)
    for found in trace.deliveries:
        reply = found.packet.reply()
        if found.at != point or reply is None:
            continue
        further = (packet.source, packet.destination)
        back = analysis.simulator.send(reply, point, trace.sessions, further=further)
        if any(
            same_party(each.at, origin.point) and each.packet == packet.reply()
            for each in back.deliveries
        ):
            return True
    return False
