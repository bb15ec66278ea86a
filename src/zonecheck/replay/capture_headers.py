"""The unique IP headers of a capture, read with scapy, and what had to be skipped.

Importing this module imports scapy.
"""

import gzip
from collections import Counter
from dataclasses import dataclass, field
from gzip import BadGzipFile
from ipaddress import ip_address
from pathlib import Path
from typing import BinaryIO, cast

from scapy.error import Scapy_Exception
from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import IPv6, IPv6ExtHdrFragment
from scapy.layers.l2 import Dot3, Ether
from scapy.layers.sctp import SCTP
from scapy.packet import Packet as Layer
from scapy.utils import PcapReader

from zonecheck.model.message import Message
from zonecheck.model.service import ICMP_PROTOCOLS, PORT_PROTOCOLS
from zonecheck.simulate import Packet

_EXTENSIONS = frozenset({0, 43, 60, 135})
_FRAGMENT = 44
_GZIP = b"\x1f\x8b"
_ACK_OR_RST = 0x14


class NotACaptureError(Exception):
    """A file is no capture that scapy reads."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(slots=True)
class Seen:
    """How often a header was seen, and the number of the first frame, from 1."""

    first: int
    frames: int = 0


@dataclass(slots=True)
class CapturedHeaders:
    """The unique headers of a capture in the order of their first frames."""

    frames: int = 0
    headers: dict[Packet, Seen] = field(default_factory=dict)
    skipped: Counter[Message] = field(default_factory=Counter)


class _SkippedError(Exception):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def captured_headers(path: Path) -> CapturedHeaders:
    """Return the unique IP headers of a pcap or pcapng file.

    Of tunnels it is the outer header, of fragments but the first one without ports.

    Raises:
        NotACaptureError: it is no capture, or a damaged one.
        OSError: it cannot be read.
    """
    found = CapturedHeaders()
    try:
        # Opened here, because scapy leaves open what it cannot read.
        with _opened(path) as file, PcapReader(file) as reader:
            for number, frame in enumerate(reader, 1):
                found.frames = number
                try:
                    header = _header(frame)
                except _SkippedError as skipped:
                    found.skipped[Message.of(f"replay.skipped-{skipped.code}")] += 1
                    continue
                found.headers.setdefault(header, Seen(number)).frames += 1
    except (Scapy_Exception, EOFError, BadGzipFile) as error:
        detail = " ".join(str(error).split()) or type(error).__name__
        raise NotACaptureError(
            Message.of("replay.not-a-capture", path=path, detail=detail)
        ) from error
    return found


def _opened(path: Path) -> BinaryIO:
    """Return a file to read, unpacked if it is packed with gzip."""
    file = path.open("rb")
    packed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    if not packed:
        return file
    file.close()
    return cast("BinaryIO", gzip.open(path))


def _header(frame: Layer) -> Packet:
    """Return the header of the model of a frame.

    Raises:
        _SkippedError: the model speaks of no such packet, or the capture cut it.
    """
    if IP in frame and (IPv6 not in frame or _depth(frame, IP) < _depth(frame, IPv6)):
        return _header_v4(frame[IP])
    if IPv6 in frame:
        return _header_v6(frame[IPv6])
    raise _SkippedError("not-ip" if Ether in frame or Dot3 in frame else "unread")


def _depth(frame: Layer, kind: type[Layer]) -> int:
    return [type(layer) for layer in _chain(frame)].index(kind)


def _chain(frame: Layer) -> list[Layer]:
    found = []
    layer: Layer | None = frame
    while layer:
        found.append(layer)
        layer = layer.payload or None
    return found


def _header_v4(layer: Layer) -> Packet:
    return _packet(layer, layer.proto, layer.payload, later=layer.frag > 0)


def _header_v6(layer: Layer) -> Packet:
    following, upper = layer.nh, layer.payload
    later = False
    while following in _EXTENSIONS or following == _FRAGMENT:
        if following == _FRAGMENT:
            if not isinstance(upper, IPv6ExtHdrFragment):
                raise _SkippedError("cut")
            later = upper.offset > 0
        next_header = getattr(upper, "nh", None)
        if next_header is None:
            raise _SkippedError("cut")
        following, upper = next_header, upper.payload
        if later:
            break
    return _packet(layer, following, upper, later=later)


def _packet(layer: Layer, protocol: int, upper: Layer, *, later: bool) -> Packet:
    source, destination = ip_address(layer.src), ip_address(layer.dst)
    if destination.is_multicast or str(destination) == "255.255.255.255":
        raise _SkippedError("multicast")
    if source.is_link_local or destination.is_link_local or source.is_unspecified:
        raise _SkippedError("link-local")
    typed = protocol in ICMP_PROTOCOLS and protocol == (1 if source.version == 4 else 58)
    if later:
        if protocol not in PORT_PROTOCOLS and not typed:
            return Packet(source, destination, protocol)
        return Packet(source, destination, protocol, fragment=True)
    if protocol in PORT_PROTOCOLS:
        if not isinstance(upper, TCP | UDP | SCTP) or upper.sport is None:
            raise _SkippedError("cut")
        flag = isinstance(upper, TCP) and bool(int(upper.flags) & _ACK_OR_RST)
        return Packet(source, destination, protocol, upper.sport, upper.dport, established=flag)
    if typed:
        kind = upper.type if isinstance(upper, ICMP) else getattr(upper, "type", None)
        if kind is None:
            raise _SkippedError("cut")
        return Packet(source, destination, protocol, 0, kind)
    return Packet(source, destination, protocol)
