"""Services: ports with their edges, ICMP types, protocols without ports, `established`."""

from hypothesis import strategies as st

from zonecheck.model.service import ANY_SERVICE, ICMP_PROTOCOLS, PORT_PROTOCOLS, PortRange, Service
from zonecheck.strategies.choice import Chooser, check_flags
from zonecheck.strategies.lazy import lazily

TCP, UDP, SCTP, ICMP, ICMPV6, ESP = 6, 17, 132, 1, 58, 50
PORTS = (443, 80, 25, 53, 0, 1, 1023, 1024, 65534, 65535)
PORT_RANGES = (
    PortRange(443, 443),
    PortRange(80, 80),
    PortRange(80, 443),
    PortRange(1024, 65535),
    PortRange(0, 1023),
    PortRange(25, 25),
    PortRange(0, 0),
    PortRange(65535, 65535),
    PortRange(0, 65535),
    PortRange(53, 53),
)
ICMP_RANGES = (
    PortRange(8, 8),
    PortRange(0, 0),
    PortRange(3, 3),
    PortRange(128, 129),
    PortRange(1, 4),
    PortRange(0, 255),
    PortRange(11, 12),
    PortRange(135, 136),
)
OTHER_PROTOCOLS = (ESP, 47, 41, 51, 0, 89, 255)
PROTOCOLS = (TCP, UDP, ICMP, ICMPV6, SCTP, *OTHER_PROTOCOLS)


def _ranges(choose: Chooser, pool: tuple[PortRange, ...]) -> tuple[PortRange, ...]:
    first = choose.pick(pool)
    if not choose.chance(6):
        return (first,)
    second = choose.pick(pool)
    return (first,) if second == first else (first, second)


def draw_service(choose: Chooser, *, any_service: bool = True, established: bool = True) -> Service:
    """Return a service; the protocols that have ports come most often."""
    shape = choose.below(13)
    if shape <= 3:
        return Service(TCP, _ranges(choose, PORT_RANGES))
    if shape == 4:
        return Service(UDP, _ranges(choose, PORT_RANGES))
    if shape == 5:
        return Service(choose.pick((ICMP, ICMPV6)), icmp_types=_ranges(choose, ICMP_RANGES))
    if shape == 6:
        return Service(choose.pick((TCP, ICMP, UDP, ICMPV6, SCTP, ESP)))
    if shape == 7:
        return Service(SCTP, _ranges(choose, PORT_RANGES))
    if shape == 8 or (shape == 12 and not established):
        return Service(choose.pick((ESP, *OTHER_PROTOCOLS)))
    if shape == 9:
        ports = _ranges(choose, PORT_RANGES) if choose.chance() else ()
        return Service(choose.pick((TCP, UDP, SCTP)), ports, _ranges(choose, PORT_RANGES))
    if shape == 10 and established:
        ports = _ranges(choose, PORT_RANGES) if choose.chance() else ()
        return Service(TCP, ports, established=True)
    if shape == 12:
        return Service(TCP, _ranges(choose, PORT_RANGES), opening=True)
    return ANY_SERVICE if any_service else Service(TCP)


def draw_services(
    choose: Chooser, *, least: int = 0, established: bool = True
) -> tuple[Service, ...]:
    """Return a few different services; none means any where a rule asks."""
    count = max(least, choose.pick((least, 1, 1, 1, 2)))
    drawn = [choose.part(draw_service, choose, established=established) for _ in range(count)]
    return tuple(dict.fromkeys(drawn))


@lazily
def services(*, any_service: bool = True, established: bool = True) -> st.SearchStrategy[Service]:
    """Return a strategy for services.

    Args:
        any_service: whether the service that matches every packet occurs.
        established: whether TCP services occur that ask for ACK or RST, or for neither.
    """
    check_flags(any_service=any_service, established=established)
    return st.composite(
        lambda draw: draw_service(Chooser(draw), any_service=any_service, established=established)
    )()


def has_ports(protocol: int) -> bool:
    """Return whether packets of a protocol carry ports."""
    return protocol in PORT_PROTOCOLS


def has_types(version: int, protocol: int) -> bool:
    """Return whether packets of a protocol carry an ICMP type under an IP version."""
    return protocol in ICMP_PROTOCOLS and (version == 4) == (protocol == ICMP)
