"""Findings and captures pushed through the simulator, and what each link then shows.

Importing this module imports scapy.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy.questions.replayed import Replayed, ReplayView
from zonecheck.policy.verdict import Finding
from zonecheck.replay.capture_file import pcapng_bytes
from zonecheck.replay.capture_headers import captured_headers
from zonecheck.replay.finding_expressions import frame_between
from zonecheck.replay.finding_packets import Neighbourhood, addresses_of, shown_by
from zonecheck.replay.header_origins import HeaderOrigins
from zonecheck.replay.link_captures import SUFFIX, LinkCaptures
from zonecheck.replay.scapy_frames import wire_bytes
from zonecheck.replay.synthesise_scene import BEGINNING
from zonecheck.simulate import Sessions, Simulator


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of packets, and a pcapng file for each link and broadcast domain by name."""

    view: ReplayView
    files: dict[str, bytes]


def pushed_finding(design: Topology, subject: str, finding: Finding) -> Pushed:
    """Return what becomes of the packets a finding shows, openers of sessions first.

    The design is in the state of the finding. What the file leaves undeclared is read as letting
    most through, as the finding of an unknown check does.
    """
    simulator = Simulator(design, Closure.UPPER)
    captures = LinkCaptures(simulator, BEGINNING)
    rows: list[Replayed] = []
    meant: list[AttachmentPoint] = []
    neighbours: list[tuple[AttachmentPoint, AttachmentPoint]] = []
    sessions = Sessions.NONE
    found = shown_by(finding.counterexample)
    further = addresses_of(found)
    for shown in found:
        if isinstance(shown, Neighbourhood):
            frame = wire_bytes(frame_between(simulator, shown))
            captures.add_frame(shown.a, shown.b, frame, f"{shown.a} -> {shown.b}")
            neighbours.append((shown.a, shown.b))
            continue
        if shown.origin is None:
            continue
        trace = simulator.send(shown.packet, shown.origin, sessions, further=further)
        # Sessions are there for the packet that follows, not for those of other steps.
        sessions = trace.sessions if shown.opens else Sessions.NONE
        captures.add(trace, str(shown.packet))
        rows.append(Replayed(trace, opens=shown.opens))
        if shown.destination is not None and not shown.opens:
            meant.append(shown.destination)
    view = ReplayView(
        design.name,
        design.state,
        subject,
        tuple(rows),
        meant=tuple(meant),
        neighbours=tuple(neighbours),
    )
    return _with_files(view, captures)


def pushed_capture(design: Topology, path: Path) -> Pushed:
    """Return what becomes of each unique header of a capture, in the order of first frames.

    Each is sent by who has its source address, with the sessions of those before it.

    Raises:
        NotACaptureError: the file is no capture, or a damaged one.
        OSError: it cannot be read.
    """
    found = captured_headers(path)
    simulator = Simulator(design, Closure.UPPER)
    captures = LinkCaptures(simulator, BEGINNING)
    origins = HeaderOrigins(simulator)
    skipped: Counter[Message] = Counter(found.skipped)
    rows: list[Replayed] = []
    sessions = Sessions.NONE
    for packet, seen in found.headers.items():
        origin = origins.of(packet.source)
        if origin is None:
            skipped[Message.of("replay.skipped-no-origin")] += seen.frames
            continue
        trace = simulator.send(packet, origin, sessions)
        sessions = trace.sessions
        captures.add(trace, str(packet))
        rows.append(Replayed(trace, seen.frames, seen.first))
    view = ReplayView(
        design.name, design.state, path.name, tuple(rows), tuple(_sorted_counts(skipped))
    )
    return _with_files(view, captures)


def _sorted_counts(counted: Counter[Message]) -> list[tuple[Message, int]]:
    """Return reasons with their counts, the most frequent first."""
    return sorted(counted.items(), key=lambda entry: (-entry[1], entry[0].code))


def _with_files(view: ReplayView, captures: LinkCaptures) -> Pushed:
    files = {
        name: pcapng_bytes(frames, name.removesuffix(SUFFIX))
        for name, frames in sorted(captures.files.items())
    }
    return Pushed(view, files)
