"""The safeguards remote maintenance has to declare (docs/semantics.md, section 9)."""

from zonecheck.model.channel import Maintenance
from zonecheck.model.says_none import says_none
from zonecheck.policy.time_window import time_window


def missing_safeguards(entry: Maintenance) -> list[str]:
    """Return the names of the safeguards an entry leaves undeclared."""
    return [name for name, value in _declared(entry).items() if value is None]


def absent_safeguards(entry: Maintenance) -> list[tuple[str, str]]:
    """Return the safeguards an entry declares not to have, by name, and how it puts it."""
    return [
        (name, value)
        for name, value in _declared(entry).items()
        if value is not None and _is_absent(name, value)
    ]


def _declared(entry: Maintenance) -> dict[str, str | None]:
    return {
        "authentication": entry.authentication,
        "encryption": entry.encryption,
        "window": entry.window,
    }


def _is_absent(name: str, value: str) -> bool:
    return says_none(value) or (name == "window" and time_window(value).always_open)
