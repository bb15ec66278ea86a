"""An attachment point, or a place in a file, as part of a line."""

from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.source import NOWHERE, Source
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase


def point_text(point: AttachmentPoint, lang: Lang) -> str:
    """Return what an attachment point is called."""
    if point.kind is AttachmentKind.ACCESS:
        return phrase(lang, "point.access", segment=point.node)
    if point.kind is AttachmentKind.STACK:
        return phrase(lang, "point.stack", device=point.node, interface=point.port)
    if point.kind is AttachmentKind.EDGE:
        return phrase(lang, "point.edge", external=point.node, edge=point.port)
    return str(point)


def place_text(source: Source) -> str:
    """Return `file:line`, empty for what no file says."""
    return "" if source == NOWHERE or not source.line else source.short
