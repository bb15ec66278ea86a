"""How the two independent answers are brought to one question: is this header delivered there?"""

from ipaddress import IPv4Address, IPv6Address

from zonecheck.dataplane import DataPlane, Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.topology import Topology
from zonecheck.packets import FLAG_FRAGMENT, Header, PacketSpace
from zonecheck.prove import Reachability
from zonecheck.simulate import Packet, Sessions, Simulator
from zonecheck.simulate.completions import Completions
from zonecheck.strategies import HeaderValues

ICMP_ERRORS = {(4, 1, t) for t in (3, 4, 5, 11, 12)} | {(6, 58, t) for t in (1, 2, 3, 4)}


def header_of(values: HeaderValues) -> Header:
    """Return neutral header values as a header of the engine."""
    return Header(
        values.version,
        values.destination,
        values.source,
        values.protocol,
        values.destination_port,
        values.source_port,
        FLAG_FRAGMENT if values.fragment else int(values.established),
    )


def packet_of(values: HeaderValues) -> Packet:
    """Return neutral header values as a packet of the simulator."""
    address = IPv4Address if values.version == 4 else IPv6Address
    return Packet(
        source=address(values.source),
        destination=address(values.destination),
        protocol=values.protocol,
        source_port=values.source_port,
        destination_port=values.destination_port,
        established=values.established,
        fragment=values.fragment,
    )


def is_icmp_error(values: HeaderValues) -> bool:
    """Return whether a header is an ICMP error, which any session may let through."""
    return (values.version, values.protocol, values.destination_port) in ICMP_ERRORS


def reachability(topology: Topology, closure: Closure) -> Reachability:
    """Return the engine's answer for a whole topology."""
    return Reachability(DataPlane(topology, PacketSpace(), closure))


def proved(
    reach: Reachability, origin: Origin, header: Header, *, with_sessions: bool
) -> set[AttachmentPoint]:
    """Return where the engine says a header from an origin can be delivered."""
    found = set()
    for point in reach.destinations(origin):
        flow = reach.flow(origin, point)
        if (flow.everything if with_sessions else flow.fresh).contains(header):
            found.add(point)
    return found


def simulated(
    simulator: Simulator, origin: AttachmentPoint, packet: Packet, sessions: Sessions
) -> set[AttachmentPoint]:
    """Return where the simulator delivers a packet."""
    return {delivery.at for delivery in simulator.send(packet, origin, sessions).deliveries}


def all_sessions(simulator: Simulator, packet: Packet) -> Sessions:
    """Return every session that packets of this packet's conversation can open anywhere.

    A fragment may belong to that of every whole packet it may be the rest of.
    """
    wholes = list(Completions(simulator.topology).of(packet))
    conversation = [found for whole in wholes for found in (whole, whole.reply())]
    openers = {found.with_flag(established=False): None for found in conversation if found}
    sessions = Sessions.NONE
    while True:
        before = sessions
        for opener in openers:
            for origin in simulator.origins():
                sessions = simulator.send(opener, origin, sessions).sessions
        if sessions == before:
            return sessions
