"""Short ways to read whole designs in tests."""

from pathlib import Path

from zonecheck.formats import BadInput, read_topology
from zonecheck.model.topology import Topology

ROOT = Path(__file__).parents[2]
MINIMAL = ROOT / "topologies" / "minimal" / "minimal.zones.yaml"
HEAD = "zonecheck: 1\nname: x\n"
SEGMENT = "segments: {S: {zone: lgwan, vlan: 10, prefix: [10.0.0.0/24, '2001:db8::/64']}}\n"


def design(folder: Path, text: str, name: str = "x.zones.yaml") -> Topology:
    """Return the design a text describes, read from a file in `folder`."""
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return read_topology(path)


def overlaid(folder: Path, base: Path | str, changes: str) -> Topology:
    """Return a design after changes, written as the lines of a list."""
    if isinstance(base, str):
        path = folder / "base.zones.yaml"
        path.write_text(HEAD + base, encoding="utf-8")
    else:
        path = folder / base.name
        path.write_bytes(base.read_bytes())
    overlay = folder / "overlay.yaml"
    text = f"zonecheck: 1\noverlay: {path.name}\nchanges:\n{changes}"
    overlay.write_text(text, encoding="utf-8")
    return read_topology(overlay)


def codes(error: BadInput) -> list[str]:
    """Return the codes of the problems found."""
    return [problem.code for problem in error.problems]
