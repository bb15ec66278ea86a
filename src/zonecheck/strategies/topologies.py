"""Whole networks, small and full of edges."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from zonecheck.model.device import PortMode
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.topology import Topology
from zonecheck.model.zone import INTERNET, LGWAN, MYNUMBER, Zone
from zonecheck.strategies.choice import LARGEST, Chooser, check_bounds, check_flags
from zonecheck.strategies.draft import Draft, Options
from zonecheck.strategies.fabric import draw_devices, draw_fabric
from zonecheck.strategies.flows import draw_channels, draw_specific_flows
from zonecheck.strategies.forwarding import finish_devices
from zonecheck.strategies.hosts import draw_host_cables, draw_host_routes, draw_hosts
from zonecheck.strategies.interfaces import draw_interfaces
from zonecheck.strategies.lazy import lazily
from zonecheck.strategies.outside import draw_externals
from zonecheck.strategies.segments import draw_segments, place_segments
from zonecheck.strategies.widening import widened

ZONES = (MYNUMBER, LGWAN, INTERNET)
MOST_SEGMENTS = 30
MOST = 12


@lazily
def topologies(
    *,
    max_segments: int = 4,
    max_hosts: int = 4,
    max_devices: int = 3,
    vlans: bool = True,
    ipv6: bool = True,
    stateful: bool = True,
    undeclared: bool = False,
    externals: bool = True,
    wide: bool = False,
    zones: Sequence[str] = ZONES,
) -> st.SearchStrategy[Topology]:
    """Return a strategy for topologies that the file reader would accept.

    Args:
        max_segments: the most segments; there are at least two, or one if only one may be.
        max_hosts: the most hosts and host groups.
        max_devices: the most network devices.
        vlans: whether there are VLANs and switches.
        ipv6: whether segments have IPv6 prefixes; rules and routes may name IPv6 regardless.
        stateful: whether filters that keep sessions occur.
        undeclared: whether anything is left undeclared that has an upper and a lower closure.
        externals: whether there are external networks.
        wide: whether address translation, policy routes, 802.1X ports, SSIDs, transparent
            firewalls, tunnels, application gateways and shared addresses occur.
        zones: the zones segments lie in.
    """
    check_bounds("max_segments", max_segments, 1, MOST_SEGMENTS)
    check_bounds("max_hosts", max_hosts, 0, MOST)
    check_bounds("max_devices", max_devices, 0, MOST)
    check_flags(
        vlans=vlans,
        ipv6=ipv6,
        stateful=stateful,
        undeclared=undeclared,
        externals=externals,
        wide=wide,
    )
    if (
        isinstance(zones, str)
        or not 1 <= len(zones) <= LARGEST // 2
        or len(set(zones)) < len(zones)
    ):
        raise InvalidArgument(f"zones={zones!r} must be a sequence of different zone ids")
    options = Options(
        max_segments=max_segments,
        max_hosts=max_hosts,
        max_devices=max_devices,
        vlans=vlans,
        ipv6=ipv6,
        stateful=stateful,
        undeclared=undeclared,
        externals=externals,
        wide=wide,
        zones=tuple(zones),
    )
    return _topologies(options)


@st.composite
def _topologies(draw: st.DrawFn, options: Options) -> Topology:
    """Draw what depends on little first, so that shrinking can drop what comes later."""
    draft = Draft(Chooser(draw), options)
    draw_segments(draft)
    draw_hosts(draft)
    draw_externals(draft)
    draw_devices(draft)
    place_segments(draft)
    draw_fabric(draft)
    draw_interfaces(draft)
    draw_host_cables(draft)
    draw_host_routes(draft)
    devices = finish_devices(draft)
    topology = Topology(
        name="drawn",
        zones=tuple(Zone(zone, zone) for zone in options.zones),
        segments=tuple(draft.segments),
        hosts=tuple(draft.hosts),
        devices=devices,
        links=tuple(_tagged(draft, link) for link in draft.links),
        externals=tuple(draft.externals),
        channels=draw_channels(draft),
        specific_flows=draw_specific_flows(draft),
    )
    if not options.wide:
        return topology
    return widened(draft.choose, topology, draft.near(), undeclared=options.undeclared)


def _tagged(draft: Draft, link: Link) -> Link:
    """Tag a link with the zones of what it carries; once in a while with others, or not."""
    choose = draft.choose
    if draft.options.undeclared and choose.chance(6):
        return link
    if choose.chance(8):
        return replace(link, zones=choose.some(draft.options.zones))
    found = {zone for end in link.ends for zone in _zones_at(draft, end)}
    return replace(link, zones=tuple(sorted(found)))


def _zones_at(draft: Draft, end: LinkEnd) -> set[str]:
    segments: set[str | None] = set()
    vlans: set[int] = set()
    for device in draft.devices:
        if device.id != end.node:
            continue
        for port in device.ports:
            if port.id == end.port and port.mode is PortMode.ACCESS and port.vlan is not None:
                vlans.add(port.vlan)
            elif port.id == end.port:
                vlans |= {s.vlan for s in draft.segments if s.vlan and port.allows(s.vlan)}
        segments |= {i.segment for i in device.interfaces if end.port in (i.id, i.port)}
    for host in draft.hosts:
        segments |= {c.segment for c in host.interfaces if (host.id, c.id) == (end.node, end.port)}
    return {
        segment.zone
        for segment in draft.segments
        if segment.zone is not None and (segment.id in segments or segment.vlan in vlans)
    }
