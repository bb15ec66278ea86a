"""Which nodes of the information flow are the Internet and the like (インターネット等)."""

from collections.abc import Iterator

from zonecheck.model.closure import Closure
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import Peer
from zonecheck.model.topology import Topology
from zonecheck.model.zone import INTERNET, MYNUMBER
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.breakout import cloud_ends
from zonecheck.prove import FlowNode

_OUTSIDE = ("external", "peer")


def is_outside(node: FlowNode) -> bool:
    """Return whether a node is an external network or a peer in one."""
    return node.kind in _OUTSIDE


def is_internet_node(analysis: Analysis, node: FlowNode) -> bool:
    """Return whether a node is of the Internet area or an open network."""
    if node.kind == "out-of-band":
        return True
    if node.kind == "hypervisor":
        # It lies in a zone only where anyone may command it.
        return bool(analysis.information.zones_of(node))
    return is_open_node(analysis, node) or INTERNET in analysis.information.zones_of(node)


def is_open_node(analysis: Analysis, node: FlowNode) -> bool:
    """Return whether a node is an open network or connected to one, outside of ours."""
    if not is_outside(node):
        return False
    if analysis.is_open(node.id) or (node.id, node.part) in cloud_ends(analysis.topology):
        return True
    peer = peer_at(analysis, node)
    return peer is not None and peer.internet_connected is True


def peer_at(analysis: Analysis, node: FlowNode) -> Peer | None:
    """Return the peer a node is, None if it is none."""
    if node.kind != "peer":
        return None
    return analysis.topology.external_by_id[node.id].peer(node.part)


def is_connected(peer: Peer, closure: Closure) -> bool:
    """Return whether a peer is connected to the Internet; that it is not needs a basis."""
    if peer.internet_connected is False and peer.basis is not None:
        return False
    return peer.internet_connected is True or closure is Closure.UPPER


def peers_inside(topology: Topology) -> Iterator[tuple[EndpointRef, Peer]]:
    """Yield the peers of networks in the My Number area, where none may be on the Internet."""
    for external in topology.externals:
        if external.zone_tag == MYNUMBER:
            for peer in external.peers:
                yield EndpointRef(EndpointKind.PEER, external.id, peer.id), peer
