"""Laws of the checks on platforms, lines beside the network, the register and the scope."""

from dataclasses import replace
from typing import Any

import pytest

from tests.policy.designs import (
    PROFILE,
    a_host,
    codes,
    external,
    host,
    missing,
    permit,
    result,
    router,
    segment,
)
from zonecheck.model.device import Device, DeviceKind, PortMode, SwitchPort
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External, Openness
from zonecheck.model.host import Host, HostInterface, Side
from zonecheck.model.link import Link, LinkEnd
from zonecheck.model.platform import Datastore, Hypervisor, OutOfBand
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.verdict import MissingControl, PacketPath, RelayChain, SharedDomain

REGISTERED = {"purpose": "mail", "line": "L2VPN", "owner": "information division"}


def areas(**more: Any) -> Topology:
    """Return three areas with a host each and nothing that joins them."""
    plain = Topology(
        "areas",
        segments=(
            segment("M", "mynumber", "10.1.0.0/24"),
            segment("L", "lgwan", "10.2.0.0/24"),
            segment("I", "internet", "10.3.0.0/24"),
        ),
        hosts=(
            host("m-srv", "M", "10.1.0.10"),
            host("l-srv", "L", "10.2.0.10"),
            host("i-srv", "I", "10.3.0.10"),
            host("console", "L", "10.2.0.20"),
        ),
    )
    return replace(plain, **more)


# --- shared-platform --------------------------------------------------------------------------

APART = {"management": "console", "isolation": "certified"}


def hosting(*guests: str, **more: Any) -> Topology:
    """Return the areas with one hypervisor."""
    return areas(hypervisors=(replace(Hypervisor("hv", guests), **more),))


def test_zones_the_profile_pairs_may_share_a_hypervisor_that_keeps_them_apart() -> None:
    """LGWAN and Internet guests on one certified machine, managed from one zone, are fine."""
    found = result(hosting("l-srv", "i-srv", **APART), "shared-platform")
    assert found.status is Status.HOLDS
    assert ("platform-isolation", "hv") in {(a.id, a.subject) for a in found.assumptions}


@pytest.mark.parametrize("other", ["l-srv", "i-srv"])
def test_nothing_shares_a_platform_with_the_my_number_area(other: str) -> None:
    """Whatever the basis, that pair is not in the profile."""
    for topology in (
        hosting("m-srv", other, **APART),
        areas(datastores=(Datastore("array", ("m-srv", other), "LUN masking"),)),
    ):
        found = result(topology, "shared-platform")
        assert codes(found) == {"shared-platform.zones"}
        assert found.status is Status.VIOLATED


def test_a_profile_without_pairs_lets_no_zones_share() -> None:
    """Sharing is what a policy allows, not what it forgets to forbid."""
    strict = replace(PROFILE, shared_platforms=())
    found = result(hosting("l-srv", "i-srv", **APART), "shared-platform", strict)
    assert found.status is Status.VIOLATED


@pytest.mark.parametrize(
    ("lacking", "code"),
    [("isolation", "missing.isolation"), ("management", "missing.platform-management")],
)
def test_what_a_shared_hypervisor_does_not_declare_is_asked_for(lacking: str, code: str) -> None:
    """Without its basis or its management host nothing is known about it."""
    declared = {name: value for name, value in APART.items() if name != lacking}
    found = result(hosting("l-srv", "i-srv", **declared), "shared-platform")
    assert found.status is Status.UNKNOWN
    assert code in missing(found)


def test_storage_of_two_zones_declares_its_isolation() -> None:
    """As for hypervisors, the pair may share it, but only with a basis."""
    shared = ("l-srv", "i-srv")
    bare = areas(datastores=(Datastore("array", shared),))
    assert missing(result(bare, "shared-platform")) == {"missing.isolation"}
    apart = areas(datastores=(Datastore("array", shared, "LUN masking"),))
    assert result(apart, "shared-platform").status is Status.HOLDS


