"""The drawings of all topologies, for the tests of plots and exports."""

from functools import cache
from pathlib import Path

from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology
from zonecheck.report.diagram.collapse import collapsed, is_large
from zonecheck.report.diagram.geometry import Layout
from zonecheck.report.diagram.layout import layout
from zonecheck.report.diagram.scheme import Scheme, scheme_of, without_empty
from zonecheck.report.lang import Lang
from zonecheck.report.zone_names import zone_names

TOPOLOGIES = Path(__file__).parents[2] / "topologies"
SMALL = sorted(
    path
    for path in TOPOLOGIES.iterdir()
    if (path / f"{path.name}.zones.yaml").exists() and path.name != "mihon-city"
)
CITY = TOPOLOGIES / "mihon-city"
MISTAKES = sorted((TOPOLOGIES / "mistakes").glob("*.zones.yaml"))
EVERY = [*SMALL, CITY, *MISTAKES]


def name(path: Path) -> str:
    """Return what a topology is called in the name of a test."""
    return path.name.removesuffix(".zones.yaml")


@cache
def design(path: Path) -> Topology:
    """Return a design, read once."""
    return read_topology(path)


@cache
def scheme(path: Path, lang: Lang = "ja") -> Scheme:
    """Return the drawing of a design as the plot shows it."""
    topology = design(path)
    whole = without_empty(scheme_of(topology, zone_names(topology, None, lang)))
    return collapsed(whole) if is_large(whole) else whole


@cache
def drawn(path: Path, lang: Lang = "ja") -> Layout:
    """Return the shapes of that drawing."""
    shown = scheme(path, lang)
    return layout(shown, lang, brief=is_large(scheme_of(design(path), {})))
