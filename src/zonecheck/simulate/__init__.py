"""The simulator: one packet through the network, slow and obvious (docs/semantics.md)."""

from zonecheck.simulate.branches import Branch
from zonecheck.simulate.filtering import Decision
from zonecheck.simulate.hops import Hop
from zonecheck.simulate.packet import Packet
from zonecheck.simulate.sessions import FilterKey, Sessions
from zonecheck.simulate.trace import Delivery, Drop, Simulator, Trace
from zonecheck.simulate.translated import Translated, Translation

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
    "Translated",
    "Translation",
]
