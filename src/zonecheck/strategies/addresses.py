"""Addresses, prefixes, ranges and address matches, biased to the edges of what is named."""

from collections.abc import Sequence
from functools import partial
from ipaddress import ip_address, ip_network

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from zonecheck.model.address import AddressRange, IPAddress, IPNetwork
from zonecheck.model.filter import ANY_ADDRESS, AddressMatch
from zonecheck.strategies.choice import Chooser, check_bounds, check_flags, check_version
from zonecheck.strategies.lazy import lazily

BITS = {4: 32, 6: 128}
VERSIONS = (4, 6)
SPECIAL_NETWORKS: tuple[IPNetwork, ...] = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8",
            "0.0.0.0/0",
            "10.0.0.0/24",
            "10.0.0.0/29",
            "10.0.0.1/32",
            "10.0.0.2/31",
            "192.0.2.0/24",
            "203.0.113.7/32",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/4",
            "255.255.255.255/32",
            "0.0.0.0/32",
            "fd00::/8",
            "::/0",
            "fd00::/64",
            "fd00::/125",
            "fd00::1/128",
            "fd00::2/127",
            "2001:db8::/32",
            "2001:db8::7/128",
            "::1/128",
            "::/128",
            "fe80::/10",
            "ff00::/8",
            "::ffff:0:0/96",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
        ),
    )
)
DEFAULT_NEAR = tuple(
    AddressRange.of_network(ip_network(text)) for text in ("10.0.0.0/29", "fd00::/125")
)
FOREIGN: dict[int, tuple[IPNetwork, ...]] = {
    4: (ip_network("192.0.2.0/24"), ip_network("203.0.113.7/32"), ip_network("10.0.0.0/24")),
    6: (ip_network("2001:db8::/32"), ip_network("2001:db8::7/128"), ip_network("fd00::/64")),
}


def address_of(version: int, value: int) -> IPAddress:
    """Return the address with an integer value, the nearest one where there is none."""
    value = min(max(value, 0), (1 << BITS[version]) - 1)
    return ip_address(value.to_bytes(BITS[version] // 8, "big"))


def draw_range(
    choose: Chooser, near: Sequence[AddressRange], version: int | None = None
) -> AddressRange:
    """Return a range that is, or touches the bounds of, one of the given ones."""
    named = [item for item in near if version in (None, item.version)]
    named = named or [item for item in DEFAULT_NEAR if version in (None, item.version)]
    base = choose.pick(named)
    low, high = base.interval
    shape = choose.below(8)
    if shape <= 2:
        return base
    if shape <= 5:
        bound = choose.pick((low, high, low + 1, high - 1, low - 1, high + 1))
        return AddressRange.of_address(address_of(base.version, bound))
    if shape == 6:
        other = choose.pick([item for item in named if item.version == base.version])
        bounds = (*base.interval, *other.interval)
        low, high = min(bounds) + choose.below(2), max(bounds) - choose.below(2)
        return AddressRange(address_of(base.version, low), address_of(base.version, max(low, high)))
    special = [item for item in SPECIAL_NETWORKS if version in (None, item.version)]
    return AddressRange.of_network(choose.pick(special))


def draw_match(
    choose: Chooser,
    near: Sequence[AddressRange],
    *,
    version: int | None = None,
    negated: bool = True,
) -> AddressMatch:
    """Return an address match, plain or negated, of no, one or two ranges, or any address."""
    shape = choose.below(9 if negated else 7)
    if shape <= 1:
        return ANY_ADDRESS
    count = (0, 0, 1, 1, 1, 2, 0, 1, 2)[shape]
    ranges = tuple(draw_range(choose, near, version) for _ in range(count))
    text = ",".join(map(str, ranges)) or "none"
    if shape >= 7:
        return AddressMatch(ranges, negated=True, text=f"not {text}")
    return AddressMatch(ranges, text=text)


@lazily
def addresses(*, version: int | None = None) -> st.SearchStrategy[IPAddress]:
    """Return a strategy for addresses of one IP version, or of both."""
    check_version(version)
    wanted = VERSIONS if version is None else (version,)
    networks_ = [item for item in SPECIAL_NETWORKS if item.version in wanted]
    edges = [item[position] for item in networks_ for position in (0, -1)]
    arbitrary = [
        st.integers(0, (1 << BITS[number]) - 1).map(partial(address_of, number))
        for number in wanted
    ]
    return st.one_of(st.sampled_from(edges), *arbitrary)


@lazily
def networks(
    *, version: int | None = None, min_prefix: int = 0, max_prefix: int | None = None
) -> st.SearchStrategy[IPNetwork]:
    """Return a strategy for prefixes, their lengths biased to the shortest and longest."""
    check_version(version)
    wanted = VERSIONS if version is None else (version,)
    check_bounds("min_prefix", min_prefix, 0, BITS[wanted[0]])
    if max_prefix is not None:
        check_bounds("max_prefix", max_prefix, min_prefix, BITS[wanted[0]])

    @st.composite
    def one(draw: st.DrawFn, number: int) -> IPNetwork:
        longest = BITS[number] if max_prefix is None else max_prefix
        usual = (24, 29, 30, 31, 32, 8, 16) if number == 4 else (64, 125, 126, 127, 128, 32, 48)
        lengths = [length for length in (*usual, 0) if min_prefix <= length <= longest]
        length = draw(
            st.sampled_from([*lengths, min_prefix, longest]) | st.integers(min_prefix, longest)
        )
        value = int(draw(addresses(version=number)))
        return ip_network(
            (
                address_of(number, value >> (BITS[number] - length) << (BITS[number] - length)),
                length,
            )
        )

    return st.one_of([one(number) for number in wanted])


@lazily
def address_ranges(
    *, version: int | None = None, near: Sequence[AddressRange] = ()
) -> st.SearchStrategy[AddressRange]:
    """Return a strategy for address ranges; most touch the bounds of those in `near`."""
    check_version(version)
    check_near(near)
    return st.composite(lambda draw: draw_range(Chooser(draw), near, version))()


@lazily
def address_matches(
    *,
    version: int | None = None,
    near: Sequence[AddressRange] = (),
    negated: bool = True,
) -> st.SearchStrategy[AddressMatch]:
    """Return a strategy for the source or destination of a rule.

    Args:
        version: only ranges of this IP version; the match of any address always holds both.
        near: ranges whose bounds are of interest, those a network declares for example.
        negated: whether negated matches occur.
    """
    check_version(version)
    check_near(near)
    check_flags(negated=negated)
    return st.composite(
        lambda draw: draw_match(Chooser(draw), near, version=version, negated=negated)
    )()


def check_near(near: object) -> None:
    """Raise InvalidArgument unless a value is a sequence of address ranges."""
    if not isinstance(near, Sequence) or not all(isinstance(item, AddressRange) for item in near):
        raise InvalidArgument(f"near={near!r} must be a sequence of AddressRange")
