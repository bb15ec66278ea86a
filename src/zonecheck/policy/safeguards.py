"""The safeguards remote maintenance has to declare (docs/semantics.md, section 9)."""

from zonecheck.model.channel import Maintenance


def missing_safeguards(entry: Maintenance) -> list[str]:
    """Return the names of the safeguards an entry leaves undeclared."""
    needed = {
        "authentication": entry.authentication,
        "encryption": entry.encryption,
        "window": entry.window,
    }
    return [name for name, value in needed.items() if value is None]
