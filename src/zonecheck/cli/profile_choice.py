"""The profile a command works with."""

from pathlib import Path

from zonecheck.cli.failure import Failure
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.policy import load_profile, profile_ids


def profile_for(topology: Topology, given: str | None) -> Profile:
    """Return the profile given, else the one the topology names.

    Raises:
        Failure: neither names one, or there is none of that name.
    """
    name = given or written_in(Path(topology.source.file), topology.profile)
    if not name:
        raise Failure(Message.of("error.no-profile", known=", ".join(profile_ids())))
    return named_profile(name)


def written_in(file: Path, name: str) -> str:
    """Return the profile that a topology file names, a file beside it by its path from here."""
    return str(file.parent / name) if name.endswith((".yaml", ".yml")) else name


def named_profile(name: str) -> Profile:
    """Return a profile by its id.

    Raises:
        Failure: there is none of that name.
    """
    try:
        return load_profile(name)
    except KeyError as error:
        known = ", ".join(profile_ids())
        raise Failure(Message.of("error.unknown-profile", given=name, known=known)) from error
