"""Laws of reading SSIDs; wrong ones are in tests/errors."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.formats.topologies import design
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.segment import Wireless

TEXT = """segments:
  A: {zone: lgwan, vlan: 20, prefix: 10.2.0.0/24, switches: [s1], port_security: true, nac: dot1x}
  B: {zone: lgwan, vlan: 20, prefix: 10.3.0.0/24, switches: [s2, s3], scope: out}
  C: {zone: internet, vlan: 30, prefix: 10.4.0.0/24}
devices: {s1: {kind: l2-switch}, s2: {kind: l2-switch}, s3: {kind: l2-switch}}
"""


@pytest.mark.parametrize(
    ("mapping", "base"),
    [
        ("segment: B", "B"),
        ("vlan: 20, switches: s1", "A"),
        ("vlan: 20, switches: [s2, s3]", "B"),
        ("vlan: 30", "C"),
        ("vlan: 30, switches: [s1, s2]", "C"),
    ],
)
def test_an_ssid_is_the_segment_it_is_laid_on(mapping: str, base: str, tmp_path: Path) -> None:
    """In all but its id, its own guards and what is said of its radio."""
    city = design(tmp_path, TEXT + f"ssids: {{w: {{{mapping}}}}}\n")
    segment = replace(city.segment_by_id[base], ip_source_guard=False, port_security=False)
    expected = replace(segment, id="w", laid_on=base, wireless=Wireless(), nac=None)
    assert city.segment_by_id["w"] == expected


def test_an_ssid_has_a_zone_of_its_own_if_it_says_so(tmp_path: Path) -> None:
    """What its stations are meant to be need not be what they are mapped to."""
    radio = "zone: internet, auth: wpa2-personal, guest: true, ip_source_guard: true"
    city = design(tmp_path, TEXT + f"ssids: {{w: {{segment: A, {radio}}}}}\n")
    found = city.segment_by_id["w"]
    assert (found.zone, found.ip_source_guard) == ("internet", True)
    assert found.wireless == Wireless("wpa2-personal", guest=True)


def test_an_ssid_stands_wherever_a_segment_may(tmp_path: Path) -> None:
    """As the place of a host, in a rule, and at the end of a channel."""
    rule = "r: {kind: router, rules: [{from: w, action: permit}], default: deny}"
    text = TEXT.replace("devices: {", f"devices: {{{rule}, ") + (
        "ssids: {w: {segment: A}}\nhosts: {h: {segment: w, ip: 10.2.0.9}}\n"
        "channels: {c: {kind: necessary, from: w, to: C, service: tcp/443}}\n"
    )
    city = design(tmp_path, text)
    policy = city.device_by_id["r"].policy
    assert policy is not None
    assert policy.rules is not None
    assert policy.rules[0].sources.ranges == city.segment_by_id["A"].ranges
    assert city.channels[0].legs[0].origin == EndpointRef(EndpointKind.SEGMENT, "w")
