"""Which systems people outside use: those declared to be public, and those declared to be used.

A host that says `exposure: internal` while a channel leads to it from an open network is used
from outside all the same (docs/semantics.md, section 9).
"""

from collections.abc import Iterator

from zonecheck.model.attribute import values_of
from zonecheck.model.channel import Leg
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.host import Host
from zonecheck.policy.address_bound import beyond_bound
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.sessions import legs_to, points_of

PUBLIC = ("public",)


def published(analysis: Analysis) -> list[Host]:
    """Return the hosts that are public: they say so, or what is declared contradicts them."""
    return analysis.once("published", lambda: _published(analysis))


def _published(analysis: Analysis) -> list[Host]:
    used = {host.id for host, _ in contradicted(analysis)}
    return [
        host
        for host in analysis.topology.hosts
        if values_of(host.attributes, "exposure") == PUBLIC or host.id in used
    ]


def contradicted(analysis: Analysis) -> Iterator[tuple[Host, Leg]]:
    """Yield the hosts that say they are not public and are declared to be used from outside."""
    legs = list(_publishing(analysis))
    for host in analysis.topology.hosts:
        said = values_of(host.attributes, "exposure")
        if said in (None, PUBLIC) or host.two_sided:
            continue
        found = legs_to(analysis, points_of(analysis, [host.id]), legs)
        if found:
            yield host, found[0]


def _publishing(analysis: Analysis) -> Iterator[Leg]:
    """Yield the legs from open networks that anybody there may be behind.

    Maintenance by somebody in particular publishes nothing.
    """
    topology = analysis.topology
    for channel in topology.channels:
        yield from (leg for leg in channel.legs if from_open_network(analysis, leg))
    for entry in topology.maintenance:
        for leg in entry.legs:
            if from_open_network(analysis, leg) and not _is_somebody(analysis, leg):
                yield leg


def from_open_network(analysis: Analysis, leg: Leg) -> bool:
    """Return whether a leg starts in an open network."""
    return leg.origin.id in analysis.topology.external_by_id and analysis.is_open(leg.origin.id)


def _is_somebody(analysis: Analysis, leg: Leg) -> bool:
    """Return whether a leg starts at a peer of few addresses."""
    if leg.origin.kind is not EndpointKind.PEER:
        return False
    addresses = analysis.plane.addressing.endpoint_addresses(leg.origin)
    return not list(beyond_bound(analysis, addresses))
