"""The packets of a finding as scapy expressions: paste one into scapy and it is the packet.

Importing this module imports scapy.
"""

from collections.abc import Iterator, Sequence
from random import Random

from scapy.layers.inet6 import ICMPv6ND_NS, IPv6
from scapy.layers.l2 import ARP
from scapy.packet import Packet as Layer

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import Finding
from zonecheck.replay.endpoint_choice import EndpointChoice
from zonecheck.replay.finding_packets import Neighbourhood, Sending, addresses_of, shown_by
from zonecheck.replay.mac_addresses import BROADCAST, MacAddresses
from zonecheck.replay.packet_walk import stretches
from zonecheck.replay.scapy_frames import Content, ether, ip_layers
from zonecheck.simulate import Hop, Sessions, Simulator


def finding_expressions(design: Topology, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield each packet a finding shows, in words and as the scapy expression that makes it.

    The Ethernet header is that of the first stretch of its way; a packet without a sender has
    none. The design is in the state of the finding.
    """
    simulator = Simulator(design, Closure.UPPER)
    sessions = Sessions.NONE
    found = shown_by(finding.counterexample)
    further = addresses_of(found)
    for shown in found:
        if isinstance(shown, Neighbourhood):
            yield f"{shown.a} -> {shown.b}", str(frame_between(simulator, shown).command())
            continue
        layers = ip_layers(shown.packet, Content())
        words = str(shown.packet)
        if shown.origin is not None:
            trace = simulator.send(shown.packet, shown.origin, sessions, further=further)
            sessions = trace.sessions if shown.opens else Sessions.NONE
            ways = [each.hops for each in trace.deliveries if each.at == shown.destination]
            lost = [each.hops for each in trace.drops if each.hops]
            head = _head(simulator, shown, shown.origin, [*ways, *lost])
            layers = head / layers
            words += f": {shown.origin} -> {shown.destination or '-'}"
        yield words, str(layers.command())


def frame_between(simulator: Simulator, shown: Neighbourhood) -> Layer:
    """Return a frame by which one point of a domain asks for another's MAC address."""
    macs = MacAddresses(simulator.topology)
    choice = EndpointChoice(simulator.topology, simulator)
    random = Random(0)
    for version in (4, 6):
        source, target = (_address(choice, point, version, random) for point in (shown.a, shown.b))
        if source is None or target is None:
            continue
        mac = macs.of(shown.a, source)
        if version == 4:
            asks: Layer = ARP(op=1, hwsrc=mac, psrc=str(source), pdst=str(target))
        else:
            asks = IPv6(src=str(source), dst=str(target), hlim=255)
            asks = asks / ICMPv6ND_NS(tgt=str(target))
        return ether(mac, BROADCAST) / asks
    mac = macs.of(shown.a)
    return ether(mac, BROADCAST) / ARP(op=1, hwsrc=mac, psrc="0.0.0.0", pdst="0.0.0.0")


def _address(
    choice: EndpointChoice, point: AttachmentPoint, version: int, random: Random
) -> IPAddress | None:
    found = [each for each in choice.addresses(point, random) if each.version == version]
    return found[0] if found else None


def _head(
    simulator: Simulator, shown: Sending, origin: AttachmentPoint, ways: Sequence[tuple[Hop, ...]]
) -> Layer:
    """Return the Ethernet header of the packet as its sender puts it on the wire."""
    macs = MacAddresses(simulator.topology)
    source = macs.of(origin, shown.packet.source)
    for hops in ways:
        way = stretches(simulator.topology, shown.packet, origin, hops, shown.destination)
        if not way:
            continue
        first = way[0]
        if len(way) == 1 and first.receiver == shown.destination:
            return ether(source, macs.of(first.receiver, shown.packet.destination))
        return ether(source, macs.gateway(first.receiver, shown.packet.version))
    return ether(source, BROADCAST)
