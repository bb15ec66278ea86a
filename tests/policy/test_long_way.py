"""Where a packet may be translated again and again, the answer names the routes that lack."""

from pathlib import Path

from tests.formats.topologies import design
from zonecheck.policy import Status, load_profile, verify

NETWORK = """profile: fuefuki-10
segments:
  L: {zone: lgwan, prefix: 10.1.0.0/24}
  I: {zone: internet, prefix: 10.2.0.0/24}
hosts:
  l-pc: {segment: L, ip: 10.1.0.10}
  i-pc: {segment: I, ip: 10.2.0.10}
devices:
  fw:
    kind: firewall
    interfaces: {l: {segment: L, ip: 10.1.0.1}, i: {segment: I, ip: 10.2.0.1}}
    management: none
    rules: []
    default: permit
    nat: [{out: i, source: interface}]
"""
CHECK = "lgwan-internet-separation"


def test_a_translating_device_without_routes_is_named_at_its_place(tmp_path: Path) -> None:
    """With routes declared there is an answer."""
    fuefuki = load_profile("fuefuki-10")
    unclear = verify(design(tmp_path, NETWORK), fuefuki, checks=[CHECK]).result(CHECK)
    assert unclear.status is Status.UNKNOWN
    first = unclear.missing[0]
    assert (first.item.code, first.item.named) == ("missing.routes", {"subject": "fw"})
    assert first.source == design(tmp_path, NETWORK).device_by_id["fw"].source
    routed = design(tmp_path, NETWORK + "    routes: []\n")
    assert verify(routed, fuefuki, checks=[CHECK]).result(CHECK).status is Status.VIOLATED
