"""Attributes and systems of a design, as entries of the ledger that can be withdrawn."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from zonecheck.model.attribute import Attributes, attribute
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import Assumption

_OF_ATTRIBUTE = "attribute-"


def holders(topology: Topology) -> Iterator[tuple[str, Attributes]]:
    """Yield what has attributes, by a name of its own, with them."""
    for host in topology.hosts:
        yield host.id, host.attributes
    for device in topology.devices:
        yield device.id, device.attributes
    for segment in topology.segments:
        yield segment.id, segment.attributes
    for external in topology.externals:
        yield external.id, external.attributes
        for edge in external.edges:
            yield f"{external.id}/{edge.id}", edge.attributes
        for peer in external.peers:
            yield f"{external.id}/peers/{peer.id}", peer.attributes
    for path in topology.out_of_band:
        yield f"out_of_band/{path.id}", path.attributes
    for entry in topology.maintenance:
        yield f"maintenance/{entry.id}", entry.attributes


def declared_attributes(topology: Topology, name: str) -> Iterator[Assumption]:
    """Yield where an attribute is declared, and with which values."""
    for holder, attributes in holders(topology):
        found = attribute(attributes, name)
        if found is not None:
            code = _OF_ATTRIBUTE + name.replace("_", "-")
            yield Assumption(code, holder, found.source, declared=found.values)


def attribute_names(topology: Topology) -> tuple[str, ...]:
    """Return the names of all attributes that are declared, in the order they occur in."""
    return tuple(dict.fromkeys(a.name for _, found in holders(topology) for a in found))


def attribute_named(assumption: str) -> str | None:
    """Return the attribute an entry of the ledger speaks of, None if of none."""
    known = assumption.startswith(_OF_ATTRIBUTE)
    return assumption.removeprefix(_OF_ATTRIBUTE).replace("-", "_") if known else None


def without_attribute(topology: Topology, holder: str, name: str) -> Topology:
    """Return the topology without an attribute of one holder."""

    def left(here: str) -> Callable[[Attributes], Attributes]:
        if here != holder:
            return lambda attributes: attributes
        return lambda attributes: tuple(each for each in attributes if each.name != name)

    return replace(
        topology,
        hosts=tuple(replace(h, attributes=left(h.id)(h.attributes)) for h in topology.hosts),
        devices=tuple(replace(d, attributes=left(d.id)(d.attributes)) for d in topology.devices),
        segments=tuple(replace(s, attributes=left(s.id)(s.attributes)) for s in topology.segments),
        externals=tuple(
            replace(
                e,
                attributes=left(e.id)(e.attributes),
                edges=tuple(
                    replace(edge, attributes=left(f"{e.id}/{edge.id}")(edge.attributes))
                    for edge in e.edges
                ),
                peers=tuple(
                    replace(peer, attributes=left(f"{e.id}/peers/{peer.id}")(peer.attributes))
                    for peer in e.peers
                ),
            )
            for e in topology.externals
        ),
        out_of_band=tuple(
            replace(o, attributes=left(f"out_of_band/{o.id}")(o.attributes))
            for o in topology.out_of_band
        ),
        maintenance=tuple(
            replace(m, attributes=left(f"maintenance/{m.id}")(m.attributes))
            for m in topology.maintenance
        ),
    )


def declared_systems(topology: Topology) -> Iterator[Assumption]:
    """Yield the systems of the ledger."""
    for system in topology.systems:
        yield Assumption("system", system.id, system.source, system.ledger or "")


def without_system(topology: Topology, name: str) -> Topology:
    """Return the topology without one of its systems."""
    return replace(topology, systems=tuple(s for s in topology.systems if s.id != name))
