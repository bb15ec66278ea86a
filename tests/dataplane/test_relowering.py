"""Two readers that share nothing but the contract lower one design to the same data plane."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dataplane import plain_lowering
from zonecheck.dataplane import DataPlane
from zonecheck.dataplane.canonical import canonical, canonical_hash
from zonecheck.formats import read_topology
from zonecheck.model.closure import Closure
from zonecheck.packets import PacketSpace

MINIMAL = Path(__file__).parents[2] / "topologies" / "minimal" / "minimal.zones.yaml"

EDITS = {
    "the port of a rule": ("service: [tcp/25, tcp/143]", "service: [tcp/25, tcp/993]"),
    "a range of ports": ("service: [tcp/25, tcp/143]", "service: [udp/1000-2000]"),
    "the address of a rule": ("{not: [10.0.0.0/8]}", "{not: [10.0.0.0/8, 2001:db8::/32]}"),
    "the interface of a rule": ("in: edge, out: i-sani", "in: edge, out: [i-sani, i-term]"),
    "the action of a rule": ("service: tcp/443, action: permit", "service: tcp/443, action: deny"),
    "an earlier rule": (
        "- {name: ウェブ閲覧,",
        "- {from: L-TERM, to: l-mail, service: tcp/25, action: deny}\n      - {name: ウェブ閲覧,",
    ),
    "the default": ("default: deny", "default: permit"),
    "a narrower route": ("to: 0.0.0.0/0, via", "to: 128.0.0.0/1, via"),
    "a next hop nobody declares": (
        "via: 10.30.60.2}",
        "via: 10.30.60.2}\n      - {to: 192.0.2.0/24, via: 10.20.20.77}",
    ),
    "a shorter route than a link": (
        "via: 10.30.60.2}",
        "via: 10.30.60.2}\n      - {to: 10.20.20.0/23, via: 10.20.10.25}",
    ),
    "a prefix": ("prefix: 10.30.13.0/26", "prefix: 10.30.13.0/27"),
    "a prefix of the other IP version": (
        "prefix: 10.20.10.0/24",
        "prefix: [10.20.10.0/24, 2001:db8:30::/64]",
    ),
    "a guard taken away": (
        "vlan: 320, prefix: 10.30.20.0/24, ip_source_guard: true, port_security: true",
        "vlan: 320, prefix: 10.30.20.0/24, ip_source_guard: true",
    ),
    "a guard added": (
        "vlan: 210, prefix: 10.20.10.0/24",
        "vlan: 210, prefix: 10.20.10.0/24, ip_source_guard: true, port_security: true",
    ),
    "a zone": ("L-SRV:  {zone: LGWAN接続系", "L-SRV:  {zone: マイナンバー利用事務系"),
    "an address": ("m-srv:  {segment: M-TERM, ip: 10.10.20.10}", "m-srv:  {segment: M-TERM}"),
    "a host": ("  m-srv:", "  m-two: {segment: M-TERM, ip: 10.10.20.11}\n  m-srv:"),
    "a VLAN of the cable": ("vlans: [120, 210, 220, 313, 320]", "vlans: [120, 210, 220, 320]"),
    "where a host is": ("{segment: I-TERM, count: 5", "{segment: I-SANI, count: 5"),
}

ALIKE = {
    "a note": ("m-srv:  {segment: M-TERM,", "m-srv:  {note: 基幹, segment: M-TERM,"),
    "a count": ("count: 20", "count: 21"),
    "the name of a rule": ("name: ウェブ閲覧", "name: web"),
    "the order of services": ("[tcp/25, tcp/143]", "[tcp/143, tcp/25]"),
}


def _both(text: str, closure: Closure, folder: Path) -> tuple[str, str]:
    """Return the canonical text of either reader, once sure that they are equal."""
    path = folder / "again.zones.yaml"
    path.write_text(text, encoding="utf-8")
    form = canonical(DataPlane(read_topology(path), PacketSpace(), closure))
    other = plain_lowering.lower(text, closure.value)
    assert other == form
    plain = json.dumps(other, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return canonical_hash(form), hashlib.sha256(plain.encode()).hexdigest()


def _edited(edit: tuple[str, str]) -> str:
    text = MINIMAL.read_text(encoding="utf-8")
    assert text.count(edit[0]) == 1
    return text.replace(*edit)


@pytest.mark.parametrize("closure", Closure)
def test_both_readers_see_the_same_data_plane(closure: Closure, tmp_path: Path) -> None:
    """A proof about the data plane is a proof about the file: it is lowered twice, alike."""
    ours, theirs = _both(MINIMAL.read_text(encoding="utf-8"), closure, tmp_path)
    assert ours == theirs


@pytest.mark.parametrize("name", EDITS)
def test_both_readers_see_the_same_change(name: str, tmp_path: Path) -> None:
    """What changes the network changes both forms alike, and the hash with them."""
    before, _ = _both(MINIMAL.read_text(encoding="utf-8"), Closure.UPPER, tmp_path)
    ours, theirs = _both(_edited(EDITS[name]), Closure.UPPER, tmp_path)
    assert ours == theirs != before


@pytest.mark.parametrize("name", ALIKE)
def test_both_readers_see_no_change_where_there_is_none(name: str, tmp_path: Path) -> None:
    """What no packet meets changes neither form."""
    before, _ = _both(MINIMAL.read_text(encoding="utf-8"), Closure.UPPER, tmp_path)
    ours, theirs = _both(_edited(ALIKE[name]), Closure.UPPER, tmp_path)
    assert ours == theirs == before


def test_the_second_reader_knows_nothing_of_the_first() -> None:
    """Importing it imports nothing of ours."""
    code = "import sys, tests.dataplane.plain_lowering as reader; print(*sys.modules)"
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    loaded = run.stdout.split()
    assert "tests.dataplane.plain_lowering" in loaded
    assert [name for name in loaded if name.startswith("zonecheck")] == []
