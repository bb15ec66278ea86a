"""Specific flows are narrow, and the network permits what they declare and no more."""

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.channel import SpecificFlow
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.message import Message
from zonecheck.model.service import ICMP_PROTOCOLS, PORT_PROTOCOLS, PortRange, Service
from zonecheck.packets import PacketSet
from zonecheck.policy.address_bound import beyond_bound
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, Check, Outcome
from zonecheck.policy.crossing import crossings, finding_of
from zonecheck.policy.extent import extent_of, told_of_flow
from zonecheck.policy.flow_ends import names_of, zones_of_flow
from zonecheck.policy.verdict import Finding, MissingControl
from zonecheck.prove import Excuses, Flow


def ask_specific_flow_bounded(analysis: Analysis) -> Outcome:
    """Each flow names few addresses and ports, and between its ends nothing else passes."""
    flows = analysis.topology.specific_flows
    findings: list[Finding] = []
    for flow in flows:
        findings += [_too_wide(analysis, flow, message) for message in _widths(analysis, flow)]
    excuses = analysis.excuses([flow.leg for flow in flows], tunnels=True)
    for between in _by_ends(flows):
        findings += _extra(analysis, between, excuses)
    return Outcome(tuple(findings), len(flows))


def _too_wide(analysis: Analysis, flow: SpecificFlow, message: Message) -> Finding:
    control = MissingControl(flow.id, flow.source)
    extent = extent_of("flow", told_of_flow(analysis, flow))
    return Finding(message, zones_of_flow(analysis, flow), control, flow.source, extent=extent)


def _widths(analysis: Analysis, flow: SpecificFlow) -> list[Message]:
    """Return in what respects a declaration itself is too wide."""
    found: list[Message] = []
    for end in (flow.origin, flow.destination):
        found += _width_of_end(analysis, flow, end)
    to = analysis.plane.addressing.to(flow.addressed_as)
    found += _too_many(analysis, flow, flow.destination, to)
    found += _width_of_services(analysis, flow)
    wanted = analysis.profile.specific_flow.bind
    lacking = [name for name in wanted if name not in flow.bind]
    if lacking:
        names = ", ".join(lacking)
        found.append(Message.of("specific-flow-bounded.bind", flow=flow.id, lacking=names))
    return found


def _width_of_end(analysis: Analysis, flow: SpecificFlow, end: EndpointRef) -> list[Message]:
    if end.kind in (EndpointKind.SEGMENT, EndpointKind.EXTERNAL):
        return [Message.of("specific-flow-bounded.end", flow=flow.id, end=end)]
    if not _declares_addresses(analysis, end):
        return [Message.of("specific-flow-bounded.no-address", flow=flow.id, end=end)]
    return _too_many(analysis, flow, end, analysis.plane.addressing.endpoint_addresses(end))


def _declares_addresses(analysis: Analysis, end: EndpointRef) -> bool:
    """Return whether every card of an end has an address; one without takes any that is free."""
    if end.kind is EndpointKind.HOST:
        cards = analysis.topology.host_by_id[end.id].interfaces
        return bool(cards) and all(card.addresses for card in cards)
    return bool(analysis.topology.addresses_of(end))


def _too_many(
    analysis: Analysis, flow: SpecificFlow, end: EndpointRef, addresses: PacketSet
) -> list[Message]:
    code = "specific-flow-bounded.addresses"
    return [
        Message.of(code, flow=flow.id, end=end, version=version, prefix=prefix)
        for version, prefix in beyond_bound(analysis, addresses)
    ]


def _width_of_services(analysis: Analysis, flow: SpecificFlow) -> list[Message]:
    if not flow.services or not all(map(_names_ports, flow.services)):
        return [Message.of("specific-flow-bounded.service", flow=flow.id)]
    limit = analysis.profile.specific_flow.ports
    ports = {
        (service.protocol, number)
        for service in flow.services
        for item in _numbers(service)
        for number in range(item.low, min(item.high, item.low + limit) + 1)
    }
    if len(ports) > limit:
        return [Message.of("specific-flow-bounded.ports", flow=flow.id, limit=limit)]
    return []


def _names_ports(service: Service) -> bool:
    if service.protocol not in PORT_PROTOCOLS | ICMP_PROTOCOLS:
        return False
    return bool(_numbers(service))


def _numbers(service: Service) -> tuple[PortRange, ...]:
    return service.icmp_types if service.protocol in ICMP_PROTOCOLS else service.ports


def _by_ends(flows: tuple[SpecificFlow, ...]) -> list[list[SpecificFlow]]:
    """Return the flows by the two ends they join, whichever opens."""
    found: dict[frozenset[EndpointRef], list[SpecificFlow]] = {}
    for flow in flows:
        found.setdefault(frozenset({flow.origin, flow.destination}), []).append(flow)
    return list(found.values())


def _extra(analysis: Analysis, flows: list[SpecificFlow], excuses: Excuses) -> list[Finding]:
    """Return what passes fresh between the addresses of two ends, either way, undeclared."""
    one, other = flows[0].origin, flows[0].destination
    directions = ((one, other), (other, one))
    addressing = analysis.plane.addressing
    to = {end: addressing.endpoint_addresses(end) for end in (one, other)}
    at = {end: analysis.standing_for(end) for end in (one, other)}

    def spoken_of(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return any(a in at[x] and b in at[y] for x, y in directions)

    def undeclared(flow: Flow, origin: Origin, destination: AttachmentPoint) -> PacketSet:
        headers = analysis.space.empty
        for x, y in directions:
            if origin.point in at[x] and destination in at[y]:
                headers |= flow.at_once.arriving(to[y]) & addressing.swap(to[x])
        return headers & excuses.judge(flow.at_once, origin, destination).fresh

    found = crossings(analysis, analysis.reach, spoken_of, undeclared)
    code = "specific-flow-bounded.extra"
    return [finding_of(analysis, crossing, code, flow=names_of(flows)) for crossing in found]


CHECKS = (Check("specific-flow-bounded", 1, (PACKETS,), ask_specific_flow_bounded),)
