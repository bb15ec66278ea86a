"""What hosts listen to is what somebody is declared to use."""

from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import STRUCTURE, SYSTEMS, Check, Outcome
from zonecheck.policy.roles import is_printer, is_server, is_terminal, stands_in
from zonecheck.policy.sessions import opening_legs
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import covers


def ask_unused_service_open(analysis: Analysis) -> Outcome:
    """Every service a host listens to is one that a declared session uses."""
    topology = analysis.topology
    areas = frozenset(zone.id for zone in analysis.profile.zones)
    asked = [
        host
        for host in topology.hosts
        if (is_server(host) or is_printer(host) or is_terminal(host))
        and stands_in(topology, host, areas)
    ]
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    for host in asked:
        used = _used(analysis, host)
        for card in host.interfaces:
            if card.listens is None:
                item = Message.of("missing.listens", subject=host.id, interface=card.id)
                missing.append(MissingDeclaration(item, card.source))
                continue
            idle = [s for s in card.listens.services if not _is_used(analysis, s, used)]
            if idle:
                services = ", ".join(map(str, idle))
                message = Message.of(
                    "unused-service-open.idle",
                    host=host.id,
                    interface=card.id,
                    services=services,
                )
                source = card.listens.source
                control = MissingControl(f"{host.id}/{card.id}", source)
                findings.append(Finding(message, (), control, source))
    return Outcome(tuple(findings), len(asked), tuple(missing))


def _is_used(analysis: Analysis, service: object, used: PacketSet) -> bool:
    headers = analysis.plane.filters.services((service,))  # type: ignore[arg-type]
    return (headers.whole - used).is_empty


def _used(analysis: Analysis, host: Host) -> PacketSet:
    """Return the headers of all services that are declared to be used at a host."""
    topology, filters = analysis.topology, analysis.plane.filters
    legs = [*analysis.declared_legs, *opening_legs(analysis)]
    legs += [leg for system in topology.systems for leg in system.uses]
    points = [p for p in analysis.plane.domains_of if p.node == host.id]
    found = analysis.space.empty
    for leg in legs:
        if any(covers(topology, leg.destination, point) for point in points):
            found |= filters.services(leg.services)
    for service in host.services:
        found |= filters.services((*service.outer, *service.inner))
    return found


CHECKS = (Check("unused-service-open", 2, (STRUCTURE, SYSTEMS), ask_unused_service_open),)
