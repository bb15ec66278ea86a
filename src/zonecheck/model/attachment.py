"""Attachment points: where packets start and where they arrive."""

from enum import Enum
from typing import NamedTuple


class AttachmentKind(Enum):
    """What kind of place an attachment point is."""

    __hash__ = object.__hash__  # one object a member; points are hashed millions of times

    HOST = "host"
    ACCESS = "access"
    EDGE = "edge"
    STACK = "stack"


class AttachmentPoint(NamedTuple):
    """A place in the network (docs/semantics.md, sections 2 and 4).

    - HOST: `node` a host or host group, `port` its interface
    - ACCESS: the access ports of segment `node`; `port` is empty
    - EDGE: `node` an external network, `port` its edge
    - STACK: the own stack of device `node`, at its interface `port`

    A tuple, because points are keys everywhere and a tuple is hashed and compared the fastest.
    """

    kind: AttachmentKind
    node: str
    port: str = ""

    @property
    def order(self) -> tuple[str, str, str]:
        """Return a key that sorts attachment points the same way everywhere."""
        return self.kind.value, self.node, self.port

    def __str__(self) -> str:
        if self.kind is AttachmentKind.ACCESS:
            return f"{self.node}/*"
        return f"{self.node}/{self.port}"
