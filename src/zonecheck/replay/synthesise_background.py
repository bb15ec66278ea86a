"""What is always on a wire: spanning tree, LLDP, ARP, DHCP, VRRP and neighbour discovery."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from random import Random

from scapy.contrib.lldp import (
    LLDPDUChassisID,
    LLDPDUEndOfLLDPDU,
    LLDPDUPortID,
    LLDPDUSystemName,
    LLDPDUTimeToLive,
)
from scapy.layers.dhcp import BOOTP, DHCP
from scapy.layers.inet import IP, UDP
from scapy.layers.inet6 import (
    ICMPv6ND_NA,
    ICMPv6ND_NS,
    ICMPv6ND_RA,
    ICMPv6NDOptDstLLAddr,
    ICMPv6NDOptPrefixInfo,
    ICMPv6NDOptSrcLLAddr,
    IPv6,
)
from scapy.layers.l2 import ARP, LLC, STP, Dot3
from scapy.layers.vrrp import VRRPv3
from scapy.packet import Packet as Layer

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.segment import Segment
from zonecheck.replay.capture_file import Frame
from zonecheck.replay.endpoint_choice import End
from zonecheck.replay.mac_addresses import BROADCAST, link_local, made_up
from zonecheck.replay.scapy_frames import ether, wire_bytes
from zonecheck.replay.synthesise_scene import BEGINNING, SECOND, Scene

_MINUTE = 60
_AUTONOMOUS = 64
"""The length of prefixes that routers advertise to hosts (RFC 4862)."""
_ASKING = 3
"""Hosts of each segment that ask for their router."""


def background_frames(scene: Scene) -> Iterator[Frame]:
    """Yield a minute of what switches, routers and hosts of the place always say."""
    yield from spanning_tree(scene)
    yield from neighbours_told(scene)
    for lane in scene.place.lanes:
        for kind in (address_resolution, address_leases, shared_addresses, neighbour_discovery):
            yield from kind(scene, lane.segment)


def spanning_tree(scene: Scene) -> Iterator[Frame]:
    """Yield the BPDUs of the switch (IEEE 802.1D), which bear no tag."""
    switch = scene.place.switch
    if switch is None:
        return
    mac = made_up(f"bridge {switch.id}")
    tree = STP(rootmac=mac, bridgemac=mac, portid=0x8001, maxage=20, hellotime=2, fwddelay=15)
    frame = Dot3(dst="01:80:c2:00:00:00", src=mac) / LLC(dsap=0x42, ssap=0x42, ctrl=3) / tree
    for second in range(0, _MINUTE, 2):
        yield Frame(BEGINNING + second * SECOND, wire_bytes(frame), "background: stp")


def neighbours_told(scene: Scene) -> Iterator[Frame]:
    """Yield what the switch says of itself by LLDP."""
    switch = scene.place.switch
    if switch is None:
        return
    mac = made_up(f"bridge {switch.id}")
    port = scene.place.name.partition("/")[2] or "1"
    told = (
        LLDPDUChassisID(subtype=4, id=mac)
        / LLDPDUPortID(subtype=5, id=port.encode())
        / LLDPDUTimeToLive(ttl=120)
        / LLDPDUSystemName(system_name=switch.id.encode())
        / LLDPDUEndOfLLDPDU()
    )
    data = wire_bytes(ether(mac, "01:80:c2:00:00:0e") / told)
    for second in (5, 35):
        yield Frame(BEGINNING + second * SECOND, data, "background: lldp")


def address_resolution(scene: Scene, segment: Segment) -> Iterator[Frame]:
    """Yield hosts and external edges asking for the MAC address of the router, and its answers."""
    random = _random(scene, "arp", segment)
    for host, router, gateway in _asking(scene, segment, 4, random):
        asker, asked = scene.macs.of(host.point, host.address), scene.macs.gateway(router, 4)
        time = _time(random)
        request = ARP(op=1, hwsrc=asker, psrc=str(host.address), pdst=str(gateway))
        macs = (asker, BROADCAST)
        yield from scene.in_lanes(host.point, request, macs, time, "background: arp")
        answer = ARP(op=2, hwsrc=asked, psrc=str(gateway), hwdst=asker, pdst=str(host.address))
        yield from _direct(scene, (router, host.point), (asked, asker), answer, time, "arp")


def neighbour_discovery(scene: Scene, segment: Segment) -> Iterator[Frame]:
    """Yield neighbour discovery (RFC 4861) where the segment is planned to have IPv6."""
    random = _random(scene, "nd", segment)
    advertised = [p for p in segment.prefixes if p.version == 6 and p.prefixlen == _AUTONOMOUS]
    for router in scene.choice.routers_in(segment.id, 6)[: len(advertised)]:
        mac = scene.macs.gateway(router.point, 6)
        layers: Layer = _nd(link_local(mac), IPv6Address("ff02::1"), ICMPv6ND_RA(prf=0))
        layers = layers / ICMPv6NDOptSrcLLAddr(lladdr=mac)
        for prefix in advertised:
            layers = layers / ICMPv6NDOptPrefixInfo(
                prefix=str(prefix.network_address), prefixlen=prefix.prefixlen
            )
        macs = (mac, "33:33:00:00:00:01")
        yield from scene.in_lanes(router.point, layers, macs, _time(random), "background: ra")
    for host, router_point, gateway in _asking(scene, segment, 6, random):
        asker, asked = scene.macs.of(host.point, host.address), scene.macs.gateway(router_point, 6)
        time = _time(random)
        group = _solicited(gateway)
        query = _nd(host.address, group, ICMPv6ND_NS(tgt=str(gateway)))
        macs = (asker, "33:33:" + ":".join(f"{byte:02x}" for byte in group.packed[12:]))
        source = ICMPv6NDOptSrcLLAddr(lladdr=asker)
        yield from scene.in_lanes(host.point, query / source, macs, time, "background: nd")
        answer = _nd(gateway, host.address, ICMPv6ND_NA(tgt=str(gateway), R=1, S=1, O=1))
        answer = answer / ICMPv6NDOptDstLLAddr(lladdr=asked)
        ends = (router_point, host.point)
        yield from _direct(scene, ends, (asked, asker), answer, time, "nd")


def address_leases(scene: Scene, segment: Segment) -> Iterator[Frame]:
    """Yield a host without a fixed address getting one by DHCP, of a server or by a relay."""
    random = _random(scene, "dhcp", segment)
    free = [end for end in scene.choice.hosts_in(segment.id, random) if _is_free(scene, end)]
    clients = [end for end in free if end.address.version == 4]
    routers = scene.choice.routers_in(segment.id, 4)
    if not clients:
        return
    client, time, number = clients[0], _time(random), random.getrandbits(32)
    mac = scene.macs.of(client.point, client.address)
    raw = bytes.fromhex(mac.replace(":", ""))
    for kind in ("discover", "offer", "request", "ack"):
        asks = kind in ("discover", "request")
        if not asks and not routers:
            return
        server = None if asks else routers[0]
        options: list[object] = [("message-type", kind)]
        if kind == "request":
            options.append(("requested_addr", str(client.address)))
        if server is not None:
            options += [("server_id", str(server.address)), ("lease_time", 86400)]
        boot = BOOTP(
            op=1 if asks else 2,
            chaddr=raw,
            xid=number,
            flags="B",
            yiaddr="0.0.0.0" if asks else str(client.address),
            giaddr="0.0.0.0" if server is None else str(server.address),
        )
        source = "0.0.0.0" if server is None else str(server.address)
        ports = UDP(sport=68, dport=67) if asks else UDP(sport=67, dport=68)
        layers = IP(src=source, dst="255.255.255.255") / ports / boot
        layers = layers / DHCP(options=[*options, "end"])
        point = client.point if server is None else server.point
        sender = mac if server is None else scene.macs.of(server.point)
        macs = (sender, BROADCAST)
        yield from scene.in_lanes(point, layers, macs, time, "background: dhcp")
        time += 4_000_000


def shared_addresses(scene: Scene, segment: Segment) -> Iterator[Frame]:
    """Yield the advertisements of the router in charge of a shared address (VRRP, RFC 9568)."""
    for version, target in ((4, IPv4Address("224.0.0.18")), (6, IPv6Address("ff02::12"))):
        for router in scene.choice.routers_in(segment.id, version):
            mac = scene.macs.virtual(router.point, version)
            if mac is None:
                continue
            face = scene.topology.device_by_id[router.point.node].interface(router.point.port)
            shared = [str(ip) for ip in face.virtual if ip.version == version]
            said = VRRPv3(
                vrid=scene.macs.group(router.point), priority=110, addrlist=shared, adv=1000
            )
            source = router.address if version == 4 else link_local(mac)
            head = _hop_limited(source, target, 112)
            group = "01:00:5e:00:00:12" if version == 4 else "33:33:00:00:00:12"
            for second in range(0, _MINUTE, 10):
                time = BEGINNING + second * SECOND + 1_000_000
                macs = (mac, group)
                yield from scene.in_lanes(router.point, head / said, macs, time, "background: vrrp")
            break


def _asking(
    scene: Scene, segment: Segment, version: int, random: Random
) -> Iterator[tuple[End, AttachmentPoint, IPAddress]]:
    """Yield some neighbours of the router in a segment, the router, and its address for them."""
    routers = scene.choice.routers_in(segment.id, version)
    if not routers:
        return
    router = routers[0]
    face = scene.topology.device_by_id[router.point.node].interface(router.point.port)
    shared = [ip for ip in face.virtual if ip.version == version]
    hosts = [e for e in scene.choice.hosts_in(segment.id, random) if e.address.version == version]
    hosts += scene.choice.edges_in(segment.id, version)
    for host in hosts[:_ASKING]:
        yield host, router.point, shared[0] if shared else router.address


def _direct(
    scene: Scene,
    ends: tuple[AttachmentPoint, AttachmentPoint],
    macs: tuple[str, str],
    layers: Layer,
    time: int,
    kind: str,
) -> Iterator[Frame]:
    """Yield an answer of one end to the other, if it is seen."""
    tags = scene.place.tags(*ends)
    if tags is not None:
        whole = ether(*macs, tags) / layers
        yield Frame(time + 300_000, wire_bytes(whole), f"background: {kind}")


def _is_free(scene: Scene, end: End) -> bool:
    if end.point.kind is not AttachmentKind.HOST:
        return False
    return not scene.topology.host_by_id[end.point.node].interface(end.point.port).addresses


def _nd(source: IPAddress, target: IPAddress, message: Layer) -> Layer:
    return IPv6(src=str(source), dst=str(target), hlim=255) / message


def _hop_limited(source: IPAddress, target: IPAddress, protocol: int) -> Layer:
    """Return an IP header whose packet no router passes on."""
    if source.version == 4:
        return IP(src=str(source), dst=str(target), proto=protocol, ttl=255)
    return IPv6(src=str(source), dst=str(target), nh=protocol, hlim=255)


def _solicited(address: IPAddress) -> IPv6Address:
    """Return the solicited-node group of an address (RFC 4291)."""
    return IPv6Address(int(IPv6Address("ff02::1:ff00:0")) | int(address) & 0xFFFFFF)


def _random(scene: Scene, kind: str, segment: Segment) -> Random:
    return scene.random(f"background {kind} {segment.id}")


def _time(random: Random) -> int:
    return BEGINNING + random.randrange(_MINUTE * SECOND)
