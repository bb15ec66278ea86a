"""What of a design a capture never shows: of that it says nothing, for good or ill."""

from collections.abc import Iterable, Iterator

import numpy as np

from zonecheck.capture.flow_columns import FlowColumns
from zonecheck.capture.judgement import (
    MAC_BINDING,
    PRIVATE_DEVICE,
    SESSION_WINDOW,
    UNUSED_SERVICE,
)
from zonecheck.capture.read import FlowTable
from zonecheck.model.attribute import values_of
from zonecheck.model.filter import Action, Filter
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.packets import HeaderColumns, PacketSet
from zonecheck.packets.field import VERSIONS
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.legs import leg_parts

Seen = list[HeaderColumns]


def seen_headers(table: FlowTable) -> Seen:
    """Return the plain headers of a capture."""
    columns = FlowColumns(table)
    found = []
    for version in VERSIONS:
        which = np.flatnonzero(columns.of_version(version) & columns.plain)
        if len(which):
            found.append(columns.headers(version, which))
    return found


def unseen_flows(analysis: Analysis, seen: Seen) -> tuple[str, ...]:
    """Return the services of declared flows no packet belongs to, as sent or as answered."""
    found = []
    for part in leg_parts(analysis.topology):
        excuses = analysis.excuses([part.leg], tunnels=True)
        declared = excuses.headers & analysis.plane.filters.services((part.service,))
        if not _any(seen, declared.with_any_flag() | declared.mirror()):
            found.append(str(part))
    return tuple(dict.fromkeys(found))


def unseen_rules(analysis: Analysis, seen: Seen) -> tuple[str, ...]:
    """Return the permits of filters that no packet matches, as `device: rule`."""
    compiled = analysis.plane.filters
    found = []
    for node, item in _filters(analysis):
        for number, rule in enumerate(item.rules or (), 1):
            if rule.action is Action.PERMIT:
                headers = (
                    compiled.addresses(rule.sources, source=True)
                    & compiled.addresses(rule.destinations, source=False)
                    & compiled.services(rule.services)
                )
                if not _any(seen, headers):
                    found.append(f"{node}: {rule.name or number}")
    return tuple(dict.fromkeys(found))


def not_spoken_of(topology: Topology) -> dict[str, Message]:
    """Return the checks no packet could refute: the design has nothing they ask about."""
    hosts = topology.hosts
    cards = [card for host in hosts for card in host.interfaces]
    present = {
        MAC_BINDING: any("mac" in flow.bind for flow in topology.specific_flows),
        PRIVATE_DEVICE: any(
            values_of(host.attributes, "ownership") == ("private",) for host in hosts
        ),
        UNUSED_SERVICE: any(card.listens is not None for card in cards),
        SESSION_WINDOW: any(entry.window is not None for entry in topology.maintenance),
    }
    nothing = Message.of("capture.nothing-to-ask")
    return {check: nothing for check, there in present.items() if not there}


def unseen_zones(analysis: Analysis, seen: Iterable[str]) -> tuple[str, ...]:
    """Return the zones of the policy that no packet comes from or goes to."""
    present = frozenset(seen)
    return tuple(zone for zone in sorted(analysis.areas) if zone not in present)


def _filters(analysis: Analysis) -> Iterator[tuple[str, Filter]]:
    for device in analysis.topology.devices:
        if device.policy is not None:
            yield device.id, device.policy
        for item in device.filters:
            yield device.id, item


def _any(seen: Seen, headers: PacketSet) -> bool:
    return any(bool(columns.inside(headers).any()) for columns in seen)
