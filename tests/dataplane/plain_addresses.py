"""Sets of addresses as sorted intervals, both IP versions on one line of integers."""

from ipaddress import IPv4Address, IPv6Address, ip_network

V6 = 1 << 33
"""Where IPv6 starts on the line; between the two versions is a gap, so that they never touch."""

Addresses = list[tuple[int, int]]
EVERY: Addresses = [(0, (1 << 32) - 1), (V6, V6 + (1 << 128) - 1)]


def spread(text: str) -> Addresses:
    """Return the addresses of a prefix or of one address."""
    net = ip_network(text)
    base = V6 if net.version == 6 else 0
    return [(base + int(net.network_address), base + int(net.broadcast_address))]


def union(*sets: Addresses) -> Addresses:
    """Return what is in any of the sets, as few intervals as there can be."""
    merged: Addresses = []
    for low, high in sorted(pair for each in sets for pair in each):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def minus(left: Addresses, right: Addresses) -> Addresses:
    """Return what is in the left set only."""
    for low, high in right:
        left = [
            piece
            for a, b in left
            for piece in ((a, min(b, low - 1)), (max(a, high + 1), b))
            if piece[0] <= piece[1]
        ]
    return union(left)


def texts(addresses: Addresses) -> list[list[str]]:
    """Return the intervals as docs/dataplane.md writes them."""
    return [[_written(low), _written(high)] for low, high in addresses]


def _written(value: int) -> str:
    return IPv6Address(value - V6).exploded if value >= V6 else str(IPv4Address(value))
