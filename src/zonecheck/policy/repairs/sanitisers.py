"""What a two-sided host may declare of itself: the services that sanitise, what a side accepts.

Both are read off the declared flows that use the host, and are claims like any other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zonecheck.model.channel import Channel, Leg
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.host import Host, HostInterface, Listens, Method, RelayService, Side
from zonecheck.model.service import Service
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.settings import mended_service, with_host
from zonecheck.policy.repairs.written import BASIS, Answer, Given, Written


def _service(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield the service a channel uses on a host, first in the direction of the channel's data."""
    host = topology.host_by_id[given["subject"]]
    channel = next(each for each in topology.channels if each.id == given["channel"])
    accepted = {side: _accepted(topology, host, side, channel.legs) for side in Side}
    for side in _sides_by_data(topology, host, channel):
        plain = RelayService(
            Method(given["method"]),
            data_from=side,
            outer=accepted[Side.OUTER],
            inner=accepted[Side.INNER],
            source=host.source,
        )
        made = mended_service(plain)
        others = "..., " if host.services else ""

        def edit(design: Topology, made: RelayService = made) -> Topology:
            services = (*design.host_by_id[host.id].services, made)
            return with_host(design, host.id, {"services": services})

        yield f"services: [{others}{_written(made)}]", edit


def _sides_by_data(topology: Topology, host: Host, channel: Channel) -> list[Side]:
    """Return the sides, first one with a card in the zone that a channel takes its data from."""
    start = channel.data[0] if channel.data is not None else None
    return sorted(Side, key=lambda side: start not in _zones_of_side(topology, host, side))


def _zones_of_side(topology: Topology, host: Host, side: Side) -> set[str | None]:
    return {topology.zone_of_segment(c.segment) for c in host.interfaces if c.side is side}


def _accepted(
    topology: Topology, host: Host, side: Side, legs: Iterable[Leg]
) -> tuple[Service, ...]:
    """Return the services that legs open to a host from the zone of one of its sides."""
    zones = _zones_of_side(topology, host, side)
    found = [
        service
        for leg in legs
        if leg.destination.kind is EndpointKind.HOST and leg.destination.id == host.id
        if not zones.isdisjoint(zones_of_end(topology, leg.origin))
        for service in leg.services
    ]
    return tuple(dict.fromkeys(found))


def zones_of_end(topology: Topology, end: EndpointRef) -> set[str | None]:
    """Return the zones of the segments an end of a flow is attached to."""
    if end.kind is EndpointKind.SEGMENT:
        segments: list[str | None] = [end.id]
    elif end.kind is EndpointKind.HOST:
        segments = [card.segment for card in topology.host_by_id[end.id].interfaces]
    elif end.kind is EndpointKind.DEVICE:
        segments = [face.segment for face in topology.device_by_id[end.id].interfaces]
    else:
        segments = [edge.segment for edge in topology.external_by_id[end.id].edges]
    return {topology.zone_of_segment(segment) for segment in segments} - {None}


def _written(service: RelayService) -> str:
    """Return a service as a file says it."""
    said = [f"method: {service.method.value}", f"data_from: {service.data_from.value}"]
    sides = [side for side in Side if service.accepts(side)]
    said += [f"{side.value}: {_listed(service.accepts(side))}" for side in sides]
    for name in ("mail_mode", "file_mode", "unsanitisable"):
        value = getattr(service, name)
        if value is not None:
            said.append(f"{name}: {value}")
    if service.redirection:
        switches = ", ".join(f"{name}: off" for name, _ in service.redirection)
        said.append(f"redirection: {{{switches}}}")
    return f"{{{', '.join(said)}}}"


def _listed(services: Iterable[Service]) -> str:
    return f"[{', '.join(map(str, services))}]"


def _listens(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield what a side accepts: all that is declared to be opened to it, or its services alone."""
    host, name = topology.host_by_id[given["subject"]], given["interface"]
    side = host.interface(name).side
    own = [s for each in host.services if side is not None for s in each.accepts(side)]
    legs = [leg for channel in topology.channels for leg in channel.legs]
    legs += [leg for entry in topology.maintenance for leg in entry.legs]
    legs += [flow.leg for flow in topology.specific_flows]
    declared = () if side is None else _accepted(topology, host, side, legs)
    for services in dict.fromkeys((tuple(dict.fromkeys((*own, *declared))), tuple(own))):
        basis = BASIS if host.basis is None else None
        listens = Listens(services, basis, host.source)

        def edit(design: Topology, listens: Listens = listens) -> Topology:
            def said(card: HostInterface) -> HostInterface:
                return replace(card, listens=listens) if card.id == name else card

            cards = tuple(map(said, design.host_by_id[host.id].interfaces))
            return with_host(design, host.id, {"interfaces": cards})

        text = _listed(services)
        if basis is not None:
            text = f"{{services: {text}, basis: {basis}}}"
        yield f"{name}.listens: {text}", edit


SANITISERS: dict[str, Answer] = {
    "missing.relay-service": _service,
    "missing.side-listens": _listens,
}
