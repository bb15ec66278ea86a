"""How open an external network is, and so in which zone it lies (docs/semantics.md, section 7)."""

from zonecheck.model.closure import Closure
from zonecheck.model.external import External, Openness
from zonecheck.model.zone import INTERNET, external_zone


def is_open(external: External, closure: Closure) -> bool:
    """Return whether anyone can send from an external network.

    A closed network counts as closed in the upper closure only with a basis.
    """
    if external.openness is None or external.basis is None:
        return external.openness is Openness.OPEN or closure is Closure.UPPER
    return external.openness is Openness.OPEN


def zone_of_external(external: External, closure: Closure) -> str:
    """Return the zone an external network lies in: an open one in none of ours but internet."""
    if external.zone_tag == INTERNET or not is_open(external, closure):
        return external.zone
    return external_zone(external.id)
