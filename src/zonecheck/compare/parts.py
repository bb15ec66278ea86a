"""Parts of elements: names that mean something inside one host, device or external network.

Cards, ports and interfaces share one name space in what bears them; filters, routing tables (VRFs),
edges and peers have their own. PART_FIELDS says where the model writes such names; everything that
reads or rewrites them goes by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, Final

from zonecheck.compare.sections import WITH_ENDS
from zonecheck.model.attribute import REFERENCES, Attributes
from zonecheck.model.device import (
    L3Interface,
    ManagementAccess,
    PolicyRoute,
    Route,
    Span,
    SwitchPort,
)
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import ExternalEdge, Peer
from zonecheck.model.filter import Filter, Rule
from zonecheck.model.host import HostInterface, HostRoute
from zonecheck.model.link import BETWEEN, LinkEnd
from zonecheck.model.nat import NatRule
from zonecheck.model.topology import Topology


class PartKind(Enum):
    """A name space inside an element, by the text between an element and its part."""

    PORT = "/"
    FILTER = ".filters."
    VRF = ".vrf."
    EDGE = ".edges."
    PEER = ".peers."


@dataclass(frozen=True, slots=True)
class Part:
    """A name inside a host, a device or an external network; of standby members the device's."""

    kind: PartKind
    node: str
    name: str

    def __str__(self) -> str:
        return f"{self.node}{self.kind.value}{self.name}"


PART_FIELDS: Final[Mapping[type, Mapping[str, PartKind]]] = {
    HostInterface: {"id": PartKind.PORT},
    HostRoute: {"interface": PartKind.PORT},
    SwitchPort: {"id": PartKind.PORT},
    L3Interface: {
        "id": PartKind.PORT,
        "port": PartKind.PORT,
        "vrf": PartKind.VRF,
        "filter_in": PartKind.FILTER,
        "filter_out": PartKind.FILTER,
    },
    Route: {"interface": PartKind.PORT, "vrf": PartKind.VRF},
    PolicyRoute: {"in_interfaces": PartKind.PORT, "interface": PartKind.PORT},
    Span: {"port": PartKind.PORT},
    ManagementAccess: {"interfaces": PartKind.PORT},
    Filter: {"id": PartKind.FILTER},
    Rule: {"in_interfaces": PartKind.PORT, "out_interfaces": PartKind.PORT},
    NatRule: {"in_interfaces": PartKind.PORT, "out_interfaces": PartKind.PORT},
    ExternalEdge: {"id": PartKind.EDGE},
    Peer: {"id": PartKind.PEER},
}
"""The fields of what an element holds that are names of its parts, alone or several."""
BEARERS: Final = ("hosts", "devices", "externals")


def parts_of(value: Any, node: str) -> frozenset[Part]:
    """Return the parts that an element, or something it holds, names."""
    if isinstance(value, tuple):
        return frozenset().union(*(parts_of(item, node) for item in value))
    if not hasattr(value, "source"):
        return frozenset()
    named = PART_FIELDS.get(type(value), {})
    found: set[Part] = set()
    for each in fields(value):
        held, kind = getattr(value, each.name), named.get(each.name)
        if kind is None:
            found |= parts_of(held, node)
        else:
            names = held if isinstance(held, tuple) else (held,)
            found.update(Part(kind, node, name) for name in names if name is not None)
    return frozenset(found)


def owner(topology: Topology, node: str) -> str:
    """Return what bears the parts of a node: of a standby member its device."""
    return topology.device_of_member.get(node, node)


def end_part(topology: Topology, end: LinkEnd) -> Part:
    """Return the part at an end of a cable, or that an attachment point names."""
    kind = PartKind.EDGE if end.node in topology.external_by_id else PartKind.PORT
    return Part(kind, owner(topology, end.node), end.port)


