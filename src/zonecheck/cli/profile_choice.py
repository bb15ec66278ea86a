"""The profile a command works with."""

from pathlib import Path

from zonecheck.cli.failure import Failure
from zonecheck.formats import Problems
from zonecheck.formats.nearest import did_you_mean, nearest
from zonecheck.model.message import Message
from zonecheck.model.own_policy import OwnPolicy
from zonecheck.model.profile import Profile
from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.topology import Topology
from zonecheck.policy import load_profile, profile_ids

_FILES = (".yaml", ".yml")


def profile_for(topology: Topology, given: str | None) -> Profile:
    """Return the profile given, else the one the topology names.

    Raises:
        Failure: neither names one, or there is none of the name given.
        BadInput: there is none of the name that the topology says.
    """
    if given:
        return named_profile(given)
    if not topology.profile:
        raise Failure(Message.of("error.no-profile", known=", ".join(profile_ids())))
    return _written_profile(topology.profile, topology.profile_source, topology.source)


def profile_of_policy(policy: OwnPolicy) -> Profile:
    """Return the profile of a body with a policy of its own.

    Raises:
        BadInput: there is none of the name that the topology says.
    """
    return _written_profile(policy.profile, policy.profile_source, policy.source)


def written_in(file: Path, name: str) -> str:
    """Return the profile that a topology file names, a file beside it by its path from here."""
    return str(file.parent / name) if name.endswith(_FILES) else name


def named_profile(name: str) -> Profile:
    """Return a profile by its id or file.

    Raises:
        Failure: there is none of that name.
    """
    try:
        return load_profile(name)
    except KeyError as error:
        raise Failure(_no_profile(name)) from error


def _written_profile(name: str, place: Source, default: Source) -> Profile:
    """Return the profile that a topology names; `default` is where, if that is not known."""
    source = default if place == NOWHERE else place
    path = written_in(Path(source.file), name)
    try:
        return load_profile(path)
    except KeyError as error:
        problems = Problems()
        if _is_file(name) and Path(path).is_dir():
            problems.add(source, "file.is-directory", path=path)
        elif _is_file(name):
            problems.add(source, "file.missing", path=path)
        else:
            known = profile_ids()
            problems.add(
                source,
                "profile.unknown",
                text=name,
                known=", ".join(known),
                hint=did_you_mean(name, known),
            )
        problems.raise_if_any()
        raise AssertionError("a problem was added") from error


def _is_file(name: str) -> bool:
    """Return whether a name is that of a file: no id ends so or has a slash."""
    return name.endswith(_FILES) or "/" in name


def _no_profile(name: str) -> Message:
    if _is_file(name) and Path(name).is_dir():
        return Message.of("error.profile-is-folder", path=name)
    if _is_file(name):
        return Message.of("error.no-profile-file", path=name)
    ids = profile_ids()
    best, known = nearest(name, ids), ", ".join(ids)
    if best is not None:
        return Message.of("error.profile-near", given=name, best=best, known=known)
    return Message.of("error.unknown-profile", given=name, known=known)
