"""The capture cases of the reference city: where each is taken, and what must be said of it.

The captures are made by the simulator's account of the city, the judgement by the sets: neither
knows the other.
"""

from pathlib import Path

import pytest

from zonecheck.capture.judge_files import Question, judge_analysed
from zonecheck.capture.judged import JudgedCapture
from zonecheck.capture.judgement import FlowVerdict
from zonecheck.capture.verdicts import CaptureStatus
from zonecheck.formats import read_topology
from zonecheck.model.closure import Closure
from zonecheck.policy import load_profile
from zonecheck.policy.analysis import Analysis

pytest.importorskip("scapy")

from zonecheck.replay.capture_file import pcapng_bytes
from zonecheck.replay.synthesise import synthesised_frames
from zonecheck.replay.synthesise_cases import CASES

CITY = Path("topologies/mihon-city/mihon-city.zones.yaml")
DECLARED = "declared: "
FOUND = (
    # case, --at, checks that are refuted
    ("mail-attachment", "L-SRV", {"sanitise-mail-text"}),
    ("wrong-mac", "M-LINK", {"mac-binding-enforced", "unknown-device-seen"}),
    ("foreign-vlan", "M-LINK", {"trunk-vlan-scope", "model-capture-drift"}),
    ("double-tag", "L-TERM-1F", {"trunk-vlan-scope", "capture-zone-crossing"}),
    (
        "ipv6-crossing",
        "L-TERM-1F",
        {"capture-zone-crossing", "unused-service-open", "model-capture-drift"},
    ),
    ("smb-crossing", "L-TERM-1F", {"capture-zone-crossing", "unused-service-open"}),
    ("open-resolver", "L-TERM-1F", {"capture-zone-crossing"}),
    ("outside-window", "L-SRV", {"admin-session-window"}),
    ("undeclared-answer", "L-SRV", {"unused-service-open", "model-capture-drift"}),
    ("unknown-mac", "M-LINK", {"mac-binding-enforced", "unknown-device-seen"}),
)
TOLERATED = (
    ("nat-rewritten", "M-LINK"),
    ("nat-rewritten", "LM-LINE"),
    ("fragments", "M-LINK"),
    ("icmp-errors", "M-LINK"),
    ("background", "M-LINK"),
    ("background", "L-TERM-1F"),
    ("background", "I-EDGE"),
)


@pytest.fixture(scope="module")
def city() -> Analysis:
    """Return みほん市, analysed once for all cases."""
    return Analysis(read_topology(CITY), load_profile("fuefuki-10"), Closure.UPPER)


@pytest.fixture
def judged(city: Analysis, tmp_path: Path) -> "Judging":
    """Return what makes a capture of the city and judges it."""
    return Judging(city, tmp_path)


class Judging:
    """Makes captures of a topology and judges them."""

    def __init__(self, analysis: Analysis, folder: Path) -> None:
        self._analysis = analysis
        self._folder = folder

    def __call__(self, case: str | None, at: str, *, payload: bool = True) -> JudgedCapture:
        """Return the judgement of the city's declared traffic with one case in it."""
        violations = [] if case is None else [case]
        frames = synthesised_frames(self._analysis.topology, at, violations=violations)
        path = self._folder / "made.pcapng"
        path.write_bytes(pcapng_bytes(frames, at))
        self.comments = [frame.comment for frame in frames]
        question = Question((str(path),), at, payload=payload)
        found, _ = judge_analysed(self._analysis, question)
        return found


def refuted(found: JudgedCapture) -> set[str]:
    """Return the checks that a capture refutes."""
    return {c.check for c in found.checks if c.status is CaptureStatus.VIOLATED}


@pytest.mark.parametrize(("case", "at", "checks"), FOUND, ids=[row[0] for row in FOUND])
def test_a_violation_refutes_its_checks_and_nothing_declared_is_blamed(
    judged: Judging, case: str, at: str, checks: set[str]
) -> None:
    """Every flow that is not allowed begins with a packet that was put there on purpose."""
    found = judged(case, at)
    assert refuted(found) == checks
    assert found.exit_code() == 1
    for row in found.rows:
        comment = judged.comments[row.traffic.first.number - 1]
        assert not comment.startswith(DECLARED), (comment, row)
    assert any(row.judgement.verdict is FlowVerdict.VIOLATING for row in found.rows)


@pytest.mark.parametrize(("case", "at"), TOLERATED, ids=["-".join(row) for row in TOLERATED])
def test_what_is_in_order_is_allowed_whole(judged: Judging, case: str, at: str) -> None:
    """Translation, fragments, ICMP errors and background raise nothing."""
    found = judged(case, at)
    assert found.rows == ()
    assert refuted(found) == set()
    assert found.totals[FlowVerdict.ALLOWED] >= len(judged.comments)


def test_the_capture_of_the_demo_holds_one_smb_crossing(city: Analysis) -> None:
    """And nothing else that would have to be explained to whoever tries it."""
    path = CITY.parent / "captures" / "l-term-1f.pcapng"
    found, _ = judge_analysed(city, Question((str(path),), "L-TERM-1F"))
    assert refuted(found) == {"capture-zone-crossing", "unused-service-open"}
    ports = {row.judgement.layer.destination_port for row in found.rows}
    assert 445 in ports
    assert found.is_whole


def test_every_case_that_can_be_made_is_in_the_table() -> None:
    """A new case has to say what must be said of it."""
    assert {row[0] for row in FOUND} == {c.name for c in CASES.values() if not c.tolerated}
    assert {row[0] for row in TOLERATED} == {c.name for c in CASES.values() if c.tolerated}


@pytest.mark.parametrize("at", ["L-SANI", "I-EDGE", "x-fw/l-core", "L-TERM-2F", "I-SRV"])
def test_what_the_design_declares_is_allowed_wherever_it_passes(judged: Judging, at: str) -> None:
    """All sessions the simulator sends past a place are expected there by the sets."""
    found = judged(None, at)
    assert found.rows == ()
    assert found.totals[FlowVerdict.ALLOWED] > 0


def test_without_a_place_tags_and_addresses_of_cards_stay_unknown(
    city: Analysis, judged: Judging, tmp_path: Path
) -> None:
    """Nobody can tell where a frame may be if nobody says where it was."""
    judged("wrong-mac", "M-LINK")
    question = Question((str(tmp_path / "made.pcapng"),))
    found, _ = judge_analysed(city, question)
    unknown = {c.check for c in found.checks if c.status is CaptureStatus.UNKNOWN}
    assert unknown == {
        "mac-binding-enforced",
        "model-capture-drift",
        "trunk-vlan-scope",
        "unknown-device-seen",
    }
    assert found.rows == ()
    assert found.exit_code() == 2
