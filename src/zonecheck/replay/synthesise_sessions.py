"""A session as frames: handshake, what both sides say, and its end."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from zonecheck.replay.capture_file import Frame
from zonecheck.replay.declared_flows import TCP, Flow
from zonecheck.replay.scapy_frames import Content
from zonecheck.replay.synthesise_payloads import Line, conversation
from zonecheck.replay.synthesise_scene import SECOND, Scene

_SEGMENT = 1400
_PAUSE = (300_000, 9_000_000)
Turn = tuple[bool, Content]
"""What one side sends; True is the side that opened the session."""


def session_frames(
    scene: Scene,
    flow: Flow,
    begin: int,
    comment: str,
    lines: Sequence[Line] | None = None,
) -> list[Frame]:
    """Return the frames of a session seen at the place; `lines` is what is said in it."""
    random = scene.random(f"session {flow.name} {flow.opener}")
    said = conversation(flow.opener, random) if lines is None else lines
    tcp = flow.opener.protocol == TCP
    turns = tcp_turns(said, random) if tcp else datagram_turns(said, random)
    if flow.back is None:
        turns = list(turns)[:1]
    return list(turn_frames(scene, flow, turns, begin, comment))


def turn_frames(
    scene: Scene, flow: Flow, turns: Iterable[Turn], begin: int, comment: str
) -> Iterator[Frame]:
    """Yield the frames of some turns of a session, one after the other."""
    random = scene.random(f"times {flow.name} {flow.opener}")
    time = begin
    for forward, content in turns:
        way = flow.there if forward else flow.back
        if way is not None:
            yield from scene.frames(way, content, time, comment)
        time += random.randint(*_PAUSE)


def start_of(scene: Scene, purpose: str, beginning: int, seconds: int = 60) -> int:
    """Return when within the first seconds something begins."""
    return beginning + scene.random(f"start {purpose}").randrange(seconds * SECOND)


def datagram_turns(lines: Sequence[Line], random: Random) -> list[Turn]:
    """Return what is said in datagrams."""
    return [
        (line.forward, Content(payload=line.data, identification=random.randrange(1, 1 << 16)))
        for line in lines
    ]


def tcp_turns(lines: Sequence[Line], random: Random) -> list[Turn]:
    """Return a TCP session: handshake, data with acknowledgements, and its end."""
    numbers = {True: random.getrandbits(32), False: random.getrandbits(32)}
    turns: list[Turn] = []

    def send(flags: str, *, forward: bool, payload: bytes = b"") -> None:
        acknowledged = numbers[not forward] if "A" in flags else 0
        content = Content(
            flags,
            numbers[forward],
            acknowledged,
            payload,
            identification=random.randrange(1, 1 << 16),
        )
        turns.append((forward, content))
        advance = len(payload) + ("S" in flags) + ("F" in flags)
        numbers[forward] = (numbers[forward] + advance) % (1 << 32)

    send("S", forward=True)
    send("SA", forward=False)
    send("A", forward=True)
    for line in lines:
        for at in range(0, len(line.data), _SEGMENT):
            send("PA", forward=line.forward, payload=line.data[at : at + _SEGMENT])
            send("A", forward=not line.forward)
    send("FA", forward=True)
    send("FA", forward=False)
    send("A", forward=True)
    return turns
