"""What 802.1X hands on to the servers that admit devices (docs/semantics.md, section 6)."""

from dataclasses import replace

import pytest

from tests.prove.flows import L_PC, M_PC, apart, flow, joined, leads
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, DeviceKind, Opening, PortMode, SwitchPort
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.segment import Wireless
from zonecheck.model.service import PortRange, Service
from zonecheck.model.topology import Topology
from zonecheck.prove import FlowNode

BOTH = pytest.mark.parametrize("closure", list(Closure))
SERVER = EndpointRef(EndpointKind.HOST, "l-pc")
ACCESS = FlowNode("access", "M")


def udp(low: int, high: int | None = None) -> Service:
    """Return UDP on some ports."""
    return Service(17, (PortRange(low, high or low),))


def wired(
    *services: Service, nac: str | None = "dot1x", auth: str | None = None, **port: object
) -> Topology:
    """Return the two areas on one switch that opens some services to a host of the second."""
    bare = apart()
    m, *others = bare.segments
    wireless = None if auth is None else Wireless(auth)
    areas = [replace(m, vlan=10, nac=nac, wireless=wireless)]
    areas += [replace(other, vlan=20) for other in others]
    access = SwitchPort("p", PortMode.ACCESS, 10, **port)  # type: ignore[arg-type]
    opens = (Opening(SERVER, services),) if services else ()
    far = SwitchPort("q", PortMode.ACCESS, 20)
    switch = Device("sw", DeviceKind.L2_SWITCH, ports=(access, far), opens=opens)
    return replace(bare, segments=tuple(areas), devices=(switch,))


def edges(topology: Topology, closure: Closure = Closure.LOWER) -> set[tuple[FlowNode, FlowNode]]:
    """Return the edges 802.1X makes."""
    return joined(flow(topology, closure), "admission")


@BOTH
@pytest.mark.parametrize("service", [udp(1812), udp(1645, 1646), udp(1), Service(17), Service()])
def test_what_is_plugged_in_under_8021x_talks_to_the_radius_server_its_switch_opens(
    service: Service, closure: Closure
) -> None:
    """Both ways, whoever it is; any other service of the switch is no admission."""
    made = edges(wired(service), closure)
    plugged = {M_PC, ACCESS}
    both_ways = {(a, L_PC) for a in plugged} | {(L_PC, a) for a in plugged}
    assert made == (set() if service == udp(1) else both_ways)


def test_admission_from_another_zone_leads_there() -> None:
    """The terminal of one area has a way to the server of the other, and so to all it serves."""
    assert leads(flow(wired(udp(1812))), M_PC, L_PC)
    assert not leads(flow(wired(udp(514))), M_PC, L_PC)


@pytest.mark.parametrize(
    ("nac", "auth", "asks"),
    [
        ("dot1x", None, True),
        ("mac-auth", None, False),
        (None, None, False),
        (None, "wpa2-enterprise", True),
        (None, "wpa3-enterprise", True),
        (None, "wpa3-personal", False),
    ],
)
def test_only_8021x_asks_who_is_plugged_in(nac: str | None, auth: str | None, asks: bool) -> None:
    """In the wire or in the air; a MAC address alone is no payload."""
    assert bool(edges(wired(udp(1812), nac=nac, auth=auth))) is asks


def test_a_port_that_8021x_may_put_elsewhere_asks_in_all_its_vlans() -> None:
    """That it does 802.1X is said by its VLANs, whatever the segment says."""
    assert edges(wired(udp(1812), nac=None, other_vlans=(20,)))
    assert not edges(wired(udp(1812), nac=None, other_vlans=(20,), shutdown=True))


def test_a_switch_that_does_not_carry_the_segment_admits_nobody_there() -> None:
    """Its sessions to a RADIUS server are for others."""
    bare = wired(udp(1812))
    elsewhere = tuple(replace(s, switches=("other",)) if s.id == "M" else s for s in bare.segments)
    other = Device("other", DeviceKind.L2_SWITCH)
    moved = replace(bare, segments=elsewhere, devices=(*bare.devices, other))
    assert not edges(moved)
