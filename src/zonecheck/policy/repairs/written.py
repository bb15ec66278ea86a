"""Declarations as a file says them."""

from collections.abc import Callable, Iterable

from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.repair import Edit

BASIS = "?"
"""What stands for a basis, an operator or an entry of a register nobody has given yet."""
Written = tuple[str, Edit]
"""A declaration as a file says it, and the topology with it."""
Given = dict[str, str]
Answer = Callable[[Topology, Given], Iterable[Written]]
"""What may be declared about what a message names, the likeliest first."""
