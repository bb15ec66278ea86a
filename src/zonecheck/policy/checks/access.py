"""Sessions within and between areas: each system is used and administered by whom it names."""

from collections.abc import Iterable

from zonecheck.model.channel import Leg
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.service import ANY_SERVICE
from zonecheck.model.system import PRODUCTION, TEST, System
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import LISTENS, PACKETS, SYSTEMS, Check, Outcome
from zonecheck.policy.extent import extent_of, told_of
from zonecheck.policy.roles import IOT, is_iot, is_terminal
from zonecheck.policy.sessions import (
    ADMINISTRATION,
    SPREADING,
    Gathered,
    Permitted,
    accepted,
    legs_to,
    openable,
    opening_legs,
    origins_of,
    points_of,
    senders,
    tcp,
    undeclared,
    undeclared_flow,
)
from zonecheck.policy.unlisted import missing_systems
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration

_RESTS_ON = (PACKETS, LISTENS, SYSTEMS)


def _undeclared_to(
    analysis: Analysis, system: System, legs: Iterable[Leg], headers: PacketSet
) -> Gathered:
    """Return the sessions to a system's hosts, arriving so, that no legs of it permit.

    Hosts of one system are one. What is declared between zones is declared here too, and so is
    what devices open.
    """
    points = points_of(analysis, system.hosts)
    known = legs_to(analysis, points, (*analysis.declared_legs, *opening_legs(analysis)))
    excuses = analysis.excuses(known, tunnels=True)
    permitted = Permitted(analysis, legs)
    new = analysis.plane.filters.new
    found = Gathered(analysis)
    for origin in senders(analysis):
        if origin.point.node in system.hosts:
            continue
        rights = permitted.to(origin)
        for point in points:
            taken = headers & accepted(analysis, point) & new
            # Most of what arrives is permitted: what excuses the rest need not be asked then.
            flow = analysis.reach.flow(origin, point)
            if not rights.beyond(flow, taken).is_empty:
                left = undeclared_flow(analysis, excuses, origin, point)
                found.add(origin, point, rights.beyond(left, taken) & new)
    return found


def _silent(systems: Iterable[System], key: str) -> tuple[MissingDeclaration, ...]:
    return tuple(
        MissingDeclaration(Message.of("missing.system-key", subject=s.id, key=key), s.source)
        for s in systems
    )


def _refused(analysis: Analysis, system: System) -> PacketSet:
    """Return what arrives at the hosts of a system that they refuse all but administrators."""
    if system.admin_basis is None:
        return analysis.space.empty
    return tcp(analysis, ADMINISTRATION)


def ask_system_access_minimal(analysis: Analysis) -> Outcome:
    """Only the clients of a system, and its administrators, open sessions to it."""
    systems = analysis.topology.systems
    findings: list[Finding] = []
    for system in systems:
        if system.clients is None:
            continue
        anything = [Leg(leg.origin, leg.destination, ()) for leg in system.uses]
        headers = analysis.space.everything - _refused(analysis, system)
        found = _undeclared_to(analysis, system, anything, headers)
        if not found.is_empty:
            findings.append(found.finding("system-access-minimal.extra", system=system.id))
    silent = _silent((s for s in systems if s.clients is None), "clients")
    return Outcome(tuple(findings), len(systems), (*silent, *missing_systems(analysis)))


def ask_admin_flow_from_mgmt_only(analysis: Analysis) -> Outcome:
    """Protocols of administration reach the hosts of a system from its administrators only."""
    systems = analysis.topology.systems
    administration = tcp(analysis, ADMINISTRATION)
    findings: list[Finding] = []
    for system in systems:
        headers = administration - _refused(analysis, system)
        if system.admins is None or headers.is_empty:
            continue
        named = [leg for leg in system.uses if leg.services and ANY_SERVICE not in leg.services]
        found = _undeclared_to(analysis, system, (*named, *system.administration), headers)
        if not found.is_empty:
            findings.append(found.finding("admin-flow-from-mgmt-only.extra", system=system.id))
    silent = _silent((s for s in systems if s.admins is None), "admins")
    return Outcome(tuple(findings), len(systems), (*silent, *missing_systems(analysis)))


def ask_log_store_protected(analysis: Analysis) -> Outcome:
    """A log store takes records from those it names, and administration, and nothing else."""
    stores = [system for system in analysis.topology.systems if "log" in system.provides]
    findings: list[Finding] = []
    for system in stores:
        headers = analysis.space.everything - _refused(analysis, system)
        found = _undeclared_to(analysis, system, system.uses, headers)
        if not found.is_empty:
            findings.append(found.finding("log-store-protected.extra", system=system.id))
    silent = _silent((s for s in stores if s.clients is None), "clients")
    return Outcome(tuple(findings), len(stores), (*silent, *missing_systems(analysis)))


