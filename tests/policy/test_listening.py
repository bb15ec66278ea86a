"""Laws of the check on services that hosts listen to."""

from dataclasses import replace

import pytest

from tests.policy.designs import a_host, addresses, codes, missing, result, segment, tcp
from zonecheck.model.host import Host, HostInterface, Listens
from zonecheck.model.service import ANY_SERVICE, Service
from zonecheck.model.system import System
from zonecheck.model.topology import Topology
from zonecheck.policy import Status

CHECK = "unused-service-open"


def design(used: tuple[Service, ...], listens: tuple[Service, ...] | None) -> Topology:
    """Return a terminal and a server in one segment, and the system the terminal uses there."""
    taken = None if listens is None else Listens(listens, "build sheet 4")
    server = HostInterface("eth0", "L", addresses("10.2.0.10"), listens=taken)
    closed = HostInterface("eth0", "L", addresses("10.2.0.20"), listens=Listens((), "build sheet"))
    return Topology(
        "listening",
        segments=(
            segment("M", "mynumber", "10.1.0.0/24"),
            segment("L", "lgwan", "10.2.0.0/24"),
            segment("I", "internet", "10.3.0.0/24"),
        ),
        hosts=(Host("srv", (server,), role="server"), Host("pc", (closed,), role="terminal")),
        systems=(System("files", ("srv",), clients=(a_host("pc"),), services=used, admins=()),),
    )


@pytest.mark.parametrize(
    ("listens", "status"),
    [
        ((tcp(443),), Status.HOLDS),
        ((), Status.HOLDS),
        ((tcp(443), tcp(3389)), Status.VIOLATED),
        ((tcp(80),), Status.VIOLATED),
        ((ANY_SERVICE,), Status.VIOLATED),
        (None, Status.UNKNOWN),
    ],
)
def test_a_host_listens_to_no_more_than_is_used(
    listens: tuple[Service, ...] | None, status: Status
) -> None:
    """What it listens to is a part of the services of its systems."""
    assert result(design((tcp(443),), listens), CHECK).status is status


def test_the_services_nobody_uses_are_named() -> None:
    """The finding is about them, not about the one in use."""
    found = result(design((tcp(443),), (tcp(443), tcp(3389))), CHECK)
    assert codes(found) == {"unused-service-open.idle"}
    assert found.findings[0].message.named["services"] == str(tcp(3389))


@pytest.mark.parametrize("used", [(), (ANY_SERVICE,), (tcp(443), ANY_SERVICE)])
def test_a_system_used_by_any_service_uses_no_certain_one(used: tuple[Service, ...]) -> None:
    """Else whatever a host listens to would hold; what is used is missing."""
    topology = design(used, ())
    found = result(topology, CHECK)
    assert (found.status, missing(found)) == (Status.UNKNOWN, {"missing.system-key"})
    assert result(design(used, (tcp(3389),)), CHECK).status is Status.VIOLATED


def test_a_longer_list_never_mends() -> None:
    """Listening to more is never better."""
    few = design((tcp(443),), (tcp(80),))
    server = few.hosts[0]
    card = replace(server.interfaces[0], listens=Listens((tcp(80), tcp(443)), "build sheet 4"))
    more = replace(few, hosts=(replace(server, interfaces=(card,)), *few.hosts[1:]))
    assert result(few, CHECK).status is Status.VIOLATED
    assert result(more, CHECK).status is Status.VIOLATED
