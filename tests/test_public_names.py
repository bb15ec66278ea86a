"""What packages hand out: there by name, whatever was imported before, and late where dear."""

import inspect
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import pytest

from zonecheck.late_names import late_names

LATE = (
    "zonecheck.capture",
    "zonecheck.model",
    "zonecheck.replay",
    "zonecheck.report",
    "zonecheck.report.plot",
)
HEAVY = {"matplotlib", "numpy", "scapy", "zonecheck.dataplane", "zonecheck.prove"}
EARLY = (
    "zonecheck.compare",
    "zonecheck.formats",
    "zonecheck.model.edits",
    "zonecheck.policy",
    "zonecheck.simulate",
    "zonecheck.strategies",
    "zonecheck.testing",
)


@pytest.mark.parametrize("package", [*LATE, *EARLY])
def test_every_public_name_is_there(package: str) -> None:
    """It is a thing, never the module that happens to be called like it."""
    module = import_module(package)
    assert module.__all__
    for name in module.__all__:
        assert not isinstance(getattr(module, name), ModuleType), name


@pytest.mark.parametrize("package", LATE)
def test_no_late_name_is_that_of_a_module(package: str) -> None:
    """Once such a module is imported, a name that is looked up late would be the module."""
    module = import_module(package)
    late = {name for name in module.__all__ if name not in vars(module)}
    assert late
    assert [name for name in late if find_spec(f"{package}.{name}") is not None] == []


def test_what_a_package_does_not_hand_out_is_no_attribute_of_it() -> None:
    """Python looks for a module of that name then, and says what is missing."""
    found = late_names("zonecheck.report", {"say": "words", "names": "zone_names:zone_names"})
    assert inspect.isfunction(found("say"))
    assert inspect.isfunction(found("names"))
    with pytest.raises(AttributeError, match=r"'zonecheck\.report' has no attribute 'words'"):
        found("words")
    with pytest.raises(ImportError):
        exec("from zonecheck.report import nothing_of_the_kind")


def test_packages_that_hand_out_late_load_nothing_dear() -> None:
    """Importing them costs neither the engine nor a heavy library."""
    program = f"import sys, {', '.join(LATE)}\nprint(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert set(LATE) <= loaded
    assert loaded.isdisjoint(HEAVY)