def ask_iot_isolated(analysis: Analysis) -> Outcome:
    """Special-purpose equipment exchanges sessions with its own systems only."""
    equipment = [host for host in analysis.topology.hosts if is_iot(host)]
    findings: list[Finding] = []
    for host in equipment:
        legs = [
            Leg(leg.origin, leg.destination, ())
            for system in analysis.topology.systems
            for leg in system.uses
            if host.id in (leg.origin.id, *system.hosts)
        ]
        excuses = analysis.excuses((*legs, *analysis.declared_legs), tunnels=True)
        found = Gathered(analysis)
        kin = {h for s in analysis.topology.systems if host.id in s.hosts for h in s.hosts}
        alike = kin | {host.id} | _neighbours(analysis, host)
        for point in points_of(analysis, [host.id]):
            for origin in senders(analysis):
                if origin.point.node not in alike:
                    found.add(origin, point, undeclared(analysis, excuses, origin, point))
        for origin in origins_of(analysis, [host.id]):
            for point in analysis.reach.destinations(origin):
                if point.node not in alike:
                    found.add(origin, point, undeclared(analysis, excuses, origin, point))
        if not found.is_empty:
            findings.append(found.finding("iot-isolated.extra", host=host.id))
    return Outcome(tuple(findings), len(equipment))


def _neighbours(analysis: Analysis, host: Host) -> set[str]:
    """Return the equipment in the segments of a host, and these segments themselves."""
    segments = {card.segment for card in host.interfaces if card.segment is not None}
    return segments | {
        other.id
        for other in analysis.topology.hosts
        if other.role in IOT and any(card.segment in segments for card in other.interfaces)
    }


def ask_dev_prod_separation(analysis: Analysis) -> Outcome:
    """From what is tried out nothing is opened to what is in use, but what that names."""
    systems = analysis.topology.systems
    tested = [system for system in systems if system.environment == TEST]
    hosts = {host for system in tested for host in system.hosts}
    findings: list[Finding] = []
    for system in systems if tested else ():
        if system.environment != PRODUCTION:
            continue
        points = points_of(analysis, system.hosts)
        legs = legs_to(analysis, points, (*system.uses, *analysis.declared_legs))
        excuses = analysis.excuses(legs, tunnels=True)
        headers = analysis.space.everything - _refused(analysis, system)
        found = Gathered(analysis)
        for origin in origins_of(analysis, hosts):
            for point in points:
                found.add(origin, point, undeclared(analysis, excuses, origin, point, headers))
        if not found.is_empty:
            findings.append(found.finding("dev-prod-separation.extra", system=system.id))
    return Outcome(tuple(findings), len(tested), missing_systems(analysis))


def ask_lateral_movement_bounded(analysis: Analysis) -> Outcome:
    """No terminal opens sessions to another by the protocols intruders spread with."""
    terminals = [host for host in analysis.topology.hosts if is_terminal(analysis.topology, host)]
    spreading = tcp(analysis, SPREADING)
    points = points_of(analysis, (host.id for host in terminals))
    findings: list[Finding] = []
    found = Gathered(analysis)
    for origin in origins_of(analysis, (host.id for host in terminals)):
        for point in points:
            if point.node != origin.point.node:
                found.add(origin, point, openable(analysis, origin, point, spreading))
    if not found.is_empty:
        findings.append(found.finding("lateral-movement-bounded.opens"))
    for host in terminals:
        taken = [accepted(analysis, p) & spreading for p in points if p.node == host.id]
        if host.count > 1 and any(not headers.is_empty for headers in taken):
            message = Message.of("lateral-movement-bounded.group", host=host.id, count=host.count)
            control = MissingControl(host.id, host.source)
            extent = extent_of("group", told_of(host), analysis.space.union(taken))
            findings.append(Finding(message, (), control, host.source, extent=extent))
    return Outcome(tuple(findings), len(terminals))


CHECKS = (
    Check("admin-flow-from-mgmt-only", 2, _RESTS_ON, ask_admin_flow_from_mgmt_only),
    Check("iot-isolated", 2, _RESTS_ON, ask_iot_isolated),
    Check("system-access-minimal", 2, _RESTS_ON, ask_system_access_minimal),
    Check("lateral-movement-bounded", 1, (PACKETS, LISTENS), ask_lateral_movement_bounded),
    Check("dev-prod-separation", 3, _RESTS_ON, ask_dev_prod_separation),
    Check("log-store-protected", 2, _RESTS_ON, ask_log_store_protected),
)
