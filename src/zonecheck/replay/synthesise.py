"""Captures made of a topology: what it declares, what is always on a wire, and what must not be.

Importing this module imports scapy.
"""

from collections.abc import Collection, Sequence

from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.replay.capture_file import Frame
from zonecheck.replay.declared_flows import declared_parts, flow_names, flows_of
from zonecheck.replay.maintenance_window import within_window
from zonecheck.replay.not_here import NotHereError
from zonecheck.replay.synthesise_cases import CASES, case_frames
from zonecheck.replay.synthesise_scene import BEGINNING, Scene, in_order
from zonecheck.replay.synthesise_sessions import session_frames, start_of

SESSIONS = 2
"""Sessions of each service declared, where there are as many senders."""


class CannotSynthesiseError(Exception):
    """What is asked for cannot be at this place of this topology."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.code)
        self.reason = reason


def synthesise(
    topology: Topology,
    at: str,
    *,
    seed: int = 0,
    flows: Collection[str] | None = None,
    background: bool = True,
    violations: Sequence[str] = (),
    tagged: bool = False,
) -> list[tuple[int, bytes]]:
    """Return frames as they are seen at a place, each with its time in nanoseconds.

    See `synthesised_frames`, which also says why each frame is there.
    """
    frames = synthesised_frames(
        topology,
        at,
        seed=seed,
        flows=flows,
        background=background,
        violations=violations,
        tagged=tagged,
    )
    return [(frame.time_ns, frame.data) for frame in frames]


def synthesised_frames(
    topology: Topology,
    at: str,
    *,
    seed: int = 0,
    flows: Collection[str] | None = None,
    background: bool = True,
    violations: Sequence[str] = (),
    tagged: bool = False,
) -> list[Frame]:
    """Return frames as they are seen at a place, in order of time, with comments.

    Args:
        topology: the design; its normal state is what is captured.
        at: a segment, `node/interface`, or `node/port` of a cable.
        seed: the same seed gives the same bytes; a session is the same at every place.
        flows: the ids of channels, specific flows and maintenance to take; None: all of them.
        background: whether STP, LLDP, ARP, DHCP, VRRP and IPv6 ND are there too.
        violations: names of `zonecheck.replay.synthesise_cases.CASES`.
        tagged: whether the frames of a segment or interface bear its VLAN tag.

    Raises:
        NoSuchPlaceError: nothing is called so.
        CannotSynthesiseError: a flow has no such id, or a violation cannot be at this place.
    """
    scene = Scene(topology, at, seed, tagged=tagged)
    wanted = _wanted(scene, flows)
    frames: list[Frame] = []
    done: set[str] = set()
    for part in declared_parts(scene):
        if part.name not in wanted:
            continue
        for flow in flows_of(scene, part, SESSIONS):
            begin = start_of(scene, f"{part} {flow.opener}", BEGINNING)
            begin = within_window(scene.topology, part, begin)
            frames += session_frames(scene, flow, begin, f"declared: {part}")
    for name in ("background", *violations) if background else violations:
        if name not in done:
            frames += _of_case(scene, name)
        done.add(name)
    return in_order(frames)


def _of_case(scene: Scene, name: str) -> list[Frame]:
    if name not in CASES:
        known = ", ".join(CASES)
        raise CannotSynthesiseError(Message.of("synthesise.no-case", given=name, known=known))
    try:
        return case_frames(scene, CASES[name])
    except NotHereError as error:
        reason = Message.of("synthesise.not-here", case=name, place=scene.place.name)
        raise CannotSynthesiseError(reason) from error


def _wanted(scene: Scene, flows: Collection[str] | None) -> frozenset[str]:
    known = flow_names(scene)
    if flows is None:
        return frozenset(known)
    for name in flows:
        if name not in known:
            reason = Message.of("synthesise.no-flow", given=name, known=", ".join(known) or "-")
            raise CannotSynthesiseError(reason)
    return frozenset(flows)
