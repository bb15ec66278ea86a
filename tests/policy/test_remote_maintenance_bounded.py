"""Vendors reach what they maintain, and nothing through it."""

from dataclasses import replace

import pytest

from tests.policy.designs import (
    PROFILE,
    a_host,
    a_peer,
    addresses,
    codes,
    external,
    host,
    leg,
    missing,
    permit,
    result,
    router,
    segment,
    tcp,
    with_external,
)
from zonecheck.model.channel import Channel, Leg, Maintenance, SpecificFlow
from zonecheck.model.external import Peer
from zonecheck.model.filter import Rule
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.verdict import PacketPath, RelayChain

CHECK = "remote-maintenance-bounded"
VENDOR = Peer("vendor", addresses("198.51.100.10"), internet_connected=False, basis="contract")
RDP = tcp(3389)
IN = leg(a_peer("line", "vendor"), a_host("jump-l"), RDP)
ON = leg(a_host("jump-l"), a_host("i-srv"), RDP)
TO_JUMP = permit("198.51.100.10", "10.2.0.10", RDP)
TO_SERVER = permit("10.2.0.10", "10.3.0.10", RDP)
TO_MYNUMBER = permit("10.2.0.10", "10.1.0.10", RDP)
ENTRY = Maintenance("vendor", (IN,), "mfa", "ipsec", "09:00-17:00")


def design(*rules: Rule, entries: tuple[Maintenance, ...] = (ENTRY,)) -> Topology:
    """Return a vendor's line, a jump host of the LGWAN area and servers of the other two.

    line (peer vendor) -- LINE -- fw -- L (jump-l, l-srv)
                                   |--- M (jump-m)
                                   `--- I (i-srv)
    """
    return Topology(
        "maintenance",
        zones=PROFILE.zones,
        segments=(
            segment("M", "mynumber", "10.1.0.0/24"),
            segment("L", "lgwan", "10.2.0.0/24"),
            segment("I", "internet", "10.3.0.0/24"),
            segment("LINE", "ext:line", "10.9.0.0/30"),
        ),
        hosts=(
            host("jump-m", "M", "10.1.0.10"),
            host("jump-l", "L", "10.2.0.10"),
            host("l-srv", "L", "10.2.0.20"),
            host("i-srv", "I", "10.3.0.10"),
        ),
        devices=(
            router(
                "fw",
                {
                    "m": ("M", "10.1.0.1/24"),
                    "l": ("L", "10.2.0.1/24"),
                    "i": ("I", "10.3.0.1/24"),
                    "line": ("LINE", "10.9.0.1/30"),
                },
                {"198.51.100.0/24": "10.9.0.2"},
                *rules,
            ),
        ),
        externals=(external("line", "LINE", "10.9.0.2", peers=(VENDOR,)),),
        maintenance=entries,
    )


def test_declared_sessions_alone_hold() -> None:
    """The mended twin of everything below; in-zone sessions of the jump host are its zone's."""
    found = result(design(TO_JUMP), CHECK)
    assert found.status is Status.HOLDS
    assert not found.vacuous
    assert "maintenance-safeguards" in {assumption.id for assumption in found.assumptions}
    assert result(design(TO_JUMP), "undeclared-permit").status is Status.HOLDS


def test_what_a_vendor_reaches_beyond_its_declaration_is_shown() -> None:
    """An any-any rule: another host, another port."""
    found = result(design(permit("198.51.100.10", "any")), CHECK)
    assert found.status is Status.VIOLATED
    assert f"{CHECK}.extra" in codes(found)
    paths = [f.counterexample for f in found.findings if f.message.code == f"{CHECK}.extra"]
    assert all(isinstance(p, PacketPath) and p.origin.node == "line" for p in paths)


def test_another_peer_of_the_same_network_is_not_the_vendor() -> None:
    """By its addresses a peer is known, unless the whole network is there for maintenance."""
    other = permit("198.51.100.20", "10.3.0.10", tcp(443))
    mixed = design(TO_JUMP, other)
    assert result(mixed, CHECK).status is Status.HOLDS
    (line,) = mixed.externals
    vendors = with_external(mixed, replace(line, role="maintenance"))
    assert result(vendors, CHECK).status is Status.VIOLATED


def test_a_stepping_stone_into_another_zone_is_shown_as_a_chain() -> None:
    """The vendor, the jump host, and where that gets."""
    found = result(design(TO_JUMP, TO_MYNUMBER), CHECK)
    assert found.status is Status.VIOLATED
    (finding,) = found.findings
    chain = finding.counterexample
    assert isinstance(chain, RelayChain)
    assert chain.nodes == ("line/vendor", "jump-l", "jump-m")
    assert finding.zones == ("lgwan", "mynumber")


