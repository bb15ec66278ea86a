"""What hosts listen to is what somebody is declared to use."""

from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.service import ANY_SERVICE, Service
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import LISTENS, STRUCTURE, SYSTEMS, Check, Outcome
from zonecheck.policy.roles import is_printer, is_server, is_terminal, stands_in
from zonecheck.policy.sessions import opening_legs
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration
from zonecheck.prove import covers


def ask_unused_service_open(analysis: Analysis) -> Outcome:
    """Every service a host listens to is one that a declared session uses."""
    topology = analysis.topology
    asked = [
        host
        for host in topology.hosts
        if (is_server(topology, host) or is_printer(host) or is_terminal(topology, host))
        and stands_in(topology, host, analysis.areas)
    ]
    findings: list[Finding] = []
    missing: list[MissingDeclaration] = []
    for system in topology.systems:
        if system.clients and not _names_services(system.services):
            item = Message.of("missing.system-key", subject=system.id, key="service")
            missing.append(MissingDeclaration(item, system.source))
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


def _names_services(services: tuple[Service, ...]) -> bool:
    return bool(services) and ANY_SERVICE not in services


def _is_used(analysis: Analysis, service: Service, used: PacketSet) -> bool:
    headers = analysis.plane.filters.services((service,))
    return (headers.whole - used).is_empty


def _used(analysis: Analysis, host: Host) -> PacketSet:
    """Return the headers of all services that are declared to be used at a host."""
    topology, filters = analysis.topology, analysis.plane.filters
    legs = [*analysis.declared_legs, *opening_legs(analysis)]
    # What is used by any service at all is no use of a certain one.
    legs += [leg for s in topology.systems for leg in s.uses if _names_services(leg.services)]
    points = [p for p in analysis.plane.domains_of if p.node == host.id]
    found = analysis.space.empty
    for leg in legs:
        if any(covers(topology, leg.destination, point) for point in points):
            found |= filters.services(leg.services)
    for service in host.services:
        found |= filters.services((*service.outer, *service.inner))
    return found


CHECKS = (Check("unused-service-open", 2, (STRUCTURE, LISTENS, SYSTEMS), ask_unused_service_open),)
