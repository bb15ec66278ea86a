"""The profiles that come with zonecheck."""

from importlib.resources import files
from pathlib import Path

from zonecheck.formats import read_profile
from zonecheck.model.profile import Profile


def profile_ids() -> tuple[str, ...]:
    """Return the ids of the built-in profiles, sorted."""
    folder = files("zonecheck.policy") / "profiles"
    names = [item.name for item in folder.iterdir() if item.name.endswith(".yaml")]
    return tuple(sorted(name.removesuffix(".yaml") for name in names))


def load_profile(name: str) -> Profile:
    """Return a built-in profile by id, or the profile in a YAML file.

    Raises:
        KeyError: if `name` is neither a built-in id nor an existing file.
        BadInput: if the file is not a valid profile.
    """
    if name in profile_ids():
        return read_profile(Path(str(files("zonecheck.policy") / "profiles" / f"{name}.yaml")))
    if Path(name).is_file():
        return read_profile(Path(name))
    raise KeyError(name)
