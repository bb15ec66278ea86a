"""The topology: everything one design says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from zonecheck.model.address import AddressRange
from zonecheck.model.channel import Channel, Leg, Maintenance, SpecificFlow
from zonecheck.model.device import Device
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External
from zonecheck.model.host import Host
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.platform import Datastore, Hypervisor, OutOfBand
from zonecheck.model.segment import Segment
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.states import DeclaredState
from zonecheck.model.system import System
from zonecheck.model.tunnel import Tunnel
from zonecheck.model.waiver import Waiver
from zonecheck.model.zone import Zone


@dataclass(frozen=True)
class Topology:
    """A design.

    Ids of segments, hosts, devices, externals, standby members, hypervisors and datastores share
    one name space.

    `zones` are the zones of the profile followed by those the topology adds. `policies` are those
    of bodies that use some of the segments, beside the city's. `states` are the
    states its author declares besides those that follow from the design; `state` is the one this
    topology is in (model.states), empty for the normal one; `detached` are the interfaces and
    external edges that attach to nothing in it.
    """

    name: str
    profile: str = ""
    zones: tuple[Zone, ...] = ()
    segments: tuple[Segment, ...] = ()
    hosts: tuple[Host, ...] = ()
    devices: tuple[Device, ...] = ()
    links: tuple[Link, ...] = ()
    externals: tuple[External, ...] = ()
    channels: tuple[Channel, ...] = ()
    specific_flows: tuple[SpecificFlow, ...] = ()
    maintenance: tuple[Maintenance, ...] = ()
    systems: tuple[System, ...] = ()
    tunnels: tuple[Tunnel, ...] = ()
    hypervisors: tuple[Hypervisor, ...] = ()
    datastores: tuple[Datastore, ...] = ()
    out_of_band: tuple[OutOfBand, ...] = ()
    policies: tuple[OwnPolicy, ...] = ()
    states: tuple[DeclaredState, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    state: str = ""
    detached: frozenset[LinkEnd] = frozenset()
    source: Source = field(default=NOWHERE, compare=False)
    profile_source: Source = field(default=NOWHERE, compare=False)

    @cached_property
    def segment_by_id(self) -> dict[str, Segment]:
        """Return segments by id."""
        return {segment.id: segment for segment in self.segments}

    @cached_property
    def host_by_id(self) -> dict[str, Host]:
        """Return hosts by id."""
        return {host.id: host for host in self.hosts}

    @cached_property
    def device_by_id(self) -> dict[str, Device]:
        """Return devices by id."""
        return {device.id: device for device in self.devices}

    @cached_property
    def device_of_member(self) -> dict[str, str]:
        """Return the id of its device for each standby member."""
        return {member.id: device.id for device in self.devices for member in device.standby}

    @cached_property
    def external_by_id(self) -> dict[str, External]:
        """Return external networks by id."""
        return {external.id: external for external in self.externals}

    @cached_property
    def zone_by_id(self) -> dict[str, Zone]:
        """Return zones by id."""
        return {zone.id: zone for zone in self.zones}

    @cached_property
    def systems_on(self) -> dict[str, list[System]]:
        """Return the systems that run on each host that is named by one."""
        found: dict[str, list[System]] = {}
        for system in self.systems:
            for host in system.hosts:
                found.setdefault(host, []).append(system)
        return found

    @cached_property
    def clients(self) -> frozenset[str]:
        """Return the ids of everything that systems name as their clients."""
        return frozenset(end.id for system in self.systems for end in system.clients or ())

    def zone_of_segment(self, segment: str | None) -> str | None:
        """Return the zone of a segment, None where it has none."""
        return self.segment_by_id[segment].zone if segment in self.segment_by_id else None

    def declared_legs(self) -> Iterator[Leg]:
        """Yield the legs of every channel, maintenance and specific flow."""
        for channel in self.channels:
            yield from channel.legs
        for entry in self.maintenance:
            yield from entry.legs
        for flow in self.specific_flows:
            yield flow.leg

    def addresses_of(self, endpoint: EndpointRef) -> tuple[AddressRange, ...] | None:
        """Return the addresses an endpoint may rightly use; None means every address.

        A host interface without addresses may use all of its segment's. An external network
        without prefixes may use every address.
        """
        if endpoint.kind is EndpointKind.SEGMENT:
            return self.segment_by_id[endpoint.id].ranges
        if endpoint.kind is EndpointKind.PEER:
            return self.external_by_id[endpoint.id].peer(endpoint.peer).addresses
        if endpoint.kind is EndpointKind.EXTERNAL:
            prefixes = self.external_by_id[endpoint.id].prefixes
            return tuple(map(AddressRange.of_network, prefixes)) if prefixes else None
        if endpoint.kind is EndpointKind.DEVICE:
            return tuple(
                AddressRange.of_address(address.ip)
                for interface in self.device_by_id[endpoint.id].interfaces
                for address in interface.addresses
            )
        return self._host_addresses(self.host_by_id[endpoint.id])

    def _host_addresses(self, host: Host) -> tuple[AddressRange, ...]:
        ranges: list[AddressRange] = []
        for interface in host.interfaces:
            if interface.addresses:
                ranges += interface.addresses
            elif interface.segment in self.segment_by_id:
                ranges += self.segment_by_id[interface.segment].ranges
        return tuple(ranges)