@pytest.mark.parametrize("permits", [True, False])
def test_the_management_of_a_shared_hypervisor_is_reached_from_its_own_zone_only(
    permits: bool,
) -> None:
    """A permit from another zone to the console is a packet that commands both."""
    rules = (permit("10.3.0.10", "10.2.0.20"),) if permits else ()
    fw = router("fw", {"l": ("L", "10.2.0.1/24"), "i": ("I", "10.3.0.1/24")}, {}, *rules)
    found = result(replace(hosting("l-srv", "i-srv", **APART), devices=(fw,)), "shared-platform")
    assert (found.status is Status.VIOLATED) is permits
    if permits:
        assert codes(found) == {"shared-platform.management"}
        assert isinstance(found.findings[0].counterexample, PacketPath)


def test_platforms_of_one_zone_are_not_spoken_of() -> None:
    """A hypervisor with guests of one area, managed from there, needs no basis here."""
    for more in ({"management": "console"}, {"unmanaged": True}):
        found = result(hosting("l-srv", **more), "shared-platform")
        assert found.status is Status.HOLDS
        assert found.vacuous


def test_who_commands_a_platform_shares_it_with_its_guests() -> None:
    """The zone of the management host is one of those that share, whatever the guests'."""
    topology = hosting("l-srv", "i-srv", management="m-srv", isolation="certified")
    found = result(topology, "shared-platform")
    assert found.status is Status.VIOLATED
    assert codes(found) == {"shared-platform.zones"}
    assert {f.zones for f in found.findings} == {("lgwan", "mynumber"), ("internet", "mynumber")}


@pytest.mark.parametrize("guests", [("m-srv",), ("l-srv",), ("l-srv", "console")])
def test_a_hypervisor_says_who_commands_it_even_if_its_guests_are_of_one_zone(
    guests: tuple[str, ...],
) -> None:
    """It may be a host of any zone; only saying that there is none settles it."""
    silent = hosting(*guests, isolation="certified")
    for check in ("shared-platform", "mynumber-isolation"):
        if check == "shared-platform" or "m-srv" in guests:
            found = result(silent, check)
            assert found.status is Status.UNKNOWN
            assert missing(found) == {"missing.platform-management"}
            nobody = hosting(*guests, isolation="certified", unmanaged=True)
            assert result(nobody, check).status is Status.HOLDS


@pytest.mark.parametrize(
    ("guest", "management", "status"),
    [
        ("l-srv", "i-srv", Status.VIOLATED),
        ("l-srv", "console", Status.HOLDS),
        ("i-srv", "console", Status.HOLDS),
    ],
)
def test_the_internet_area_commands_no_hypervisor_of_the_lgwan_area(
    guest: str, management: str, status: Status
) -> None:
    """Import by way of the management plane is sanitised by nothing."""
    topology = hosting(guest, management=management, isolation="certified")
    found = result(topology, "sanitised-channel-only")
    assert found.status is status
    assumed = {(a.id, a.subject) for a in found.assumptions}
    assert (("platform-isolation", "hv") in assumed) is (status is Status.HOLDS)


# --- oob-path ---------------------------------------------------------------------------------


def a_segment(name: str) -> EndpointRef:
    """Return a reference to a segment."""
    return EndpointRef(EndpointKind.SEGMENT, name)


def line(*ends: EndpointRef, medium: str = "bmc", enabled: bool = True, **more: Any) -> Topology:
    """Return the areas with one line beside the network."""
    return areas(out_of_band=(OutOfBand("line", medium, ends, enabled),), **more)


def test_a_line_between_two_zones_is_found_while_it_is_enabled() -> None:
    """The controller of a My Number server on the LGWAN network joins both."""
    on = result(line(a_host("m-srv"), a_segment("L")), "oob-path")
    assert on.status is Status.VIOLATED
    assert isinstance(on.findings[0].counterexample, RelayChain)
    off = result(line(a_host("m-srv"), a_segment("L"), enabled=False), "oob-path")
    assert off.status is Status.HOLDS


def test_a_line_within_one_zone_is_fine() -> None:
    """A controller in the network of its own zone is administration."""
    assert result(line(a_host("l-srv"), a_segment("L")), "oob-path").status is Status.HOLDS


@pytest.mark.parametrize("at", ["M", "L", "I"])
def test_no_zone_is_joined_with_an_open_network(at: str) -> None:
    """An LTE router into the Internet is one way in too many, in every area."""
    carrier = External("carrier", (), Openness.OPEN)
    far = EndpointRef(EndpointKind.EXTERNAL, "carrier")
    found = result(line(a_segment(at), far, medium="lte", externals=(carrier,)), "oob-path")
    assert codes(found) == {"oob-path.open"}
    assert found.status is Status.VIOLATED


