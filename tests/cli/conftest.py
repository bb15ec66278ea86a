"""Commands run on the sample design instead of on files."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.report import samples
from zonecheck.formats import Design
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import Verification


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test the same language and no colour settings."""
    for variable in ("ZONECHECK_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def sample_design(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make commands read the sample design and know the sample profile only."""

    def read(path: str | Path, **_: object) -> Topology:
        del path
        return samples.topology()

    def load(name: str) -> Profile:
        if name != "sample-1":
            raise KeyError(name)
        return samples.profile()

    def read_whole(path: str | Path, **_: object) -> Design:
        return Design(read(path), ())

    monkeypatch.setattr(import_module("zonecheck.cli.verify"), "read_design", read_whole)
    for name in ("explain", "inspect", "matrix"):
        monkeypatch.setattr(import_module(f"zonecheck.cli.{name}"), "read_topology", read)
    choice = import_module("zonecheck.cli.profile_choice")
    monkeypatch.setattr(choice, "load_profile", load)
    monkeypatch.setattr(choice, "profile_ids", lambda: ("sample-1",))


@pytest.fixture
def verdicts(
    sample_design: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Verification], None]:
    """Return what makes `verify` come to given verdicts."""
    module = import_module("zonecheck.cli.verify")

    def give(verification: Verification) -> None:
        monkeypatch.setattr(module, "verify_topology", lambda *_, **__: verification)

    return give
