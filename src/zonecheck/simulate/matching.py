"""Whether a packet fits what a rule, an opening or a management entry says."""

from collections.abc import Iterable

from zonecheck.model.address import IPAddress
from zonecheck.model.device import L3Interface
from zonecheck.model.filter import AddressMatch, Rule
from zonecheck.model.service import PortRange, Service
from zonecheck.simulate.packet import TCP, Packet


def address_fits(match: AddressMatch, address: IPAddress) -> bool:
    """Return whether a match holds an address.

    A negated match holds only for the IP versions it names (section 4, "Filters").
    """
    if match.ranges is None:
        return not match.negated
    inside = any(address in item for item in match.ranges)
    if match.negated:
        return address.version in match.versions and not inside
    return inside


def service_fits(service: Service, packet: Packet) -> bool:
    """Return whether a packet is of a service.

    Ports and types fit only packets whose protocol has them in that IP version (section 3).
    """
    if service.protocol is not None and service.protocol != packet.protocol:
        return False
    if service.established and not (packet.protocol == TCP and packet.established):
        return False
    if service.opening and not (packet.protocol == TCP and not packet.established):
        return False
    destination, source = packet.destination_port, packet.source_port
    if service.ports and not (packet.has_ports and _in(service.ports, destination)):
        return False
    if service.source_ports and not (packet.has_ports and _in(service.source_ports, source)):
        return False
    return not service.icmp_types or (packet.has_type and _in(service.icmp_types, destination))


def services_fit(services: tuple[Service, ...], packet: Packet) -> bool:
    """Return whether a packet is of one of the services; none named means any."""
    return not services or any(service_fits(service, packet) for service in services)


def names_fit(names: tuple[str, ...], interface: L3Interface) -> bool:
    """Return whether an interface is named, by id or by its zone label; none named means any."""
    return not names or interface.id in names or interface.zone_label in names


def rule_fits(rule: Rule, packet: Packet, way: tuple[L3Interface, L3Interface] | None) -> bool:
    """Return whether a packet fits all a rule says.

    `way` is the incoming and the outgoing interface for a policy, None for an interface filter,
    which ignores the interface conditions of its rules (section 4, "Filters").
    """
    if way is not None:
        inward, outward = way
        if not names_fit(rule.in_interfaces, inward):
            return False
        if not names_fit(rule.out_interfaces, outward):
            return False
    return (
        address_fits(rule.sources, packet.source)
        and address_fits(rule.destinations, packet.destination)
        and services_fit(rule.services, packet)
    )


def _in(ranges: Iterable[PortRange], number: int) -> bool:
    return any(number in item for item in ranges)
