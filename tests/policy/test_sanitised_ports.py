"""A sanitising service is one service: few ports a side, however they are written."""

from dataclasses import replace

import pytest

from zonecheck.model.closure import Closure
from zonecheck.model.host import Host, Method, RelayService, Side
from zonecheck.model.service import PortRange, Service
from zonecheck.policy import load_profile
from zonecheck.policy.sanitising import is_accepted

PROFILE = load_profile("fuefuki-10")
MAIL = RelayService(Method.MAIL_TEXT, Side.OUTER, mail_mode="text-only")
HOST = Host("san", (), role="sanitiser", ip_forward=False, basis="設定書")


def ports(low: int, high: int, protocol: int = 6) -> Service:
    """Return a service on a range of ports."""
    return Service(protocol, (PortRange(low, high),))


def accepted(*services: RelayService) -> bool:
    """Return whether a host with these services sanitises by the first of them."""
    host = replace(HOST, services=services)
    upper, lower = (is_accepted(host, services[0], PROFILE, closure) for closure in Closure)
    assert upper == lower
    return upper


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize(
    ("items", "few"),
    [
        ((), True),
        ((ports(25, 25),), True),
        ((ports(100, 115),), True),
        ((ports(100, 116),), False),
        ((ports(100, 107), ports(130, 137)), True),
        ((ports(100, 107), ports(130, 138)), False),
        ((ports(100, 115), ports(430, 445)), False),
        ((ports(100, 115), ports(104, 111)), True),
        ((Service(6, (PortRange(1, 8), PortRange(10, 18))),), False),
        ((ports(100, 107), ports(100, 107, 17)), True),
        ((ports(100, 107), ports(100, 108, 17)), False),
        ((ports(25, 25), Service(6)), False),
        ((ports(25, 25), Service()), False),
        ((Service(50),), False),
    ],
)
def test_the_ports_of_a_side_are_counted_together(
    side: Side, items: tuple[Service, ...], few: bool
) -> None:
    """Not by range: sixteen in all, each once."""
    service = replace(MAIL, outer=items) if side is Side.OUTER else replace(MAIL, inner=items)
    assert accepted(service) == few


def test_one_side_does_not_count_for_the_other() -> None:
    """Each has its own sixteen."""
    assert accepted(replace(MAIL, outer=(ports(100, 115),), inner=(ports(200, 215),)))


def test_services_of_one_method_are_counted_as_one() -> None:
    """Writing a service several times opens no more ports; another method is another service."""
    first, second = (replace(MAIL, outer=(ports(low, low + 9),)) for low in (100, 440))
    assert accepted(first)
    assert accepted(first, first)
    assert not accepted(first, second)
    assert accepted(first, replace(second, method=Method.FILE_CLEAN))
