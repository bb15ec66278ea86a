"""Cases that are a declared session with something wrong, or something that must be tolerated."""

from collections.abc import Iterator
from dataclasses import replace

from scapy.layers.inet import ICMP, IP
from scapy.layers.inet6 import ICMPv6DestUnreach, ICMPv6TimeExceeded, IPv6

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.service import PortRange
from zonecheck.policy.legs import LegPart
from zonecheck.replay.capture_file import Frame
from zonecheck.replay.declared_flows import (
    TCP,
    UDP,
    Flow,
    declared_parts,
    flows_of,
    is_declared,
)
from zonecheck.replay.fragments import fragments
from zonecheck.replay.maintenance_window import outside_windows, within_window
from zonecheck.replay.not_here import NotHereError
from zonecheck.replay.packet_walk import Stretch, Walk
from zonecheck.replay.scapy_frames import Content, ip_layers, network_layer, wire_bytes
from zonecheck.replay.synthesise_payloads import mail_session, mail_with_attachment
from zonecheck.replay.synthesise_scene import Scene
from zonecheck.replay.synthesise_sessions import (
    session_frames,
    start_of,
    tcp_turns,
    turn_frames,
)
from zonecheck.simulate import Packet

_MAIL_TEXT = "mail-text"
_RDP = 3389
_UNDECLARED_PORTS = (8443, 4444, 9443, 31337, 60443)
_LARGE = 3000
_ICMP = {4: 1, 6: 58}


