"""A small town (aoba.zones.yaml), changed as a user would: by an overlay on its file."""

from functools import reduce
from pathlib import Path

from zonecheck.formats import read_topology
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import CHECKS, Status, load_profile, verify
from zonecheck.policy.explaining.explanation import Proposal

FILE = Path(__file__).with_name("aoba.zones.yaml")
ALPHA = load_profile("soumu-alpha")
MONOTONE = frozenset(check.id for check in CHECKS if check.monotone)
RANK = {Status.HOLDS: 0, Status.WAIVED: 1, Status.UNKNOWN: 2, Status.VIOLATED: 3}


def aoba(folder: Path, *changes: str, base: Path = FILE) -> Topology:
    """Return the town with some changes, each a line of an overlay."""
    return read_topology(overlay(folder, *changes, base=base))


def overlay(folder: Path, *changes: str, base: Path = FILE) -> Path:
    """Write the changes to a file of their own."""
    if not changes:
        return base
    beside = folder / base.name
    if beside != base:
        beside.write_text(base.read_text("utf-8"), "utf-8")
    path = folder / f"changed-{len(list(folder.iterdir()))}.zones.yaml"
    lines = "".join(f"  - {change}\n" for change in changes)
    text = f"zonecheck: 1\noverlay: {base.name}\nchanges:\n{lines}"
    path.write_text(text, encoding="utf-8")
    return path


def made(topology: Topology, proposal: Proposal) -> Topology:
    """Return the design with everything a proposal changes."""
    repairs = (*proposal.repairs, *proposal.follow)
    return reduce(lambda edited, repair: repair.edit(edited), repairs, topology)


def statuses(topology: Topology, profile: Profile = ALPHA) -> dict[str, Status]:
    """Return the verdicts of `verify` on a design, nothing taken over from elsewhere."""
    key = id(topology), id(profile)
    known, found = _VERDICTS.get(key, (None, {}))
    if known is not topology:
        found = {result.check: result.status for result in verify(topology, profile).results}
        _VERDICTS[key] = topology, found
    return found


_VERDICTS: dict[tuple[int, int], tuple[Topology, dict[str, Status]]] = {}


def worse(before: dict[str, Status], after: dict[str, Status]) -> set[str]:
    """Return the checks of separation that got worse."""
    return {
        check
        for check, status in after.items()
        if check in MONOTONE and RANK.get(status, 0) > RANK.get(before[check], 0)
    }


def assert_sound(topology: Topology, check: str, proposal: Proposal, profile: Profile) -> None:
    """`verify` of the changed design says of the check and the others what was claimed."""
    before = statuses(topology, profile)
    after = statuses(made(topology, proposal), profile)
    assert after[check] is Status.HOLDS
    assert {after[other] for other in proposal.mends} <= {Status.HOLDS}
    assert worse(before, after) == set()
