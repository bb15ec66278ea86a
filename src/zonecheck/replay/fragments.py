"""A packet in fragments, wherever it is seen on its way."""

from collections.abc import Iterator

from scapy.layers.inet import IP
from scapy.layers.inet6 import IPv6ExtHdrFragment
from scapy.packet import Packet as Layer
from scapy.packet import Raw

from zonecheck.replay.capture_file import Frame
from zonecheck.replay.packet_walk import Walk
from zonecheck.replay.scapy_frames import Content, network_layer, transport_layer, wire_bytes
from zonecheck.replay.synthesise_scene import Scene

_SIZE = 1400
_NEXT_AFTER = 20_000
_FRAGMENT_HEADER = 44


def fragments(
    scene: Scene, way: Walk, content: Content, time: int, comment: str
) -> Iterator[Frame]:
    """Yield the fragments of a packet; only the first one has ports."""
    content = scene.content_of(way, content)
    for seen in scene.seen(way):
        packet, routers = seen.stretch.packet, seen.stretch.routers
        head = network_layer(packet, content, routers)
        whole = head / transport_layer(packet, content) / Raw(content.payload)
        body = bytes(whole)[len(bytes(head)) :]
        for number, at in enumerate(range(0, len(body), _SIZE)):
            part, more = body[at : at + _SIZE], at + _SIZE < len(body)
            piece = _piece(head, packet.protocol, content.identification, at, part, more=more)
            frame = scene.head(way, seen.stretch, seen.tags) / piece
            moment = time + seen.delay + number * _NEXT_AFTER
            yield Frame(moment, wire_bytes(frame), comment)


def _piece(
    head: Layer, protocol: int, identification: int, at: int, part: bytes, *, more: bool
) -> Layer:
    piece = head.copy()
    if isinstance(piece, IP):
        piece.flags, piece.frag = ("MF" if more else 0), at // 8
        return piece / Raw(part)
    piece.nh = _FRAGMENT_HEADER
    link = IPv6ExtHdrFragment(nh=protocol, offset=at // 8, m=int(more), id=identification)
    return piece / link / Raw(part)