def mail_attachment(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a mail with a file in it, beyond the sanitiser that should have taken it off."""
    named = {channel.id for channel in scene.topology.channels if channel.kind == _MAIL_TEXT}
    for part in declared_parts(scene):
        host = scene.topology.host_by_id.get(part.leg.origin.id)
        if part.name not in named or host is None or not host.two_sided:
            continue
        for flow in flows_of(scene, part, 1, comment):
            lines = mail_session(mail_with_attachment(scene.random(comment)))
            yield from session_frames(scene, flow, begin, comment, lines)
            return
    raise NotHereError("mail-attachment")


def wrong_mac(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a declared session from the right addresses and a MAC address that is not declared."""
    bound = {flow.id for flow in scene.topology.specific_flows if "mac" in flow.bind}
    parts = sorted(declared_parts(scene), key=lambda part: part.name not in bound)
    for part in parts:
        for flow in flows_of(scene, part, 1, comment):
            origin = flow.there.origin
            if scene.macs.declared(origin) is None or not _seen_first(scene, flow.there):
                continue
            changed = scene.with_mac(origin, scene.macs.foreign(scene.random(comment)))
            yield from session_frames(changed, flow, begin, comment)
            return
    raise NotHereError("wrong-mac")


def outside_window(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a session of remote maintenance at an hour that is not in its window."""
    parts = [part for part in declared_parts(scene) if outside_windows(scene.topology, part, begin)]
    desk = (PortRange(_RDP, _RDP),)
    for part in sorted(parts, key=lambda part: part.service.ports != desk):
        late = outside_windows(scene.topology, part, begin)
        for flow in flows_of(scene, part, 1, comment):
            yield from session_frames(scene, flow, late or begin, comment)
            return
    raise NotHereError("outside-window")


def undeclared_answer(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a server's answer from a port nobody declared: something listens there."""
    flows = [flow for _, flow in _flows(scene, comment) if flow.opener.protocol == TCP]
    # A server of our own is the more telling one.
    for flow in sorted(flows, key=lambda each: _outside(each.there.at)):
        if flow.back is None or not scene.crosses(flow.back):
            continue
        for port in _UNDECLARED_PORTS:
            opener = replace(flow.opener, destination_port=port)
            if is_declared(scene.topology, opener):
                continue
            random = scene.random(comment)
            content = Content("SA", random.getrandbits(32), random.getrandbits(32))
            yield from scene.frames(_from_port(flow.back, port), content, begin, comment)
            return
    raise NotHereError("undeclared-answer")


def nat_rewritten(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a session of everything declared whose addresses a router on its way replaces.

    The same case with the same seed has the same sessions at a place on the other side.
    """
    found: list[Frame] = []
    for part, flow in _flows(scene, comment):
        if flow.translated:
            start = within_window(scene.topology, part, start_of(scene, f"nat {part}", begin, 30))
            found += session_frames(scene, flow, start, comment)
    if not found:
        raise NotHereError("nat-rewritten")
    yield from found


def fragmented(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield a declared session in which one side sends a packet in three fragments."""
    for part, flow in sorted(
        _flows(scene, comment), key=lambda each: each[1].opener.protocol != UDP
    ):
        start = within_window(scene.topology, part, begin)
        random = scene.random(comment)
        payload = bytes(_LARGE)
        if flow.opener.protocol == UDP:
            datagram = Content(payload=payload, identification=random.randrange(1, 1 << 16))
            yield from fragments(scene, flow.there, datagram, start, comment)
            return
        if flow.opener.protocol != TCP or flow.back is None:
            continue
        turns = tcp_turns([], random)
        _, last = turns[2]
        large = replace(last, flags="PA", payload=payload, identification=last.identification + 1)
        yield from turn_frames(scene, flow, turns[:3], start, comment)
        yield from fragments(scene, flow.there, large, start + 100_000_000, comment)
        return
    raise NotHereError("fragments")


def icmp_errors(scene: Scene, begin: int, comment: str) -> Iterator[Frame]:
    """Yield ICMP errors about a declared packet: of the router before its end, and of its end."""
    flows = sorted(_flows(scene, comment), key=lambda each: each[1].translated)
    for part, flow in flows:
        if flow.opener.protocol not in (TCP, UDP) or flow.back is None:
            continue
        start = within_window(scene.topology, part, begin)
        found = list(scene.frames(flow.there, Content(), start, comment))
        found += _from_first_router(scene, flow, start + 2_000_000, comment)
        found += _from_the_end(scene, flow, start + 4_000_000, comment)
        if len(found) > 1:
            yield from found
            return
    raise NotHereError("icmp-errors")


def _from_the_end(scene: Scene, flow: Flow, time: int, comment: str) -> Iterator[Frame]:
    """Yield that the end cannot be reached, along the way of its answers."""
    if flow.back is None:
        return
    for seen in scene.seen(flow.back):
        answer = seen.stretch.packet
        quoted = Packet(
            answer.destination,
            answer.source,
            answer.protocol,
            answer.destination_port,
            answer.source_port,
        )
        error = Packet(answer.source, answer.destination, _ICMP[answer.version])
        head = network_layer(error, Content(), seen.stretch.routers)
        message = (
            ICMP(type=3, code=3) / ip_layers(quoted, Content())
            if answer.version == 4
            else ICMPv6DestUnreach(code=4) / ip_layers(quoted, Content())
        )
        whole = scene.head(flow.back, seen.stretch, seen.tags) / head / message
        yield Frame(time + seen.delay, wire_bytes(whole), comment)


def _from_first_router(scene: Scene, flow: Flow, time: int, comment: str) -> Iterator[Frame]:
    """Yield that the time of the packet is over, from the first router to its sender."""
    first = flow.there.stretches[0]
    own = _own_address(scene, first.receiver, first.packet.version)
    tags = scene.place.tags(first.b, first.a)
    if own is None or tags is None or flow.there.at == first.receiver:
        return
    packet = first.packet
    back = Stretch(first.b, first.a, first.receiver, first.sender, packet, 0)
    way = replace(flow.there, at=first.sender)
    if packet.version == 4:
        head = IP(src=own, dst=str(packet.source), proto=1, ttl=64)
        message = ICMP(type=11, code=0) / ip_layers(packet, Content(hops=1))
    else:
        head = IPv6(src=own, dst=str(packet.source), nh=58, hlim=64)
        message = ICMPv6TimeExceeded(code=0) / ip_layers(packet, Content(hops=1))
    answer = replace(packet, source=packet.destination, destination=packet.source)
    whole = scene.head(way, replace(back, packet=answer), tags) / head / message
    yield Frame(time, wire_bytes(whole), comment)


def _own_address(scene: Scene, point: AttachmentPoint, version: int) -> str | None:
    if point.kind is not AttachmentKind.STACK:
        return None
    face = scene.topology.device_by_id[point.node].interface(point.port)
    own = [a.ip for a in face.addresses if a.version == version and a.ip not in face.virtual]
    return str(own[0]) if own else None


def _outside(point: AttachmentPoint | None) -> bool:
    return point is None or point.kind is AttachmentKind.EDGE


def _seen_first(scene: Scene, way: Walk) -> bool:
    """Return whether a way is seen before the first router, where the sender's MAC stands."""
    return any(seen.stretch.routers == 0 for seen in scene.seen(way))


def _flows(scene: Scene, comment: str) -> Iterator[tuple[LegPart, Flow]]:
    """Yield one session of each declared part that passes the place."""
    for part in declared_parts(scene):
        for flow in flows_of(scene, part, 1, comment):
            yield part, flow


def _from_port(way: Walk, port: int) -> Walk:
    """Return the way of answers from another port."""
    changed = tuple(
        replace(stretch, packet=replace(stretch.packet, source_port=port))
        for stretch in way.stretches
    )
    return replace(way, stretches=changed)
