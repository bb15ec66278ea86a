"""What VLANs the ports of switches take, hand over and may be talked into (section 1)."""

from collections.abc import Iterable
from dataclasses import replace

from zonecheck.model.device import PortMode, SwitchPort
from zonecheck.model.service import PortRange

LAST_VLAN = 4094
NATIVE_BY_DTP = 1
"""The native VLAN of a port that was talked into being a trunk: no other is configured."""


def as_trunk(port: SwitchPort) -> SwitchPort:
    """Return what a port with DTP may be talked into: a trunk that allows every VLAN."""
    every = (PortRange(1, LAST_VLAN),)
    return replace(
        port,
        mode=PortMode.TRUNK,
        vlan=None,
        allowed=every,
        native=NATIVE_BY_DTP,
        other_vlans=(),
        dtp=False,
    )


def entered_vlans(one: SwitchPort, vlan: int, other: SwitchPort) -> list[int]:
    """Return the VLANs a frame of `vlan` leaving by `one` may enter at `other`."""
    untagged = one.mode is PortMode.ACCESS or vlan == one.native
    if untagged and other.mode is PortMode.ACCESS:
        return [v for v in (other.vlan, *other.other_vlans) if v is not None]
    entered = other.native if untagged else vlan
    if entered is None or other.mode is PortMode.ACCESS or not other.allows(entered):
        return []
    return [entered]


def turns(trunks: Iterable[SwitchPort]) -> list[int]:
    """Return the VLANs from which on trunks allow others than before, the first and one past all.

    Between two of them every trunk allows all or none.
    """
    edges = {edge for port in trunks for item in port.allowed for edge in (item.low, item.high + 1)}
    return [1, *sorted(edge for edge in edges if 1 < edge <= LAST_VLAN), LAST_VLAN + 1]
