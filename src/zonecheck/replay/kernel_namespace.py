"""Being inside a network namespace for a moment: settings and sockets are made there."""

import ctypes
import os
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_CLONE_NEWNET = 0x40000000
_EVERY_ETHERTYPE = 3
_ROOM = 8 << 20
_NETFILTER = 12
_SO_RCVBUFFORCE = 33
_LOG_CONFIG = 0x401
_LOG_PACKET = 0x400


@contextmanager
def inside(namespace: str) -> Iterator[None]:
    """Move the thread into a named namespace, and always back.

    Raises:
        OSError: there is no such namespace, or the kernel refuses.
    """
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        there = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
        try:
            _enter(there)
        finally:
            os.close(there)
        try:
            yield
        finally:
            _enter(home)
    finally:
        os.close(home)


def set_values(namespace: str, values: Mapping[str, int]) -> None:
    """Write settings below /proc/sys/net of a namespace; those the kernel lacks are left out."""
    with inside(namespace):
        for name, value in values.items():
            path = Path("/proc/sys/net", name)
            if path.exists():
                path.write_text(f"{value}\n", encoding="ascii")


def packet_socket(namespace: str, interface: str) -> socket.socket:
    """Return a socket that sends and sees whole frames at an interface."""
    with inside(namespace):
        found = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_EVERY_ETHERTYPE))
        found.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _ROOM)
        found.bind((interface, 0))
    found.setblocking(False)  # noqa: FBT003 - the library's signature
    return found


def log_socket(namespace: str, group: int) -> socket.socket:
    """Return a socket on which an nflog group of a namespace sends each packet at once."""
    with inside(namespace):
        found = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETFILTER)
        found.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _ROOM)
        found.bind((0, 0))
    bind = struct.pack("=HHB3x", 5, 1, 1)
    mode = struct.pack("=HH", 10, 2) + struct.pack("!IBx", 0xFFFF, 2) + b"\0\0"
    threshold = struct.pack("=HH", 8, 5) + struct.pack("!I", 1)
    for attributes in (bind, mode, threshold):
        _ask(found, _LOG_CONFIG, struct.pack("!BBH", 0, 0, group) + attributes)
    found.setblocking(False)  # noqa: FBT003 - the library's signature
    return found


def logged(datagram: bytes) -> Iterator[tuple[str, int, int, bytes]]:
    """Yield the prefix, the numbers of both interfaces and the packet of each entry of a log."""
    at = 0
    while at + 16 <= len(datagram):
        length, kind = struct.unpack_from("=IH", datagram, at)
        if length < 16:
            return
        if kind == _LOG_PACKET:
            attributes = dict(_attributes(datagram[at + 20 : at + length]))
            prefix = attributes.get(10, b"").split(b"\0")[0].decode("ascii", "replace")
            inward, outward = (_number(attributes.get(key)) for key in (4, 5))
            yield prefix, inward, outward, attributes.get(9, b"")
        at += (length + 3) & ~3


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        length, kind = struct.unpack_from("=HH", data, at)
        if length < 4:
            return
        yield kind & 0x3FFF, data[at + 4 : at + length]
        at += (length + 3) & ~3


def _number(value: bytes | None) -> int:
    return int.from_bytes(value or b"", "big")


def _ask(asked: socket.socket, kind: int, body: bytes) -> None:
    """Send a request and wait for it to be acknowledged."""
    body += b"\0" * (-len(body) % 4)
    asked.send(struct.pack("=IHHII", 16 + len(body), kind, 5, 1, 0) + body)
    answer = asked.recv(65536)
    (error,) = struct.unpack_from("=i", answer, 16)
    if error:
        raise OSError(-error, os.strerror(-error))


def _enter(descriptor: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.setns(descriptor, _CLONE_NEWNET):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
