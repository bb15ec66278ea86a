"""A place inside a template, together with the place where the template was used."""

from dataclasses import dataclass

from zonecheck.model.source import Source


@dataclass(frozen=True, slots=True, eq=False)
class UsedSource(Source):
    """The template's own line, and the `use` that brought it into the topology.

    `used_at` may itself be a `UsedSource` where templates use templates. Compares with plain
    sources by `place_key`, so that mixed lists can be sorted.
    """

    used_at: Source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and place_key(self) == place_key(other)

    def __hash__(self) -> int:
        return hash(place_key(self))

    def __lt__(self, other: Source) -> bool:
        return place_key(self) < place_key(other)

    def __le__(self, other: Source) -> bool:
        return place_key(self) <= place_key(other)

    def __gt__(self, other: Source) -> bool:
        return place_key(self) > place_key(other)

    def __ge__(self, other: Source) -> bool:
        return place_key(self) >= place_key(other)

    def __str__(self) -> str:
        # `Source.__str__` names only its own fields; slots forbid zero-argument super() here.
        return Source.__str__(self)


def uses(source: Source) -> tuple[Source, ...]:
    """Return the places of use behind a source, innermost first; empty outside templates."""
    places: list[Source] = []
    while isinstance(source, UsedSource):
        source = source.used_at
        places.append(source)
    return tuple(places)


def place_key(source: Source) -> tuple[tuple[str, int, int], ...]:
    """Return a sort key: file, line and column, then those of the places of use."""
    return tuple((place.file, place.line, place.column) for place in (source, *uses(source)))
