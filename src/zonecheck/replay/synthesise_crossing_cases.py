"""Cases in which somebody speaks to whom no declaration lets it speak, seen at one segment."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

from scapy.layers.inet6 import ICMPv6ND_RA, ICMPv6NDOptPrefixInfo, ICMPv6NDOptSrcLLAddr, IPv6

from zonecheck.model.address import IPAddress
from zonecheck.model.zone import INTERNET, LGWAN
from zonecheck.replay.capture_file import Frame
from zonecheck.replay.declared_flows import TCP, UDP, is_declared
from zonecheck.replay.local_exchange import (
    Neighbours,
    hosts_of_zone,
    incoming,
    is_outside,
    neighbours,
    outgoing,
    zone_of,
)
from zonecheck.replay.mac_addresses import link_local
from zonecheck.replay.not_here import NotHereError
from zonecheck.replay.synthesise_payloads import DNS, HTTPS, SMB
from zonecheck.replay.synthesise_scene import SECOND, Scene
from zonecheck.replay.synthesise_sessions import session_frames
from zonecheck.simulate import Packet

_OPEN_RESOLVERS = ("203.0.113.53", "198.51.100.53", "192.0.2.153", "8.8.8.8")
_ELSEWHERE_V6 = IPv6Address("2001:db8:ffff:ffff::10")
_ROGUE_PREFIX = IPv6Address("2001:db8:bad:bad::")


def smb_crossing(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a share of the Internet area opened from the LGWAN area."""
    random = scene.random(comment)
    for who in neighbours(scene, 4, random):
        zone = zone_of(scene, who.lane)
        if zone not in (LGWAN, INTERNET):
            continue
        other = INTERNET if zone == LGWAN else LGWAN
        port = random.randrange(49152, 65536)
        for far in hosts_of_zone(scene, other, 4, random):
            near = who.end.address
            client, server = (near, far.address) if zone == LGWAN else (far.address, near)
            packet = Packet(client, server, TCP, port, SMB)
            if not is_declared(scene.topology, packet):
                flow = (outgoing if zone == LGWAN else incoming)(comment, who, packet)
                yield from session_frames(scene, flow, begin, comment)
                return
    raise NotHereError("smb-crossing")


def open_resolver(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a name asked of a resolver somewhere in the Internet."""
    random = scene.random(comment)
    for who in neighbours(scene, 4, random):
        if is_outside(zone_of(scene, who.lane)):
            continue
        port = random.randrange(49152, 65536)
        for resolver in map(IPv4Address, _OPEN_RESOLVERS):
            packet = Packet(who.end.address, resolver, UDP, port, DNS)
            if not is_declared(scene.topology, packet):
                flow = outgoing(comment, who, packet)
                yield from session_frames(scene, flow, begin, comment)
                return
    raise NotHereError("open-resolver")


def ipv6_crossing(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a router nobody declares that offers IPv6, and TCP over it to another area."""
    random = scene.random(comment)
    for version in (6, 4):
        for who in neighbours(scene, version, random):
            zone = zone_of(scene, who.lane)
            if is_outside(zone):
                continue
            own = who.end.address if version == 6 else _ROGUE_PREFIX + 0x10
            for far in _other_zones_v6(scene, zone):
                packet = Packet(own, far, TCP, random.randrange(49152, 65536), HTTPS)
                if is_declared(scene.topology, packet):
                    continue
                yield from _by_rogue_router(scene, who, packet, begin, comment)
                return
    raise NotHereError("ipv6-crossing")


def _other_zones_v6(scene: Scene, zone: str | None) -> list[IPAddress]:
    """Return IPv6 addresses of hosts of other zones, the areas of the policy first."""
    random = scene.random(f"ipv6 hosts {zone}")
    zones = {s.zone for s in scene.topology.segments if s.zone and s.zone != zone}
    inside = sorted((z for z in zones if not is_outside(z)), key=lambda z: (z != INTERNET, z))
    found = [e.address for z in inside for e in hosts_of_zone(scene, z, 6, random)[:1]]
    return [*found, _ELSEWHERE_V6]


def _by_rogue_router(
    scene: Scene, who: Neighbours, packet: Packet, begin: int, comment: str
) -> Iterator[Frame]:
    mac = scene.macs.foreign(scene.random(f"{comment} router"))
    prefix = IPv6Address(int(packet.source) >> 64 << 64)
    offered = (
        IPv6(src=str(link_local(mac)), dst="ff02::1", hlim=255)
        / ICMPv6ND_RA(prf=0)
        / ICMPv6NDOptSrcLLAddr(lladdr=mac)
        / ICMPv6NDOptPrefixInfo(prefix=str(prefix), prefixlen=64)
    )
    yield from scene.in_lanes(who.near, offered, (mac, "33:33:00:00:00:01"), begin, comment)
    changed = scene.with_mac(who.router, mac)
    changed.macs = changed.macs.without_shared()
    flow = outgoing(comment, who, packet)
    yield from session_frames(changed, flow, begin + SECOND, comment)
