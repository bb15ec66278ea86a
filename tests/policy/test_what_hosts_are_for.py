"""Laws of what hosts are for: no role takes a host out of what the ledger says it is."""

from dataclasses import replace

import pytest

from tests.policy.designs import a_host, codes, host, missing, result, segment
from zonecheck.model.attribute import Attribute
from zonecheck.model.device import Device, DeviceKind, Span
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.host import Host
from zonecheck.model.segment import Segment, Wireless
from zonecheck.model.system import System
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.roles import KNOWN, is_server, is_terminal

MFA, OWNERSHIP = "mynumber-mfa", "private-device-connected"
OTHERS = ("sensor", "access-point", "guest")
EQUIPMENT = ("iot", "camera", "signage", "mfp")
IN_M = EndpointRef(EndpointKind.SEGMENT, "M")


def area(role: str, *systems: System, **more: object) -> Topology:
    """Return a My Number area with one host."""
    plain = Topology(
        "area",
        segments=(segment("M", "mynumber", "10.1.0.0/24"),),
        hosts=(replace(host("one", "M", "10.1.0.10"), role=role),),
        systems=systems,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def the_host(topology: Topology) -> Host:
    """Return the host of an area."""
    return topology.host_by_id["one"]


@pytest.mark.parametrize("role", sorted(KNOWN - set(EQUIPMENT)))
def test_what_a_system_runs_on_is_a_server_whatever_its_role(role: str) -> None:
    """A server that is called a sensor authenticates its users all the same."""
    topology = area(role, System("juki", ("one",)))
    assert is_server(topology, the_host(topology))
    assert missing(result(topology, MFA)) == {"missing.attribute"}


@pytest.mark.parametrize("role", EQUIPMENT)
@pytest.mark.parametrize(
    ("system", "serves"),
    [
        (System("list", ("one",)), False),
        (System("juki", ("one",), personal=True), True),
        (System("juki", ("one",), business="住民"), True),
        (System("logs", ("one",), provides=("log",)), True),
    ],
)
def test_equipment_in_the_ledger_is_a_server_only_where_it_does_what_servers_do(
    role: str, system: System, serves: bool
) -> None:
    """Ledgers list cameras and printers; nobody keeps personal data on one."""
    topology = area(role, system)
    assert is_server(topology, the_host(topology)) is serves


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("client", [a_host("one"), IN_M])
def test_what_uses_a_system_is_a_terminal_whatever_else_it_calls_itself(
    role: str, client: EndpointRef
) -> None:
    """A terminal that is called a guest is named by the ledger, itself or where it stands."""
    topology = area(role, System("juki", (), clients=(client,)))
    assert is_terminal(topology, the_host(topology))
    assert missing(result(topology, MFA)) == {"missing.attribute"}


@pytest.mark.parametrize("role", OTHERS)
def test_what_no_system_knows_is_what_it_says(role: str) -> None:
    """Without an entry in the ledger nothing speaks against the role."""
    topology = area(role)
    assert not is_terminal(topology, the_host(topology))
    assert not is_server(topology, the_host(topology))
    assert result(topology, MFA).vacuous


def test_a_sensor_is_one_where_a_mirror_port_leads_to_it() -> None:
    """It stands among clients to send its logs."""
    switch = Device("sw", DeviceKind.L2_SWITCH, spans=(Span("one", vlan=10),))
    system = System("log", (), clients=(IN_M,))
    topology = area("sensor", system, devices=(switch,))
    assert not is_terminal(topology, the_host(topology))
    named = area("sensor", replace(system, clients=(a_host("one"),)), devices=(switch,))
    assert is_terminal(named, the_host(named))


@pytest.mark.parametrize(("zone", "terminal"), [("mynumber", False), ("lgwan", True)])
def test_an_access_point_is_one_where_its_zone_has_an_ssid(zone: str, terminal: bool) -> None:
    """An access point without anything in the air is something else."""
    cell = Segment("wifi", zone, laid_on="on", wireless=Wireless("wpa3-enterprise"))
    on = segment("on", zone, "10.7.0.0/24")
    bare = area("access-point", System("log", (), clients=(IN_M,)))
    topology = replace(bare, segments=(*bare.segments, on, cell))
    assert is_terminal(topology, the_host(topology)) is terminal


@pytest.mark.parametrize("role", sorted(KNOWN))
def test_nothing_in_an_area_is_privately_owned_whatever_it_is_for(role: str) -> None:
    """A private sensor is a private device."""
    bare = area(role)
    assert missing(result(bare, OWNERSHIP)) == {"missing.attribute"}
    for owner, status in (("private", Status.VIOLATED), ("body", Status.HOLDS)):
        owned = replace(the_host(bare), attributes=(Attribute("ownership", (owner,)),))
        found = result(replace(bare, hosts=(owned,)), OWNERSHIP)
        assert found.status is status
        assert codes(found) <= {"private-device-connected.private"}
