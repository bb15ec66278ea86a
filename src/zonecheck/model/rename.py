"""Other ids for the same network."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from zonecheck.model.channel import Channel, Leg
from zonecheck.model.device import Device
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.external import External
from zonecheck.model.host import Host
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology
from zonecheck.model.zone import external_zone


def renamed(topology: Topology, mapping: Mapping[str, str]) -> Topology:
    """Return the topology with other ids for its segments, hosts, devices and externals.

    Ids of interfaces, ports, filters, edges, peers, channels and flows are local to what bears
    them and stay. The zone of its own that an external network brings is renamed with it. What
    the mapping does not mention keeps its id.

    Raises:
        ValueError: if the mapping renames something that does not exist, or if two elements
            would get one id.
    """
    elements = (topology.segments, topology.hosts, topology.devices, topology.externals)
    ids = [element.id for group in elements for element in group]
    unknown = set(mapping) - set(ids)
    if unknown:
        raise ValueError(f"no element has the id {min(unknown)!r}")
    names = {name: mapping.get(name, name) for name in ids}
    if len(set(names.values())) < len(names):
        raise ValueError("two elements would get one id")
    own_zones = {external_zone(e.id): external_zone(names[e.id]) for e in topology.externals}
    return _Renaming(names, own_zones).topology(topology)


@dataclass(frozen=True, slots=True)
class _Renaming:
    names: Mapping[str, str]
    zones: Mapping[str, str]

    def topology(self, topology: Topology) -> Topology:
        return replace(
            topology,
            zones=tuple(replace(z, id=self.zones.get(z.id, z.id)) for z in topology.zones),
            segments=tuple(map(self._segment, topology.segments)),
            hosts=tuple(map(self._host, topology.hosts)),
            devices=tuple(map(self._device, topology.devices)),
            links=tuple(map(self._link, topology.links)),
            externals=tuple(map(self._external, topology.externals)),
            channels=tuple(map(self._channel, topology.channels)),
            specific_flows=tuple(
                replace(f, origin=self._ref(f.origin), destination=self._ref(f.destination))
                for f in topology.specific_flows
            ),
        )

    def _id(self, name: str | None) -> str | None:
        return None if name is None else self.names.get(name, name)

    def _zone(self, zone: str | None) -> str | None:
        return None if zone is None else self.zones.get(zone, zone)

    def _zone_tags(self, zones: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.zones.get(zone, zone) for zone in zones)

    def _ref(self, endpoint: EndpointRef) -> EndpointRef:
        return replace(endpoint, id=self.names.get(endpoint.id, endpoint.id))

    def _segment(self, segment: Segment) -> Segment:
        return replace(
            segment,
            id=self.names[segment.id],
            zone=self._zone(segment.zone),
            switches=tuple(self.names.get(name, name) for name in segment.switches),
        )

    def _host(self, host: Host) -> Host:
        cards = (replace(card, segment=self._id(card.segment)) for card in host.interfaces)
        return replace(
            host,
            id=self.names[host.id],
            interfaces=tuple(cards),
            zones=self._zone_tags(host.zones),
        )

    def _device(self, device: Device) -> Device:
        interfaces = (replace(i, segment=self._id(i.segment)) for i in device.interfaces)
        return replace(
            device,
            id=self.names[device.id],
            interfaces=tuple(interfaces),
            zones=self._zone_tags(device.zones),
            opens=tuple(replace(opening, to=self._ref(opening.to)) for opening in device.opens),
        )

    def _external(self, external: External) -> External:
        edges = (
            replace(edge, segment=self.names.get(edge.segment, edge.segment))
            for edge in external.edges
        )
        return replace(
            external,
            id=self.names[external.id],
            edges=tuple(edges),
            zone_tag=self._zone(external.zone_tag),
        )

    def _end(self, end: LinkEnd) -> LinkEnd:
        return replace(end, node=self.names.get(end.node, end.node))

    def _link(self, link: Link) -> Link:
        zones = None if link.zones is None else self._zone_tags(link.zones)
        return replace(link, a=self._end(link.a), b=self._end(link.b), zones=zones)

    def _channel(self, channel: Channel) -> Channel:
        data = None
        if channel.data is not None:
            start, end = channel.data
            data = self.zones.get(start, start), self.zones.get(end, end)
        return replace(
            channel,
            legs=tuple(map(self._leg, channel.legs)),
            data=data,
            initiator=self._zone(channel.initiator),
        )

    def _leg(self, leg: Leg) -> Leg:
        return replace(leg, origin=self._ref(leg.origin), destination=self._ref(leg.destination))
