"""The simulator: one packet through the network, slow and obvious (docs/semantics.md)."""

from zonecheck.simulate.branches import Branch
from zonecheck.simulate.filtering import Decision
from zonecheck.simulate.forwarding import Hop
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.sessions import FilterKey, Sessions
from zonecheck.simulate.trace import Delivery, Drop, Simulator, Trace

__all__ = [
    "Branch",
    "Decision",
    "Delivery",
    "Drop",
    "FilterKey",
    "Hop",
    "Packet",
    "Sessions",
    "Simulator",
    "Trace",
]
