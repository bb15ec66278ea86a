"""Zones: the areas (領域) a policy keeps apart."""

from dataclasses import dataclass, field

from zonecheck.model.source import NOWHERE, Source

MYNUMBER = "mynumber"
LGWAN = "lgwan"
INTERNET = "internet"


@dataclass(frozen=True, slots=True)
class Zone:
    """An area. `id` is the name in data; `ja` the policy's own word for it.

    The zone set is data: a profile brings the zones of its policy, a topology may add more.
    """

    id: str
    ja: str
    source: Source = field(default=NOWHERE, compare=False)


def external_zone(external: str) -> str:
    """Return the zone id of an external network that names no zone of its own."""
    return f"ext:{external}"
