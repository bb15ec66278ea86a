"""Servers no information system claims: what they are to others is not known."""

from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.roles import is_server, stands_in
from zonecheck.policy.verdict import MissingDeclaration


def claimed_by_none(topology: Topology) -> list[Host]:
    """Return the servers that belong to no system of the ledger, wherever they stand."""
    listed = {host for system in topology.systems for host in system.hosts}
    return [h for h in topology.hosts if h.id not in listed and is_server(topology, h)]


def unlisted(analysis: Analysis) -> list[Host]:
    """Return the servers of the policy's areas that belong to no system of the ledger."""
    topology = analysis.topology
    return [h for h in claimed_by_none(topology) if stands_in(topology, h, analysis.areas)]


def missing_systems(analysis: Analysis) -> tuple[MissingDeclaration, ...]:
    """Return that these servers belong to no system."""
    return tuple(
        MissingDeclaration(Message.of("missing.system", subject=host.id), host.source)
        for host in unlisted(analysis)
    )
