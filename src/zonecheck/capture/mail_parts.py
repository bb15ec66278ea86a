"""Types of mail parts behind a sanitiser, where reading payloads is asked for (`--payload`).

Nothing of a mail is kept or reported but the content types of its parts (RFC 5321, RFC 2045).
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mail
from typing import Final

from zonecheck.capture.again import Again, again
from zonecheck.capture.judgement import MAIL_TEXT, FlowVerdict, Reason
from zonecheck.capture.read import Layer
from zonecheck.capture.reading import Reading
from zonecheck.capture.windows import flows_in, sessions
from zonecheck.model.channel import Leg
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.host import Method
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.sessions import MAIL

_MOST: Final = 32 << 20
"""Octets of one direction of one session that are looked at."""
_PLAIN: Final = "text/plain"
_COMMAND: Final = re.compile(rb"(?:^|\r\n)(DATA|STARTTLS|BDAT (\d+)(?: LAST)?)[ \t]*\r\n", re.I)
_END: Final = re.compile(rb"\r\n\.\r\n")
Segments = list[tuple[int, bytes]]


class UnreadableError(Exception):
    """A session cannot be read as mail; `args[0]` says why, as a code."""


def mail_reasons(analysis: Analysis, reading: Reading) -> dict[int, Reason]:
    """Return what is wrong with sanitised mail, by flow.

    Raises:
        ReadOnceError: a source cannot be read again.
    """
    flows = _sanitised_mail(analysis, reading)
    streams: dict[int, Segments] = {flow: [] for flow in flows}
    cut: set[int] = set()
    if flows:
        for each in again(reading):
            _collect(each, reading, streams, cut)
    found: dict[int, Reason] = {}
    for flow, segments in streams.items():
        reason = _reason(reading.table.layer(flow), segments, is_cut=flow in cut, analysis=analysis)
        if reason is not None:
            found[flow] = reason
    return found


def _sanitised_mail(analysis: Analysis, reading: Reading) -> list[int]:
    """Return the flows of mail that a sanitiser hands on."""
    headers = sessions(analysis, tuple(_sanitised_legs(analysis)))
    return [
        flow
        for flow in flows_in(reading.table, headers)
        if reading.table.layer(flow).destination_port in MAIL
        and reading.table.layer(flow).flag == "established"
    ]


def _sanitised_legs(analysis: Analysis) -> Iterator[Leg]:
    hosts = analysis.topology.host_by_id
    for channel in analysis.topology.channels:
        if channel.kind == Method.MAIL_TEXT.value:
            for leg in channel.legs:
                if leg.origin.kind is EndpointKind.HOST and hosts[leg.origin.id].two_sided:
                    yield leg


def _collect(each: Again, reading: Reading, streams: dict[int, Segments], cut: set[int]) -> None:
    pairs = zip(each.of.packets.tolist(), each.of.flows.tolist(), strict=True)
    for at, flow in pairs:
        if flow not in streams:
            continue
        begin = int(each.chunk.starts[at])
        captured = int(each.chunk.captured[at])
        if captured < int(each.chunk.original[at]):
            cut.add(flow)
        frame = each.chunk.data[begin : begin + captured].tobytes()
        segment = tcp_segment(frame, reading.table.layer(flow))
        if segment is not None and segment[1]:
            streams[flow].append(segment)


def tcp_segment(frame: bytes, layer: Layer) -> tuple[int, bytes] | None:
    """Return sequence number and data of a frame of a flow over plain IPv4 or IPv6.

    The IP header is found by the two addresses of the flow, which stand side by side in it.
    """
    if layer.source is None or layer.destination is None:
        return None
    size = 4 if layer.kind == "ipv4" else 16
    ends = layer.source.to_bytes(size, "big") + layer.destination.to_bytes(size, "big")
    at = frame.find(ends)
    ip = at - (12 if size == 4 else 8)
    if at < 0 or ip < 0:
        return None
    if size == 4:
        total = int.from_bytes(frame[ip + 2 : ip + 4], "big")
        tcp, end = ip + 4 * (frame[ip] & 15), ip + total if total else len(frame)
    else:
        if frame[ip + 6] != 6:
            return None
        tcp, end = ip + 40, ip + 40 + int.from_bytes(frame[ip + 4 : ip + 6], "big")
    if tcp + 20 > len(frame):
        return None
    data = tcp + 4 * (frame[tcp + 12] >> 4)
    return int.from_bytes(frame[tcp + 4 : tcp + 8], "big"), frame[data:end]


def _reason(layer: Layer, segments: Segments, *, is_cut: bool, analysis: Analysis) -> Reason | None:
    host = _receiver(layer, analysis)
    try:
        if is_cut:
            raise UnreadableError("cut")
        for mail in mails(joined(segments)):
            for kind in unwanted_parts(mail):
                message = Message.of("capture.mail-part", type=kind, host=host)
                return Reason(MAIL_TEXT, FlowVerdict.VIOLATING, message)
    except UnreadableError as error:
        message = Message.of(f"capture.mail-unread-{error.args[0]}", host=host)
        return Reason(MAIL_TEXT, FlowVerdict.UNDECIDABLE, message)
    return None


def _receiver(layer: Layer, analysis: Analysis) -> str:
    version = 4 if layer.kind == "ipv4" else 6
    for origin in analysis.plane.origins:
        for low, high in origin.honest.sources(version):
            if low == high == layer.destination:
                return origin.point.node
    return "?"


def joined(segments: Segments) -> bytes:
    """Return the data of segments in the order of their numbers, sent again or not.

    Raises:
        UnreadableError: some are missing between, or there are too many.
    """
    if not segments:
        return b""
    first = segments[0][0]
    placed = sorted(((number - first + (1 << 31)) % (1 << 32), data) for number, data in segments)
    start, stream = placed[0][0], bytearray()
    for number, data in placed:
        at = number - start
        if at > len(stream):
            raise UnreadableError("gap")
        if at + len(data) > len(stream):
            stream[at:] = data
        if len(stream) > _MOST:
            raise UnreadableError("long")
    return bytes(stream)


def mails(stream: bytes) -> Iterator[Mail]:
    """Yield the mails a client hands over in an SMTP session.

    Raises:
        UnreadableError: it goes on encrypted, or in chunks of binary data.
    """
    at = 0
    while (command := _COMMAND.search(stream, at)) is not None:
        name = command[1].upper()
        if name == b"STARTTLS":
            raise UnreadableError("encrypted")
        if name.startswith(b"BDAT"):
            raise UnreadableError("chunks")
        end = _END.search(stream, command.end() - 2)
        stop = end.start() if end is not None else len(stream)
        yield message_from_bytes(stream[command.end() : stop].replace(b"\r\n..", b"\r\n."))
        at = stop + 3


def unwanted_parts(mail: Mail) -> Iterator[str]:
    """Yield the types of parts that are no plain text, or are attached as files."""
    for part in mail.walk():
        kind = part.get_content_type()
        if part.is_multipart() and kind.startswith("multipart/"):
            continue
        if kind != _PLAIN:
            yield kind
        elif part.get_filename() is not None or part.get_content_disposition() == "attachment":
            yield f"{kind} (attachment)"
