"""Network cards of hosts that only have another name: nothing but cables and lists name them."""

from collections.abc import Mapping
from dataclasses import replace

from zonecheck.compare.likeness import bare
from zonecheck.model.attribute import REFERENCES, Attributes
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.link import BETWEEN, Link, LinkEnd
from zonecheck.model.topology import Topology


def card_renaming(old: Topology, new: Topology) -> dict[LinkEnd, str]:
    """Return the new names of cards, by what they are in the old design.

    Hosts must have the same ids in both.
    """
    found: dict[LinkEnd, str] = {}
    for host in old.hosts:
        other = new.host_by_id.get(host.id)
        if other is None or host.interfaces == other.interfaces:
            continue
        kept = {card.id for card in host.interfaces} & {card.id for card in other.interfaces}
        left = [card for card in other.interfaces if card.id not in kept]
        for card in host.interfaces:
            twin = None if card.id in kept else _twin(card, left)
            if twin is not None:
                left.remove(twin)
                found[LinkEnd(host.id, card.id)] = twin.id
    return found


def _twin(card: HostInterface, left: list[HostInterface]) -> HostInterface | None:
    return next((each for each in left if bare(replace(each, id=card.id)) == bare(card)), None)


def with_cards(topology: Topology, names: Mapping[LinkEnd, str]) -> Topology:
    """Return the topology with other names for some cards."""
    if not names:
        return topology
    parts = {str(end): str(LinkEnd(end.node, name)) for end, name in names.items()}
    return replace(
        topology,
        hosts=tuple(_host(host, names) for host in topology.hosts),
        links=tuple(_link(link, names) for link in topology.links),
        externals=tuple(
            replace(
                external,
                attributes=_attributes(external.attributes, parts),
                peers=tuple(
                    replace(p, attributes=_attributes(p.attributes, parts)) for p in external.peers
                ),
            )
            for external in topology.externals
        ),
        states=tuple(
            replace(state, down=tuple(_part(name, parts) for name in state.down))
            for state in topology.states
        ),
        detached=frozenset(_end(end, names) for end in topology.detached),
    )


def _host(host: Host, names: Mapping[LinkEnd, str]) -> Host:
    mine = {end.port: name for end, name in names.items() if end.node == host.id}
    if not mine:
        return host
    routes = None
    if host.routes is not None:
        routes = tuple(
            replace(r, interface=mine.get(r.interface, r.interface)) if r.interface else r
            for r in host.routes
        )
    cards = tuple(replace(card, id=mine.get(card.id, card.id)) for card in host.interfaces)
    return replace(host, interfaces=cards, routes=routes)


def _link(link: Link, names: Mapping[LinkEnd, str]) -> Link:
    return replace(link, a=_end(link.a, names), b=_end(link.b, names))


def _end(end: LinkEnd, names: Mapping[LinkEnd, str]) -> LinkEnd:
    return replace(end, port=names.get(end, end.port))


def _part(name: str, parts: Mapping[str, str]) -> str:
    return BETWEEN.join(parts.get(end, end) for end in name.split(BETWEEN))


def _attributes(attributes: Attributes, parts: Mapping[str, str]) -> Attributes:
    return tuple(
        replace(item, values=tuple(parts.get(value, value) for value in item.values))
        if item.name in REFERENCES
        else item
        for item in attributes
    )
