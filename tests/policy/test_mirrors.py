"""Copies watch only where they come by, and only whoever gets them."""

from dataclasses import replace

import pytest

from tests.policy.designs import PROFILE, codes, external, host, missing, permit, result, router
from tests.policy.designs import segment as plain_segment
from zonecheck.model.attribute import Attribute
from zonecheck.model.device import Device, DeviceKind, PortMode, Span, SwitchPort
from zonecheck.model.external import Openness
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.segment import Segment
from zonecheck.model.states import DeclaredState
from zonecheck.model.topology import Topology
from zonecheck.policy import Status

CHECK = "internet-monitoring-coverage"
WATCHES = (Attribute("capabilities", ("ids",)), Attribute("responsible", ("CSIRT",)))
OTHERS = (Attribute("capabilities", ("web-filter",)), Attribute("responsible", ("CSIRT",)))


def segment(name: str, zone: str, prefix: str, vlan: int) -> Segment:
    """Return a guarded segment of a VLAN."""
    return replace(plain_segment(name, zone, prefix), vlan=vlan)


def link(text: str) -> Link:
    """Return a cable written as `a/b c/d`."""
    one, other = (LinkEnd(*end.split("/")) for end in text.split())
    return Link(one, other)


def access(name: str, vlan: int) -> SwitchPort:
    """Return an access port."""
    return SwitchPort(name, PortMode.ACCESS, vlan)


SW = Device(
    "sw",
    DeviceKind.L2_SWITCH,
    ports=(*(access(f"p{n}", 30) for n in (1, 2)), *(access(f"p{n}", 31) for n in (8, 9))),
    spans=(Span("sensor", vlan=30),),
)
FAR = Device("far", DeviceKind.L2_SWITCH, ports=(access("p1", 31), access("up", 31)))
TO_SENSOR = link("sw/p9 sensor/eth0")
SECOND = link("sw/p8 sensor/eth1")
REPORTS = link("far/p1 sensor/eth1")
CARDS = (HostInterface("eth0", "WATCH"), HostInterface("eth1", "WATCH"))


def design(
    *cables: Link,
    cards: tuple[HostInterface, ...] = CARDS[:1],
    switch: Device = SW,
    down: tuple[str, ...] = (),
) -> Topology:
    """Return a server of the Internet area, all of whose VLAN is copied to a sensor.

    i-srv -- sw -- fw -- LINE -- isp, and from sw to the sensor whatever `cables` say.
    """
    sensor = Host("sensor", cards, role="sensor", ip_forward=False, attributes=WATCHES)
    wall = router(
        "fw",
        {"i": ("I", "10.3.0.1/24"), "line": ("LINE", "10.9.0.1/30")},
        {"0.0.0.0/0": "10.9.0.2"},
        permit("10.3.0.10", "any"),
    )
    return Topology(
        "mirrors",
        zones=PROFILE.zones,
        segments=(
            segment("I", "internet", "10.3.0.0/24", 30),
            segment("WATCH", "internet", "10.3.1.0/24", 31),
            plain_segment("LINE", "ext:isp", "10.9.0.0/30"),
        ),
        hosts=(host("i-srv", "I", "10.3.0.10"), sensor),
        devices=(replace(wall, attributes=OTHERS), switch, FAR),
        externals=(external("isp", "LINE", "10.9.0.2", openness=Openness.OPEN, attributes=OTHERS),),
        links=(link("sw/p1 fw/i"), link("sw/p2 i-srv/eth0"), *cables),
        states=(DeclaredState("failed", down=down),) if down else (),
    )


def test_copies_that_get_to_a_sensor_watch() -> None:
    """The mended twin of everything below; so is a sensor whose cables nobody draws."""
    assert result(design(TO_SENSOR), CHECK).status is Status.HOLDS
    assert result(design(), CHECK).status is Status.HOLDS


@pytest.mark.parametrize("dead", ["sw/p9 -- sensor/eth0", "sw/p9"])
def test_a_sensor_that_is_cut_off_watches_nothing(dead: str) -> None:
    """In that state; so the rules do not hold under failure either."""
    found = result(design(TO_SENSOR, down=(dead,)), CHECK)
    assert found.status is Status.VIOLATED
    assert {finding.state for finding in found.findings} == {"failed"}
    assert result(design(TO_SENSOR, down=(dead,)), "policy-holds-under-failure").status is (
        Status.VIOLATED
    )


def test_a_sensor_at_a_shut_port_watches_nothing() -> None:
    """Whatever the mirror session says."""
    ports = tuple(replace(p, shutdown=p.id == "p9") for p in SW.ports)
    found = result(design(TO_SENSOR, switch=replace(SW, ports=ports)), CHECK)
    assert codes(found) == {f"{CHECK}.unwatched"}


def test_of_two_cables_it_is_unknown_which_one_brings_the_copies() -> None:
    """With one of them dead; with both dead nothing gets there."""
    both = design(TO_SENSOR, SECOND, cards=CARDS)
    assert result(both, CHECK).status is Status.HOLDS
    one = result(design(TO_SENSOR, SECOND, cards=CARDS, down=("sw/p8",)), CHECK)
    assert one.status is Status.UNKNOWN
    assert missing(one) == {"missing.mirror-cable"}
    all_dead = design(TO_SENSOR, SECOND, cards=CARDS, down=("sw/p8", "sw/p9"))
    assert result(all_dead, CHECK).status is Status.VIOLATED


def test_copies_come_by_the_cable_from_the_switch_that_copies() -> None:
    """A card by which a sensor reports elsewhere neither helps nor harms."""
    cables = (TO_SENSOR, REPORTS)
    assert result(design(*cables, cards=CARDS, down=("far/p1",)), CHECK).status is Status.HOLDS
    assert result(design(*cables, cards=CARDS, down=("sw/p9",)), CHECK).status is Status.VIOLATED


def test_copies_that_have_to_go_by_other_switches_need_a_way() -> None:
    """Without a broadcast domain in common nobody says how they get there."""
    far = link("far/p1 sensor/eth0")
    apart = result(design(far), CHECK)
    assert apart.status is Status.UNKNOWN
    assert missing(apart) == {"missing.mirror-cable"}
    joined = design(far, link("sw/p8 far/up"))
    assert result(joined, CHECK).status is Status.HOLDS
    assert result(design(far, link("sw/p8 far/up"), down=("sw/p8",)), CHECK).status is (
        Status.UNKNOWN
    )
    assert result(design(far, link("sw/p8 far/up"), down=("far/p1",)), CHECK).status is (
        Status.VIOLATED
    )


def test_a_mirror_of_a_vlan_copies_what_is_cabled_into_it() -> None:
    """Not what is planned in a segment of that VLAN and plugged in elsewhere."""
    ports = tuple(replace(p, vlan=32) if p.id in ("p1", "p2") else p for p in SW.ports)
    found = result(design(TO_SENSOR, switch=replace(SW, ports=ports)), CHECK)
    assert found.status is Status.VIOLATED
    mirrored = replace(SW, ports=ports, spans=(Span("sensor", vlan=32),))
    assert result(design(TO_SENSOR, switch=mirrored), CHECK).status is Status.HOLDS
