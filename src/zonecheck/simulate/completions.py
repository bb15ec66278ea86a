"""Whole packets that stand for all a fragment may be the rest of (docs/semantics.md, section 4).

Whatever looks at ports, types or flags asks for these and decides as it would about a whole
packet, so that nothing but this module knows how a fragment is read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.simulate.packet import TCP, Packet
from zonecheck.simulate.parts import parts_of
from zonecheck.simulate.sessions import Sessions

TYPES = range(256)
HIGHEST_PORT = 65535


class Completions:
    """The whole packets a fragment is taken for, enough to have one of each kind told apart.

    Ports are only ever compared with the ranges of services and with the ports of remembered
    packets. Cut where such a range begins and behind where it ends, the numbers fall into
    stretches within which no comparison differs, and the first number of each stands for it.
    """

    def __init__(self, topology: Topology) -> None:
        self._topology = topology

    def of(self, packet: Packet, sessions: Sessions = Sessions.NONE) -> Iterator[Packet]:
        """Yield the completions of a fragment, those without ACK and RST first.

        They tell apart what the topology does and the sessions do. A whole packet is its own
        only one.
        """
        if not packet.fragment:
            yield packet
            return
        whole = replace(packet, fragment=False)
        if whole.has_type:
            # There are so few types that none needs to stand for another.
            for number in TYPES:
                yield replace(whole, destination_port=number)
            return
        told_apart = [*self._services.get(packet.protocol, ()), *_known(packet, sessions)]
        sources = _starts(item for service in told_apart for item in service.source_ports)
        destinations = _starts(item for service in told_apart for item in service.ports)
        for established in (False, True) if packet.protocol == TCP else (False,):
            for source_port in sources:
                for destination_port in destinations:
                    yield replace(
                        whole,
                        source_port=source_port,
                        destination_port=destination_port,
                        established=established,
                    )

    @cached_property
    def _services(self) -> dict[int, tuple[Service, ...]]:
        """Return, by protocol, the services packets and replies are compared with."""
        named = [part for part in parts_of(self._topology) if isinstance(part, Service)]
        outer = [item for tunnel in self._topology.tunnels for item in tunnel.outer_services]
        openings = [item for device in self._topology.devices for item in device.opens]
        opened = [service for opening in openings for service in opening.services]
        # A device takes the replies to what it opens: their ports are compared the other way.
        backward = [_mirrored(service) for service in (*opened, *outer)]
        found: dict[int, dict[Service, None]] = {}
        for service in (*named, *outer, *backward):
            if service.protocol is not None:
                found.setdefault(service.protocol, {})[service] = None
        return {protocol: tuple(services) for protocol, services in found.items()}


def _known(packet: Packet, sessions: Sessions) -> Iterator[Service]:
    """Yield the ports of each remembered packet that a fragment may belong to, both ways."""
    ways = (packet, packet.reply())
    for known in sessions.packets:
        if known.to_fragment() in ways:
            ports = PortRange(known.destination_port, known.destination_port)
            source_ports = PortRange(known.source_port, known.source_port)
            service = Service(known.protocol, (ports,), (source_ports,))
            yield service
            yield _mirrored(service)


def _mirrored(service: Service) -> Service:
    """Return a service with its ports as those of the replies."""
    return replace(service, ports=service.source_ports, source_ports=service.ports)


def _starts(ranges: Iterable[PortRange]) -> tuple[int, ...]:
    """Return the first number of each stretch that some ranges cut the ports into."""
    cuts = {0}
    for item in ranges:
        cuts |= {item.low, item.high + 1}
    return tuple(sorted(cut for cut in cuts if cut <= HIGHEST_PORT))
