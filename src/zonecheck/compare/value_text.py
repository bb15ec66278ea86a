"""What elements say, as text that no language changes."""

from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from typing import Any

from zonecheck.model.attribute import Attribute
from zonecheck.model.filter import AddressMatch

SAYS_NOTHING = frozenset({"source", "default_source", "profile_source", "note"})
"""Fields that tell of the file, not of the network."""
_UNSAID = SAYS_NOTHING | {"id"}


def value_text(value: Any) -> str:
    """Return a value of a field as text; a dash for what is not declared."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, AddressMatch):
        return _addresses(value)
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(map(value_text, value)))}]"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(value_text, value))}]"
    if isinstance(value, Attribute):
        return f"{value.name}={', '.join(value.values)}"
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return _element(value)
    return str(value)


def said(element: Any) -> list[tuple[str, str]]:
    """Return the fields of an element that are not as they are by default, with their texts."""
    skipped = _UNSAID | ({"name"} if hasattr(element, "name") else set())
    shown = [f for f in fields(element) if f.compare and f.name not in skipped]
    return [
        (f.name, value_text(getattr(element, f.name)))
        for f in shown
        if getattr(element, f.name) != _default(f)
    ]


def _default(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _element(element: Any) -> str:
    name = getattr(element, "id", None) or getattr(element, "name", "")
    told = " ".join(f"{field}={text}" for field, text in said(element))
    return f"{name}({told})" if name and told else str(name or f"({told})")


def _addresses(match: AddressMatch) -> str:
    if match.ranges is None:
        return "any"
    ranges = ", ".join(map(str, match.ranges))
    return f"not {ranges}" if match.negated else ranges or "none"
