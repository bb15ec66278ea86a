"""Sections of a design by what names their elements, where several rooms of a comparison ask."""

from typing import Final

WITH_ENDS: Final = ("channels", "specific_flows", "maintenance", "systems", "out_of_band")
"""Sections whose elements refer to ends of flows, peers of external networks included."""
REFERRING: Final = (*WITH_ENDS, "tunnels", "policies", "states")
"""Sections whose elements name those of the others and are named by none."""
