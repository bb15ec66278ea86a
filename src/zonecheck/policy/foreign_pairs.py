"""Between whose addresses a filter is to end in a deny: those of two zones."""

from typing import TYPE_CHECKING

from zonecheck.dataplane import AddressPair
from zonecheck.model.closure import Closure
from zonecheck.packets import PacketSet
from zonecheck.prove import zone_of_external

if TYPE_CHECKING:
    from zonecheck.policy.analysis import Analysis


def foreign_pairs(analysis: "Analysis") -> list[AddressPair]:
    """Return the addresses of every two segments and external networks of different zones.

    Without a zone one is foreign to every zone in the upper closure and left out in the lower
    one. The addresses that a translation gives to senders stand for senders of any zone.
    """
    topology, addressing = analysis.topology, analysis.plane.addressing
    upper = analysis.closure is Closure.UPPER
    parties: list[tuple[str | None, PacketSet]] = []
    for segment in topology.segments:
        zone = topology.zone_of_segment(segment.id)
        parties.append((zone, addressing.to(segment.ranges)))
    for external in topology.externals:
        zone = zone_of_external(external, analysis.closure)
        parties.append((zone, addressing.external_holds(external)))
    parties = [
        (zone, to) for zone, to in parties if not to.is_empty and (upper or zone is not None)
    ]
    found = [(a, b) for one, a in parties for other, b in parties if one != other]
    translated = {
        addressing.to(rule.source_to)
        for device in topology.devices
        for rule in device.nat
        if rule.source_to
    }
    found += [(a, b) for a in translated for _, b in parties]
    return found
