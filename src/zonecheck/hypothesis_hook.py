"""What hypothesis calls wherever it is imported and zonecheck is installed: it loads no engine."""

from hypothesis import strategies as st

from zonecheck.model.topology import Topology


def register() -> None:
    """Let `st.from_type(Topology)` draw topologies."""
    st.register_type_strategy(Topology, _topologies)


def _topologies(_: type[Topology]) -> st.SearchStrategy[Topology]:
    from zonecheck.strategies import topologies

    return topologies()
