"""What hosts are for: which clauses speak of them (docs/semantics.md, section 9).

Roles are free words. A host whose role is none of the known ones is taken for everything a clause
might mean, so that a misspelt role never takes a host out of a check. Nor does a role take out of
them what the ledger of systems says otherwise of: what a system runs on is a server, and what
uses one is no mere sensor or guest.
"""

from typing import Final

from zonecheck.model.host import TWO_SIDED_ROLES, Host
from zonecheck.model.topology import Topology

TERMINALS: Final = frozenset({"terminal", "cs-terminal"})
SERVERS: Final = frozenset({"server", "hypervisor"}) | TWO_SIDED_ROLES
IOT: Final = frozenset({"iot", "camera", "signage"})
PRINTERS: Final = frozenset({"mfp"})
_SENSOR, _ACCESS_POINT, _GUEST = "sensor", "access-point", "guest"
_OTHERS: Final = frozenset({_SENSOR, _ACCESS_POINT, _GUEST})
KNOWN: Final = TERMINALS | SERVERS | IOT | PRINTERS | _OTHERS


def is_terminal(topology: Topology, host: Host) -> bool:
    """Return whether people work at a host."""
    if host.role in TERMINALS or host.role not in KNOWN:
        return True
    return host.role in _OTHERS and _is_client(topology, host)


def is_server(topology: Topology, host: Host) -> bool:
    """Return whether a host serves others: an information system runs on it."""
    if host.role in SERVERS or host.role not in KNOWN:
        return True
    systems = topology.systems_on.get(host.id, ())
    if host.role not in IOT | PRINTERS:
        return bool(systems)
    # Ledgers list cameras and printers too: that makes them no servers.
    return any(system.personal or system.business or system.provides for system in systems)


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


def _is_client(topology: Topology, host: Host) -> bool:
    """Return whether the ledger has a host use systems, by name or by where it stands.

    Sensors and access points stand where terminals do and send their logs from there: they are
    taken for what they say if a mirror port or a wireless network of their zone bears it out.
    """
    if host.id in topology.clients:
        return True
    if not any(card.segment in topology.clients for card in host.interfaces):
        return False
    if host.role == _SENSOR:
        return not any(span.to == host.id for d in topology.devices for span in d.spans)
    if host.role == _ACCESS_POINT:
        zones = {topology.zone_of_segment(card.segment) for card in host.interfaces}
        radios = (s for s in topology.segments if s.laid_on is not None or s.wireless is not None)
        return not any(topology.zone_of_segment(radio.laid_on) in zones for radio in radios)
    return True
