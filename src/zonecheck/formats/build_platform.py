"""Hypervisors, storage and out-of-band paths from their elements."""

from collections.abc import Iterable

from zonecheck.formats.build_attributes import build_attributes
from zonecheck.formats.context import Context
from zonecheck.formats.platform_schema import NO_MANAGEMENT
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Table
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.platform import Datastore, Hypervisor, OutOfBand

_Section = Table[str, Element] | None


def build_hypervisors(section: _Section, context: Context) -> tuple[Hypervisor, ...]:
    """Return the hypervisors."""
    found: list[Hypervisor] = []
    for name, element in (section or {}).items():
        written = element["management"]
        unmanaged = written is NO_MANAGEMENT
        host = None if unmanaged else context.names.element(written, EndpointKind.HOST)
        found.append(
            Hypervisor(
                id=name,
                guests=_hosts(element["guests"], context),
                management=host,
                unmanaged=unmanaged,
                isolation=element["isolation"],
                source=element.source,
            )
        )
    return tuple(found)


def build_datastores(section: _Section, context: Context) -> tuple[Datastore, ...]:
    """Return the storage that hosts share."""
    return tuple(
        Datastore(name, _hosts(element["used_by"], context), element["isolation"], element.source)
        for name, element in (section or {}).items()
    )


def build_out_of_band(section: _Section, context: Context) -> tuple[OutOfBand, ...]:
    """Return the paths beside the network."""
    found: list[OutOfBand] = []
    for name, element in (section or {}).items():
        ends = [context.names.endpoint(node) for node in element["joins"] or ()]
        joins = tuple(dict.fromkeys(end for end in ends if end is not None))
        found.append(
            OutOfBand(
                id=name,
                medium=element["medium"],
                joins=joins,
                enabled=element["enabled"],
                purpose=element["purpose"],
                line=element["line"],
                owner=element["owner"],
                attributes=build_attributes(element, context.names),
                source=element.source,
            )
        )
    return tuple(found)


def _hosts(nodes: Iterable[ScalarNode] | None, context: Context) -> tuple[str, ...]:
    found = [context.names.element(node, EndpointKind.HOST) for node in nodes or ()]
    return tuple(dict.fromkeys(name for name in found if name is not None))
