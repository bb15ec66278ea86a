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
    name = given or _beside(topology, topology.profile)
    if not name:
        raise Failure(Message.of("error.no-profile", known=", ".join(profile_ids())))
    return named_profile(name)


def _beside(topology: Topology, name: str) -> str:
    """Return the profile a topology names, a file of its own by its path from here."""
    is_file = name.endswith((".yaml", ".yml"))
    return str(Path(topology.source.file).parent / name) if is_file else name


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
