"""What hosts listen to is what somebody is declared to use."""

from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.service import ANY_SERVICE, Service
from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import LISTENS, STRUCTURE, SYSTEMS, Check, Outcome
from zonecheck.policy.extent import extent_of, told_of
from zonecheck.policy.roles import is_printer, is_server, is_terminal, stands_in
from zonecheck.policy.sessions import opening_legs
from zonecheck.policy.verdict import Finding, MissingControl, MissingDeclaration


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
                headers = analysis.plane.filters.services(tuple(idle))
                extent = extent_of("idle", told_of(host), headers)
                findings.append(Finding(message, (), control, source, extent=extent))
    return Outcome(tuple(findings), len(asked), tuple(missing))


def _names_services(services: tuple[Service, ...]) -> bool:
    return bool(services) and ANY_SERVICE not in services


def _is_used(analysis: Analysis, service: Service, used: PacketSet) -> bool:
    headers = analysis.plane.filters.services((service,))
    return (headers.whole - used).is_empty


def _used(analysis: Analysis, host: Host) -> PacketSet:
    """Return the headers of all services that are declared to be used at a host."""
    filters = analysis.plane.filters
    points = {p for p in analysis.plane.domains_of if p.node == host.id}
    found = analysis.space.empty
    for end, headers in analysis.once("used at", lambda: _used_at(analysis)).items():
        if not points.isdisjoint(analysis.standing_for(end)):
            found |= headers
    for service in host.services:
        found |= filters.services((*service.outer, *service.inner))
    return found


def _used_at(analysis: Analysis) -> dict[EndpointRef, PacketSet]:
    """Return the headers of the services declared to be used at each declared endpoint."""
    legs = [*analysis.declared_legs, *opening_legs(analysis)]
    # What is used by any service at all is no use of a certain one.
    for system in analysis.topology.systems:
        legs += [leg for leg in system.uses if _names_services(leg.services)]
    found: dict[EndpointRef, PacketSet] = {}
    for leg in legs:
        known = found.get(leg.destination, analysis.space.empty)
        found[leg.destination] = known | analysis.plane.filters.services(leg.services)
    return found


CHECKS = (Check("unused-service-open", 2, (STRUCTURE, LISTENS, SYSTEMS), ask_unused_service_open),)
