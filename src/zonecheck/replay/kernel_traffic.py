"""Frames sent into the namespaces, and everything that is then seen there."""

import select
import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from zonecheck.replay.kernel_namespace import inside, log_socket, logged, packet_socket
from zonecheck.replay.kernel_plan import LOG_GROUP, Node, Plan, Port
from zonecheck.replay.probe_bytes import Mark, packet_bytes, read_packet
from zonecheck.simulate import Packet

_TO_THIS_HOST = 0
_ETHERTYPES = {4: b"\x08\x00", 6: b"\x86\xdd"}
_BATCH = 48
_SETTLE_MS = 60
_TURNS = 4
_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Shot:
    """One packet that is sent from a port to several next hops, a copy each.

    An ICMP error quotes the packet it is about.
    """

    probe: int
    turn: int
    packet: Packet
    origin: Port
    targets: tuple[Port, ...]
    quoted: Packet | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Something seen of one copy.

    `what` is `arrived` at a port, or what a node logged: `entered`, `left`, `local`, `unrouted`
    or the label of a denial; the port is then the one it came in by, or left by.
    """

    copy: int
    what: str
    node: Node
    port: Port | None
    packet: Packet


class Traffic:
    """Open sockets in every namespace of a plan; close it when done."""

    def __init__(self, plan: Plan) -> None:
        self._poll = select.epoll()
        self._frames: dict[int, tuple[socket.socket, Node, Port]] = {}
        self._logs: dict[int, tuple[socket.socket, Node, dict[int, Port]]] = {}
        self._senders: dict[Port, socket.socket] = {}
        self._seen: dict[tuple[int, int], list[Seen]] = {}
        self.overflowed = False
        try:
            with ThreadPoolExecutor(_TOGETHER) as pool:
                list(pool.map(self._listen, plan.nodes))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Traffic":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every socket; together, as the kernel takes its time over each."""
        found = [entry[0] for entry in (*self._frames.values(), *self._logs.values())]
        with ThreadPoolExecutor(_TOGETHER) as pool:
            list(pool.map(socket.socket.close, found))
        self._poll.close()

    def exchange(self, shots: Iterable[Shot]) -> dict[tuple[int, int], list[Seen]]:
        """Send all and return what was seen, by probe and turn."""
        self._seen = {}
        for number, shot in enumerate(shots, 1):
            self._send(shot)
            if number % _BATCH == 0:
                self._drain(0)
        while self._drain(_SETTLE_MS):
            pass
        return self._seen

    def _listen(self, node: Node) -> None:
        """Open the sockets of one node; each thread is inside of its namespace by itself."""
        if node.stack:
            by_name = {port.name: port for port in node.ports}
            with inside(node.namespace):
                numbers = {n: by_name[name] for n, name in socket.if_nameindex() if name in by_name}
            log = log_socket(node.namespace, LOG_GROUP)
            self._logs[log.fileno()] = (log, node, numbers)
            self._poll.register(log, select.EPOLLIN)
        if node.ruleset is None:
            for port in node.ports:
                frames = packet_socket(port.namespace, port.name)
                self._frames[frames.fileno()] = (frames, node, port)
                self._senders[port] = frames
                self._poll.register(frames, select.EPOLLIN)

    def _send(self, shot: Shot) -> None:
        sender = self._senders[shot.origin]
        for number, target in enumerate(shot.targets):
            mark = Mark(shot.probe * _TURNS + shot.turn, number)
            head = target.mac_bytes + shot.origin.mac_bytes + _ETHERTYPES[shot.packet.version]
            sender.send(head + packet_bytes(shot.packet, mark, shot.turn, shot.quoted))

    def _drain(self, wait_ms: int) -> bool:
        """Read all that has come; return whether anything of ours had."""
        found = False
        while True:
            ready = self._poll.poll(wait_ms / 1000)
            if not ready:
                return found
            for descriptor, _ in ready:
                for seen, mark in self._read(descriptor):
                    self._seen.setdefault(divmod(mark.probe, _TURNS), []).append(seen)
                    found = True

    def _read(self, descriptor: int) -> Iterator[tuple[Seen, Mark]]:
        if descriptor in self._frames:
            frames, node, port = self._frames[descriptor]
            for data, kind in _received(frames):
                packet = read_packet(data[14:]) if kind == _TO_THIS_HOST else None
                if packet is not None and data[:6] == port.mac_bytes:
                    yield Seen(packet[1].copy, "arrived", node, port, packet[0]), packet[1]
            return
        log, node, ports = self._logs[descriptor]
        try:
            while True:
                for prefix, inward, outward, data in logged(log.recv(1 << 17)):
                    packet = read_packet(data)
                    if packet is not None:
                        port_seen = ports.get(outward if prefix == "left" else inward)
                        yield Seen(packet[1].copy, prefix, node, port_seen, packet[0]), packet[1]
        except BlockingIOError:
            return
        except OSError:
            # The log lost something: what then seems to be lost is not taken for a denial.
            self.overflowed = True


def _received(frames: socket.socket) -> Iterator[tuple[bytes, int]]:
    try:
        while True:
            data, address = frames.recvfrom(65536)
            yield data, address[2]
    except BlockingIOError:
        return
