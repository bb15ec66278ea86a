"""What a device takes for itself and sends itself, as nft chains (semantics, section 4, step 3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zonecheck.formats.nftables_filters import is_named
from zonecheck.formats.nftables_ruleset import Draft, remark
from zonecheck.formats.nftables_sources import NEIGHBOURS
from zonecheck.formats.nftables_terms import (
    FAMILY,
    ICMP_OF,
    TCP_ANSWERING,
    address_terms,
    conditions,
    interfaces_term,
    joined,
    service_terms,
)
from zonecheck.formats.problems import Problems
from zonecheck.model.address import IPAddress
from zonecheck.model.device import Device, Opening
from zonecheck.model.filter import ANY_ADDRESS, AddressMatch
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology

_ECHOES = {4: (8, 0), 6: (128, 129)}
_EVERY = tuple(Service(n) for n in range(256) if n not in (1, 58))


def write_own_plane(
    draft: Draft, topology: Topology, device: Device, names: Mapping[str, str], problems: Problems
) -> None:
    """Write the chains of what is for the device itself and of what it opens."""
    if device.management is None:
        problems.add(device.source, "nftables.undeclared-management", device=device.id)
        return
    draft.differs("nftables.neighbours")
    inward = draft.chain("to_self", "type filter hook input priority filter; policy drop;")
    inward += ['iifname "lo" accept', f"{NEIGHBOURS} accept"]
    outward = draft.chain("from_self", "type filter hook output priority filter; policy drop;")
    outward += ['oifname "lo" accept', f"{NEIGHBOURS} accept", "ct state established accept"]
    outward += ["ct state related meta l4proto { 1, 58 } accept"]
    for near, far, service in _tunnel_ends(topology, device):
        family = FAMILY[near.version]
        terms = service_terms(service, near.version)
        if terms is None:
            continue
        inward.append(joined(f"{family} saddr {far} {family} daddr {near}", terms, "accept"))
        outward.append(joined(f"{family} saddr {near} {family} daddr {far}", terms, "accept"))
        mirrored = replace(service, ports=service.source_ports, source_ports=service.ports)
        answers = service_terms(mirrored, near.version)
        if answers is not None and answers != terms:
            # An end opens what its tunnel is made of, so that it takes the replies to that too.
            inward.append(joined(f"{family} saddr {far} {family} daddr {near}", answers, "accept"))
    for entry in device.management:
        faces = [names[f.id] for f in device.interfaces if is_named(f, entry.interfaces)]
        if entry.interfaces and not faces:
            continue
        where = interfaces_term("iifname", faces) if entry.interfaces else ""
        for condition in conditions(entry.sources, ANY_ADDRESS, entry.services):
            verdict = f"counter accept{remark('management', entry.source)}"
            inward.append(joined(where, condition, verdict))
    for opening in device.opens:
        note = remark("opens", opening.source)
        there = _far_end(topology, opening)
        for condition in conditions(ANY_ADDRESS, there, opening.services):
            outward.append(joined(condition, f"counter accept{note}"))
        for condition in _answers(there, opening.services):
            inward.append(joined(condition, f"counter accept{note}"))
    inward.append(draft.drop("drop.local", device.source, "own plane"))


def _far_end(topology: Topology, opening: Opening) -> AddressMatch:
    return AddressMatch(topology.addresses_of(opening.to))


def _answers(far: AddressMatch, services: Sequence[Service]) -> Iterator[str]:
    """Yield the conditions of replies to what is opened: ports the other way round."""
    for service in services or (Service(),):
        for each in _EVERY if service.protocol is None else (service,):
            if each.protocol not in ICMP_OF.values():
                mirrored = replace(each, ports=each.source_ports, source_ports=each.ports)
                flag = TCP_ANSWERING if each.protocol == 6 else ""
                for condition in conditions(far, ANY_ADDRESS, (mirrored,)):
                    yield joined(condition, flag)
        for version in (4, 6):
            yield from _echoes(far, service, version)
        for version, other in ((4, 58), (6, 1)):
            if service.protocol == other and not service.icmp_types:
                # On the other IP version it is a protocol without types.
                yield from _of_version(far, service, version)


def _echoes(far: AddressMatch, service: Service, version: int) -> Iterator[str]:
    if service.protocol not in (None, ICMP_OF[version]):
        return
    for asked, answer in (_ECHOES[version], _ECHOES[version][::-1]):
        if not service.icmp_types or any(asked in item for item in service.icmp_types):
            kind = Service(ICMP_OF[version], icmp_types=(PortRange(answer, answer),))
            yield from conditions(far, ANY_ADDRESS, (kind,))


def _of_version(far: AddressMatch, service: Service, version: int) -> Iterator[str]:
    source = address_terms(far, version, "saddr")
    if source is not None:
        family = "" if source else f"meta nfproto ipv{version}"
        yield joined(family, source, f"meta l4proto {service.protocol}")


def _tunnel_ends(
    topology: Topology, device: Device
) -> Iterator[tuple[IPAddress, IPAddress, Service]]:
    """Yield near end, far end and each outer service of the tunnels that end at the device."""
    own = {item.ip for face in device.interfaces for item in face.addresses}
    for tunnel in topology.tunnels:
        for near in tunnel.ends:
            for far in tunnel.ends:
                if near in own and far != near and near.version == far.version:
                    for service in tunnel.outer_services:
                        yield near, far, service
