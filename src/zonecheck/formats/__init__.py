"""The room formats: design and profile files read into the model."""

from zonecheck.formats.problems import BadInput, Problem, Problems
from zonecheck.formats.profile_file import read_profile
from zonecheck.formats.topology_file import Design, read_design, read_topology

__all__ = [
    "BadInput",
    "Design",
    "Problem",
    "Problems",
    "read_design",
    "read_profile",
    "read_topology",
]
