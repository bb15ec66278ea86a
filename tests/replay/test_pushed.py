"""Findings and captures pushed through the model: shown, written for each link, and told."""

import gzip
import io
from dataclasses import replace
from functools import cache
from ipaddress import ip_address
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("scapy")

from scapy.layers.inet import IP, TCP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import ARP, Dot1Q, Ether
from scapy.utils import PcapReader

from tests.published import published
from tests.replay.synthesised import LEAK, design, parsed, tags_of
from zonecheck.cli import main
from zonecheck.cli.failure import Failure
from zonecheck.cli.pushing import push_finding, show_finding
from zonecheck.formats import read_topology
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.closure import Closure
from zonecheck.model.topology import Topology
from zonecheck.policy import load_profile, verify
from zonecheck.policy.questions.replayed import ReplayView
from zonecheck.policy.verdict import Finding, PacketPath, RuleConflict, SharedDomain
from zonecheck.replay.capture_file import Frame, pcap_bytes, pcapng_bytes
from zonecheck.replay.capture_headers import captured_headers
from zonecheck.replay.finding_expressions import finding_expressions
from zonecheck.replay.pushed_packets import pushed_capture, pushed_finding
from zonecheck.replay.synthesise import synthesised_frames
from zonecheck.simulate import Packet, Simulator

ROOT = Path(__file__).parents[2]
CHECK = "lgwan-internet-separation"
NAMES = {"Ether": Ether, "IP": IP, "TCP": TCP, "ARP": ARP, "IPv6": IPv6}


@cache
def _leak() -> Topology:
    return read_topology(LEAK)


@cache
def _finding() -> Finding:
    found = verify(_leak(), load_profile(_leak().profile), checks=[CHECK]).result(CHECK)
    return found.findings[0]


def _run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    return result.exit_code, result.stdout, result.stderr


def test_the_expression_of_a_finding_is_its_packet() -> None:
    """Evaluated by scapy, it has the addresses, ports and flag of the counterexample."""
    shown = _finding().counterexample
    assert isinstance(shown, PacketPath)
    ((words, expression),) = finding_expressions(_leak(), _finding())
    layer = eval(expression, NAMES)
    assert (layer[IP].src, layer[IP].dst) == (
        str(shown.packet.source),
        str(shown.packet.destination),
    )
    assert (layer[TCP].dport, int(layer[TCP].flags)) == (shown.packet.destination_port, 2)
    assert str(shown.origin) in words


def test_a_finding_goes_over_the_links_the_simulator_says() -> None:
    """Tagged on the trunk, once before and once behind the firewall; plain in its segments."""
    pushed = pushed_finding(_leak(), CHECK, _finding())
    assert pushed.view.arrived
    files = {name: _read(data) for name, data in pushed.files.items()}
    assert files.keys() == {"L-TERM.pcapng", "I-TERM.pcapng", "sw_1_--_fw_p1.pcapng"}
    trunk = files["sw_1_--_fw_p1.pcapng"]
    assert [tags_of(frame) for frame in trunk] == [[220], [320]]
    assert [frame[IP].ttl for frame in trunk] == [64, 63]
    assert all(Dot1Q not in files[f"{name}.pcapng"][0] for name in ("L-TERM", "I-TERM"))
    assert trunk[0].src != trunk[1].src


def _read(data: bytes) -> list[Ether]:
    with PcapReader(io.BytesIO(data)) as reader:
        return [parsed(bytes(frame)) for frame in reader]


def test_a_shared_domain_is_shown_by_a_frame_of_the_one_for_the_other() -> None:
    """That every frame gets there is all that such a finding says."""
    simulator = Simulator(design("minimal"), Closure.LOWER)
    there = simulator.domains_of(_point(simulator, "l-mail"))
    hosts = [p for p in simulator.origins() if p.node in ("l-mail", "san-mail")]
    a, b = (point for point in hosts if simulator.domains_of(point) == there)
    finding = Finding(_finding().message, (), SharedDomain(a, b, ()), _finding().source)
    ((_, expression),) = finding_expressions(design("minimal"), finding)
    assert eval(expression, NAMES)[ARP].op == 1
    pushed = pushed_finding(design("minimal"), "x", finding)
    assert pushed.files.keys() == {"L-SRV.pcapng"}
    assert pushed.view.neighbours == ((a, b),)


def _point(simulator: Simulator, node: str) -> AttachmentPoint:
    return next(point for point in simulator.origins() if point.node == node)


def _capture(place: str, folder: Path, *violations: str) -> Path:
    frames = synthesised_frames(design("minimal"), place, violations=violations)
    path = folder / "capture.pcapng"
    path.write_bytes(pcapng_bytes(frames, place))
    return path


def test_declared_sessions_of_a_capture_arrive_and_a_crossing_does_not(tmp_path: Path) -> None:
    """The sessions before it let an answer through; what crosses is dropped at a line."""
    view = pushed_capture(design("minimal"), _capture("L-TERM", tmp_path, "smb-crossing")).view
    crossing = [row for row in view.rows if row.trace.packet.destination_port == 445]
    assert crossing
    assert all(not row.arrivals and row.trace.drops for row in crossing)
    declared = pushed_capture(design("minimal"), _capture("L-SRV", tmp_path)).view
    assert declared.rows
    assert all(row.arrivals for row in declared.rows)


def test_every_frame_is_pushed_or_counted_as_skipped(tmp_path: Path) -> None:
    """Nothing of a capture is passed over in silence."""
    path = _capture("L-TERM", tmp_path, "open-resolver", "ipv6-crossing", "unknown-mac")
    found = captured_headers(path)
    assert found.frames == sum(s.frames for s in found.headers.values()) + found.skipped.total()
    assert {reason.code for reason in found.skipped} == {
        "replay.skipped-not-ip",
        "replay.skipped-multicast",
    }
    view = pushed_capture(design("minimal"), path).view
    assert _counted(view) == found.frames


