"""Whether tests may build networks here, and the designs they build."""

from functools import cache
from pathlib import Path

import pytest

from zonecheck.formats import read_topology
from zonecheck.model.states import normal_state
from zonecheck.model.topology import Topology
from zonecheck.replay import KernelError
from zonecheck.replay.kernel_commands import check_means
from zonecheck.replay.kernel_features import probe_features
from zonecheck.replay.kernel_network import own_prefix
from zonecheck.report.words import say

ROOT = Path(__file__).parents[2]
SMALL = Path(__file__).parent / "mihon-small.zones.yaml"


@cache
def _obstacle() -> str:
    """Return why no namespaces can be had here, empty if they can."""
    try:
        check_means()
        probe_features(own_prefix())
    except KernelError as error:
        return say(error.reason, "en")
    except OSError as error:
        return str(error)
    return ""


def need_namespaces() -> None:
    """Skip the test, saying why, where no network can be built."""
    if _obstacle():
        pytest.skip(_obstacle())


def design(path: str | Path) -> Topology:
    """Return a design of the repository in its normal state."""
    return normal_state(read_topology(str(ROOT / path)))
