"""Other ids for the same network."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from zonecheck.model.attribute import REFERENCES, Attributes
from zonecheck.model.channel import Channel, Leg
from zonecheck.model.device import Device
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.external import External
from zonecheck.model.host import Host
from zonecheck.model.link import BETWEEN, Link, LinkEnd
from zonecheck.model.platform import Hypervisor
from zonecheck.model.segment import Segment
from zonecheck.model.system import System
from zonecheck.model.topology import Topology
from zonecheck.model.zone import external_zone


def renamed(topology: Topology, mapping: Mapping[str, str]) -> Topology:
    """Return the topology with other ids for whatever shares the name space of its elements.

    These are segments, hosts, devices, externals, standby members, hypervisors and datastores.
    Ids of interfaces, ports, filters, edges, peers, channels, flows, tunnels and the like are
    local to what bears them and stay. The zone of its own that an external network brings is
    renamed with it. What the mapping does not mention keeps its id.

    Raises:
        ValueError: if the mapping renames something that does not exist, or if two elements
            would get one id.
    """
    ids = list(_named(topology))
    unknown = set(mapping) - set(ids)
    if unknown:
        raise ValueError(f"no element has the id {min(unknown)!r}")
    names = {name: mapping.get(name, name) for name in ids}
    if len(set(names.values())) < len(names):
        raise ValueError("two elements would get one id")
    own_zones = {external_zone(e.id): external_zone(names[e.id]) for e in topology.externals}
    return _Renaming(names, own_zones).topology(topology)


def _named(topology: Topology) -> Iterator[str]:
    """Yield every id of the name space that elements share."""
    yield from (segment.id for segment in topology.segments)
    yield from (host.id for host in topology.hosts)
    for device in topology.devices:
        yield device.id
        yield from (member.id for member in device.standby)
    yield from (external.id for external in topology.externals)
    yield from (hypervisor.id for hypervisor in topology.hypervisors)
    yield from (store.id for store in topology.datastores)


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
            maintenance=tuple(
                replace(m, legs=tuple(map(self._leg, m.legs))) for m in topology.maintenance
            ),
            systems=tuple(map(self._system, topology.systems)),
            tunnels=tuple(replace(t, carries=self._new(t.carries)) for t in topology.tunnels),
            hypervisors=tuple(map(self._hypervisor, topology.hypervisors)),
            datastores=tuple(
                replace(store, id=self._new(store.id), used_by=self._all(store.used_by))
                for store in topology.datastores
            ),
            out_of_band=tuple(
                replace(path, joins=tuple(map(self._ref, path.joins)))
                for path in topology.out_of_band
            ),
            policies=tuple(
                replace(policy, segments=self._all(policy.segments)) for policy in topology.policies
            ),
            states=tuple(
                replace(
                    state,
                    active=self._all(state.active),
                    floating=self._all(state.floating),
                    down=tuple(map(self._part, state.down)),
                )
                for state in topology.states
            ),
            detached=frozenset(map(self._end, topology.detached)),
        )

    def _new(self, name: str) -> str:
        return self.names.get(name, name)

    def _all(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self._new, names))

    def _part(self, name: str) -> str:
        """Return the name of a node, port or link: `a`, `a/b` or `a/b -- c/d`."""
        ends = (end.partition("/") for end in name.split(BETWEEN))
        return BETWEEN.join(self._new(node) + slash + port for node, slash, port in ends)

    def _system(self, system: System) -> System:
        return replace(
            system,
            hosts=self._all(system.hosts),
            clients=self._refs(system.clients),
            admins=self._refs(system.admins),
        )

    def _refs(self, ends: tuple[EndpointRef, ...] | None) -> tuple[EndpointRef, ...] | None:
        return None if ends is None else tuple(map(self._ref, ends))

    def _attributes(self, attributes: Attributes) -> Attributes:
        return tuple(
            replace(item, values=tuple(map(self._part, item.values)))
            if item.name in REFERENCES
            else item
            for item in attributes
        )

    def _hypervisor(self, hypervisor: Hypervisor) -> Hypervisor:
        return replace(
            hypervisor,
            id=self._new(hypervisor.id),
            guests=self._all(hypervisor.guests),
            management=self._id(hypervisor.management),
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
            switches=self._all(segment.switches),
            laid_on=self._id(segment.laid_on),
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
            spans=tuple(replace(span, to=self._new(span.to)) for span in device.spans),
            standby=tuple(replace(m, id=self._new(m.id)) for m in device.standby),
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
            attributes=self._attributes(external.attributes),
            peers=tuple(
                replace(peer, attributes=self._attributes(peer.attributes))
                for peer in external.peers
            ),
            gateways=self._all(external.gateways),
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
            via=self._all(channel.via),
        )

    def _leg(self, leg: Leg) -> Leg:
        return replace(leg, origin=self._ref(leg.origin), destination=self._ref(leg.destination))
