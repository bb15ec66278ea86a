"""Servers no information system claims: what they are to others is not known."""

from zonecheck.model.host import Host
from zonecheck.model.message import Message
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.roles import is_server, stands_in
from zonecheck.policy.verdict import MissingDeclaration


def unlisted(analysis: Analysis) -> list[Host]:
    """Return the servers of the policy's areas that belong to no system of the ledger."""
    topology = analysis.topology
    listed = {host for system in topology.systems for host in system.hosts}
    return [
        host
        for host in topology.hosts
        if host.id not in listed
        and is_server(topology, host)
        and stands_in(topology, host, analysis.areas)
    ]


def missing_systems(analysis: Analysis) -> tuple[MissingDeclaration, ...]:
    """Return that these servers belong to no system."""
    return tuple(
        MissingDeclaration(Message.of("missing.system", subject=host.id), host.source)
        for host in unlisted(analysis)
    )
