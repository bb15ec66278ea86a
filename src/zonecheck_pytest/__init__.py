"""The pytest plugin: designs as tests, fixtures of designs, and assertions on them.

pytest imports this module in every run, so it imports nothing of zonecheck before it is used.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from zonecheck.model.topology import Topology
    from zonecheck.testing import assert_holds, assert_no_path, assert_only_through

__all__ = ["assert_holds", "assert_no_path", "assert_only_through"]

FIXTURE = "zonecheck_topology"
MARKER = "zonecheck"
LEVELS = ("error", "warning", "advice")


def __getattr__(name: str) -> Any:
    """Import the assertions when a test module asks for them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from zonecheck import testing

    return getattr(testing, name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our options; help is in both languages, for it must load nothing."""
    group = parser.getgroup("zonecheck", "zonecheck: 構成の検査 / network designs as tests")
    group.addoption(
        "--zonecheck",
        action="append",
        default=[],
        metavar="PATH",
        dest="zonecheck_paths",
        help="PATH（*.zones.yaml またはフォルダー）の各検査をテストにする。複数可 / "
        "make each check of the designs in PATH a test; may be repeated",
    )
    group.addoption(
        "--zonecheck-profile",
        metavar="P",
        dest="zonecheck_profile",
        help="構成が指すものでなく、このプロファイルで検査する / use this profile instead",
    )
    group.addoption(
        "--zonecheck-allow-unknown",
        action="store_true",
        dest="zonecheck_allow_unknown",
        help="判定不能を失敗とせずスキップとする / skip unknown checks instead of failing",
    )
    group.addoption(
        "--zonecheck-fail-on",
        choices=LEVELS,
        default=LEVELS[0],
        dest="zonecheck_fail_on",
        help="この扱い以上の違反を失敗とする（既定 error） / fail violations from this level up",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker and have the designs collected along with what else is."""
    config.addinivalue_line(
        "markers", f"{MARKER}(*paths): the designs that the fixture {FIXTURE} reads"
    )
    given = config.getoption("zonecheck_paths")
    if given:
        from zonecheck_pytest.collection import arguments_for

        config.args = arguments_for(config, given)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the designs that `--zonecheck` names."""
    given = parent.config.getoption("zonecheck_paths")
    if not given:
        return None
    from zonecheck_pytest.collection import DesignFile, is_design

    if not is_design(file_path, [_absolute(parent.config, path) for path in given]):
        return None
    collector: pytest.Collector = DesignFile.from_parent(parent, path=file_path)
    return collector


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `zonecheck_topology` for each design that is named for it."""
    if FIXTURE not in metafunc.fixturenames:
        return
    from zonecheck_pytest.collection import designs_in

    marks = list(metafunc.definition.iter_markers(MARKER))
    config = metafunc.config
    # A marked path is relative to the root, as on a command line there.
    named = [config.rootpath / path for mark in marks for path in mark.args]
    if not marks:
        named = [_absolute(config, path) for path in config.getoption("zonecheck_paths")]
    paths = [design for path in named for design in designs_in(path)]
    if paths:
        names = [path.name.removesuffix(".zones.yaml") for path in paths]
        metafunc.parametrize(FIXTURE, paths, ids=names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def zonecheck_topology(request: pytest.FixtureRequest) -> "Topology":
    """Return the design of the marker `zonecheck(PATH)`, else each one of `--zonecheck` in turn."""
    from zonecheck_pytest.collection import no_design, read

    if not hasattr(request, "param"):
        raise pytest.UsageError(no_design())
    return read(request.param)


@pytest.fixture(scope="session")
def zonecheck_read(request: pytest.FixtureRequest) -> "Iterator[Callable[[str], Topology]]":
    """Return a function that reads a design by its path from the root; each is read once."""
    known: dict[Path, Topology] = {}

    def read_once(path: str) -> "Topology":
        from zonecheck_pytest.collection import read

        full = request.config.rootpath / path
        if full not in known:
            known[full] = read(full)
        return known[full]

    yield read_once
    known.clear()


def _absolute(config: pytest.Config, path: str) -> Path:
    return config.invocation_params.dir / path
