"""Community IDs are those of the definition's own table of samples."""

from ipaddress import ip_address

import pytest

from tests.captures.made_frames import ethernet, ipv4, tcp
from zonecheck.capture.read.community_id import community_id
from zonecheck.capture.read.layer import Layer
from zonecheck.capture.read.layers import decode

V6 = ("fe80:1:203:405:607:809:a0b:c0d", "fe80:1011:1213:1415:1617:1819:1a1b:1c1d")
V4 = ("1.2.3.4", "5.6.7.8")
SAMPLES = [
    # baseline/README.md of corelight/community-id-spec: protocol, ends, ports or ICMP, seed
    (6, V4, (1122, 3344), 0, "1:wCb3OG7yAFWelaUydu0D+125CLM="),
    (17, V4, (1122, 3344), 0, "1:0Mu9InQx6z4ZiCZM/7HXi2WMhOg="),
    (132, V4, (1122, 3344), 0, "1:EKt4MsxuyaE6mL+hmrEkQ9csDD8="),
    (1, V4, (8, 0), 0, "1:crodRHL2FEsHjbv3UkRrfbs4bZ0="),
    (1, V4[::-1], (0, 0), 0, "1:crodRHL2FEsHjbv3UkRrfbs4bZ0="),
    (1, V4, (11, 0), 0, "1:f/YiSyWqczrTgfUCZlBUnvHRcPk="),
    (58, V6, (128, 0), 0, "1:0bf7hyMJUwt3fMED7z8LIfRpBeo="),
    (58, V6[::-1], (129, 0), 0, "1:0bf7hyMJUwt3fMED7z8LIfRpBeo="),
    (58, V6, (146, 0), 0, "1:fYC8+pz24E+EhANP1EZhpX0Dw10="),
    (46, V4, None, 0, "1:ikv3kmf89luf73WPz1jOs49S768="),
    (46, V6, None, 0, "1:wQ/2mwrnXP4lmJcHdGL5ePjR+e0="),
    (6, V4, (1122, 3344), 1, "1:HhA1B+6CoLbiKPEs5nhNYN4XWfk="),
    (1, V4, (8, 0), 1, "1:9pr4ZGTICiuZoIh90RRYE2RyXpU="),
    (58, V6, (146, 0), 1, "1:Cv4IKJe56BNkF0MBW2YxQ3Nwc3s="),
    (46, V6, None, 1, "1:j6EyyfBzL4vWKHFXgUqb5Az3OxM="),
]


@pytest.mark.parametrize(("protocol", "ends", "numbers", "seed", "expected"), SAMPLES)
def test_the_samples_of_the_definition_have_their_ids(
    protocol: int,
    ends: tuple[str, str],
    numbers: tuple[int, int] | None,
    seed: int,
    expected: str,
) -> None:
    """And both directions of what goes both ways have one."""
    source, destination = (int(ip_address(end)) for end in ends)
    first, second = numbers or (None, None)
    is_icmp = protocol in (1, 58)
    layer = Layer(
        interface=0,
        kind="ipv6" if ":" in ends[0] else "ipv4",
        source=source,
        destination=destination,
        protocol=protocol,
        source_port=None if is_icmp else first,
        destination_port=None if is_icmp else second,
        icmp_type=first if is_icmp else None,
        icmp_code=second if is_icmp else None,
    )
    assert community_id(layer, seed) == expected
    if not is_icmp:
        back = Layer(
            interface=3,
            kind=layer.kind,
            source=destination,
            destination=source,
            protocol=protocol,
            source_port=second,
            destination_port=first,
            flag="established" if protocol == 6 else None,
        )
        assert community_id(back, seed) == expected


def test_what_does_not_show_its_ports_has_no_id() -> None:
    """An ID of less than the connection would name other connections, too."""
    frame = ethernet(0x0800, ipv4(6, tcp((1, 2), 2)))
    for kept in range(len(frame) + 1):
        (layer,) = decode(frame[:kept], 1, len(frame)).layers
        shown = layer.undecided in (None, "flag")
        assert (community_id(layer) is not None) == shown
