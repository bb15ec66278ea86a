"""Captures to time readers on: conversations of one campus, some kilobytes a flow, from a seed."""

import random
import struct
from collections.abc import Iterator
from pathlib import Path

VLANS = range(101, 109)
HOSTS = 60
CONVERSATIONS = 20_000
_SERVICES = (22, 53, 80, 443, 445, 3389)
_SIZES = (0, 20, 500, 1000, 1300)
_START = 1_700_000_000_000_000
_BATCH = 50_000


def _segment(vlan: int) -> str:
    prefixes = f"[10.{vlan}.0.0/24, '2001:db8:{vlan}::/64']"
    return f"  S{vlan}: {{zone: lgwan, vlan: {vlan}, prefix: {prefixes}}}"


def _hosts(vlan: int) -> str:
    last = 9 + HOSTS
    v6 = f"'2001:db8:{vlan}::10-2001:db8:{vlan}::{0x0F + HOSTS:x}'"
    ranges = f"[10.{vlan}.0.10-10.{vlan}.0.{last}, {v6}]"
    return f"  h{vlan}: {{segment: S{vlan}, count: {HOSTS}, ip: {ranges}}}"


def _interface(vlan: int) -> str:
    return f"      v{vlan}: {{segment: S{vlan}, ip: [10.{vlan}.0.1, '2001:db8:{vlan}::1']}}"


TOPOLOGY = "\n".join(
    (
        "zonecheck: 1",
        "name: ベンチマーク用の構内",
        "profile: soumu-alpha",
        "segments:",
        *map(_segment, VLANS),
        "hosts:",
        *map(_hosts, VLANS),
        "devices:",
        "  core:",
        "    kind: l3-switch",
        "    ports:",
        f"      t1: {{mode: trunk, allowed: [{VLANS[0]}-{VLANS[-1]}], native: {VLANS[0]}}}",
        "    interfaces:",
        *map(_interface, VLANS),
        "",
    )
)
"""A design that explains every packet of the captures, seen at `core/t1`."""
PLACE = "core/t1"


def write_capture(path: Path, packets: int, seed: int = 7) -> None:
    """Write a pcap file of so many packets: 3 of 4 tagged, 1 of 4 IPv6, TCP, UDP, ICMP and ARP."""
    chance = random.Random(seed)
    flows = [frames for _ in range(CONVERSATIONS) for frames in _conversation(chance)]
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        for batch in _batches(flows, packets, chance):
            file.write(batch)


def _batches(flows: list[list[bytes]], packets: int, chance: random.Random) -> Iterator[bytes]:
    time, made = _START, 0
    while made < packets:
        records = []
        for number in range(made, min(made + _BATCH, packets)):
            # Each flow once, then any of them, so that all are there however short the capture.
            frames = flows[number] if number < len(flows) else chance.choice(flows)
            frame = frames[0] if number < len(flows) else frames[number % len(frames)]
            time += 7
            records.append(
                struct.pack("<IIII", *divmod(time, 1_000_000), len(frame), len(frame)) + frame
            )
        made += len(records)
        yield b"".join(records)


def _conversation(chance: random.Random) -> tuple[list[bytes], list[bytes]]:
    """Return the frames of both directions."""
    is_v6, is_tagged = chance.random() < 0.25, chance.random() < 0.75
    kind, vlan = chance.random(), chance.choice(VLANS) if is_tagged else VLANS[0]
    other = chance.choice(VLANS)
    ends = (vlan, chance.randrange(HOSTS)), (other, chance.randrange(HOSTS))
    ports = chance.randrange(1024, 65000), chance.choice(_SERVICES)
    tag = struct.pack("!HH", 0x8100, vlan) if is_tagged else b""
    made = []
    for back in (False, True):
        source, target = ends[::-1] if back else ends
        frames = []
        for step in range(3):
            body = chance.randbytes(chance.choice(_SIZES))
            pair = ports[::-1] if back else ports
            inside, protocol = _transport(kind, pair, step, body, back=back, is_v6=is_v6)
            packet = _packet(source, target, protocol, inside, is_v6=is_v6)
            ethertype = struct.pack("!H", 0x86DD if is_v6 else 0x0800)
            frames.append(_mac(target) + _mac(source) + tag + ethertype + packet)
        made.append(frames)
    return made[0], made[1]


def _transport(
    kind: float, ports: tuple[int, int], step: int, body: bytes, *, back: bool, is_v6: bool
) -> tuple[bytes, int]:
    if kind < 0.7:
        flags = (0x12 if back else 0x02, 0x10, 0x18)[step]
        return struct.pack("!HHIIBBHHH", *ports, 1, 1, 0x50, flags, 512, 0, 0) + body, 6
    if kind < 0.95:
        return struct.pack("!HHHH", *ports, 8 + len(body), 0) + body, 17
    echo = (128 + back) if is_v6 else (0 if back else 8)
    return struct.pack("!BBHI", echo, 0, 0, ports[0]) + body, 58 if is_v6 else 1


def _packet(
    source: tuple[int, int], target: tuple[int, int], protocol: int, inside: bytes, *, is_v6: bool
) -> bytes:
    if is_v6:
        ends = [0x20010DB8 << 96 | int(str(v), 16) << 80 | (0x10 + h) for v, h in (source, target)]
        addresses = b"".join(end.to_bytes(16, "big") for end in ends)
        return struct.pack("!IHBB", 6 << 28, len(inside), protocol, 64) + addresses + inside
    ends = [10 << 24 | v << 16 | (10 + h) for v, h in (source, target)]
    length = 20 + len(inside)
    return struct.pack("!BBHHHBBHII", 0x45, 0, length, 1, 0x4000, 64, protocol, 0, *ends) + inside


def _mac(end: tuple[int, int]) -> bytes:
    return bytes((2, 0, 0, 0, *end))
