"""One mistake is one error: what only follows from it is not told beside it."""

from pathlib import Path

import pytest

from zonecheck.formats import BadInput, read_topology

DESIGN = """\
zonecheck: 1
name: x
segments: {{L: {{zone: lgwan, prefix: 10.2.0.0/24}}}}
hosts: {{pc: {host}}}
devices: {{r: {{kind: router, interfaces: {{l: {card}}}}}}}
"""
HOST, CARD = "{segment: L}", "{segment: L, ip: 10.2.0.1}"


@pytest.mark.parametrize(
    ("host", "card"),
    [
        ("{segmnt: L}", CARD),
        ("{segmnt: L, ip: 10.2.0.9}", CARD),
        ("{interfaces: {a: {segmnt: L}}}", CARD),
        ("{intrefaces: {a: {segment: L}}}", CARD),
        (HOST, "{segmnt: L}"),
        (HOST, "{segmnt: L, ip: 10.2.0.1}"),
    ],
)
def test_a_misspelt_key_is_told_once(host: str, card: str, tmp_path: Path) -> None:
    """That something is without a segment then is no news."""
    path = tmp_path / "x.zones.yaml"
    path.write_text(DESIGN.format(host=host, card=card), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_topology(path)
    assert [problem.code for problem in caught.value.problems] == ["shape.unknown-key"]


@pytest.mark.parametrize(("host", "code"), [("{ip: 10.2.0.9}", "interface.nowhere")])
def test_what_is_not_written_at_all_is_still_told(host: str, code: str, tmp_path: Path) -> None:
    """Where no key is misspelt the segment is what is missing."""
    path = tmp_path / "x.zones.yaml"
    path.write_text(DESIGN.format(host=host, card=CARD), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_topology(path)
    assert [problem.code for problem in caught.value.problems] == [code]
