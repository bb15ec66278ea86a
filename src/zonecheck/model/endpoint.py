"""References to what sends or receives: hosts, segments, external networks, peers, devices."""

from dataclasses import dataclass
from enum import Enum


class EndpointKind(Enum):
    """What a reference names."""

    HOST = "host"
    SEGMENT = "segment"
    EXTERNAL = "external"
    PEER = "peer"
    DEVICE = "device"


@dataclass(frozen=True, slots=True, order=True)
class EndpointRef:
    """A named endpoint; `peer` is set for a peer inside an external network only."""

    kind: EndpointKind
    id: str
    peer: str = ""

    def __str__(self) -> str:
        return f"{self.id}/{self.peer}" if self.peer else self.id
