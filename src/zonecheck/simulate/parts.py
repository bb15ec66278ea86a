"""Everything a model element is made of."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass


def parts_of(value: object) -> Iterator[object]:
    """Yield a value and all values in its fields and tuples, however deep."""
    yield value
    if isinstance(value, tuple):
        for item in value:
            yield from parts_of(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from parts_of(getattr(value, part.name))
