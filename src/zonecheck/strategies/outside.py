"""External networks: their edges, prefixes and peers."""

from ipaddress import ip_network

from zonecheck.model.address import AddressRange, IPNetwork
from zonecheck.model.external import External, ExternalEdge, Openness, Peer
from zonecheck.strategies.addresses import address_of
from zonecheck.strategies.draft import Draft
from zonecheck.strategies.hosts import ROUTER

BASIS = "contract"


def draw_externals(draft: Draft) -> None:
    """Draw the external networks."""
    if draft.options.externals:
        for number in range(draft.choose.pick((0, 1, 1, 2))):
            draft.externals.append(draft.choose.part(_external, draft, number))


def _external(draft: Draft, number: int) -> External:
    choose = draft.choose
    openness: Openness | None = choose.pick((Openness.OPEN, Openness.CLOSED))
    if draft.options.undeclared and choose.chance(4):
        openness = None
    prefixes = _prefixes(draft, number)
    edges = tuple(_edge(draft, f"e{i}") for i in range(choose.pick((1, 1, 1, 0, 2))))
    peers = tuple(
        Peer(
            f"p{position}",
            _peer_addresses(draft, number, position, prefixes, edges),
            internet_connected=choose.pick((False, True)),
            basis=BASIS,
        )
        for position in range(choose.pick((0, 0, 1, 2)))
    )
    return External(
        id=f"x{number}",
        edges=edges,
        openness=openness,
        zone_tag=choose.pick((None, *draft.options.zones)),
        prefixes=prefixes,
        peers=peers,
        basis=BASIS,
    )


def _prefixes(draft: Draft, number: int) -> tuple[IPNetwork, ...]:
    shape = draft.choose.below(5)
    found: list[IPNetwork] = []
    if shape in (1, 2, 3):
        found.append(ip_network(f"192.0.2.{16 * number}/28"))
    if shape in (3, 4) and draft.options.ipv6:
        found.append(ip_network(f"2001:db8:0:{number}::/64"))
    return tuple(found)


def _edge(draft: Draft, name: str) -> ExternalEdge:
    choose = draft.choose
    segment = choose.pick(draft.segments)
    addresses = []
    if choose.usually():
        for prefix in segment.prefixes:
            address = draft.take(prefix, leave=ROUTER)
            if address is not None:
                addresses.append(AddressRange.of_address(address))
    return ExternalEdge(name, segment.id, tuple(addresses))


def _peer_addresses(
    draft: Draft,
    number: int,
    position: int,
    prefixes: tuple[IPNetwork, ...],
    edges: tuple[ExternalEdge, ...],
) -> tuple[AddressRange, ...]:
    """Return addresses in the network's prefixes, foreign, or in the segment of an edge."""
    choose = draft.choose
    segment = draft.segment(edges[0].segment) if edges and choose.chance(6) else None
    if segment is not None and segment.prefixes:
        address = draft.take(choose.pick(segment.prefixes), leave=ROUTER)
        if address is not None:
            return (AddressRange.of_address(address),)
    if not prefixes:
        address = ip_network("198.51.100.0/24")[16 * number + position]
        return (AddressRange.of_address(address),)
    prefix = choose.pick(prefixes)
    low = int(prefix.network_address) + 4 * position
    high = low + choose.pick((0, 0, 3))
    return (AddressRange(address_of(prefix.version, low), address_of(prefix.version, high)),)
