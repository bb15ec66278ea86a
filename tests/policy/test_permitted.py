"""The list of permitted flows and the matrix of zones say the same."""

from pathlib import Path

import pytest

from zonecheck.formats import read_topology
from zonecheck.model.closure import Closure
from zonecheck.policy import load_profile
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.questions import permitted
from zonecheck.policy.questions.permitted import Passing, passing
from zonecheck.prove import WayTooLongError

ROOT = Path(__file__).parents[2] / "topologies"
DESIGNS = ("minimal", "fuefuki", "chiba", "saikai")


def analysis_of(name: str) -> Analysis:
    """Return the proofs of a small design at worst."""
    design = read_topology(ROOT / name)
    return Analysis(design, load_profile(design.profile), Closure.UPPER)


def passing_in(analysis: Analysis) -> Passing:
    """Return what passes, which is proved."""
    found = passing(analysis)
    assert found is not None
    return found


@pytest.mark.parametrize("name", DESIGNS)
def test_flows_add_up_to_the_matrix(name: str) -> None:
    """Each cell has the declarations of its flows, and goes beyond them where one of them does."""
    found = passing_in(analysis_of(name))
    assert {flow.zones for flow in found.flows} == {
        (c.origin, c.destination) for c in found.matrix.cells
    }
    for cell in found.matrix.cells:
        flows = [flow for flow in found.flows if flow.zones == (cell.origin, cell.destination)]
        assert {name for flow in flows for name in flow.declared_by} == set(cell.declared_by)
        assert cell.beyond is any(flow.beyond for flow in flows)
        assert bool(cell.services.boxes) is any(flow.services.boxes for flow in flows)


@pytest.mark.parametrize("name", DESIGNS)
def test_a_flow_is_what_gets_through(name: str) -> None:
    """It joins places of two zones between which something is delivered."""
    analysis = analysis_of(name)
    for flow in passing_in(analysis).flows:
        assert flow.services.boxes or flow.replies.boxes
        sent = analysis.reach.flow(analysis.origin_at[flow.origin], flow.destination)
        assert not sent.everything.is_empty
        assert bool(flow.services.boxes) is not sent.fresh.is_empty
        assert analysis.zone_of(flow.origin) != analysis.zone_of(flow.destination)


def test_without_an_end_of_the_proof_there_is_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than a part of it that looks whole."""

    def endless(*_: object, **__: object) -> None:
        raise WayTooLongError("x")

    monkeypatch.setattr(permitted, "matrix_view", endless)
    assert passing(analysis_of("minimal")) is None
