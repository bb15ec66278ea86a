"""Policies of bodies that use wiring of the city: the same network under two policies."""

from dataclasses import dataclass, field

from zonecheck.model.source import NOWHERE, Source


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """That some segments stand under a policy of their own beside that of the city.

    `profile` is the id of a built-in profile, or a file as the topology writes it.
    """

    id: str
    profile: str
    segments: tuple[str, ...]
    source: Source = field(default=NOWHERE, compare=False)
    profile_source: Source = field(default=NOWHERE, compare=False)
