"""The sessions a topology declares, as packets that get there and back in the simulator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from zonecheck.model.address import AddressRange, IPAddress
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.service import PORT_PROTOCOLS, PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.policy.legs import LegPart, leg_parts
from zonecheck.prove import covers
from zonecheck.replay.endpoint_choice import End, drawn
from zonecheck.replay.packet_walk import Walk, walk
from zonecheck.replay.synthesise_scene import Scene
from zonecheck.simulate import Packet
from zonecheck.simulate.matching import services_fit

TCP, UDP = 6, 17
_ECHO = {4: (1, 8), 6: (58, 128)}
_TRIES = 48


@dataclass(frozen=True, slots=True)
class Flow:
    """One session: the way of its opener and that of its answer, None if there is none.

    `name` says what it is a session of; numbers made for it depend on nothing else.
    """

    name: str
    there: Walk
    back: Walk | None

    @property
    def opener(self) -> Packet:
        """Return the packet that opens it, as its origin sends it."""
        return self.there.packet

    @property
    def translated(self) -> bool:
        """Return whether its addresses or ports are others where it arrives."""
        return self.there.arrived != self.there.packet


def flow_names(scene: Scene) -> tuple[str, ...]:
    """Return the ids of everything declared that has sessions."""
    return tuple(dict.fromkeys(part.name for part in leg_parts(scene.topology)))


def declared_parts(scene: Scene) -> Iterator[LegPart]:
    """Yield what is declared, service by service."""
    yield from leg_parts(scene.topology)


def flows_of(scene: Scene, part: LegPart, number: int, purpose: str = "declared") -> list[Flow]:
    """Return some sessions of a declared part that pass the place; fewer if nothing else does.

    Those for another purpose have other ports, so that no two of them are one.
    """
    found: list[Flow] = []
    random = scene.random(f"flow {purpose} {part}")
    known: set[tuple[IPAddress, IPAddress, int]] = set()
    for opener, origin, ends in _candidates(scene, part, random):
        key = (opener.source, opener.destination, opener.destination_port)
        if key in known:
            continue
        flow = _delivered(scene, part, opener, origin, ends)
        if flow is not None:
            known.add(key)
            if scene.crosses(flow.there) or (flow.back is not None and scene.crosses(flow.back)):
                found.append(flow)
        if len(found) == number:
            break
    return found


def is_declared(topology: Topology, packet: Packet) -> bool:
    """Return whether some declared leg has sessions that a packet opens."""
    return any(
        _holds(topology.addresses_of(leg.origin), packet.source)
        and _holds(leg.addressed_as or topology.addresses_of(leg.destination), packet.destination)
        and services_fit(leg.services, packet)
        for leg in topology.declared_legs()
    )


def _holds(ranges: Sequence[AddressRange] | None, address: IPAddress) -> bool:
    return ranges is None or any(address in item for item in ranges)


def _candidates(
    scene: Scene, part: LegPart, random: Random
) -> Iterator[tuple[Packet, AttachmentPoint, frozenset[AttachmentPoint]]]:
    """Yield packets that could open a session of a part, with who sends and who should get them."""
    origins = scene.choice.ends(part.leg.origin, random)
    ends = scene.choice.ends(part.leg.destination, random)
    points = frozenset(
        p for p in scene.simulator.origins() if covers(scene.topology, part.leg.destination, p)
    )
    addressed: list[IPAddress] = [end.address for end in ends]
    if part.leg.addressed_as:
        addressed = [drawn(item, random) for item in part.leg.addressed_as]
    pairs = [(o, d) for o in origins for d in addressed if o.address.version == d.version]
    random.shuffle(pairs)
    for origin, destination in pairs[:_TRIES]:
        yield _opener(part.service, origin, destination, random), origin.point, points


def _opener(service: Service, origin: End, destination: IPAddress, random: Random) -> Packet:
    protocol = TCP if service.protocol is None else service.protocol
    if protocol in PORT_PROTOCOLS:
        source = _number(service.source_ports, random, random.randrange(49152, 65536))
        port = _number(service.ports, random, 443)
        return Packet(origin.address, destination, protocol, source, port)
    echo, kind = _ECHO[destination.version]
    if protocol == echo:
        return Packet(
            origin.address, destination, echo, 0, _number(service.icmp_types, random, kind)
        )
    return Packet(origin.address, destination, protocol)


def _number(ranges: tuple[PortRange, ...], random: Random, otherwise: int) -> int:
    if not ranges:
        return otherwise
    chosen = random.choice(ranges)
    return random.randint(chosen.low, chosen.high)


def _delivered(
    scene: Scene,
    part: LegPart,
    opener: Packet,
    origin: AttachmentPoint,
    ends: frozenset[AttachmentPoint],
) -> Flow | None:
    """Return a session whose opener gets there, with its answer if that gets back."""
    there = walk(scene.simulator, opener, origin, lambda at, _: at in ends and at != origin)
    if there is None or there.at is None:
        return None
    reply = there.arrived.reply()
    expected = opener.reply()
    back = None
    if reply is not None:
        back = walk(
            scene.simulator,
            reply,
            there.at,
            lambda at, packet: at == origin and packet == expected,
            there.sessions,
        )
    return Flow(str(part), there, back)
