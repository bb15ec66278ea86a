"""Reading a design: its file, what it includes or changes, and everything it says."""

import os
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from zonecheck.formats.build_topology import build_topology
from zonecheck.formats.build_waivers import check_waivers
from zonecheck.formats.file_text import beside, shown_path
from zonecheck.formats.files_read import remember_file
from zonecheck.formats.input_file import InputFile
from zonecheck.formats.load_topology import load
from zonecheck.formats.names import listed
from zonecheck.formats.nearest import nearest
from zonecheck.formats.problems import Problems
from zonecheck.formats.topology_schema import TOPOLOGY
from zonecheck.model.message import Message
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology

SUFFIX = ".zones.yaml"
_PROFILE_FILES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Design:
    """A design and all the files it was read from, its own first."""

    topology: Topology
    files: tuple[InputFile, ...]


def read_topology(
    path: str | os.PathLike[str], *, checks: Collection[str] | None = None
) -> Topology:
    """Return the design in a `*.zones.yaml` file, or in a folder that holds one of its name.

    `checks` are the ids of the checks there are; without it waivers may be of any.

    Raises:
        BadInput: with everything that is wrong with the files.
    """
    return read_design(path, checks=checks).topology


def read_design(path: str | os.PathLike[str], *, checks: Collection[str] | None = None) -> Design:
    """Return the design as `read_topology` does, with the files it was read from.

    Raises:
        BadInput: with everything that is wrong with the files.
    """
    problems = Problems()
    found = topology_path(path, problems)
    problems.raise_if_any()
    loaded = load(found, problems)
    if loaded is None:
        problems.raise_if_any()
        raise AssertionError("a file that cannot be loaded has a problem")
    root = TOPOLOGY.read(loaded.root, problems)
    if root is None or not loaded.whole:
        problems.raise_if_any()
        raise AssertionError("a design in parts has a problem")
    topology = build_topology(root, problems)
    if checks is not None:
        check_waivers(root["waivers"], checks, problems)
    problems.raise_if_any()
    _remember_profiles(topology)
    # An overlay's elements keep the base's places, but the design is the overlay.
    topology = replace(topology, source=Source(shown_path(found), 1, 1))
    return Design(topology, tuple(problems.files))


def _remember_profiles(topology: Topology) -> None:
    """Remember the files of the profiles that a design names: not every command reads them."""
    named = [(topology.profile, topology.profile_source)]
    named += [(policy.profile, policy.profile_source) for policy in topology.policies]
    for name, source in named:
        if name and name.endswith(_PROFILE_FILES) and source != NOWHERE:
            remember_file(beside(source.file, name))


def topology_path(path: str | os.PathLike[str], problems: Problems) -> str:
    """Return the file a path names, looking into a folder for the file of its name."""
    given = os.fspath(path)
    folder = Path(given)
    if "\0" in given:
        return given
    if not folder.is_dir():
        _check_there_is(folder, given, problems)
        return given
    file = folder / f"{folder.resolve().name}{SUFFIX}"
    if not file.is_file():
        others = sorted(item.name for item in folder.glob(f"*{SUFFIX}") if item.is_file())
        source = Source(shown_path(given), 1, 1)
        problems.add(
            source, "folder.no-topology", file=shown_path(file.name), known=", ".join(others) or "-"
        )
    return str(file)


def _check_there_is(path: Path, given: str, problems: Problems) -> None:
    """Report a file that does not exist if there are designs beside it, and name them."""
    try:
        beside = sorted(item.name for item in path.parent.glob(f"*{SUFFIX}") if item.is_file())
        missing = bool(beside) and not path.exists()
    except OSError:
        # Reading it says why.
        return
    if not missing:
        return
    stems = {name.removesuffix(SUFFIX): name for name in beside}
    stem = path.name.removesuffix(".yml").removesuffix(".yaml").removesuffix(".zones")
    near = nearest(stem, stems)
    hint = Message.of("hint.designs-beside", known=shown_path(listed(beside)))
    if near is not None:
        hint = Message.of("hint.did-you-mean", best=shown_path(path.parent / stems[near]))
    problems.add(Source(shown_path(given), 1, 1), "file.missing", path=shown_path(given), hint=hint)
