"""Words to declare JSON Schema in: draft-07, objects closed, every key required but those named."""

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import Any, Final

Shape = dict[str, Any]

TEXT: Final[Shape] = {"type": "string"}
FLAG: Final[Shape] = {"type": "boolean"}
COUNT: Final[Shape] = {"type": "integer", "minimum": 0}
NULL: Final[Shape] = {"type": "null"}
TEXT_OR_NULL: Final[Shape] = {"type": ["string", "null"]}


def closed(properties: Mapping[str, Shape], optional: Collection[str] = ()) -> Shape:
    """Return the shape of an object with these keys and no other."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def mapping(values: Shape, keys: Shape | None = None) -> Shape:
    """Return the shape of an object whose keys are data."""
    named = {} if keys is None else {"propertyNames": keys}
    return {"type": "object", **named, "additionalProperties": values}


def listed(items: Shape, least: int = 0) -> Shape:
    """Return the shape of an array."""
    return {"type": "array", "items": items, **({"minItems": least} if least else {})}


def number(low: int, high: int) -> Shape:
    """Return the shape of a whole number between two, both included."""
    return {"type": "integer", "minimum": low, "maximum": high}


def matching(pattern: str) -> Shape:
    """Return the shape of a text by a regular expression."""
    return {"type": "string", "pattern": pattern}


def one_of(*shapes: Shape) -> Shape:
    """Return the shape of what is exactly one of several."""
    return {"oneOf": list(shapes)}


def or_null(shape: Shape) -> Shape:
    """Return the shape of what may be null."""
    if isinstance(shape.get("type"), str) and shape["type"] not in ("object", "array"):
        return {**shape, "type": [shape["type"], "null"]}
    return one_of(NULL, shape)


def among(values: Iterable[str | int | Enum | None]) -> Shape:
    """Return the shape of one of some values; of members of an enum their values count."""
    return {"enum": [value.value if isinstance(value, Enum) else value for value in values]}


def exactly(value: str) -> Shape:
    """Return the shape of one text."""
    return {"const": value}


def ref(name: str) -> Shape:
    """Return a reference to a shared definition."""
    return {"$ref": f"#/definitions/{name}"}


def refs_in(shape: object) -> set[str]:
    """Return the names of the definitions a shape refers to itself."""
    if isinstance(shape, list):
        return {name for item in shape for name in refs_in(item)}
    if not isinstance(shape, dict):
        return set()
    named = {name for item in shape.values() for name in refs_in(item)}
    target = shape.get("$ref")
    if isinstance(target, str):
        named |= {target.removeprefix("#/definitions/")} - {"#"}
    return named
