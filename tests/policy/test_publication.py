"""What people outside are declared to use is public, whatever it is called."""

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
)
from zonecheck.model.attribute import Attribute
from zonecheck.model.channel import Channel, Leg, Maintenance
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.external import ExternalEdge, Openness, Peer
from zonecheck.model.filter import Rule
from zonecheck.model.platform import OutOfBand
from zonecheck.model.topology import Topology
from zonecheck.policy import Status

CHECK = "public-service-separated"
ISP = EndpointRef(EndpointKind.EXTERNAL, "isp")
FRONT = Peer("front", addresses("203.0.113.10"), internet_connected=True)
MANY = Peer("many", addresses("198.51.0.0/16"), internet_connected=True)
WEB = permit("any", "10.3.0.20", tcp(443))
EVERYBODY = leg(ISP, a_host("web"), tcp(443))
NAMED = leg(a_peer("isp", "front"), a_host("web"), tcp(443))
UNNAMED = leg(a_peer("isp", "many"), a_host("web"), tcp(443))
FROM_INSIDE = leg(a_host("i-srv"), a_host("web"), tcp(443))
SEGMENT = leg(ISP, EndpointRef(EndpointKind.SEGMENT, "DMZ"), tcp(443))


def design(
    *legs: Leg,
    said: str | None = "internal",
    rules: tuple[Rule, ...] = (WEB,),
    maintenance: tuple[Leg, ...] = (),
) -> Topology:
    """Return a server in a segment of its own behind a firewall, and a line to the Internet."""
    attributes = () if said is None else (Attribute("exposure", (said,)),)
    entry = Maintenance("home", maintenance, "mfa", "ipsec", "9:00-17:00", staff=True)
    return Topology(
        "publication",
        zones=PROFILE.zones,
        segments=(
            segment("I", "internet", "10.2.0.0/24"),
            segment("DMZ", "internet", "10.3.0.0/24"),
            segment("LINE", "ext:isp", "10.9.0.0/29"),
        ),
        hosts=(
            host("i-srv", "I", "10.2.0.10"),
            replace(host("web", "DMZ", "10.3.0.20"), attributes=attributes),
        ),
        devices=(
            router(
                "fw",
                {
                    "i": ("I", "10.2.0.1/24"),
                    "dmz": ("DMZ", "10.3.0.1/24"),
                    "line": ("LINE", "10.9.0.1/29"),
                },
                {"0.0.0.0/0": "10.9.0.2"},
                *rules,
            ),
        ),
        externals=(
            external("isp", "LINE", "10.9.0.2", openness=Openness.OPEN, peers=(FRONT, MANY)),
        ),
        channels=(Channel("web", "necessary", legs),) if legs else (),
        maintenance=(entry,) if maintenance else (),
    )


@pytest.mark.parametrize("used", [EVERYBODY, NAMED, UNNAMED, SEGMENT])
def test_a_server_an_open_network_is_declared_to_use_is_not_internal(used: Leg) -> None:
    """Not even if only a peer is named: a reverse proxy speaks for anybody behind it."""
    found = result(design(used), CHECK)
    assert found.status is Status.VIOLATED
    assert f"{CHECK}.internal" in codes(found)
    assert f"{CHECK}.internal" not in codes(result(design(used, said="public"), CHECK))
    unsaid = result(design(used, said=None, rules=()), CHECK)
    assert unsaid.status is Status.UNKNOWN
    assert missing(unsaid) == {"missing.attribute"}


def test_a_server_called_internal_that_nobody_outside_uses_is_internal() -> None:
    """The mended twin."""
    found = result(design(FROM_INSIDE, rules=()), CHECK)
    assert found.status is Status.HOLDS
    assert found.vacuous


def test_what_is_contradicted_is_asked_what_public_servers_are_asked() -> None:
    """Its ports, and its protection against floods."""
    ssh = permit("any", "10.3.0.20", tcp(22))
    open_port = design(EVERYBODY, rules=(WEB, ssh))
    assert result(open_port, "exposed-port-minimal").status is Status.VIOLATED
    for check in ("exposed-port-minimal", "dos-protection-declared"):
        assert not result(design(EVERYBODY), check).vacuous
        assert result(design(FROM_INSIDE, rules=()), check).vacuous


@pytest.mark.parametrize(
    ("used", "internal"), [(NAMED, True), (UNNAMED, False), (EVERYBODY, False)]
)
def test_maintenance_by_somebody_in_particular_publishes_nothing(used: Leg, internal: bool) -> None:
    """A few addresses are somebody, a whole network is anybody."""
    found = result(design(maintenance=(used,), rules=()), CHECK)
    assert (found.status is Status.HOLDS) is internal


def test_what_an_open_network_opens_without_a_declaration_is_found_whatever_it_says() -> None:
    """The rule alone is enough."""
    for said in ("internal", None):
        found = result(design(said=said), CHECK)
        assert codes(found) == {f"{CHECK}.exposed"}


MINIMAL = "external-attachment-minimal"


@pytest.mark.parametrize(
    ("line", "redundant", "at", "status"),
    [
        ("K-1", False, "LINE", Status.HOLDS),
        ("Ｋ-1 ", False, "LINE", Status.HOLDS),
        ("K-2", False, "LINE", Status.VIOLATED),
        (None, False, "LINE", Status.VIOLATED),
        ("K-2", True, "LINE", Status.HOLDS),
        ("K-1", False, "I", Status.VIOLATED),
        ("K-1", True, "I", Status.HOLDS),
    ],
)
def test_lines_are_counted_wherever_they_end(
    line: str | None, redundant: bool, at: str, status: Status
) -> None:
    """Two routers at one line are one line, of one name in two places two."""
    one = ExternalEdge("one", "LINE", addresses("10.9.0.2"), line="K-1")
    spare = (Attribute("redundant", ("true",)),) if redundant else ()
    own = addresses("10.9.0.3" if at == "LINE" else "10.2.0.3")
    two = ExternalEdge("two", at, own, line=line, attributes=spare)
    plain = design()
    (isp,) = plain.externals
    found = result(replace(plain, externals=(replace(isp, edges=(one, two)),)), MINIMAL)
    assert found.status is status


@pytest.mark.parametrize(("enabled", "status"), [(True, Status.VIOLATED), (False, Status.HOLDS)])
@pytest.mark.parametrize("end", [ISP, a_peer("isp", "front")])
def test_a_path_beside_the_network_is_one_more_line(
    end: EndpointRef, enabled: bool, status: Status
) -> None:
    """As long as it is on, and not one kept for failures."""
    joins = (a_host("i-srv"), end)
    path = OutOfBand("lte", "lte", joins, enabled, line="K-1")
    beside = replace(design(), out_of_band=(path,))
    assert result(beside, MINIMAL).status is status
    spare = replace(path, attributes=(Attribute("redundant", ("true",)),))
    assert result(replace(beside, out_of_band=(spare,)), MINIMAL).status is Status.HOLDS
