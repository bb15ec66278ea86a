from datetime import date
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_interface, ip_network
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.cases import HINT_CASES, SCALAR_CASES
from tests.formats.reading import hints, mapping_of
from zonecheck.formats import scalar_shapes
from zonecheck.formats.fold import fold
from zonecheck.formats.json_schema import SchemaWriter
from zonecheck.formats.problems import Problems
from zonecheck.formats.shape import Scalar
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.address import AddressRange
from zonecheck.model.service import ANY_SERVICE, PortRange, Service
from zonecheck.model.source import NOWHERE


def value_of(shape: str, text: str) -> tuple[Any, Problems]:
    """Return what a named scalar shape reads from unquoted text."""
    problems = Problems()
    node = mapping_of(f"k: {text}\n").get("k")
    assert node is not None
    scalar: Scalar[Any] = getattr(scalar_shapes, shape)
    return scalar.read(node, problems), problems


@pytest.mark.parametrize(("shape", "text", "code"), SCALAR_CASES)
def test_each_wrong_scalar_has_its_code(shape: str, text: str, code: str) -> None:
    """A scalar that is not understood gives one problem at its place and no value."""
    value, problems = value_of(shape, text)
    assert value is None
    assert [(item.code, item.source.column) for item in problems] == [(code, 4)]


@pytest.mark.parametrize(("shape", "text", "instead"), HINT_CASES)
def test_a_hint_names_what_to_write_instead(shape: str, text: str, instead: str) -> None:
    """The hint's text is itself read without a problem."""
    _, problems = value_of(shape, text)
    assert [item["text"] for item in hints(problems)] == [instead]
    value, problems = value_of(shape, instead)
    assert value is not None
    assert not problems.has_any


RIGHT_CASES = [
    ("ID", "ＬＧＷＡＮ接続系", "LGWAN接続系"),
    ("ID", "010", "010"),
    ("ID", "no", "no"),
    ("ID", "L-TERM_1.a", "L-TERM_1.a"),
    ("PORT_NAME", "Gi1/0/1", "Gi1/0/1"),
    ("REFERENCE", "sw-1f/Gi1/0/1", ("sw-1f", "Gi1/0/1")),
    ("REFERENCE", "l-mail", ("l-mail", None)),
    ("BOOLEAN", "true", True),
    ("BOOLEAN", "false", False),
    ("DATE", "2028-02-29", date(2028, 2, 29)),
    ("FINDING", "f-abcdefghij234567", "f-abcdefghij234567"),
    ("VLAN", "4094", 4094),
    ("VLAN_RANGE", "110-190", PortRange(110, 190)),
    ("VLAN_RANGE", "7", PortRange(7, 7)),
    ("PORT", "0", 0),
    ("PORT_RANGE", "0-65535", PortRange(0, 65535)),
    ("ADDRESS", "10.0.0.1", IPv4Address("10.0.0.1")),
    ("ADDRESS", "2001:db8::1", IPv6Address("2001:db8::1")),
    ("PREFIX", "0.0.0.0/0", ip_network("0.0.0.0/0")),
    ("PREFIX", "2001:db8:20::/64", ip_network("2001:db8:20::/64")),
    ("INTERFACE_ADDRESS", "10.20.20.1/24", ip_interface("10.20.20.1/24")),
    (
        "ADDRESSES",
        "10.0.0.5 - 10.0.0.9",
        AddressRange(ip_address("10.0.0.5"), ip_address("10.0.0.9")),
    ),
    ("ADDRESSES", "10.0.0.0/30", AddressRange.of_network(ip_network("10.0.0.0/30"))),
    ("ADDRESSES", "10.0.0.1", AddressRange.of_address(ip_address("10.0.0.1"))),
    ("MAC", "12:34:56:12:34:56", "12:34:56:12:34:56"),
    ("MAC", "00-00-5E-00-53-01", "00:00:5e:00:53:01"),
    ("MAC", "0000.5e00.5301", "00:00:5e:00:53:01"),
    ("SERVICE", "any", ANY_SERVICE),
    ("SERVICE", "tcp/443", Service(6, ports=(PortRange(443, 443),))),
    ("SERVICE", "tcp/1000-2000", Service(6, ports=(PortRange(1000, 2000),))),
    ("SERVICE", "icmp", Service(1)),
    ("SERVICE", "icmp/8", Service(1, icmp_types=(PortRange(8, 8),))),
    ("SERVICE", "icmpv6/128", Service(58, icmp_types=(PortRange(128, 128),))),
    ("SERVICE", "esp", Service(50)),
    ("SERVICE", "sctp/3868", Service(132, ports=(PortRange(3868, 3868),))),
    ("SERVICE", "proto/89", Service(89)),
]


