"""Public hypothesis strategies: whole networks, edits of them, and packets in them.

`topologies()`, `edits(topology)`, `edited(topology)`, `packets(topology)` and `flows(topology)`
are for tests of designs and of tools that read them; the others are their parts. All take keyword
arguments, check them when they are first drawn from, favour the bounds of what a design names, and
shrink to the plainest example. `docs/testing.md` shows them at work.
"""

from zonecheck.strategies.addresses import address_matches, address_ranges, addresses, networks
from zonecheck.strategies.attachments import attachment_points
from zonecheck.strategies.edits import Edited, edited, edits
from zonecheck.strategies.filters import filters, rules
from zonecheck.strategies.headers import HeaderValues, headers
from zonecheck.strategies.services import services
from zonecheck.strategies.topologies import topologies
from zonecheck.strategies.traffic import Flow, flows, packets

__all__ = [
    "Edited",
    "Flow",
    "HeaderValues",
    "address_matches",
    "address_ranges",
    "addresses",
    "attachment_points",
    "edited",
    "edits",
    "filters",
    "flows",
    "headers",
    "networks",
    "packets",
    "rules",
    "services",
    "topologies",
]
