"""What has to pass the LGWAN gateway or the security cloud passes it."""

from dataclasses import replace
from ipaddress import ip_address, ip_interface, ip_network

import pytest

from tests.policy.designs import (
    ASP,
    NARROW,
    PROFILE,
    PUBLIC,
    external,
    host,
    missing,
    permit,
    result,
    router,
    segment,
    specific_flow_design,
    tcp,
    with_external,
)
from zonecheck.model.device import L3Interface, ReversePath, Route
from zonecheck.model.external import Openness
from zonecheck.model.filter import Filter
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.verdict import PacketPath

LGWAN = "public-body-via-lgwan"
CLOUD = "egress-via-security-cloud"


def gateway_design(*, shortcut: bool = False, shortcut_only_back: bool = False) -> Topology:
    """Return the way to a public body over an LGWAN gateway, and perhaps one beside it.

    M -- m-fw -- T -- gw -- LINE -- lgwan
                 `--- by -----'
    """
    plain = specific_flow_design(peer=PUBLIC)
    to_m = {"10.1.0.0/24": "10.8.0.1"}
    anything = permit("any", "any")
    devices = [
        router(
            "m-fw",
            {"m": ("M", "10.1.0.1/24"), "t": ("T", "10.8.0.1/29")},
            {"198.18.0.0/16": "10.8.0.3" if shortcut else "10.8.0.2"},
            *(NARROW, permit(ASP, "10.1.0.10", tcp(443))) if shortcut_only_back else (NARROW,),
        ),
        router(
            "gw",
            {"t": ("T", "10.8.0.2/29"), "line": ("LINE", "10.9.0.1/29")},
            {"198.18.0.0/16": "10.9.0.2", **to_m},
            anything,
        ),
    ]
    if shortcut or shortcut_only_back:
        routes = {"198.18.0.0/16": "10.9.0.2"} if shortcut else to_m
        faces = {"t": ("T", "10.8.0.3/29"), "line": ("LINE", "10.9.0.3/29")}
        devices.append(router("by", faces, routes, anything))
    line = segment("LINE", "ext:lgwan", "10.9.0.0/29")
    lgwan = external("lgwan", "LINE", "10.9.0.2", peers=(PUBLIC,), role="lgwan", gateways=("gw",))
    return replace(
        plain,
        segments=(plain.segments[0], segment("T", "mynumber", "10.8.0.0/29"), line),
        devices=tuple(devices),
        externals=(lgwan,),
    )


def test_what_only_the_gateway_hands_on_passes_it() -> None:
    """The mended twin."""
    found = result(gateway_design(), LGWAN)
    assert found.status is Status.HOLDS
    assert not found.vacuous
    assert "external-role" in {assumption.id for assumption in found.assumptions}


@pytest.mark.parametrize("back", [False, True])
def test_a_way_around_the_gateway_is_shown_in_either_direction(back: bool) -> None:
    """The path shown does not touch the gateway."""
    found = result(gateway_design(shortcut=not back, shortcut_only_back=back), LGWAN)
    assert found.status is Status.VIOLATED
    for finding in found.findings:
        path = finding.counterexample
        assert isinstance(path, PacketPath)
        assert "gw" not in {hop.node for hop in path.hops}
        assert "by" in {hop.node for hop in path.hops}
    assert (found.findings[0].counterexample.origin.node == "lgwan") == back  # type: ignore[union-attr]


def test_one_branch_of_several_around_the_gateway_is_enough() -> None:
    """With two next hops the packet also takes the one that avoids the gateway."""
    design = gateway_design(shortcut=True)
    first, *others = design.devices
    both = Route(ip_network("198.18.0.0/16"), (ip_address("10.8.0.2"), ip_address("10.8.0.3")))
    design = replace(design, devices=(replace(first, routes=(both,)), *others))
    assert result(design, LGWAN).status is Status.VIOLATED


def test_without_gateways_the_edges_of_the_lgwan_are_the_waypoint() -> None:
    """Any way to them will do, and no way past them to another network."""
    design = specific_flow_design(peer=PUBLIC)
    assert result(design, LGWAN).status is Status.HOLDS
    (firewall,) = design.devices
    leased = L3Interface("leased", "DIRECT", (ip_interface("10.7.0.1/30"),))
    branch = Route(ip_network("198.18.6.0/24"), (ip_address("10.7.0.2"),))
    direct = replace(
        design,
        segments=(*design.segments, segment("DIRECT", "ext:direct", "10.7.0.0/30")),
        devices=(
            replace(
                firewall,
                interfaces=(*firewall.interfaces, leased),
                routes=(*(firewall.routes or ()), branch),
            ),
        ),
        externals=(*design.externals, external("direct", "DIRECT", "10.7.0.2", role="public-body")),
    )
    found = result(direct, LGWAN)
    assert found.status is Status.VIOLATED
    assert found.findings[0].zones == ("mynumber", "ext:direct")


@pytest.mark.parametrize(
    ("role", "status"), [(None, Status.UNKNOWN), ("public-body", Status.VIOLATED)]
)
def test_a_network_that_is_not_said_to_be_the_lgwan_is_none(
    role: str | None, status: Status
) -> None:
    """Without a role it may be; with another it is not."""
    design = specific_flow_design(peer=PUBLIC)
    design = with_external(design, replace(design.externals[0], role=role))
    found = result(design, LGWAN)
    assert found.status is status
    assert missing(found) == ({"missing.role"} if role is None else set())


