"""What the checks on attachments take on trust can be doubted (docs/semantics.md, section 8)."""

from dataclasses import replace

import pytest

from tests.policy.designs import external, result, segment
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.host import Host, HostInterface
from zonecheck.model.platform import OutOfBand
from zonecheck.model.segment import Segment, Wireless
from zonecheck.model.topology import Topology
from zonecheck.policy import Status
from zonecheck.policy.withdraw import declarations, leaves_unknown, withdraw

ENTRY = {"purpose": "mail", "line": "L2VPN", "owner": "information division"}
CHECK_OF = {
    "wlan-auth": "wlan-strong-auth",
    "fax-line": "mfp-single-zone",
    "register": "external-attachment-registered",
    "out-of-scope": "scope-boundary-declared",
    "out-of-band-off": "oob-path",
}


def trusting() -> Topology:
    """Return a design that declares one thing of each kind."""
    network = external("net", "L", "10.2.0.254", scope="another body")
    entered = replace(network, edges=(replace(network.edges[0], **ENTRY),))  # type: ignore[arg-type]
    ends = tuple(EndpointRef(EndpointKind.SEGMENT, name) for name in ("L", "M"))
    cell = Segment("wifi", "lgwan", laid_on="L", wireless=Wireless("wpa3-enterprise"))
    return Topology(
        "trusting",
        segments=(
            segment("L", "lgwan", "10.2.0.0/24"),
            segment("M", "mynumber", "10.1.0.0/24"),
            cell,
        ),
        hosts=(Host("mfp", (HostInterface("eth0", "M"),), role="mfp", fax="none"),),
        externals=(entered,),
        out_of_band=(OutOfBand("kvm", "kvm", ends, enabled=False),),
    )


@pytest.mark.parametrize("name", sorted(CHECK_OF))
def test_a_verdict_falls_with_the_declaration_it_rests_on(name: str) -> None:
    """Without it the check is unknown, or violated where the worst case is plain."""
    topology = trusting()
    check = CHECK_OF[name]
    assert result(topology, check).status is Status.HOLDS
    (entry,) = (found for found in declarations(topology) if found.id == name)
    doubted = result(withdraw(topology, entry), check)
    expected = Status.UNKNOWN if leaves_unknown(topology, entry, check) else Status.VIOLATED
    assert doubted.status is expected