def _counted(view: ReplayView) -> int:
    return sum(row.frames for row in view.rows) + sum(count for _, count in view.skipped)


def test_headers_are_unique_and_keep_the_frame_they_were_first_seen_in(tmp_path: Path) -> None:
    """Fragments but the first have no ports, a cut header is skipped."""
    frames = synthesised_frames(
        design("minimal"), "L-SRV", flows=(), background=False, violations=["fragments"]
    )
    cut = Frame(frames[0].time_ns, frames[0].data[:36])
    path = tmp_path / "a.pcap"
    path.write_bytes(pcap_bytes([cut, *frames]))
    found = captured_headers(path)
    assert found.skipped.total() == 1
    assert [packet.fragment for packet in found.headers].count(True) == 1
    firsts = [seen.first for seen in found.headers.values()]
    assert firsts == sorted(set(firsts))
    assert firsts[0] == 2


def test_a_packed_capture_is_the_same(tmp_path: Path) -> None:
    """Gzip is known by its first bytes, not by its name."""
    plain = _capture("L-SRV", tmp_path)
    packed = tmp_path / "packed.pcapng"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert captured_headers(packed) == captured_headers(plain)


def test_the_command_shows_a_finding_by_each_of_its_names() -> None:
    """CHECK, CHECK#N and the id that waivers use."""
    shown = {
        name: _run("replay", name, "--topology", str(LEAK), "--show")
        for name in (CHECK, f"{CHECK}#1")
    }
    assert {code for code, _, _ in shown.values()} == {0}
    assert len({out for _, out, _ in shown.values()}) == 1
    listed = published(_run("verify", str(LEAK), "--format", "json")[1])
    ids = [
        finding["id"]
        for check in listed["checks"]
        if check["id"] == CHECK
        for finding in check["findings"]
    ]
    code, out, _ = _run("replay", ids[0], "--topology", str(LEAK), "--show")
    assert (code, out) == (0, shown[CHECK][1])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_table_says_where_and_by_which_rule(tmp_path: Path, lang: str) -> None:
    """In both languages and as JSON, and names the files it wrote."""
    folder = tmp_path / "out"
    arguments = ["replay", CHECK, "--topology", str(LEAK), "-o", str(folder), "--lang", lang]
    text = CliRunner().invoke(main, arguments)
    assert text.exit_code == 0, text.output
    assert "抜け道" in text.stdout
    assert "replay." not in text.stdout
    data = published(CliRunner().invoke(main, [*arguments, "--format", "json"]).stdout)
    assert data["schema"] == "zonecheck.replay/1"
    assert data["arrived"] is True
    assert [Path(name).name for name in data["files"]] == sorted(p.name for p in folder.iterdir())


def test_the_table_of_a_capture_says_what_was_skipped_and_which_rule_dropped(
    tmp_path: Path,
) -> None:
    """By code and line."""
    path = _capture("L-TERM", tmp_path, "smb-crossing")
    code, out, _ = _run("replay", str(path), "--topology", "topologies/minimal")
    assert code == 0
    assert "dropped: " in out
    assert "minimal.zones.yaml:" in out
    assert "not IP (ARP, STP and the like)" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.pcap", "--topology", "topologies/minimal"], "there is no capture"),
        ([f"{CHECK}#9", "--topology", str(LEAK)], "there is no 9"),
        (["mynumber-isolation", "--topology", "topologies/minimal"], "has 0 findings"),
        (["no-check#1", "--topology", str(LEAK)], "no check is called"),
        (["f-nothing", "--topology", str(LEAK)], "no finding has the id"),
        ([CHECK, "--topology", str(LEAK), "--probes", "3"], "goes with --kernel only"),
        (["topologies/minimal", "--kernel", "--show"], "--kernel takes designs only"),
        (["README.md", "--topology", "topologies/minimal"], "neither pcap nor pcapng"),
        (["README.md", "--topology", "topologies/minimal", "--show"], "--show is for findings"),
        ([CHECK, "--topology", str(LEAK), "-o", "README.md"], "is no folder"),
    ],
)
def test_a_wrong_word_is_an_error(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, one sentence, no traceback, nothing on stdout."""
    monkeypatch.chdir(ROOT)
    code, out, err = _run("replay", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_packet_of_rules_alone_is_shown_and_not_pushed() -> None:
    """Nobody sends it, so that it goes nowhere."""
    packet = Packet(ip_address("10.20.0.1"), ip_address("10.30.0.1"), 17, 9, 53)
    conflict = RuleConflict("fw", (), packet)
    finding = replace(_finding(), counterexample=conflict)
    assert "UDP(sport=9, dport=53)" in show_finding(_leak(), "x", finding)
    with pytest.raises(Failure) as caught:
        push_finding(_leak(), "x", finding, None)
    assert caught.value.reason.code == "replay.no-sender"
    with pytest.raises(Failure) as caught:
        show_finding(_leak(), "x", replace(finding, counterexample=None))
    assert caught.value.reason.code == "replay.no-packet"


def test_a_capture_without_ip_is_an_error(tmp_path: Path) -> None:
    """Nothing was pushed, which is never taken for an answer."""
    path = tmp_path / "empty.pcapng"
    path.write_bytes(pcapng_bytes([]))
    code, out, err = _run("replay", str(path), "--topology", "topologies/minimal")
    assert (code, out) == (2, "")
    assert "no IP packet" in err
