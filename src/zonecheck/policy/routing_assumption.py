"""What is assumed of the routes no one declares (docs/semantics.md, section 4)."""

from dataclasses import replace
from enum import Enum

from zonecheck.dataplane.shortest_paths import with_shortest_paths
from zonecheck.model.device import Device
from zonecheck.model.host import Host
from zonecheck.model.topology import Topology
from zonecheck.policy.check import Statement


class RoutingAssumption(Enum):
    """How packets are taken to be routed.

    DECLARED: by the declared routes, and by any interface where there are none. ANY: by any
    interface everywhere. SHORTEST_PATH: by the declared routes, and along shortest paths where
    there are none.
    """

    DECLARED = "declared"
    ANY = "any"
    SHORTEST_PATH = "shortest-path"


def assuming(topology: Topology, routing: RoutingAssumption) -> Topology:
    """Return a topology with its routes as assumed; it must be in one state."""
    if routing is RoutingAssumption.SHORTEST_PATH:
        return with_shortest_paths(topology)
    if routing is RoutingAssumption.ANY:
        return replace(
            topology,
            devices=tuple(map(_device_of_any, topology.devices)),
            hosts=tuple(map(_host_of_any, topology.hosts)),
        )
    return topology


def basis_of_routes(node: Device | Host, routing: RoutingAssumption) -> str:
    """Return the ledger id of what the routes of a node that forwards rest on."""
    if routing is RoutingAssumption.ANY:
        return "routing-any"
    if node.routes is not None:
        return "routing-declared"
    return "routing-shortest" if routing is RoutingAssumption.SHORTEST_PATH else "routing-any"


def _device_of_any(device: Device) -> Device:
    if not device.kind.forwards or (device.routes is None and not device.policy_routes):
        return device
    return replace(device, routes=None, policy_routes=())


def _host_of_any(host: Host) -> Host:
    return host if host.routes is None else replace(host, routes=None)


def routing_for(stated: Statement, routing: RoutingAssumption) -> RoutingAssumption:
    """Return how packets are taken to be routed in a check.

    By default a check that something works takes shortest paths where it has to guess.
    """
    if not stated.monotone and routing is RoutingAssumption.DECLARED:
        return RoutingAssumption.SHORTEST_PATH
    return routing
