"""Words that say that there is none are never read as what somebody has."""

from pathlib import Path

import pytest

from zonecheck.formats import BadInput, read_topology
from zonecheck.formats.attribute_schema import (
    APPROVAL,
    DEVICE_ATTRIBUTES,
    EDGE_ATTRIBUTES,
    EXTERNAL_ATTRIBUTES,
    HOST_ATTRIBUTES,
    MAINTENANCE_ATTRIBUTES,
    PEER_ATTRIBUTES,
    SSID_ATTRIBUTES,
)
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Record
from zonecheck.formats.scalar_shapes import PRESENT, TEXT
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.source import NOWHERE

RECORDS = (
    APPROVAL,
    DEVICE_ATTRIBUTES,
    EDGE_ATTRIBUTES,
    EXTERNAL_ATTRIBUTES,
    HOST_ATTRIBUTES,
    MAINTENANCE_ATTRIBUTES,
    PEER_ATTRIBUTES,
    SSID_ATTRIBUTES,
)
DESIGN = """
zonecheck: 1
name: none
profile: fuefuki-10
segments: {{L: {{zone: lgwan, prefix: 10.2.0.0/24}}}}
hosts:
  srv: {{segment: L, ip: 10.2.0.10, attributes: {{{host}}}}}
devices:
  fw:
    kind: firewall
    interfaces: {{l: {{segment: L, ip: 10.2.0.1}}}}
    attributes: {{{device}}}
systems:
  s: {{hosts: srv{system}}}
externals:
  isp:
    openness: open
    edges: {{e: {{segment: L, ip: 10.2.0.2{edge}}}}}
out_of_band:
  line: {{medium: modem, joins: [srv, isp]{path}}}
"""


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_no_free_text_of_an_attribute_but_encryption_may_say_that_there_is_none(
    record: Record,
) -> None:
    """A line without encryption is a fact; a firewall whose operator is なし has no operator."""
    free = {name for name, field in record.fields.items() if field.shape is TEXT}
    assert free <= {"encryption"}


@pytest.mark.parametrize("word", ["なし", "none", "無制限", "None", "無し", "N/A", "-", "未定"])
def test_a_word_that_says_there_is_none_names_nothing(word: str) -> None:
    """It is a problem (`scalar.says-none`), and never a value."""
    problems = Problems()
    assert PRESENT.read(ScalarNode(word, True, NOWHERE), problems) is None
    assert [problem.code for problem in problems] == ["scalar.says-none"]


@pytest.mark.parametrize(
    "text", ["10 MB", "情報政策課", "構成管理サーバー", "sha256:00", "回線事業者"]
)
def test_what_names_something_is_read_as_written(text: str) -> None:
    """Numbers of megabytes, divisions and digests are no words for none."""
    problems = Problems()
    assert PRESENT.read(ScalarNode(text, True, NOWHERE), problems) == text
    assert not list(problems)


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("host", "dos_protection: なし"),
        ("host", "mail_size_limit: 無制限"),
        ("host", "responsible: none"),
        ("host", "approvals: [none, なし]"),
        ("device", "operated_by: なし"),
        ("device", "config_snapshot: なし"),
        ("system", ", ledger: なし"),
        ("system", ", business: なし"),
        ("edge", ", owner: なし"),
        ("edge", ", attributes: {approval: {id: 1, by: なし, date: 2026-04-01}}"),
        ("path", ", purpose: なし"),
    ],
)
def test_a_file_that_declares_none_is_refused_where_it_says_so(
    place: str, written: str, tmp_path: Path
) -> None:
    """Whoever has none leaves the key out, and the check that asks for it says so."""
    parts = dict.fromkeys(("host", "device", "system", "edge", "path"), "")
    file = tmp_path / "none.zones.yaml"
    file.write_text(DESIGN.format(**parts), encoding="utf-8")
    read_topology(file)
    file.write_text(DESIGN.format(**{**parts, place: written}), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_topology(file)
    assert {problem.message.code for problem in caught.value.problems} == {"scalar.says-none"}
