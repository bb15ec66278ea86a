"""Whatever is called otherwise wherever it is named is no difference.

Names are replaced in the text of a file, by someone who knows nothing of the model.
"""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zonecheck.compare import designs, element_changes
from zonecheck.formats import read_topology
from zonecheck.model.topology import Topology

TEXT = """\
zonecheck: 1
name: x
segments:
  qs1: {zone: lgwan, vlan: 10, prefix: 10.0.0.0/24, switches: [qsw]}
  qs2: {zone: internet, prefix: 10.0.1.0/24}
  qs3: {zone: lgwan, prefix: 10.0.2.0/24}
hosts:
  qh1:
    ip_forward: true
    interfaces: {qc1: {segment: qs1, ip: 10.0.0.5}, qc2: {segment: qs3, ip: 10.0.2.5}}
    routes: [{to: 10.8.0.0/16, interface: qc2}]
  qh2: {interfaces: {qc3: {segment: qs1, ip: 10.0.0.6}}}
devices:
  qsw:
    kind: l2-switch
    ports:
      qp1: {mode: access, vlan: 10}
      qp2: {mode: access, vlan: 10}
      qp3: {mode: access, vlan: 10}
      qp4: {mode: access, vlan: 10}
    span: [{from: qp1, to: qh2}]
  qfw:
    kind: firewall
    interfaces:
      qi1: {segment: qs1, ip: 10.0.0.1/24, port: qp5, filter_in: qf1}
      qi2: {segment: qs2, ip: 10.0.1.1/24, vrf: qv1, filter_out: qf2}
      qi3: {segment: qs2, ip: 10.0.1.2/24, vrf: qv2}
    filters:
      qf1: {rules: [{action: deny, from: 10.0.9.0/24}], default: permit}
      qf2: {rules: [{action: deny, to: 10.0.9.0/24}], default: permit}
    routes: [{to: 10.9.0.0/16, interface: qi2, vrf: qv1}]
    policy_routes: [{in: qi1, service: tcp/80, interface: qi3}]
    management: [{from: 10.0.0.0/24, service: tcp/22, interface: qi1}]
    rules:
      - {action: permit, service: tcp/443, in: qi1, out: qi2}
      - {action: permit, service: tcp/25, in: qi2, from: qe1/qr1}
    nat: [{from: 10.0.0.0/24, out: qi2, source: 10.0.1.1}]
    ha: [{member: qfw2, rules: [{action: permit, service: tcp/80, in: qi1, out: qi3}]}]
    opens: [{to: qe1/qr2, service: udp/123}]
links:
  - {between: [qsw/qp1, qh1/qc1]}
  - {between: [qsw/qp2, qh2/qc3]}
  - {between: [qsw/qp3, qfw/qp5]}
  - {between: [qsw/qp4, qfw2/qp5]}
externals:
  qe1:
    openness: open
    edges: {qg1: {segment: qs2, ip: 10.0.1.9}}
    peers: {qr1: {ip: 203.0.113.5}, qr2: {ip: 203.0.113.6}}
    attributes: {disconnect: qfw/qi2}
channels:
  qn1: {kind: necessary, clause: c, legs: [{from: qh1, to: qe1/qr1, service: tcp/25}]}
states:
  qt1: {active: [qfw2]}
  qt2: {down: [qsw/qp3, qsw/qp1 -- qh1/qc1]}
"""

NAMES = sorted(set(re.findall(r"\bq[a-z]+[0-9]?\b", TEXT)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for designs."""
    return tmp_path_factory.mktemp("designs")


def design(folder: Path, text: str) -> Topology:
    """Return the design a text describes."""
    path = folder / "x.zones.yaml"
    path.write_text(text, encoding="utf-8")
    return read_topology(path)


def called_otherwise(names: list[str]) -> str:
    """Return the text with other names for some things."""
    return re.sub(r"\bq[a-z]+[0-9]?\b", lambda m: m[0] + "x" * (m[0] in names), TEXT)


def told(folder: Path, new: str) -> tuple[list[str], dict[str, str]]:
    """Return what differs from the text, and what is only called otherwise."""
    both = designs(design(folder, TEXT), design(folder, new))
    return [c.path for c in element_changes(both.old, both.new)], dict(both.names)


@pytest.mark.parametrize("name", NAMES)
def test_one_name_alone(folder: Path, name: str) -> None:
    """Of an element, port, card, interface, filter, VRF, edge, peer, channel or state."""
    changes, names = told(folder, called_otherwise([name]))
    assert changes == []
    ends = {re.split(r"[./]", old)[-1]: re.split(r"[./]", new)[-1] for old, new in names.items()}
    assert ends == {name: f"{name}x"}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(NAMES), unique=True))
def test_many_names_at_once(folder: Path, names: list[str]) -> None:
    """In whatever combination, a device together with its ports too."""
    changes, found = told(folder, called_otherwise(names))
    assert changes == []
    assert len(found) == len(names)


def test_everything_at_once_and_back(folder: Path) -> None:
    """Nothing has its name any more."""
    changes, found = told(folder, called_otherwise(NAMES))
    assert changes == []
    assert len(found) == len(NAMES)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (
            "[qsw/qp3, qfw/qp5]}\n  - {between: [qsw/qp4",
            "[qsw/qp4, qfw/qp5]}\n  - {between: [qsw/qp3",
        ),
        ("in: qi1, out: qi2}", "in: qi1, out: qi3}"),
        ("in: qi2, from", "in: qi3, from"),
        ("filter_in: qf1", "filter_in: qf2"),
        ("interface: qi3}]", "interface: qi2}]"),
        ("disconnect: qfw/qi2", "disconnect: qfw/qi3"),
        ("span: [{from: qp1", "span: [{from: qp2"),
        ("down: [qsw/qp3", "down: [qsw/qp2"),
        ("qe1/qr1, service", "qe1/qr2, service"),
        ("interface: qc2", "interface: qc1"),
        ("interface: qi2, vrf: qv1", "interface: qi2, vrf: qv2"),
    ],
)
def test_a_name_that_means_another_is_a_difference(folder: Path, was: str, now: str) -> None:
    """Though all ports, interfaces, filters and peers are called otherwise as well."""
    assert was in TEXT
    new = re.sub(r"\b(q[pifrcv][0-9])\b", r"\1x", TEXT.replace(was, now))
    changes, names = told(folder, new)
    assert changes
    assert len(names) > 1
