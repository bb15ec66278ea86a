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
from zonecheck.dataplane.translation import Restoration, Step, Translation, Way, answers

__all__ = [
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
    "Translation",
    "Way",
    "answers",
]
