"""Which source addresses an interface accepts, as nft rules (semantics, section 4, steps 1, 2).

The reverse-path check is written out as the addresses it accepts rather than asked of the routes
of the kernel: for IPv6, `fib` also accepts by a shorter prefix what a longer one sends elsewhere.
"""

import itertools
from collections.abc import Iterable

from zonecheck.formats.nftables_ruleset import Draft
from zonecheck.formats.nftables_terms import FAMILY, address_list
from zonecheck.model.address import IPNetwork
from zonecheck.model.device import Device, L3Interface, ReversePath, Route
from zonecheck.packets import MAXIMA, Field, Intervals, normalise

HEAD = "type filter hook prerouting priority raw; policy accept;"
NEIGHBOURS = "icmpv6 type { 133, 134, 135, 136 } ip6 hoplimit 255"
"""What hosts on one link say to find each other; 133 and 134 are router discovery."""


def write_sources(draft: Draft, device: Device, names: dict[str, str]) -> None:
    """Write the chain that drops sources an interface does not accept."""
    lines = draft.chain("arriving", HEAD)
    lines.append(f"{NEIGHBOURS} ip6 saddr {{ ::, fe80::/10 }} accept")
    for face in device.interfaces:
        if face.sources is not None:
            _only(draft, face, names, _covered(face.sources), "drop.source-prefix")
        if face.reverse_path is not None and device.routes is not None:
            _only(draft, face, names, _reverse_path(device, face), "drop.reverse-path")


def _only(
    draft: Draft, face: L3Interface, names: dict[str, str], kept: dict[int, Intervals], code: str
) -> None:
    lines = draft.chain("arriving")
    for version, intervals in kept.items():
        if intervals == ((0, MAXIMA[version][Field.SRC]),):
            continue
        condition = f"meta nfproto ipv{version}"
        if intervals:
            condition = f"{FAMILY[version]} saddr != {{ {address_list(intervals, version)} }}"
        drop = draft.drop(code, face.source, face.id)
        lines.append(f'iifname "{names[face.id]}" {condition} {drop}')


def _covered(prefixes: Iterable[IPNetwork]) -> dict[int, Intervals]:
    found: dict[int, list[tuple[int, int]]] = {4: [], 6: []}
    for prefix in prefixes:
        found[prefix.version].append((int(prefix.network_address), int(prefix.broadcast_address)))
    return {v: normalise(each, MAXIMA[v][Field.SRC]) for v, each in found.items()}


def _reverse_path(device: Device, face: L3Interface) -> dict[int, Intervals]:
    """Return the sources whose best route leaves by the interface (strict), or is there at all."""
    routes = _routes(device, face.vrf)
    return {version: _accepted(routes, face, version) for version in (4, 6)}


def _routes(device: Device, vrf: str) -> dict[IPNetwork, frozenset[str]]:
    """Return the interfaces by which the routes of a VRF lead out; connected ones go first."""
    links = [
        (item.network, face.id)
        for face in device.interfaces
        if face.vrf == vrf
        for item in face.addresses
    ]
    found: dict[IPNetwork, frozenset[str]] = {}
    for prefix, name in links:
        found[prefix] = found.get(prefix, frozenset()) | {name}
    connected = dict(found)
    for route in device.routes or ():
        if route.vrf == vrf and route.prefix not in connected:
            leaving = _leaving(route, links)
            found[route.prefix] = found.get(route.prefix, frozenset()) | leaving
    return found


def _leaving(route: Route, links: list[tuple[IPNetwork, str]]) -> frozenset[str]:
    if route.discard:
        return frozenset()
    named = frozenset() if route.interface is None else frozenset({route.interface})
    found = set(named)
    for hop in route.next_hops:
        around = [(prefix.prefixlen, name) for prefix, name in links if hop in prefix]
        longest = max((length for length, _ in around), default=0)
        found |= {name for length, name in around if length == longest}
    return frozenset(found)


def _accepted(
    routes: dict[IPNetwork, frozenset[str]], face: L3Interface, version: int
) -> Intervals:
    highest = MAXIMA[version][Field.SRC]
    mine = sorted(
        ((p, names) for p, names in routes.items() if p.version == version),
        key=lambda item: item[0].prefixlen,
    )
    cuts = {0, highest + 1}
    for prefix, _ in mine:
        cuts |= {int(prefix.network_address), int(prefix.broadcast_address) + 1}
    edges = sorted(cuts)
    accepted = []
    for low, above in itertools.pairwise(edges):
        best: frozenset[str] | None = None
        for prefix, names in mine:
            if int(prefix.network_address) <= low <= int(prefix.broadcast_address):
                best = names
        if best is None:
            continue
        if face.reverse_path is ReversePath.LOOSE or face.id in best:
            accepted.append((low, above - 1))
    return normalise(accepted, highest)
