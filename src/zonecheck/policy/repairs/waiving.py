"""Repairs of waivers: taken out where they excuse nothing that is there."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.repair import Repair, Size, removal


def waiver_repairs(topology: Topology) -> Iterator[Repair]:
    """Yield every waiver taken out."""
    for waiver in topology.waivers:
        message = Message.of("repair.waiver-removed", waiver=waiver.id)
        gone = partial(_without_waiver, name=waiver.id)
        yield removal(Size.WAIVER, message, waiver.source, gone, waiver.id)


def without_waiver(topology: Topology, name: str) -> Iterator[Repair]:
    """Yield the repair that takes out the waiver of a name."""
    removed = Message.of("repair.waiver-removed", waiver=name)
    yield from (each for each in waiver_repairs(topology) if each.message == removed)


def _without_waiver(topology: Topology, name: str) -> Topology:
    return replace(
        topology, waivers=tuple(waiver for waiver in topology.waivers if waiver.id != name)
    )
