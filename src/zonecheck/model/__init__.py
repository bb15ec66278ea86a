"""The room model: what a design is, as data."""

from typing import TYPE_CHECKING

from zonecheck.late_names import late_names

if TYPE_CHECKING:
    from zonecheck.model.closure import Closure
    from zonecheck.model.message import Message
    from zonecheck.model.profile import Profile
    from zonecheck.model.states import normal_state, state_named
    from zonecheck.model.topology import Topology
else:
    __getattr__ = late_names(
        __name__,
        {
            "Closure": "closure",
            "Message": "message",
            "Profile": "profile",
            "Topology": "topology",
            "normal_state": "states",
            "state_named": "states",
        },
    )

__all__ = [
    "Closure",
    "Message",
    "Profile",
    "Topology",
    "normal_state",
    "state_named",
]
