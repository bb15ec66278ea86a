"""Laws of the hours of maintenance: who is accused of being outside them, and who is not."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from zonecheck.capture.judge_files import Question, judge_analysed
from zonecheck.capture.judgement import SESSION_WINDOW, FlowVerdict
from zonecheck.formats import read_topology
from zonecheck.model.channel import Maintenance
from zonecheck.model.closure import Closure
from zonecheck.model.topology import Topology
from zonecheck.policy import load_profile
from zonecheck.policy.analysis import Analysis

pytest.importorskip("scapy")


from zonecheck.replay.capture_file import Frame, pcapng_bytes
from zonecheck.replay.synthesise import synthesised_frames

CITY = Path("topologies/mihon-city/mihon-city.zones.yaml")
PLACE = "L-SRV"
PORTLESS = 14 + 20


@pytest.fixture(scope="module")
def city() -> Topology:
    """Return みほん市."""
    return read_topology(CITY)


@pytest.fixture(scope="module")
def late(city: Topology) -> list[Frame]:
    """Return maintenance at night, among all else that is declared."""
    return synthesised_frames(city, PLACE, violations=["outside-window"])


@cache
def declared_as_drawn(city: Topology) -> Analysis:
    """Return what is proved of みほん市: whoever may maintain it when, the network is the same."""
    analysis = Analysis(city, load_profile("fuefuki-10"), Closure.UPPER)
    assert analysis.reach
    return analysis


def verdicts(
    city: Topology, entries: tuple[Maintenance, ...], frames: list[Frame], folder: Path
) -> set[FlowVerdict]:
    """Return what is said against flows for the hours of maintenance."""
    path = folder / "made.pcapng"
    path.write_bytes(pcapng_bytes(frames, PLACE))
    design = replace(city, maintenance=entries)
    analysis = declared_as_drawn(city).of(design)
    found, _ = judge_analysed(analysis, Question((str(path),), PLACE))
    return {
        row.judgement.verdict
        for row in found.rows
        for reason in row.judgement.reasons
        if reason.check == SESSION_WINDOW
    }


@pytest.mark.parametrize("order", [1, -1], ids=["first", "last"])
@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("17:00-09:00", set()),
        (None, set()),
        ("10:00-11:00", {FlowVerdict.VIOLATING}),
        ("平日", {FlowVerdict.UNDECIDABLE}),
        ("常時", {FlowVerdict.UNDECIDABLE}),
        ("当番の時間", {FlowVerdict.UNDECIDABLE}),
        ("17:00-09:00 祝日を除く", {FlowVerdict.UNDECIDABLE}),
    ],
)
def test_hours_of_any_entry_are_enough(
    city: Topology,
    late: list[Frame],
    tmp_path: Path,
    window: str | None,
    expected: set[FlowVerdict],
    order: int,
) -> None:
    """Two entries declare a session: it is accused only if neither allows its hour."""
    (entry,) = city.maintenance
    second = replace(entry, id="toban", window=window)
    entries = (entry, second)[::order]
    assert verdicts(city, entries, late, tmp_path) == expected


def test_who_may_be_of_an_entry_is_not_accused(
    city: Topology, late: list[Frame], tmp_path: Path
) -> None:
    """A packet cut before its ports may be anything between its ends: that is undecidable."""
    cut = [replace(frame, data=frame.data[:PORTLESS]) for frame in late]
    found = verdicts(city, city.maintenance, cut, tmp_path)
    assert found == {FlowVerdict.UNDECIDABLE}