def test_a_line_that_leads_outside_says_where() -> None:
    """A modem without a far end is unknown, for information flow as well."""
    topology = line(a_segment("M"), a_host("m-srv"), medium="modem")
    for check in ("oob-path", "mynumber-isolation"):
        found = result(topology, check)
        assert found.status is Status.UNKNOWN
        assert missing(found) == {"missing.far-end"}


@pytest.mark.parametrize(("at", "status"), [("L", Status.HOLDS), ("I", Status.VIOLATED)])
def test_a_sanitiser_is_managed_from_its_inner_side(at: str, status: Status) -> None:
    """From the outer side a controller takes over what keeps the sides apart."""
    cards = (
        HostInterface("eth0", "I", side=Side.OUTER),
        HostInterface("eth1", "L", side=Side.INNER),
    )
    bare = line(a_host("san"), a_segment(at))
    sanitiser = Host("san", cards, role="sanitiser", ip_forward=False, basis="test report")
    found = result(replace(bare, hosts=(*bare.hosts, sanitiser)), "oob-path")
    assert found.status is status


# --- external-attachment-registered -----------------------------------------------------------


def attached(**entry: Any) -> Topology:
    """Return the areas with one external network and its entry in the register."""
    network = external("lgwan", "L", "10.2.0.254", role="lgwan")
    return areas(externals=(replace(network, edges=(replace(network.edges[0], **entry),)),))


def test_an_attachment_with_a_full_entry_is_registered() -> None:
    """Purpose, line and owner are what the register asks for."""
    found = result(attached(**REGISTERED), "external-attachment-registered")
    assert found.status is Status.HOLDS
    assert {a.id for a in found.assumptions} >= {"register"}


def test_an_attachment_without_an_entry_is_found() -> None:
    """A router a vendor added is on no list."""
    found = result(attached(), "external-attachment-registered")
    assert found.status is Status.VIOLATED
    assert isinstance(found.findings[0].counterexample, MissingControl)


@pytest.mark.parametrize("lacking", sorted(REGISTERED))
def test_a_partial_entry_is_asked_to_be_completed(lacking: str) -> None:
    """One missing word leaves it open what was registered."""
    entry = {name: value for name, value in REGISTERED.items() if name != lacking}
    found = result(attached(**entry), "external-attachment-registered")
    assert found.status is Status.UNKNOWN
    assert [item.item.named["field"] for item in found.missing] == [lacking]


@pytest.mark.parametrize("registered", [True, False])
def test_a_line_beside_the_network_is_an_attachment_like_any_other(registered: bool) -> None:
    """An LTE router that nobody registered is found even where no cable is drawn."""
    carrier = External("carrier", (), Openness.CLOSED, basis="contract")
    far = EndpointRef(EndpointKind.EXTERNAL, "carrier")
    entry: dict[str, Any] = dict(REGISTERED) if registered else {}
    path = replace(OutOfBand("line", "lte", (a_segment("L"), far)), **entry)
    topology = areas(externals=(carrier,), out_of_band=(path,))
    found = result(topology, "external-attachment-registered")
    assert (found.status is Status.HOLDS) is registered
    off = replace(topology, out_of_band=(replace(path, enabled=False),))
    assert result(off, "external-attachment-registered").vacuous


# --- scope-boundary-declared ------------------------------------------------------------------


def school(*switches: str, vlan: int = 30) -> Topology:
    """Return the areas with a school segment the policy leaves out."""
    bare = areas()
    outside = replace(
        segment("S", "school", "10.9.0.0/24"), vlan=vlan, switches=switches, in_scope=False
    )
    return replace(bare, segments=(*bare.segments, outside))


def a_switch(name: str, *vlans: int) -> Device:
    """Return a switch with an access port in each VLAN."""
    ports = tuple(SwitchPort(f"p{v}", PortMode.ACCESS, vlan=v) for v in vlans)
    return Device(name, DeviceKind.L2_SWITCH, ports=ports)


def test_a_network_out_of_scope_that_meets_nothing_is_fine() -> None:
    """What shares neither a device nor a domain with ours needs no boundary."""
    assert result(school(), "scope-boundary-declared").status is Status.HOLDS


