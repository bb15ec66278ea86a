"""Attributes from their elements."""

from datetime import date

from zonecheck.formats.names import Names
from zonecheck.formats.record import Element
from zonecheck.formats.shape import Items
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.attribute import Attribute, Attributes
from zonecheck.model.endpoint import EndpointKind


def build_attributes(element: Element, names: Names) -> Attributes:
    """Return the attributes of an element, those that could not be read left out."""
    written: Element | None = element["attributes"]
    if written is None:
        return ()
    found = []
    for name, value in written.values.items():
        values = _values(value, names)
        if values is not None:
            found.append(Attribute(name, values, written.source_of(name)))
    return tuple(found)


def _values(value: object, names: Names) -> tuple[str, ...] | None:
    if value is None:
        return None
    if isinstance(value, Element):
        return tuple(_text(part) for part in value.values.values() if part is not None)
    if isinstance(value, Items):
        texts = [_reference(v, names) if isinstance(v, ScalarNode) else _text(v) for v in value]
        return tuple(text for text in texts if text is not None)
    return (_text(value),)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _reference(node: ScalarNode, names: Names) -> str | None:
    """Return a device or host by id, or a port of one; what names nothing is a problem."""
    owner, slash, port = node.text.partition("/")
    kinds = EndpointKind.DEVICE, EndpointKind.HOST
    found = names.element(ScalarNode(owner, node.plain, node.source), *kinds)
    return None if found is None else found + slash + port