@pytest.mark.parametrize(("shape", "text", "value"), RIGHT_CASES)
def test_each_right_scalar_has_its_value(shape: str, text: str, value: object) -> None:
    """Unquoted text means what an engineer reads there."""
    assert value_of(shape, text)[0] == value


@pytest.mark.parametrize(("shape", "text", "value"), RIGHT_CASES)
def test_the_schema_accepts_every_right_scalar(shape: str, text: str, value: object) -> None:
    """An editor, which types scalars as YAML does, does not complain about what we read."""
    scalar: Scalar[Any] = getattr(scalar_shapes, shape)
    jsonschema.validate(yaml.safe_load(text), scalar.json_schema(SchemaWriter()))


port_ranges = st.tuples(st.integers(0, 65535), st.integers(0, 65535)).map(
    lambda pair: PortRange(min(pair), max(pair))
)
types = st.tuples(st.integers(0, 255), st.integers(0, 255)).map(
    lambda pair: PortRange(min(pair), max(pair))
)
services = st.one_of(
    st.just(ANY_SERVICE),
    st.builds(
        Service,
        st.sampled_from([6, 17, 132]),
        st.lists(port_ranges, max_size=3).map(tuple),
        st.lists(port_ranges, max_size=2).map(tuple),
    ),
    st.builds(Service, st.just(6), st.lists(port_ranges, max_size=2).map(tuple)).map(
        lambda item: Service(6, item.ports, item.source_ports, (), established=True)
    ),
    st.builds(Service, st.sampled_from([1, 58]), icmp_types=st.lists(types, max_size=2).map(tuple)),
    st.builds(Service, st.integers(0, 255)),
)


@given(services)
def test_a_service_is_read_back_from_what_reports_print(service: Service) -> None:
    """Reading inverts printing."""
    problems = Problems()
    node = ScalarNode(str(service), True, NOWHERE)
    assert scalar_shapes.SERVICE.read(node, problems) == service


@given(st.ip_addresses(), st.ip_addresses())
def test_an_address_range_is_read_back(low: IPv4Address, high: IPv4Address) -> None:
    """Reading inverts printing, for both IP versions."""
    if low.version != high.version or int(low) > int(high):
        return
    if any(getattr(end, "ipv4_mapped", None) for end in (low, high)):
        return
    shown = AddressRange(low, high)
    node = ScalarNode(str(shown), True, NOWHERE)
    assert scalar_shapes.ADDRESSES.read(node, Problems()) == shown


@given(st.text(max_size=20))
def test_any_text_is_a_value_or_a_problem_for_every_shape(text: str) -> None:
    """No parser raises, and one that gives no value says why."""
    node = ScalarNode(text, False, NOWHERE)
    for shape in vars(scalar_shapes).values():
        if isinstance(shape, Scalar):
            problems = Problems()
            value = shape.read(node, problems)
            assert (value is None) == problems.has_any


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    """A folded name folds to itself."""
    assert fold(fold(text)) == fold(text)


def test_fold_joins_the_two_spellings_of_kyojinka() -> None:
    """The policies write 強靱化 and 強靭化 for one thing; other kanji stay apart."""
    assert fold("強靱化ＬＧＷＡＮ１") == fold("強靭化LGWAN1")
    assert fold("斎藤") != fold("齋藤")


def test_an_address_no_packet_carries_is_refused() -> None:
    """An IPv4-mapped IPv6 address is a problem (`scalar.address-mapped`), not an IPv6 address."""
    problems = Problems()
    node = ScalarNode("::ffff:10.0.0.1", False, NOWHERE)
    assert scalar_shapes.ADDRESS.read(node, problems) is None
    assert [problem.code for problem in problems] == ["scalar.address-mapped"]


def test_a_word_that_says_there_is_none_is_no_basis() -> None:
    """`no`, `none` or 未定 as a basis are a problem (`scalar.no-basis`)."""
    for word in ("false", "None", "なし", "ＴＢＤ"):
        problems = Problems()
        assert scalar_shapes.BASIS.read(ScalarNode(word, True, NOWHERE), problems) is None
        assert [problem.code for problem in problems] == ["scalar.no-basis"]
