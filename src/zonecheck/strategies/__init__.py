"""Public hypothesis strategies: addresses, filters, whole networks, and headers for them."""

from hypothesis import strategies as st

from zonecheck.model.topology import Topology
from zonecheck.strategies.addresses import address_matches, address_ranges, addresses, networks
from zonecheck.strategies.attachments import attachment_points
from zonecheck.strategies.filters import filters, rules
from zonecheck.strategies.headers import HeaderValues, headers
from zonecheck.strategies.services import services
from zonecheck.strategies.topologies import topologies

__all__ = [
    "HeaderValues",
    "address_matches",
    "address_ranges",
    "addresses",
    "attachment_points",
    "filters",
    "headers",
    "networks",
    "rules",
    "services",
    "topologies",
]


def _hypothesis_setup_hook() -> None:
    """Let `st.from_type(Topology)` draw topologies; hypothesis calls this as its entry point."""
    st.register_type_strategy(Topology, topologies())
