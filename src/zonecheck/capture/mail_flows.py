"""Which flows of a capture are mail that a sanitiser hands on, and what answers them.

A flow counts whatever is around it (tunnels, tags) and whatever its TCP flags are: what lies on
the wire may reach its receiver.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from zonecheck.capture.flow_columns import FlowColumns, Ints
from zonecheck.capture.read import FlowTable, Layer, flow_row
from zonecheck.capture.seen_headers import completions, version_of
from zonecheck.model.channel import Leg
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.host import Method
from zonecheck.packets import TCP, PacketSet
from zonecheck.packets.field import VERSIONS
from zonecheck.policy.analysis import Analysis


class Ends(NamedTuple):
    """Two ports that speak to each other, the sender's first."""

    version: int
    source: int
    source_port: int
    destination: int
    destination_port: int

    @property
    def turned(self) -> "Ends":
        """Return the other direction."""
        there = (self.destination, self.destination_port)
        return Ends(self.version, *there, self.source, self.source_port)


@dataclass(slots=True)
class Spoken:
    """The flows between two ports: of the mail, and of the answers to it."""

    mail: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MailFlows:
    """The sanitised mail of a capture; `partly` are flows that may be mail, were more shown."""

    spoken: dict[Ends, Spoken]
    partly: tuple[int, ...]


def mail_flows(analysis: Analysis, table: FlowTable) -> MailFlows:
    """Return the flows of mail that a sanitiser hands on."""
    sent = analysis.excuses(tuple(_sanitised_legs(analysis)), tunnels=True).headers
    sent = sent.with_any_flag()
    columns = FlowColumns(table)
    spoken: dict[Ends, Spoken] = {}
    for flow in _inside(columns, sent):
        spoken.setdefault(_ends(table.layer(flow)), Spoken()).mail.append(flow)
    for flow in _inside(columns, sent.mirror()):
        ends = _ends(table.layer(flow)).turned
        if ends in spoken or table.counts.payload[flow]:
            spoken.setdefault(ends, Spoken()).answers.append(flow)
    return MailFlows(spoken, tuple(_partly(columns, table, sent)))


def _sanitised_legs(analysis: Analysis) -> Iterator[Leg]:
    hosts = analysis.topology.host_by_id
    for channel in analysis.topology.channels:
        if channel.kind == Method.MAIL_TEXT.value:
            for leg in channel.legs:
                if leg.origin.kind is EndpointKind.HOST and hosts[leg.origin.id].two_sided:
                    yield leg


def _ends(layer: Layer) -> Ends:
    """Return the ends of a layer that shows them."""
    version = version_of(layer) or 0
    there = (layer.destination or 0, layer.destination_port or 0)
    return Ends(version, layer.source or 0, layer.source_port or 0, *there)


_ADDRESSED = flow_row.HAS_SOURCE | flow_row.HAS_DESTINATION
_PORTED = flow_row.HAS_SOURCE_PORT | flow_row.HAS_DESTINATION_PORT | flow_row.HAS_PROTOCOL


def _inside(columns: FlowColumns, headers: PacketSet) -> list[int]:
    """Return the flows of TCP between headers of a set that show both ports."""
    found: list[int] = []
    shown = columns.has(_ADDRESSED | _PORTED) & (columns.protocol == TCP)
    for version in VERSIONS:
        which: Ints = np.flatnonzero(columns.of_version(version) & shown)
        if len(which):
            found += which[columns.headers(version, which).inside(headers)].tolist()
    return found


def _partly(columns: FlowColumns, table: FlowTable, sent: PacketSet) -> Iterator[int]:
    """Yield flows that do not show their ports and may be mail by the rest."""
    if not sent:
        return
    tcp = (columns.protocol == TCP) | ~columns.has(flow_row.HAS_PROTOCOL)
    ip = columns.of_version(4) | columns.of_version(6)
    for flow in np.flatnonzero(ip & tcp & columns.has(_ADDRESSED) & ~columns.has(_PORTED)).tolist():
        if completions(sent.space, table.layer(flow)) & sent:
            yield flow
