"""Information systems from their elements."""

from collections.abc import Iterable

from zonecheck.formats.context import Context
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Table
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.system import System


def build_systems(section: Table[str, Element] | None, context: Context) -> tuple[System, ...]:
    """Return the information systems."""
    return tuple(_system(name, element, context) for name, element in (section or {}).items())


def _system(name: str, element: Element, context: Context) -> System:
    hosts = [context.names.element(node, EndpointKind.HOST) for node in element["hosts"] or ()]
    return System(
        id=name,
        hosts=tuple(dict.fromkeys(host for host in hosts if host is not None)),
        title=element["title"],
        ledger=element["ledger"],
        importance=element["importance"],
        clients=_ends(element["clients"], context),
        services=context.services.services(element["service"]),
        admins=_ends(element["admins"], context),
        admin_services=context.services.services(element["admin_service"]),
        admin_basis=element["admin_basis"],
        provides=tuple(element["provides"] or ()),
        environment=element["environment"],
        personal=element["personal"],
        business=element["business"],
        note=element["note"],
        source=element.source,
    )


def _ends(nodes: Iterable[ScalarNode] | None, context: Context) -> tuple[EndpointRef, ...] | None:
    if nodes is None:
        return None
    found = [context.names.endpoint(node) for node in nodes]
    return tuple(dict.fromkeys(end for end in found if end is not None))
