"""What becomes of a packet in the design that does not let it through."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from zonecheck.compare.ends import inside, zone_name
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.replay import DisagreementError, packet_of
from zonecheck.prove import Witness
from zonecheck.simulate import Delivery, Drop


@dataclass(frozen=True, slots=True)
class Fate:
    """Sent from a place of the same zone, a packet is dropped, or arrives in another zone."""

    origin: AttachmentPoint
    drop: Drop | None
    delivery: Delivery | None


def fate_of(
    analysis: Analysis,
    witness: Witness,
    zones: tuple[str, str],
    way: Sequence[str] = (),
    *,
    forged: bool = False,
) -> Fate | None:
    """Return what becomes of a packet, sent from the same place if it can be, without a session.

    Of several places where it is dropped, the one farthest along `way`, the nodes it passes where
    it is let through, tells most. None if no place of the first zone honestly sends it, or with
    `forged` none at all.

    Raises:
        DisagreementError: if it arrives in the second zone after all.
    """
    found: Fate | None = None
    header, place = witness.header, witness.origin
    senders = [
        o.point
        for o in analysis.plane.origins
        if (o.may_send if forged else o.honest).contains(header)
    ]
    senders = [p for p in senders if zone_name(analysis, p) == zones[0]]
    for point in sorted(senders, key=lambda p: (p != place, p.node != place.node, p.order)):
        trace = analysis.simulator.send(packet_of(header), point)
        deliveries = [each for each in trace.deliveries if not inside(point, each.at)]
        for delivery in deliveries:
            if zone_name(analysis, delivery.at) == zones[1]:
                raise DisagreementError(f"{trace.packet} from {point} to {delivery.at}")
        if found is None:
            drop = max(trace.drops, key=lambda d: _along(d, way), default=None)
            found = Fate(point, drop, next(iter(deliveries or trace.deliveries), None))
    return found


def _along(drop: Drop, way: Sequence[str]) -> tuple[int, int]:
    nodes = [hop.node for hop in drop.hops]
    together = takewhile(lambda pair: pair[0] == pair[1], zip(nodes, way, strict=False))
    return len(list(together)), -len(nodes)
