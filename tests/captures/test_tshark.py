"""Addresses, tags and ports of captures nobody here wrote are those that tshark shows.

Both lists of a packet, outermost first, are equal, but where tshark reads on into what is no flow
(a packet quoted by ICMP), into a protocol that we do not follow, or into damaged packets.
"""

import os
import shutil
import subprocess
from collections import defaultdict
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import pytest

from tests.captures.test_corpus import FILES, needs_corpus, needs_tshark
from zonecheck.capture.read.layer import Decoded, Layer
from zonecheck.capture.read.layers import decode
from zonecheck.capture.read.reader import chunks
from zonecheck.capture.read.record import CaptureError, Interface
from zonecheck.capture.read.source import Source

SAMPLE: Final = 40
PROTOCOLS: Final = {6: "tcp", 17: "udp", 132: "sctp"}
SHOWN: Final = {
    "mac": ("eth.src", "eth.dst"),
    "vlan": ("vlan.id", "ieee8021ad.id"),
    "ipv4": ("ip.src", "ip.dst"),
    "ipv6": ("ipv6.src", "ipv6.dst"),
    "arp": ("arp.src.proto_ipv4", "arp.dst.proto_ipv4"),
    **{name: (f"{name}.srcport", f"{name}.dstport") for name in PROTOCOLS.values()},
    "icmp": ("icmp.type", "icmp.code"),
    "icmpv6": ("icmpv6.type", "icmpv6.code"),
}
FIELDS: Final = tuple(field for fields in SHOWN.values() for field in fields)
NOT_FOLLOWED: Final = {
    *("icmp", "icmpv6", "pim", "openflow", "sflow"),  # they tell of packets that are elsewhere
    *("macsec", "avsp", "nsh", "cmd"),
}
ACCEPTED: Final = {
    "bigtcp-": "tshark 4.0 reads nothing above IP of length zero",
    "icmpv6-length-zero.pcapng": "likewise",
    "vxlan_port_8472.pcap": "tshark knows VXLAN by its assigned port only",
    "DTP.pcap": "ISL frames are taken for Ethernet",
}
"""Files, by the beginnings of their names, of which single packets may differ."""

Lists = dict[str, list[str]]


def shown_by_tshark(file: Path) -> dict[int, tuple[set[str], Lists]]:
    """Return for each packet the protocols in it and every occurrence of every field."""
    command = ["tshark", "-n", "-r", str(file), "-T", "fields", "-E", "occurrence=a"]
    for protocol in ("ip", "ipv6"):
        command += ["-o", f"{protocol}.defragment:FALSE"]
    for field in ("frame.number", "frame.protocols", *FIELDS):
        command += ["-e", field]
    done = subprocess.run(command, capture_output=True, check=False)
    packets = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        number, protocols, *values = line.split("\t")
        lists = {
            name: value.split(",") if value else []
            for name, value in zip(FIELDS, values, strict=True)
        }
        packets[int(number)] = (set(protocols.split(":")), lists)
    return packets


def shown_by_us(decoded: Decoded) -> Lists:
    """Return the same fields as our layers have them."""
    lists: Lists = defaultdict(list)

    def add(name: str, *pair: object) -> None:
        if None not in pair:
            for field, value in zip(SHOWN[name], pair, strict=True):
                lists[field].append(str(value))

    for layer in decoded.layers:
        add("mac", _mac(layer.source_mac), _mac(layer.destination_mac))
        lists["vlan.id"] += [str(vlan) for vlan in layer.vlans]
        if not (layer.tunnel and layer.tunnel.encapsulation == "ah") and layer.kind != "other":
            add(layer.kind, _address(layer, layer.source), _address(layer, layer.destination))
        if layer.protocol in PROTOCOLS and layer.fragment != "later":
            add(PROTOCOLS[layer.protocol], layer.source_port, layer.destination_port)
        if layer.fragment != "later":
            name = "icmp" if layer.protocol == 1 else "icmpv6"
            add(name, layer.icmp_type, layer.icmp_code)
    return lists


def _mac(number: int | None) -> str | None:
    return None if number is None else number.to_bytes(6, "big").hex(":")


def _address(layer: Layer, number: int | None) -> str | None:
    octets = 16 if layer.kind == "ipv6" else 4
    return None if number is None else str(ip_address(number.to_bytes(octets, "big")))


def compared(file: Path) -> tuple[int, list[object]]:
    """Return how many packets of a file were compared, and what differs without excuse."""
    interfaces: list[Interface] = []
    theirs = shown_by_tshark(file)
    packets, differences = 0, list[object]()
    try:
        for chunk in chunks(Source.of_path(file), interfaces, 0):
            for place, start in enumerate(chunk.starts.tolist()):
                if chunk.first_number + place not in theirs:
                    continue
                packets += 1
                protocols, lists = theirs[chunk.first_number + place]
                interface = interfaces[chunk.interface[place]]
                frame = chunk.data[start : start + int(chunk.captured[place])].tobytes()
                original = int(chunk.original[place])
                decoded = decode(frame, interface.link_type, original, interface.fcs_octets)
                if different := _different(decoded, protocols, lists):
                    differences.append((chunk.first_number + place, *different))
    except CaptureError:
        assert packets == 0
    return packets, differences


def _different(decoded: Decoded, protocols: set[str], theirs: Lists) -> tuple[object, ...] | None:
    if decoded.weird:
        return None
    ours = shown_by_us(decoded)
    cut = any(layer.undecided for layer in decoded.layers)
    for field in FIELDS:
        mine, other = ours[field], theirs[field]
        if field in SHOWN["vlan"]:  # two fields there, whose order among each other is not shown
            mine = sorted(ours["vlan.id"])
            shown = theirs["vlan.id"] + theirs["ieee8021ad.id"]
            other = sorted(vlan for vlan in shown if vlan != "0")
        excused = (bool(NOT_FOLLOWED & protocols) or cut) and other[: len(mine)] == mine
        if mine != other and not excused:
            return field, mine, other
    return None


@needs_corpus
@needs_tshark
def test_addresses_tags_and_ports_are_those_that_tshark_shows() -> None:
    """A sample of files spread over the corpus, all of them if `ZONECHECK_EVERY` is set."""
    assert shutil.which("tshark")
    step = 1 if os.environ.get("ZONECHECK_EVERY") else max(1, len(FILES) // SAMPLE)
    total, found = 0, {}
    for file in FILES[::step]:
        packets, differences = compared(file)
        total += packets
        if differences and not file.name.startswith(tuple(ACCEPTED)):
            found[file.name] = differences
    assert found == {}
    assert total, "nothing was compared"


@pytest.mark.parametrize("name", sorted(ACCEPTED))
@needs_corpus
@needs_tshark
def test_what_is_accepted_still_differs(name: str) -> None:
    """An exception that is none any more is struck out."""
    assert any(compared(file)[1] for file in FILES if file.name.startswith(name))
