"""What verdicts on attachments rest on: platforms, radio, printers, the register, the scope."""

from collections.abc import Iterator

from zonecheck.dataplane import BroadcastDomains
from zonecheck.model.platform import Datastore, Hypervisor
from zonecheck.model.topology import Topology
from zonecheck.policy.check import PRINTERS, REGISTER, SCOPE, WIRELESS
from zonecheck.policy.verdict import Assumption
from zonecheck.prove import authenticates, authenticators


def isolated_platforms(topology: Topology) -> Iterator[Assumption]:
    """Yield the platforms that are said to keep what is on them apart, or to have no manager."""
    platforms: list[Hypervisor | Datastore] = [*topology.hypervisors, *topology.datastores]
    for platform in platforms:
        if platform.isolation is not None:
            basis = platform.isolation
            yield Assumption("platform-isolation", platform.id, platform.source, basis)
    for hypervisor in topology.hypervisors:
        if hypervisor.unmanaged:
            yield Assumption("platform-management", hypervisor.id, hypervisor.source)


def unknown_admission_servers(topology: Topology) -> Iterator[Assumption]:
    """Yield where 802.1X asks a server that no switch says it opens sessions to."""
    asking = [segment for segment in topology.segments if authenticates(segment)]
    if not asking:
        return
    domains = BroadcastDomains(topology)
    known = {segment.id for segment, _, _ in authenticators(topology, domains)}
    for segment in asking:
        if segment.id not in known:
            yield Assumption("admission-server", segment.id, segment.source)


def lines_switched_off(topology: Topology) -> Iterator[Assumption]:
    """Yield the paths beside the network that are said to be switched off."""
    for entry in topology.out_of_band:
        if not entry.enabled:
            yield Assumption("out-of-band-off", entry.id, entry.source)


def taken_on_trust(topology: Topology, kind: str) -> Iterator[Assumption]:
    """Yield the declarations of one kind that no proof looks behind."""
    if kind == WIRELESS:
        yield from _radio(topology)
    elif kind == PRINTERS:
        for host in topology.hosts:
            if host.fax is not None:
                yield Assumption("fax-line", host.id, host.source, declared=(host.fax,))
    elif kind == REGISTER:
        yield from _register(topology)
    elif kind == SCOPE:
        for external in topology.externals:
            if external.scope is not None:
                yield Assumption("out-of-scope", external.id, external.source, external.scope)


def _radio(topology: Topology) -> Iterator[Assumption]:
    for segment in topology.segments:
        radio = segment.wireless
        if radio is not None and (radio.guest or radio.auth is not None):
            declared = None if radio.auth is None else (radio.auth,)
            yield Assumption("wlan-auth", segment.id, segment.source, declared=declared)


def _register(topology: Topology) -> Iterator[Assumption]:
    for external in topology.externals:
        for edge in external.edges:
            declared = _entry(edge.purpose, edge.line, edge.owner)
            if declared:
                subject = f"{external.id}/{edge.id}"
                yield Assumption("register", subject, edge.source, declared=declared)
    for path in topology.out_of_band:
        declared = _entry(path.purpose, path.line, path.owner)
        if declared:
            yield Assumption("register", path.id, path.source, declared=declared)


def _entry(*parts: str | None) -> tuple[str, ...]:
    return tuple(part for part in parts if part is not None)
