"""Other numbers for the same network: VLAN ids and addresses moved by a bijection."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_interface, ip_network

from zonecheck.model.address import AddressRange, IPAddress, IPInterface, IPNetwork
from zonecheck.model.channel import Leg
from zonecheck.model.device import (
    Device,
    L3Interface,
    PolicyRoute,
    Route,
    Standby,
    SwitchPort,
)
from zonecheck.model.external import External
from zonecheck.model.filter import AddressMatch, Filter, Rule
from zonecheck.model.host import Host, HostRoute
from zonecheck.model.nat import SOURCE_NAT, NatRule
from zonecheck.model.segment import Segment
from zonecheck.model.service import PortRange
from zonecheck.model.topology import Topology

LAST_VLAN = 4094
BLOCKS: dict[int, IPNetwork] = {4: ip_network("10.0.0.0/8"), 6: ip_network("fd00::/16")}
STEP_BITS = {4: 16, 6: 80}
"""Inside a block, addresses move by whole steps of this many bits."""


def renumbered(topology: Topology, offset: int) -> Topology:
    """Return the topology with its VLAN ids and private addresses moved round by an offset.

    VLAN ids go round 1 to 4094. Addresses in 10.0.0.0/8 move by a /16 and addresses in
    fd00::/16 by a /48 for each unit, going round inside the block; others stay. Both are
    bijections, so nothing a proof says may change but the numbers in it (where `dtp` may make a
    trunk, its native VLAN is 1 before and after). Ranges that cross the end of a block fall into
    two.

    Raises:
        ValueError: if a prefix is smaller than its block and larger than one step, so that its
            image is no prefix, or if a range that is translated one to one crosses the end of a
            block, so that its image is no range.
    """
    moved = _Renumbering(offset)
    return replace(
        topology,
        segments=tuple(map(moved.segment, topology.segments)),
        hosts=tuple(map(moved.host, topology.hosts)),
        devices=tuple(map(moved.device, topology.devices)),
        externals=tuple(map(moved.external, topology.externals)),
        channels=tuple(replace(c, legs=tuple(map(moved.leg, c.legs))) for c in topology.channels),
        specific_flows=tuple(
            replace(f, addressed_as=moved.ranges(f.addressed_as)) for f in topology.specific_flows
        ),
        maintenance=tuple(
            replace(m, legs=tuple(map(moved.leg, m.legs))) for m in topology.maintenance
        ),
        tunnels=tuple(replace(t, ends=moved.addresses(t.ends)) for t in topology.tunnels),
    )


def renumbered_address(address: IPAddress, offset: int) -> IPAddress:
    """Return where `renumbered` moves an address."""
    block = BLOCKS[address.version]
    if address not in block:
        return address
    low = int(block.network_address)
    inside = int(address) - low + (offset << STEP_BITS[address.version])
    return _address(address.version, low + inside % block.num_addresses)


@dataclass(frozen=True, slots=True)
class _Renumbering:
    offset: int

    def segment(self, segment: Segment) -> Segment:
        return replace(
            segment, vlan=self._vlan(segment.vlan), prefixes=self._networks(segment.prefixes)
        )

    def host(self, host: Host) -> Host:
        cards = (replace(c, addresses=self.ranges(c.addresses)) for c in host.interfaces)
        routes = None if host.routes is None else tuple(map(self._host_route, host.routes))
        return replace(host, interfaces=tuple(cards), routes=routes)

    def device(self, device: Device) -> Device:
        management = device.management
        if management is not None:
            management = tuple(replace(m, sources=self._match(m.sources)) for m in management)
        return replace(
            device,
            interfaces=tuple(map(self._interface, device.interfaces)),
            ports=tuple(map(self._port, device.ports)),
            routes=None if device.routes is None else tuple(map(self._route, device.routes)),
            policy=None if device.policy is None else self._filter(device.policy),
            filters=tuple(map(self._filter, device.filters)),
            management=management,
            nat=tuple(map(self._nat, device.nat)),
            policy_routes=tuple(map(self._policy_route, device.policy_routes)),
            spans=tuple(replace(span, vlan=self._vlan(span.vlan)) for span in device.spans),
            standby=tuple(map(self._member, device.standby)),
        )

    def external(self, external: External) -> External:
        edges = (replace(e, addresses=self.ranges(e.addresses)) for e in external.edges)
        peers = (replace(p, addresses=self.ranges(p.addresses)) for p in external.peers)
        return replace(
            external,
            edges=tuple(edges),
            peers=tuple(peers),
            prefixes=self._networks(external.prefixes),
        )

    def leg(self, leg: Leg) -> Leg:
        return replace(leg, addressed_as=self.ranges(leg.addressed_as))

    def _member(self, member: Standby) -> Standby:
        routes, filters, nat = member.routes, member.filters, member.nat
        return replace(
            member,
            routes=None if routes is None else tuple(map(self._route, routes)),
            policy=None if member.policy is None else self._filter(member.policy),
            filters=None if filters is None else tuple(map(self._filter, filters)),
            nat=None if nat is None else tuple(map(self._nat, nat)),
        )

    def _nat(self, rule: NatRule) -> NatRule:
        target = rule.destination_to
        moved = replace(
            rule,
            sources=self._match(rule.sources),
            destinations=self._match(rule.destinations),
            source_to=self.ranges(rule.source_to),
            destination_to=None if target is None else self._whole(target),
        )
        if rule.one_to_one:
            matched = rule.sources if rule.kind == SOURCE_NAT else rule.destinations
            for item in (*rule.source_to, *(matched.ranges or ())):
                self._whole(item)
        return moved

    def _whole(self, item: AddressRange) -> AddressRange:
        pieces = self._range(item)
        if len(pieces) > 1:
            raise ValueError(f"{item} crosses the end of a block and its image is no range")
        return pieces[0]

    def _policy_route(self, route: PolicyRoute) -> PolicyRoute:
        hop = route.next_hop
        return replace(
            route,
            sources=self._match(route.sources),
            destinations=self._match(route.destinations),
            next_hop=None if hop is None else renumbered_address(hop, self.offset),
        )

    def _interface(self, interface: L3Interface) -> L3Interface:
        sources = interface.sources
        return replace(
            interface,
            addresses=tuple(map(self._own, interface.addresses)),
            vlan=self._vlan(interface.vlan),
            sources=None if sources is None else self._networks(sources),
            virtual=self.addresses(interface.virtual),
        )

    def _port(self, port: SwitchPort) -> SwitchPort:
        allowed = tuple(piece for item in port.allowed for piece in self._vlans(item))
        return replace(
            port,
            vlan=self._vlan(port.vlan),
            allowed=allowed,
            native=self._vlan(port.native),
            other_vlans=tuple(self._vlan(vlan) or vlan for vlan in port.other_vlans),
        )

    def _route(self, route: Route) -> Route:
        hops = self.addresses(route.next_hops)
        return replace(route, prefix=self._network(route.prefix), next_hops=hops)

    def addresses(self, addresses: Iterable[IPAddress]) -> tuple[IPAddress, ...]:
        return tuple(renumbered_address(address, self.offset) for address in addresses)

    def _host_route(self, route: HostRoute) -> HostRoute:
        hop = route.next_hop
        moved = None if hop is None else renumbered_address(hop, self.offset)
        return replace(route, prefix=self._network(route.prefix), next_hop=moved)

    def _filter(self, item: Filter) -> Filter:
        rules, session_rules = (
            None if listed is None else tuple(map(self._rule, listed))
            for listed in (item.rules, item.session_rules)
        )
        return replace(item, rules=rules, session_rules=session_rules)

    def _rule(self, rule: Rule) -> Rule:
        return replace(
            rule, sources=self._match(rule.sources), destinations=self._match(rule.destinations)
        )

    def _match(self, match: AddressMatch) -> AddressMatch:
        if match.ranges is None:
            return match
        ranges = self.ranges(match.ranges)
        text = ",".join(map(str, ranges)) or "none"
        return AddressMatch(ranges, match.negated, f"not {text}" if match.negated else text)

    def _vlan(self, vlan: int | None) -> int | None:
        return None if vlan is None else (vlan - 1 + self.offset) % LAST_VLAN + 1

    def _vlans(self, item: PortRange) -> tuple[PortRange, ...]:
        if item.high - item.low + 1 >= LAST_VLAN:
            return (item,)
        low, high = self._vlan(item.low) or item.low, self._vlan(item.high) or item.high
        if low <= high:
            return (PortRange(low, high),)
        return PortRange(low, LAST_VLAN), PortRange(1, high)

    def _own(self, address: IPInterface) -> IPInterface:
        self._network(address.network)
        return ip_interface(
            (renumbered_address(address.ip, self.offset), address.network.prefixlen)
        )

    def _networks(self, networks: Iterable[IPNetwork]) -> tuple[IPNetwork, ...]:
        return tuple(map(self._network, networks))

    def _network(self, network: IPNetwork) -> IPNetwork:
        block = BLOCKS[network.version]
        if network.network_address not in block or network.prefixlen <= block.prefixlen:
            return network
        if network.prefixlen < network.max_prefixlen - STEP_BITS[network.version]:
            raise ValueError(f"{network} is larger than a step of renumbering and has no image")
        moved = renumbered_address(network.network_address, self.offset)
        return ip_network((moved, network.prefixlen))

    def ranges(self, ranges: Iterable[AddressRange]) -> tuple[AddressRange, ...]:
        return tuple(piece for item in ranges for piece in self._range(item))

    def _range(self, item: AddressRange) -> tuple[AddressRange, ...]:
        """Return the image of a range: what lies before, inside and after the block."""
        first, last = AddressRange.of_network(BLOCKS[item.version]).interval
        low, high = item.interval
        if high < first or last < low or (low <= first and last <= high):
            return (item,)
        pieces = [(low, first - 1)] if low < first else []
        start, end = max(low, first), min(high, last)
        moved_start, moved_end = (
            int(renumbered_address(_address(item.version, bound), self.offset))
            for bound in (start, end)
        )
        if moved_start <= moved_end:
            pieces.append((moved_start, moved_end))
        else:
            pieces += [(moved_start, last), (first, moved_end)]
        if high > last:
            pieces.append((last + 1, high))
        return tuple(
            AddressRange(_address(item.version, a), _address(item.version, b)) for a, b in pieces
        )


def _address(version: int, value: int) -> IPAddress:
    return ip_address(value.to_bytes(4 if version == 4 else 16, "big"))
