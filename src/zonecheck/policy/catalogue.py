"""The profiles that come with zonecheck, and those a user wrote."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from zonecheck.formats import read_profile
from zonecheck.model.profile import Profile
from zonecheck.policy.checks import CHECKS
from zonecheck.policy.pending import PENDING
from zonecheck.policy.zones_named import NEEDED


@cache
def _built_in() -> dict[str, Path]:
    folder = files("zonecheck.policy") / "profiles"
    found = {
        item.name.removesuffix(".yaml"): Path(str(item))
        for item in folder.iterdir()
        if item.name.endswith(".yaml")
    }
    return dict(sorted(found.items()))


def profile_ids() -> tuple[str, ...]:
    """Return the ids of the built-in profiles, sorted."""
    return tuple(_built_in())


def check_ids() -> tuple[str, ...]:
    """Return the ids of all checks, also of those that take more than a design."""
    return (*(check.id for check in CHECKS), *PENDING)


def load_profile(name: str) -> Profile:
    """Return a built-in profile by id, or the profile in a YAML file.

    Raises:
        KeyError: if `name` is neither a built-in id nor an existing file.
        BadInput: if the file is not a valid profile.
    """
    if name in _built_in():
        return _built_in_profile(name)
    if not Path(name).is_file():
        raise KeyError(name)
    return _read(Path(name))


@cache
def _built_in_profile(name: str) -> Profile:
    """Return a built-in profile, read once: nobody changes the files of the package."""
    return _read(_built_in()[name])


def _read(path: Path) -> Profile:
    known = {name: frozenset(NEEDED.get(name, ())) for name in check_ids()}
    return read_profile(path, built_in=_built_in(), catalogue=known)