def test_a_stepping_stone_nobody_gets_to_is_none() -> None:
    """The vendor's own leg is not permitted: what the jump host may do is not the vendor's."""
    assert result(design(TO_SERVER), CHECK).status is Status.HOLDS
    assert result(design(TO_SERVER), "undeclared-permit").status is Status.VIOLATED


@pytest.mark.parametrize(
    "declaration",
    [
        {"maintenance": (replace(ENTRY, legs=(IN, ON)),)},
        {"channels": (Channel("web", "necessary", (ON,)),)},
    ],
)
def test_what_is_declared_for_a_stepping_stone_is_not_beyond(
    declaration: dict[str, object],
) -> None:
    """As a further leg of the entry, or as a channel in its own right."""
    plain = design(TO_JUMP, TO_SERVER)
    assert result(plain, CHECK).status is Status.VIOLATED
    assert result(replace(plain, **declaration), CHECK).status is Status.HOLDS  # type: ignore[arg-type]


def test_into_the_my_number_area_only_specific_flows_lead() -> None:
    """Neither a leg of maintenance nor a channel is enough there."""
    into: Leg = leg(a_host("jump-l"), a_host("jump-m"), RDP)
    declared = design(TO_JUMP, TO_MYNUMBER, entries=(replace(ENTRY, legs=(IN, into)),))
    assert result(declared, CHECK).status is Status.VIOLATED
    flow = SpecificFlow("batch", into.origin, into.destination, into.services, bind=("ip",))
    assert result(replace(declared, specific_flows=(flow,)), CHECK).status is Status.HOLDS


def test_a_vendor_straight_in_the_my_number_area_needs_a_specific_flow() -> None:
    """The same for the vendor's own sessions."""
    into = leg(a_peer("line", "vendor"), a_host("jump-m"), RDP)
    direct = design(
        permit("198.51.100.10", "10.1.0.10", RDP), entries=(replace(ENTRY, legs=(into,)),)
    )
    assert result(direct, CHECK).status is Status.VIOLATED
    flow = SpecificFlow("batch", into.origin, into.destination, into.services)
    assert result(replace(direct, specific_flows=(flow,)), CHECK).status is Status.HOLDS


@pytest.mark.parametrize(("depth", "status"), [(1, Status.HOLDS), (2, Status.VIOLATED)])
def test_the_profile_says_how_far_maintenance_is_followed(depth: int, status: Status) -> None:
    """The second host is followed only where the policy looks that far."""
    onward = permit("10.3.0.10", "10.1.0.10", tcp(22))
    far = design(TO_JUMP, TO_SERVER, onward, entries=(replace(ENTRY, legs=(IN, ON)),))
    profile = replace(PROFILE, maintenance_depth=depth)
    assert result(far, CHECK, profile).status is status
    found = result(far, CHECK)
    (finding,) = found.findings
    assert isinstance(finding.counterexample, RelayChain)
    assert finding.counterexample.nodes == ("line/vendor", "jump-l", "i-srv", "jump-m")


@pytest.mark.parametrize("field", ["authentication", "encryption", "window"])
def test_a_safeguard_that_is_not_declared_leaves_it_open(field: str) -> None:
    """Each of the three on its own."""
    entry = replace(ENTRY, **{field: None})  # type: ignore[arg-type]
    found = result(design(TO_JUMP, entries=(entry,)), CHECK)
    assert found.status is Status.UNKNOWN
    assert missing(found) == {"missing.safeguard"}
    assert [item.item.named["setting"] for item in found.missing] == [field]


def test_a_maintenance_line_without_an_entry_is_found_even_if_nothing_passes() -> None:
    """It is there for something."""
    bare = design(entries=())
    assert result(bare, CHECK).vacuous
    line = with_external(bare, replace(bare.externals[0], role="maintenance"))
    found = result(line, CHECK)
    assert found.status is Status.VIOLATED
    assert codes(found) == {f"{CHECK}.no-entry"}


def test_a_network_tagged_with_an_area_of_ours_is_still_the_vendor_s() -> None:
    """A tag on the line does not make its sessions the zone's own affair."""
    tagged = design(permit("198.51.100.10", "10.2.0.20", RDP))
    tagged = with_external(tagged, replace(tagged.externals[0], zone_tag="lgwan"))
    assert result(tagged, CHECK).status is Status.VIOLATED
