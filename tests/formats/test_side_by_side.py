"""Whatever else is wrong with a rule, its device or its file, each mistake is told."""

from itertools import combinations
from pathlib import Path

import pytest

from zonecheck.formats import BadInput, read_topology

RIGHT = """\
zonecheck: 1
name: side-by-side
segments:
  L: {zone: lgwan, vlan: 500, prefix: 10.2.0.0/24}
hosts:
  h: {segment: L, ip: 10.2.0.5}
devices:
  fw:
    kind: firewall
    interfaces: {l: {segment: L, ip: 10.2.0.1}}
    rules:
      - {from: L, to: 10.2.0.30, service: tcp/99, in: l, action: permit, name: r}
    default: deny
    routes: [{to: 0.0.0.0/0, via: 10.2.0.9}]
"""
MISTAKES = {
    "kind: firewall": "kind: firewal",
    "zone: lgwan": "zone: lgwam",
    "vlan: 500": "vlan: 5000",
    "segment: L, ip: 10.2.0.5": "segment: L, ip: 10.2.0.555",
    "from: L": "from: K",
    "to: 10.2.0.30,": "to: 10.2.0.300,",
    "service: tcp/99": "service: tcp/99999",
    "in: l": "in: x",
    "action: permit": "action: allow",
    "name: r": "nmae: r",
    "default: deny": "default: reject",
    "via: 10.2.0.9": "via: 10.2.0.999",
}


def told(path: Path, *mistakes: str) -> set[tuple[str, int]]:
    """Return the code and line of every problem of the design with these mistakes."""
    text = RIGHT
    for right in mistakes:
        text = text.replace(right, MISTAKES[right], 1)
    path.write_text(text, encoding="utf-8")
    try:
        read_topology(path)
    except BadInput as error:
        return {(problem.code, problem.source.line) for problem in error.problems}
    return set()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where to write a design."""
    return tmp_path / "d.zones.yaml"


def test_two_mistakes_are_both_told(file: Path) -> None:
    """None of them keeps the other from being read."""
    assert not told(file)
    alone = {mistake: told(file, mistake) for mistake in MISTAKES}
    assert all(alone.values())
    for one, other in combinations(alone, 2):
        assert told(file, one, other) == alone[one] | alone[other], (one, other)


def test_all_mistakes_are_told_at_once(file: Path) -> None:
    """However many there are."""
    each = (told(file, mistake) for mistake in MISTAKES)
    assert set().union(*each) == told(file, *MISTAKES)
