"""The model compiled to transfer functions on packet sets."""

from zonecheck.dataplane.broadcast import BroadcastDomains
from zonecheck.dataplane.graph import DataPlane
from zonecheck.dataplane.places import (
    DomainTransfer,
    Emission,
    FilterStep,
    Origin,
    Place,
    PlaceTransfer,
    StateKey,
)
from zonecheck.dataplane.terminal_deny import AddressPair, TerminalDenies
from zonecheck.dataplane.translation import Restoration, Step, Translation, Way, answers

__all__ = [
    "AddressPair",
    "BroadcastDomains",
    "DataPlane",
    "DomainTransfer",
    "Emission",
    "FilterStep",
    "Origin",
    "Place",
    "PlaceTransfer",
    "Restoration",
    "StateKey",
    "Step",
    "TerminalDenies",
    "Translation",
    "Way",
    "answers",
]
