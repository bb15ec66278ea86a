"""Cases that are wrong below IP: tags of other zones, two tags, MAC addresses nobody declares."""

from collections.abc import Iterator

from scapy.layers.inet import ICMP, IP, UDP
from scapy.layers.l2 import ARP
from scapy.packet import Packet as Layer

from zonecheck.model.address import IPAddress
from zonecheck.model.attachment import AttachmentKind
from zonecheck.model.segment import Segment
from zonecheck.replay.capture_file import Frame
from zonecheck.replay.local_exchange import Neighbours, neighbours, zone_of
from zonecheck.replay.mac_addresses import BROADCAST
from zonecheck.replay.not_here import NotHereError
from zonecheck.replay.scapy_frames import ether, wire_bytes
from zonecheck.replay.synthesise_scene import SECOND, Scene
from zonecheck.replay.watched_place import Lane


def foreign_vlan(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield packets within a segment whose frames bear the tag of a VLAN of another zone."""
    for who, _, foreign in _with_foreign(scene, comment):
        address = _address_of_router(scene, who)
        if address is None:
            continue
        echo = IP(src=str(who.end.address), dst=str(address)) / ICMP(type=8, id=1, seq=1)
        macs = scene.macs.of(who.near, who.end.address), scene.macs.gateway(who.router, 4)
        yield _frame(begin, (foreign,), macs, echo, comment)
        return
    raise NotHereError("foreign-vlan")


def double_tag(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a frame with two tags: the native VLAN outside, a VLAN of another zone inside."""
    for who, segment, foreign in _with_foreign(scene, comment):
        trunk = scene.place.trunk
        native = who.lane.segment.vlan if trunk is None or trunk.native is None else trunk.native
        target = scene.choice.free_in(segment.id, 4, scene.random(comment))
        if native is None or target is None:
            continue
        datagram = IP(src=str(who.end.address), dst=str(target)) / UDP(sport=9, dport=9)
        macs = scene.macs.of(who.near, who.end.address), BROADCAST
        yield _frame(begin, (native, foreign), macs, datagram, comment)
        return
    raise NotHereError("double-tag")


def unknown_mac(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield ARP from a MAC address that nobody declares.

    It claims the address of a host whose MAC address is declared, where there is one: elsewhere
    a capture alone cannot tell a stranger from a host the design says too little of.
    """
    random = scene.random(comment)
    found = [who for who in neighbours(scene, 4, random) if who.near.kind is AttachmentKind.HOST]
    found.sort(key=lambda who: scene.macs.declared(who.near) is None)
    for who in found:
        mac = scene.macs.foreign(random)
        claimed: IPAddress | None = who.end.address
        if scene.macs.declared(who.near) is None:
            claimed = scene.choice.free_in(who.lane.segment.id, 4, random)
        asked = _address_of_router(scene, who)
        if claimed is None or asked is None:
            continue
        told = ARP(op=2, hwsrc=mac, psrc=str(claimed), hwdst=BROADCAST, pdst=str(claimed))
        asks = ARP(op=1, hwsrc=mac, psrc=str(claimed), pdst=str(asked))
        yield from scene.in_lanes(who.near, told, (mac, BROADCAST), begin, comment)
        yield from scene.in_lanes(who.near, asks, (mac, BROADCAST), begin + SECOND, comment)
        return
    raise NotHereError("unknown-mac")


def _with_foreign(scene: Scene, comment: str) -> Iterator[tuple[Neighbours, Segment, int]]:
    """Yield who is here, with a segment of another zone and its VLAN; those not here first."""
    for who in neighbours(scene, 4, scene.random(comment)):
        others = [
            segment
            for segment in scene.topology.segments
            if segment.vlan not in (None, who.lane.segment.vlan)
            and segment.zone is not None
            and segment.zone != zone_of(scene, who.lane)
        ]
        lanes: tuple[Lane, ...] = scene.place.lanes
        carried = {lane.segment.id for lane in lanes}
        for segment in sorted(others, key=lambda each: (each.id in carried, each.id)):
            if segment.vlan is not None:
                yield who, segment, segment.vlan


def _address_of_router(scene: Scene, who: Neighbours) -> IPAddress | None:
    face = scene.topology.device_by_id[who.router.node].interface(who.router.port)
    own = [item.ip for item in face.addresses if item.version == 4]
    shared = [ip for ip in face.virtual if ip.version == 4]
    return next(iter((*shared, *own)), None)


def _frame(
    time: int, tags: tuple[int, ...], macs: tuple[str, str], layers: Layer, comment: str
) -> Frame:
    return Frame(time, wire_bytes(ether(*macs, tags) / layers), comment)