def place_parts(topology: Topology, place: str) -> tuple[Part, ...]:
    """Return the parts that `a/b` or `a/b -- c/d` names."""
    ends = (end.partition("/") for end in place.split(BETWEEN))
    return tuple(end_part(topology, LinkEnd(a, b)) for a, slash, b in ends if slash)


def with_parts(topology: Topology, names: Mapping[Part, str]) -> Topology:
    """Return the topology with other names for some parts, wherever they are named.

    Nothing in it may be called by a new name yet.
    """
    return _Renaming(topology, names).topology() if names else topology


class _Renaming:
    def __init__(self, topology: Topology, names: Mapping[Part, str]) -> None:
        self._topology = topology
        self._names = names
        self._nodes = {part.node for part in names}
        self._peers = any(part.kind is PartKind.PEER for part in names)

    def topology(self) -> Topology:
        was = self._topology
        changed: dict[str, Any] = {
            section: tuple(self._element(element) for element in getattr(was, section))
            for section in BEARERS
        }
        changed["externals"] = tuple(
            replace(
                external,
                attributes=self._attributes(external.attributes),
                peers=tuple(
                    replace(peer, attributes=self._attributes(peer.attributes))
                    for peer in external.peers
                ),
            )
            for external in changed["externals"]
        )
        for section in WITH_ENDS:
            changed[section] = self._refs(getattr(was, section))
        return replace(
            was,
            **changed,
            links=tuple(replace(k, a=self._end(k.a), b=self._end(k.b)) for k in was.links),
            states=tuple(
                replace(state, down=tuple(map(self._place, state.down))) for state in was.states
            ),
            detached=frozenset(map(self._end, was.detached)),
        )

    def _new(self, part: Part) -> str:
        return self._names.get(part, part.name)

    def _element(self, element: Any) -> Any:
        concerned = self._peers or element.id in self._nodes
        return self._inside(element, element.id) if concerned else element

    def _inside(self, value: Any, node: str) -> Any:
        """Return what an element holds, with the new names of its parts."""
        if isinstance(value, tuple):
            return tuple(self._inside(item, node) for item in value)
        if not hasattr(value, "source"):
            return self._ref(value) if isinstance(value, EndpointRef) else value
        named = PART_FIELDS.get(type(value), {})
        changes: dict[str, Any] = {}
        for each in fields(value):
            was = getattr(value, each.name)
            kind = named.get(each.name)
            if kind is None:
                changes[each.name] = self._inside(was, node)
            elif isinstance(was, tuple):
                changes[each.name] = tuple(self._new(Part(kind, node, name)) for name in was)
            elif was is not None:
                changes[each.name] = self._new(Part(kind, node, was))
        return replace(value, **changes)

    def _refs(self, value: Any) -> Any:
        """Return a value with the new names of the peers it refers to."""
        if isinstance(value, EndpointRef):
            return self._ref(value)
        if isinstance(value, tuple):
            return tuple(map(self._refs, value))
        if not is_dataclass(value) or isinstance(value, type) or not hasattr(value, "source"):
            return value
        return replace(value, **{f.name: self._refs(getattr(value, f.name)) for f in fields(value)})

    def _ref(self, end: EndpointRef) -> EndpointRef:
        if end.kind is not EndpointKind.PEER:
            return end
        return replace(end, peer=self._new(Part(PartKind.PEER, end.id, end.peer)))

    def _end(self, end: LinkEnd) -> LinkEnd:
        return replace(end, port=self._new(end_part(self._topology, end)))

    def _place(self, place: str) -> str:
        ends = (end.partition("/") for end in place.split(BETWEEN))
        return BETWEEN.join(
            a + slash + (self._end(LinkEnd(a, b)).port if slash else "") for a, slash, b in ends
        )

    def _attributes(self, attributes: Attributes) -> Attributes:
        return tuple(
            replace(item, values=tuple(map(self._place, item.values)))
            if item.name in REFERENCES
            else item
            for item in attributes
        )
