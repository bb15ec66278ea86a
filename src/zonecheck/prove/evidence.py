"""Nodes of the information flow, and on what evidence payload moves between them."""

from dataclasses import dataclass

from zonecheck.dataplane import Origin
from zonecheck.model.attachment import AttachmentPoint
from zonecheck.model.host import RelayService
from zonecheck.model.source import Source
from zonecheck.packets import PacketSet


@dataclass(frozen=True, slots=True, order=True)
class FlowNode:
    """A node: `kind` is host, stack, external, peer, access, hypervisor or datastore.

    `out-of-band` stands for what lies beyond a line that leads outside and does not say where.

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


@dataclass(frozen=True, slots=True)
class PlatformEdge:
    """Payload moves below the network: through a platform, a mirror port, an out-of-band path.

    `kind` is hypervisor, datastore, span, out-of-band or admission; `subject` names the one.
    """

    kind: str
    subject: str
    source: Source


HYPERVISOR = "hypervisor"
DATASTORE = "datastore"
SPAN = "span"
OUT_OF_BAND = "out-of-band"
ADMISSION = "admission"

Evidence = SessionEdge | DomainEdge | ServiceEdge | UndeclaredEdge | PlatformEdge
