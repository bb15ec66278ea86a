"""How many addresses an end may use that is to be somebody in particular."""

from collections.abc import Iterator
from typing import Final

from zonecheck.packets import PacketSet
from zonecheck.policy.analysis import Analysis

_BITS: Final = {4: 32, 6: 128}


def beyond_bound(analysis: Analysis, addresses: PacketSet) -> Iterator[tuple[str, int]]:
    """Yield the IP versions of which destinations are too many, and the prefix that bounds them."""
    limits = analysis.profile.specific_flow
    for version, prefix in ((4, limits.ipv4_prefix), (6, limits.ipv6_prefix)):
        count = sum(high - low + 1 for low, high in addresses.destinations(version))
        if count > 2 ** (_BITS[version] - prefix):
            yield f"IPv{version}", prefix
