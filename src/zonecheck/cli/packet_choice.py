"""The packet that the options of `trace` describe."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from zonecheck.cli.failure import Failure
from zonecheck.cli.natural_address import natural_addresses
from zonecheck.cli.places import Place, find_place
from zonecheck.model.address import IPAddress
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.simulate import Packet

TCP, UDP, ICMP, ICMPV6, SCTP = 6, 17, 1, 58, 132
ECHO_REQUEST = {4: 8, 6: 128}
EPHEMERAL = 49152
FRAGMENTED = {"tcp": TCP, "udp": UDP, "sctp": SCTP, "icmp": ICMP}


@dataclass(frozen=True, slots=True)
class AskedService:
    """What `--tcp`, `--udp`, `--icmp`, `--fragment`, `--sport` and `--established` say.

    `number` is the destination port or ICMP type; None means an echo request. A fragment has none.
    """

    protocol: int
    number: int | None
    source_port: int | None
    established: bool
    fragment: bool = False


def asked_service(
    tcp: int | None,
    udp: int | None,
    icmp: str | None,
    sport: int | None,
    *,
    established: bool,
    fragment: str | None = None,
) -> AskedService:
    """Return the service the options give.

    Raises:
        Failure: none or several are given, or they do not go together.
    """
    given = [(TCP, tcp), (UDP, udp), (ICMP, icmp)]
    chosen = [(protocol, value) for protocol, value in given if value is not None]
    if len(chosen) + (fragment is not None) != 1:
        raise Failure(Message.of("error.one-service"))
    if fragment is not None:
        if established or sport is not None:
            raise Failure(Message.of("error.bare-fragment"))
        return AskedService(FRAGMENTED[fragment], 0, 0, established=False, fragment=True)
    protocol, value = chosen[0]
    if established and protocol != TCP:
        raise Failure(Message.of("error.only-tcp"))
    if protocol == ICMP and sport is not None:
        raise Failure(Message.of("error.sport-icmp"))
    if value == "echo":
        return AskedService(protocol, None, None, established)
    if not str(value).isascii() or not str(value).isdigit() or int(value) > 65535:
        raise Failure(Message.of("error.not-a-type", given=value))
    if protocol == ICMP and int(value) > 255:
        raise Failure(Message.of("error.not-a-type", given=value))
    return AskedService(protocol, int(value), sport, established)


def destination_of(topology: Topology, given: str) -> tuple[Place | None, IPAddress | None]:
    """Return a destination as a place, or as the address it is."""
    try:
        return None, ip_address(given)
    except ValueError:
        return find_place(topology, given), None


def chosen_packet(
    topology: Topology,
    service: AskedService,
    origin: Place,
    destination: tuple[Place | None, IPAddress | None],
    addresses: tuple[str | None, str | None],
) -> Packet:
    """Return the packet, with natural addresses where none are given.

    `addresses` are the texts of `--src-ip` and `--dst-ip`.

    Raises:
        Failure: a place has no address that fits.
    """
    place, address = destination
    sources = _one(addresses[0]) or natural_addresses(topology, origin)
    targets = _one(addresses[1])
    if not targets and address is not None:
        targets = {address.version: address}
    if not targets and place is not None:
        targets = natural_addresses(topology, place)
    target_name = place.name if place is not None else str(address)
    version = _common_version(sources, targets, origin.name, target_name)
    return _packet(service, sources[version], targets[version])


def _packet(service: AskedService, source: IPAddress, destination: IPAddress) -> Packet:
    version = source.version
    protocol = service.protocol
    if service.fragment:
        if protocol == ICMP and version == 6:
            protocol = ICMPV6
        return Packet(source, destination, protocol, fragment=True)
    source_port = EPHEMERAL if service.source_port is None else service.source_port
    if protocol == ICMP:
        protocol = ICMP if version == 4 else ICMPV6
        source_port = 0
    number = ECHO_REQUEST[version] if service.number is None else service.number
    return Packet(
        source=source,
        destination=destination,
        protocol=protocol,
        source_port=source_port,
        destination_port=number,
        established=service.established,
    )


def _one(text: str | None) -> dict[int, IPAddress]:
    if text is None:
        return {}
    try:
        address = ip_address(text)
    except ValueError as error:
        raise Failure(Message.of("error.not-address", given=text)) from error
    return {address.version: address}


def _common_version(
    sources: Mapping[int, IPAddress], targets: Mapping[int, IPAddress], origin: str, target: str
) -> int:
    for name, found in ((origin, sources), (target, targets)):
        if not found:
            raise Failure(Message.of("error.no-address", place=name))
    for version in (4, 6):
        if version in sources and version in targets:
            return version
    raise Failure(Message.of("error.no-common-version", origin=origin, destination=target))
