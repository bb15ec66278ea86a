"""Lines beside the network are asked what every line is asked: where to, what kind, cut where."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from tests.policy.designs import addresses, codes, external, host, missing, result, segment
from zonecheck.model.attribute import Attribute
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import External, Openness, Peer
from zonecheck.model.platform import OutOfBand
from zonecheck.model.topology import Topology
from zonecheck.policy import Status

LINKS = "public-links-via-lgwan"
KINDS = "line-class-adequate"
ENCRYPTED = "transit-encryption"
CUT = "disconnect-point-effective"
BODY = External("body", (), Openness.CLOSED, basis="contract", role="public-body")
PEER = Peer("system", addresses("198.19.2.10"), public_body=True, operator="LTA")


def attributes(**named: str) -> tuple[Attribute, ...]:
    """Return attributes of one value each."""
    return tuple(Attribute(name, (value,)) for name, value in named.items())


def beside(
    medium: str = "modem",
    said: Mapping[str, str] = MappingProxyType({}),
    *,
    to: External = BODY,
    peer: str = "",
    cut: str = "",
) -> Topology:
    """Return a host of ours that a line beside the network joins with a network of others.

    L (l-ops) ~~~ line ~~~ to
    """
    kind = EndpointKind.PEER if peer else EndpointKind.EXTERNAL
    ends = (EndpointRef(EndpointKind.HOST, "l-ops"), EndpointRef(kind, to.id, peer))
    line = OutOfBand("line", medium, ends, attributes=attributes(**said))
    named = attributes(disconnect=cut) if cut else ()
    return Topology(
        "beside",
        segments=(segment("L", "lgwan", "10.2.0.0/24"),),
        hosts=(host("l-ops", "L", "10.2.0.20"), host("l-srv", "L", "10.2.0.21")),
        externals=(replace(to, attributes=named),),
        out_of_band=(line,),
    )


def switched_off(topology: Topology) -> Topology:
    """Return a design whose lines beside the network are off."""
    return replace(
        topology, out_of_band=tuple(replace(p, enabled=False) for p in topology.out_of_band)
    )


@pytest.mark.parametrize("peer", ["", "system"])
@pytest.mark.parametrize("role", ["public-body", None])
def test_a_line_beside_the_network_to_a_public_body_says_why_it_is_not_the_lgwan(
    peer: str, role: str | None
) -> None:
    """Like an edge, whether it is the network or its peer that is one."""
    to = replace(BODY, role=role, peers=(PEER,))
    found = result(beside(to=to, peer=peer), LINKS)
    assert found.status is Status.VIOLATED
    assert [f.message.named["attachment"] for f in found.findings] == ["line"]
    assert (
        result(beside("modem", {"exception": "Act 1"}, to=to, peer=peer), LINKS).status
        is Status.HOLDS
    )
    assert result(switched_off(beside(to=to, peer=peer)), LINKS).status is Status.HOLDS
    assert result(beside(to=replace(to, role="lgwan"), peer=peer), LINKS).status is Status.HOLDS


def test_other_networks_need_no_exception_for_lines_beside() -> None:
    """Only public bodies are to be reached over the LGWAN."""
    assert result(beside(to=replace(BODY, role="maintenance")), LINKS).vacuous


@pytest.mark.parametrize("medium", ["lte", "usb-tether"])
@pytest.mark.parametrize("declared", ["dedicated", "ip-vpn", "mobile", None])
def test_a_mobile_medium_is_a_mobile_line(medium: str, declared: str | None) -> None:
    """Whatever it is declared to be: the profile accepts none, and it has to be encrypted."""
    kind = {} if declared is None else {"line_kind": declared}
    found = result(beside(medium, kind), KINDS)
    assert found.status is Status.VIOLATED
    assert [f.message.named["kind"] for f in found.findings] == ["mobile"]
    silent = result(beside(medium, kind), ENCRYPTED)
    assert silent.status is Status.UNKNOWN
    assert missing(silent) == {"missing.attribute"}
    plain = result(beside(medium, {**kind, "encryption": "なし"}), ENCRYPTED)
    assert codes(plain) == {f"{ENCRYPTED}.none"}
    if declared is not None:
        tunnel = beside(medium, {**kind, "encryption": "IPsec"})
        assert result(tunnel, ENCRYPTED).status is Status.HOLDS


def test_a_medium_that_is_no_mobile_line_is_what_it_is_declared_to_be() -> None:
    """A modem on a line of its own."""
    line = beside("modem", {"line_kind": "dedicated"})
    assert result(line, KINDS).status is Status.HOLDS
    assert result(line, ENCRYPTED).status is Status.HOLDS


@pytest.mark.parametrize(
    "text", ["none", "off", "暗号化なし", "暗号化しない", "平文", "未暗号化", "not encrypted"]
)
def test_encryption_in_a_word_that_means_none_is_none(text: str) -> None:
    """However it is put, at an edge and beside the network."""
    edge = external("isp", "L", "10.2.0.254")
    (drawn,) = edge.edges
    said = {"line_kind": "internet", "encryption": text}
    topology = Topology(
        "edge",
        segments=(segment("L", "lgwan", "10.2.0.0/24"),),
        externals=(replace(edge, edges=(replace(drawn, attributes=attributes(**said)),)),),
    )
    for design in (topology, beside("modem", said)):
        found = result(design, ENCRYPTED)
        assert found.status is Status.VIOLATED
        assert codes(found) == {f"{ENCRYPTED}.none"}


@pytest.mark.parametrize(
    "text", ["IPsec (telnet)", "平文区間なし", "次年度に予定", "VPN, not on site"]
)
def test_encryption_in_a_text_that_denies_anything_is_not_declared(text: str) -> None:
    """Nobody can tell whether that is encrypted: what there is has to be written alone."""
    said = {"line_kind": "internet", "encryption": text}
    found = result(beside(said=said), ENCRYPTED)
    assert found.status is Status.UNKNOWN
    assert missing(found) == {"missing.safeguard-unclear"}


def test_a_network_joined_only_beside_says_what_is_cut() -> None:
    """Nothing but that line leads there."""
    found = result(beside(), CUT)
    assert found.status is Status.UNKNOWN
    assert [item.item.named["subject"] for item in found.missing] == ["body"]
    assert result(switched_off(beside()), CUT).vacuous


@pytest.mark.parametrize(("cut", "status"), [("l-ops", Status.HOLDS), ("l-srv", Status.VIOLATED)])
def test_cutting_a_network_off_kills_the_lines_beside_the_network(cut: str, status: Status) -> None:
    """One with an end left joins it still."""
    found = result(beside(cut=cut), CUT)
    assert found.status is status
    assert not found.vacuous
    assert codes(found) == (set() if status is Status.HOLDS else {f"{CUT}.beside"})
