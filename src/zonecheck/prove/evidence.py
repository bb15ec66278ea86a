"""Nodes of the information flow, and on what evidence payload moves between them."""

from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.host import RelayService
from zonecheck.packets import PacketSet


@dataclass(frozen=True, slots=True, order=True)
class FlowNode:
    """A node: `kind` is host, stack, external, peer or access.

    `part` is the peer of an external network, or outer, inner or core of a two-sided host.
    """

    kind: str
    id: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.id}/{self.part}" if self.part else self.id


@dataclass(frozen=True, slots=True)
class SessionEdge:
    """Payload moves because `origin` can have `headers` delivered at `destination`."""

    origin: Origin
    destination: AttachmentPoint
    headers: PacketSet


@dataclass(frozen=True, slots=True)
class DomainEdge:
    """Payload moves because both are attached to one broadcast domain."""

    a: AttachmentPoint
    b: AttachmentPoint
    domain: int


@dataclass(frozen=True, slots=True)
class ServiceEdge:
    """A two-sided host hands payload from one side to the other."""

    host: str
    service: RelayService
    reverse: bool


@dataclass(frozen=True, slots=True)
class UndeclaredEdge:
    """A two-sided host or external network without a basis relays between its parts."""

    node: str


Evidence = SessionEdge | DomainEdge | ServiceEdge | UndeclaredEdge
