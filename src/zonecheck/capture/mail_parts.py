"""Types of mail parts behind a sanitiser, where reading payloads is asked for (`--payload`).

Nothing of a mail is kept or reported but the content types of its parts. What cannot be read, or
can be read in two ways, is said to be undecidable; a part that is unwanted in any reading counts.
"""

from dataclasses import dataclass, field
from typing import Final

from zonecheck.capture.again import Again, again
from zonecheck.capture.judgement import MAIL_TEXT, FlowVerdict, Reason
from zonecheck.capture.mail_dialogue import dialogue, has_bare_line_ends, replies_of
from zonecheck.capture.mail_flows import MailFlows, Spoken, mail_flows
from zonecheck.capture.mail_streams import (
    MOST,
    Connection,
    Segment,
    Stream,
    answers,
    connections,
    joined,
)
from zonecheck.capture.mail_types import parts_of
from zonecheck.capture.read import Layer, Share, decode
from zonecheck.capture.reading import Reading
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis

_FIRST_TOLD: Final = (
    "encrypted",
    "chunks",
    "fragments",
    "cut",
    "gap",
    "long",
    "beginning",
    "conflict",
    "odd-segments",
    "line-ends",
    "replies",
    "unrecognised",
    "unfinished",
    "structure",
)
"""Why mail could not be read beyond doubt; the first that applies is told."""


@dataclass(slots=True)
class Heard:
    """The segments of one direction between two ports, in the order of the capture."""

    segments: list[Segment] = field(default_factory=list)
    octets: int = 0
    doubts: set[str] = field(default_factory=set)

    def add(self, layer: Layer, frame: bytes, found: tuple[Layer, Share] | None) -> None:
        """Take what a frame holds of this direction, a flow of which is `layer`."""
        if layer.fragment != "whole":
            self.doubts.add("fragments")
            return
        if found is None or found[1].tcp_at is None:
            self.doubts.add("cut")
            return
        segment, is_cut = segment_of(frame, found[1], found[1].tcp_at)
        if is_cut:
            self.doubts.add("cut")
        self.octets += len(segment.data)
        if self.octets > 2 * MOST:
            self.doubts.add("long")
        else:
            self.segments.append(segment)


def segment_of(frame: bytes, share: Share, at: int) -> tuple[Segment, bool]:
    """Return the TCP segment at an offset of a frame, and whether some of it was cut off."""
    header = frame[at : at + 4 * (frame[at + 12] >> 4)]
    data = frame[at + len(header) : at + len(header) + share.payload]
    numbers = int.from_bytes(header[4:8], "big"), int.from_bytes(header[8:12], "big")
    return Segment(*numbers, header[13], data), len(data) < share.payload


def mail_reasons(analysis: Analysis, reading: Reading) -> dict[int, Reason]:
    """Return what is wrong with sanitised mail, by flow.

    Raises:
        ReadOnceError: a source cannot be read again.
    """
    flows = mail_flows(analysis, reading.table)
    heard: dict[int, Heard] = {}
    for spoken in flows.spoken.values():
        for direction in (spoken.mail, spoken.answers):
            heard |= dict.fromkeys(direction, Heard())
    if heard:
        for each in again(reading):
            _collect(each, reading, heard)
    return _reasons(analysis, reading, flows, heard)


def _collect(each: Again, reading: Reading, heard: dict[int, Heard]) -> None:
    chunk = each.chunk
    for at, flow in zip(each.of.packets.tolist(), each.of.flows.tolist(), strict=True):
        direction = heard.get(flow)
        if direction is None:
            continue
        begin = int(chunk.starts[at])
        frame = chunk.data[begin : begin + int(chunk.captured[at])].tobytes()
        number = int(chunk.interface[at])
        interface = each.interfaces[number]
        read = decode(
            frame, interface.link_type, int(chunk.original[at]), interface.fcs_octets, number
        )
        layer = reading.table.layer(flow)
        shares = zip(read.layers, read.shares, strict=True)
        direction.add(layer, frame, next((pair for pair in shares if pair[0] == layer), None))


def _reasons(
    analysis: Analysis, reading: Reading, flows: MailFlows, heard: dict[int, Heard]
) -> dict[int, Reason]:
    payload = reading.table.counts.payload
    found: dict[int, Reason] = {}
    for ends, spoken in flows.spoken.items():
        unwanted, doubts = _said(spoken, heard)
        told = spoken.mail or spoken.answers
        told = [flow for flow in told if payload[flow]] or told
        reason = _reason(_receiver(ends.version, ends.destination, analysis), unwanted, doubts)
        if reason is not None:
            found |= dict.fromkeys(told, reason)
    for flow in flows.partly:
        layer = reading.table.layer(flow)
        doubt = "cut" if layer.fragment == "whole" else "fragments"
        version = 4 if layer.kind == "ipv4" else 6
        reason = _reason(_receiver(version, layer.destination, analysis), [], {doubt})
        if reason is not None:
            found[flow] = reason
    return found


def _said(spoken: Spoken, heard: dict[int, Heard]) -> tuple[list[str], set[str]]:
    """Return the unwanted parts of what was said between two ports, and doubts."""
    if not spoken.mail:
        return [], {"gap"}
    mail = heard[spoken.mail[0]]
    answered = heard[spoken.answers[0]].segments if spoken.answers else []
    others = connections(answered)
    unwanted: list[str] = []
    doubts = set(mail.doubts)
    for said in connections(mail.segments):
        more, why = session_parts(said, answers(said, others))
        unwanted += more
        doubts |= why
    return unwanted, doubts


def session_parts(said: Connection, answered: Connection | None) -> tuple[list[str], set[str]]:
    """Return the unwanted parts of the mails of one session, and why there may be others."""
    stream = joined(said, answered)
    replies = _replies(answered)
    unwanted: list[str] = []
    doubts = set(stream.doubts)
    for octets, lax in _readings(stream):
        known = None if lax else replies
        told = dialogue(octets, known, lax=lax, begun=said.begins is not None)
        doubts |= set(told.doubts)
        if lax:
            doubts.add("line-ends")
        for mail in told.mails:
            parts = parts_of(mail)
            unwanted += parts.unwanted
            if parts.doubtful:
                doubts.add("structure")
    return unwanted, doubts


def _readings(stream: Stream) -> list[tuple[bytes, bool]]:
    """Return every way to read a stream: either copy, and line ends as servers differ."""
    copies = [stream.data] if stream.other is None else [stream.data, stream.other]
    found = [(octets, False) for octets in copies]
    return found + [(octets, True) for octets in copies if has_bare_line_ends(octets)]


def _replies(answered: Connection | None) -> list[int] | None:
    if answered is None:
        return None
    stream = joined(answered)
    return None if stream.doubts else replies_of(stream.data)


def _reason(host: str, unwanted: list[str], doubts: set[str]) -> Reason | None:
    if unwanted:
        message = Message.of("capture.mail-part", type=unwanted[0], host=host)
        return Reason(MAIL_TEXT, FlowVerdict.VIOLATING, message)
    for doubt in _FIRST_TOLD:
        if doubt in doubts:
            message = Message.of(f"capture.mail-unread-{doubt}", host=host)
            return Reason(MAIL_TEXT, FlowVerdict.UNDECIDABLE, message)
    return None


def _receiver(version: int, address: int | None, analysis: Analysis) -> str:
    for origin in analysis.plane.origins:
        for low, high in origin.honest.sources(version):
            if low == high == address:
                return origin.point.node
    return "?"
