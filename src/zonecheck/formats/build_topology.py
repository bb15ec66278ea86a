"""The topology from the elements of a file: references resolved, then checked as a whole."""

from collections.abc import Mapping

from zonecheck.formats.address_terms import AddressBook, AddressTerms
from zonecheck.formats.build_devices import build_device
from zonecheck.formats.build_externals import build_externals
from zonecheck.formats.build_flows import (
    build_channels,
    build_maintenance,
    build_specific_flows,
    build_tunnels,
)
from zonecheck.formats.build_hosts import build_hosts
from zonecheck.formats.build_interfaces import build_interfaces
from zonecheck.formats.build_platform import (
    build_datastores,
    build_hypervisors,
    build_out_of_band,
)
from zonecheck.formats.build_ports import LinkBuilder
from zonecheck.formats.build_segments import build_segments
from zonecheck.formats.build_ssids import build_ssids
from zonecheck.formats.build_states import build_states
from zonecheck.formats.build_systems import build_systems
from zonecheck.formats.build_waivers import build_waivers
from zonecheck.formats.check_addresses import check_claims, check_prefixes
from zonecheck.formats.check_cables import check_cables
from zonecheck.formats.check_vlans import check_vlans
from zonecheck.formats.context import Context, complete
from zonecheck.formats.names import Names
from zonecheck.formats.policy_schema import build_policies
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element
from zonecheck.formats.service_names import ServiceNames
from zonecheck.model.address import AddressRange
from zonecheck.model.device import L3Interface
from zonecheck.model.external import External
from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.segment import Segment
from zonecheck.model.topology import Topology


def build_topology(root: Element, problems: Problems) -> Topology:
    """Return the topology; where problems were added it is not fit for use."""
    names = Names(root, problems)
    elements: Mapping[str, Element] = root["devices"] or {}
    segments = build_segments(root["segments"], elements, names, problems)
    segments |= build_ssids(root["ssids"], segments, elements, names, problems)
    services = ServiceNames(root["services"], problems)
    context = Context(problems, names, services, segments, _unsure(root, segments))
    externals = build_externals(root["externals"], context)
    hosts = build_hosts(root["hosts"], context)
    interfaces = {name: build_interfaces(name, part, context) for name, part in elements.items()}
    book = _address_book(context, hosts, interfaces, externals, root)
    terms = AddressTerms(names, book, root["objects"] or {}, problems)
    links = LinkBuilder(elements, interfaces, hosts, context)
    built_links = links.links(root["links"])
    devices = tuple(
        build_device(name, part, interfaces[name], links.ports[name], terms, context)
        for name, part in elements.items()
    )
    links.report_unplaced()
    check_claims(context)
    check_prefixes(root, context)
    if not problems.has_any and not any(
        root[key] for key in ("segments", "hosts", "devices", "externals")
    ):
        problems.add(root.source, "topology.empty")
    check_vlans(root, devices, context)
    check_cables(built_links, devices, context)
    return Topology(
        name=root["name"],
        profile=root["profile"],
        zones=names.zones,
        segments=tuple(segments.values()),
        hosts=hosts,
        devices=devices,
        links=built_links,
        externals=externals,
        channels=build_channels(root["channels"], context),
        specific_flows=build_specific_flows(root["specific_flows"], context),
        maintenance=build_maintenance(root["maintenance"], context),
        systems=build_systems(root["systems"], context),
        tunnels=build_tunnels(root["tunnels"], context),
        hypervisors=build_hypervisors(root["hypervisors"], context),
        datastores=build_datastores(root["datastores"], context),
        out_of_band=build_out_of_band(root["out_of_band"], context),
        policies=build_policies(root["policies"], context),
        states=build_states(root["states"], devices, built_links, context),
        waivers=build_waivers(root["waivers"]),
        source=root.source,
        profile_source=root.source_of("profile"),
    )


def _address_book(
    context: Context,
    hosts: tuple[Host, ...],
    interfaces: Mapping[str, tuple[L3Interface, ...]],
    externals: tuple[External, ...],
    root: Element,
) -> AddressBook:
    ranges: dict[str, tuple[AddressRange, ...]] = {}
    missing: dict[str, Message] = {}
    cards_of: dict[str, tuple[AddressRange, ...]] = {}
    for segment in context.segments.values():
        ranges[segment.id] = segment.ranges
        if not segment.prefixes:
            missing[segment.id] = Message.of("hint.give-prefix", name=segment.id)
    for host in hosts:
        ranges[host.id] = tuple(r for card in host.interfaces for r in card.addresses)
        cards_of |= {f"{host.id}/{card.id}": card.addresses for card in host.interfaces}
        if not all(card.addresses for card in host.interfaces):
            near = next((c.segment for c in host.interfaces if c.segment), "-")
            missing[host.id] = Message.of("hint.name-segment", segment=near)
    for name, cards in interfaces.items():
        own = [AddressRange.of_address(a.ip) for card in cards for a in card.addresses]
        ranges[name] = tuple(own)
        for card in cards:
            addresses = (AddressRange.of_address(a.ip) for a in card.addresses)
            cards_of[f"{name}/{card.id}"] = tuple(addresses)
        if not own:
            missing[name] = Message.of("hint.give-address", name=name)
    for external in externals:
        peers = {peer.id: peer.addresses for peer in external.peers}
        own = [AddressRange.of_network(prefix) for prefix in external.prefixes]
        ranges[external.id] = tuple(own) + tuple(r for own in peers.values() for r in own)
        if not external.prefixes:
            missing[external.id] = Message.of("hint.any-with-interface", name=external.id)
        ranges |= {f"{external.id}/{peer}": found for peer, found in peers.items()}
    return AddressBook(ranges, missing, cards_of, _broken(root) | context.unsure)


def _unsure(root: Element, segments: Mapping[str, Segment]) -> frozenset[str]:
    """Return the ids of segments some of whose prefixes could not be read, and SSIDs on them."""
    parts = (root["segments"] or {}).items()
    unsure = {name for name, part in parts if not complete(part, "prefix")}
    laid = {name for name, segment in segments.items() if segment.laid_on in unsure}
    return frozenset(unsure | laid)


def _broken(root: Element) -> frozenset[str]:
    """Return the ids of elements whose addresses could not all be read."""
    found: set[str] = set()
    for section, parts, key in (
        ("hosts", "interfaces", "ip"),
        ("devices", "interfaces", "ip"),
        ("externals", "peers", "ip"),
    ):
        for name, element in (root[section] or {}).items():
            own = [element] if key in element.values else []
            if not all(complete(part, key) for part in [*own, *(element[parts] or {}).values()]):
                found.add(name)
            if "prefix" in element.values and not complete(element, "prefix"):
                found.add(name)
    return frozenset(found)
