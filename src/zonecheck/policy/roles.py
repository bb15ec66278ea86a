"""What hosts are for: which clauses speak of them (docs/semantics.md, section 9).

Roles are free words. A host whose role is none of the known ones is taken for everything a clause
might mean, so that a misspelt role never takes a host out of a check.
"""

from typing import Final

from zonecheck.model.host import TWO_SIDED_ROLES, Host
from zonecheck.model.topology import Topology

TERMINALS: Final = frozenset({"terminal", "cs-terminal"})
SERVERS: Final = frozenset({"server", "hypervisor"}) | TWO_SIDED_ROLES
IOT: Final = frozenset({"iot", "camera", "signage"})
PRINTERS: Final = frozenset({"mfp"})
_OTHERS: Final = frozenset({"sensor", "access-point", "guest"})
KNOWN: Final = TERMINALS | SERVERS | IOT | PRINTERS | _OTHERS


def is_terminal(host: Host) -> bool:
    """Return whether people work at a host."""
    return host.role in TERMINALS or host.role not in KNOWN


def is_server(host: Host) -> bool:
    """Return whether a host serves others: an information system runs on it."""
    return host.role in SERVERS or host.role not in KNOWN


def is_iot(host: Host) -> bool:
    """Return whether a host is special-purpose equipment (特定用途機器)."""
    return host.role in IOT or host.role not in KNOWN


def is_printer(host: Host) -> bool:
    """Return whether a host is a multifunction printer."""
    return host.role in PRINTERS or host.role not in KNOWN


def stands_in(topology: Topology, host: Host, zones: frozenset[str]) -> bool:
    """Return whether a host has an interface in one of some zones, or one whose zone is unknown."""
    found = {topology.zone_of_segment(card.segment) for card in host.interfaces}
    return None in found or bool(found & zones)
