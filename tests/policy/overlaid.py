"""Overlays on the small topologies, made where a law needs them."""

from os.path import relpath
from pathlib import Path

from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.policy import CheckResult, load_profile, verify

TOPOLOGIES = Path(__file__).parents[2] / "topologies"


def overlaid(folder: Path, name: str, *changes: str) -> Topology:
    """Return a small topology with some changes, each as an overlay writes it."""
    file = folder / "changed.zones.yaml"
    base = relpath(TOPOLOGIES / name / f"{name}.zones.yaml", folder)
    lines = ["zonecheck: 1", f"overlay: {base}", "changes:", *(f"  - {c}" for c in changes)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_topology(file)


def judged(topology: Topology, *checks: str, profile: str = "") -> dict[str, CheckResult]:
    """Return the verdicts of some checks, under the topology's own profile or another."""
    found = verify(topology, load_profile(profile or topology.profile), checks=checks)
    return {result.check: result for result in found.results}
