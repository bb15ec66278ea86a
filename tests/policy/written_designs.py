"""Small designs, written as text, and the result of one check on them."""

import tempfile
from pathlib import Path

from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.policy import CheckResult, load_profile, verify
from zonecheck.policy.routing_assumption import RoutingAssumption

PROFILE = load_profile("fuefuki-10")


def design(text: str) -> Topology:
    """Return the design a text describes, the version and a name put before it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "design.zones.yaml"
        path.write_text(f"zonecheck: 1\nname: design\nprofile: fuefuki-10\n{text}", "utf-8")
        return read_topology(path)


def judged(
    topology: Topology | str,
    check: str,
    routing: RoutingAssumption = RoutingAssumption.DECLARED,
) -> CheckResult:
    """Return the result of one check on a design."""
    made = design(topology) if isinstance(topology, str) else topology
    return verify(made, PROFILE, checks=[check], routing=routing).result(check)


def codes(result: CheckResult) -> set[str]:
    """Return the codes of what a check found, without its own name."""
    return {finding.message.code.partition(".")[2] for finding in result.findings}