def test_no_device_serves_both_sides_of_the_scope() -> None:
    """A router with a leg in the school is a boundary that nobody drew as one."""
    fw = router("fw", {"l": ("L", "10.2.0.1/24"), "s": ("S", "10.9.0.1/24")}, {})
    found = result(replace(school(), devices=(fw,)), "scope-boundary-declared")
    assert codes(found) == {"scope-boundary-declared.node"}
    assert found.status is Status.VIOLATED


def test_no_switch_carries_both_sides_of_the_scope() -> None:
    """A school VLAN on the city's switch makes that switch a boundary."""
    bare = school("sw")
    ours = replace(bare.segments[1], vlan=20, switches=("sw",))
    topology = replace(
        bare,
        segments=(bare.segments[0], ours, *bare.segments[2:]),
        devices=(a_switch("sw", 20, 30),),
    )
    assert codes(result(topology, "scope-boundary-declared")) == {"scope-boundary-declared.node"}


def test_no_domain_reaches_across_the_scope() -> None:
    """A patch cable between an office port and a school port joins what the drawing parts."""
    bare = school("school-sw")
    ours = replace(bare.segments[1], vlan=20, switches=("office-sw",))
    cable = Link(LinkEnd("office-sw", "p20"), LinkEnd("school-sw", "p30"), ("lgwan", "school"))
    apart = replace(
        bare,
        segments=(bare.segments[0], ours, *bare.segments[2:]),
        devices=(a_switch("office-sw", 20), a_switch("school-sw", 30)),
    )
    assert result(apart, "scope-boundary-declared").status is Status.HOLDS
    found = result(replace(apart, links=(cable,)), "scope-boundary-declared")
    assert codes(found) == {"scope-boundary-declared.domain"}
    assert isinstance(found.findings[0].counterexample, SharedDomain)


@pytest.mark.parametrize("planned", [True, False])
def test_every_link_belongs_to_some_zone(planned: bool) -> None:
    """A cable in a VLAN nobody planned is an orphan; a shut one carries nothing."""
    bare = areas()
    vlan = 20 if planned else 77
    ours = replace(bare.segments[1], vlan=20, switches=("a", "b"))
    ends = Link(LinkEnd("a", f"p{vlan}"), LinkEnd("b", f"p{vlan}"), ("lgwan",))
    topology = replace(
        bare,
        segments=(bare.segments[0], ours, bare.segments[2]),
        devices=(a_switch("a", vlan), a_switch("b", vlan)),
        links=(ends,),
    )
    found = result(topology, "scope-boundary-declared")
    assert (found.status is Status.HOLDS) is planned
    shut = tuple(
        replace(d, ports=tuple(replace(p, shutdown=True) for p in d.ports))
        for d in topology.devices
    )
    mended = result(replace(topology, devices=shut), "scope-boundary-declared")
    assert mended.status is Status.HOLDS


@pytest.mark.parametrize(
    ("declared", "status"),
    [
        ({"role": "lgwan"}, Status.HOLDS),
        ({"scope": "school, 第3条ただし書"}, Status.HOLDS),
        ({}, Status.UNKNOWN),
    ],
    ids=["role", "scope", "neither"],
)
def test_an_external_network_says_what_it_is_or_why_it_is_left_out(
    declared: dict[str, str], status: Status
) -> None:
    """Without either nobody knows whose network it is."""
    topology = areas(externals=(external("net", "L", "10.2.0.254", **declared),))
    found = result(topology, "scope-boundary-declared")
    assert found.status is status
    assert missing(found) == (set() if declared else {"missing.scope"})


# --- admission --------------------------------------------------------------------------------


@pytest.mark.parametrize(("nac", "declared"), [("dot1x", False), ("mac-auth", True)])
def test_a_server_that_admits_devices_and_is_not_declared_is_an_entry_of_the_ledger(
    nac: str, declared: bool
) -> None:
    """802.1X asks somebody: that it is nobody of another zone is assumed."""
    bare = areas()
    m = replace(bare.segments[0], nac=nac)
    found = result(replace(bare, segments=(m, *bare.segments[1:])), "mynumber-isolation")
    assert found.status is Status.HOLDS
    assert (("admission-server", "M") in {(a.id, a.subject) for a in found.assumptions}) is (
        not declared
    )