def test_only_excepted_peers_have_to_be_reached_through_the_lgwan() -> None:
    """Other peers may have lines of their own."""
    found = result(specific_flow_design(), LGWAN)
    assert (found.status, found.vacuous) == (Status.HOLDS, True)


def egress_design(
    role: str | None, *, gateways: tuple[str, ...] = (), zone: str = "internet"
) -> Topology:
    """Return a terminal that reaches an open network of some role through a firewall."""
    return Topology(
        "egress",
        zones=PROFILE.zones,
        segments=(
            segment("I", zone, "10.3.0.0/24"),
            segment("LINE", "ext:outside", "10.9.0.0/30"),
        ),
        hosts=(host("i-pc", "I", "10.3.0.10"),),
        devices=(
            router(
                "i-fw",
                {"i": ("I", "10.3.0.1/24"), "line": ("LINE", "10.9.0.1/30")},
                {"0.0.0.0/0": "10.9.0.2"},
                permit("10.3.0.10", "any", tcp(443)),
            ),
        ),
        externals=(
            external(
                "outside", "LINE", "10.9.0.2", openness=Openness.OPEN, role=role, gateways=gateways
            ),
        ),
    )


@pytest.mark.parametrize(
    ("role", "gateways", "status"),
    [
        ("security-cloud", (), Status.HOLDS),
        ("security-cloud", ("i-fw",), Status.HOLDS),
        ("security-cloud", ("elsewhere",), Status.VIOLATED),
        ("internet", (), Status.VIOLATED),
        (None, (), Status.UNKNOWN),
    ],
)
def test_the_internet_is_reached_through_the_security_cloud_alone(
    role: str | None, gateways: tuple[str, ...], status: Status
) -> None:
    """A network without a role may be the cloud, one with another role is none."""
    found = result(egress_design(role, gateways=gateways), CLOUD)
    assert found.status is status
    assert not found.vacuous
    assert missing(found) == ({"missing.role"} if status is Status.UNKNOWN else set())


def test_a_second_way_out_is_a_way_around() -> None:
    """Both directions count: what can come in without being asked for as well."""
    design = egress_design("security-cloud")
    isp = external("isp", "I", "10.3.0.200", openness=Openness.OPEN, role=None)
    found = result(with_external(design, isp), CLOUD)
    assert found.status is Status.VIOLATED
    assert {finding.zones for finding in found.findings} == {
        ("internet", "ext:isp"),
        ("ext:isp", "internet"),
    }


@pytest.mark.parametrize("to_isp", [True, False])
def test_a_gateway_counts_in_the_line_of_its_network_alone(to_isp: bool) -> None:
    """What our own firewall hands on to another provider has not passed the cloud it leads to."""
    design = egress_design("security-cloud", gateways=("i-fw",))
    (firewall,) = design.devices
    second = L3Interface("isp", "SECOND", (ip_interface("10.9.1.1/30"),))
    default = Route(ip_network("0.0.0.0/0"), (ip_address("10.9.1.2" if to_isp else "10.9.0.2"),))
    two_lines = replace(
        with_external(
            design, external("isp", "SECOND", "10.9.1.2", openness=Openness.OPEN, role="internet")
        ),
        segments=(*design.segments, segment("SECOND", "ext:isp", "10.9.1.0/30")),
        devices=(
            replace(
                firewall,
                interfaces=tuple(
                    replace(face, reverse_path=ReversePath.STRICT) if face.id != "i" else face
                    for face in (*firewall.interfaces, second)
                ),
                routes=(default,),
                policy=Filter(
                    "rules", (permit("10.3.0.10", "203.0.113.0/24", tcp(443)),), stateful=True
                ),
            ),
        ),
    )
    found = result(two_lines, CLOUD)
    assert (found.status is Status.VIOLATED) is to_isp
    assert not found.vacuous
    if to_isp:
        assert {z for finding in found.findings for z in finding.zones} == {"internet", "ext:isp"}


def test_another_network_in_the_line_of_a_gateway_is_behind_it() -> None:
    """Whatever leaves the gateway for that segment has passed it; past the gateway it has not."""
    design = egress_design("security-cloud", gateways=("i-fw",))
    isp = external("isp", "LINE", "10.9.0.3", openness=Openness.OPEN, role="internet")
    beside = with_external(design, isp)
    assert result(beside, CLOUD).status is Status.HOLDS


def test_without_an_open_network_there_is_nothing_to_ask() -> None:
    """Closed networks are not the Internet."""
    design = egress_design(None)
    closed = with_external(design, replace(design.externals[0], openness=Openness.CLOSED))
    found = result(closed, CLOUD)
    assert (found.status, found.vacuous) == (Status.HOLDS, True)
    vague = with_external(closed, replace(closed.externals[0], basis=None))
    assert result(vague, CLOUD).status is Status.UNKNOWN


def test_zones_the_design_adds_are_not_areas_of_the_policy() -> None:
    """A DMZ answers to other checks."""
    assert result(egress_design("internet", zone="dmz"), CLOUD).status is Status.HOLDS
    assert result(egress_design("internet", zone="lgwan"), CLOUD).status is Status.VIOLATED
