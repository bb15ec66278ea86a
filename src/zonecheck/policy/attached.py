"""Attachments to networks of others: edges, and enabled paths beside the network that lead out."""

from dataclasses import dataclass
from typing import Final

from zonecheck.model.attribute import Attributes, values_of
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External, ExternalEdge
from zonecheck.model.platform import OutOfBand
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.prove import leads_nowhere

_OUTSIDE: Final = (EndpointKind.EXTERNAL, EndpointKind.PEER)
MOBILE: Final = "mobile"
MOBILE_MEDIA: Final = ("lte", "usb-tether")
"""Media that are a mobile line, whatever kind of line they are declared to be as well."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment, and the networks of others it joins; none if it does not say which.

    `ends` are what it joins as it is declared: of an edge the segment it is in. `entry` is the edge
    or path itself, which holds its entry in the register of attachments.
    """

    name: str
    attributes: Attributes
    source: Source
    externals: tuple[External, ...] = ()
    medium: str | None = None
    ends: tuple[EndpointRef, ...] = ()
    entry: ExternalEdge | OutOfBand | None = None

    @property
    def line_kinds(self) -> tuple[str, ...]:
        """Return the kinds of its line: what is declared, and what its medium is anyway."""
        declared = values_of(self.attributes, "line_kind") or ()
        known = (MOBILE,) if self.medium in MOBILE_MEDIA else ()
        return tuple(dict.fromkeys((*declared, *known)))


def attachments(topology: Topology) -> list[Attachment]:
    """Return every attachment to a network of others."""
    found = [
        Attachment(
            f"{external.id}/{edge.id}",
            edge.attributes,
            edge.source,
            (external,),
            ends=(EndpointRef(EndpointKind.SEGMENT, edge.segment),),
            entry=edge,
        )
        for external in topology.externals
        for edge in external.edges
    ]
    found += [
        Attachment(
            path.id,
            path.attributes,
            path.source,
            joined(topology, path),
            path.medium,
            path.joins,
            path,
        )
        for path in topology.out_of_band
        if path.enabled and (leads_nowhere(path) or any(e.kind in _OUTSIDE for e in path.joins))
    ]
    return found


def joined(topology: Topology, path: OutOfBand) -> tuple[External, ...]:
    """Return the networks of others a path beside the network joins, whole or by a peer."""
    names = {end.id for end in path.joins if end.kind in _OUTSIDE}
    return tuple(external for external in topology.externals if external.id in names)


def paths_to(topology: Topology, external: External) -> tuple[OutOfBand, ...]:
    """Return the enabled paths beside the network that join a network of others."""
    return tuple(p for p in topology.out_of_band if p.enabled and external in joined(topology, p))
