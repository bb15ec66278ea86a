from enum import Enum

import jsonschema
import pytest
import yaml

from tests.formats.reading import found, hints, mapping_of, node_of
from zonecheck.formats.json_schema import SchemaWriter, schema_document
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.scalar_shapes import BOOLEAN, ID, PREFIX, SERVICE, TEXT, VLAN, integer
from zonecheck.formats.shape import Choice, ListOf, MapOf, Nullable, OneOf, Raw, Shape, Table
from zonecheck.formats.used_source import UsedSource
from zonecheck.formats.yaml_nodes import MappingNode, ScalarNode
from zonecheck.model.source import Source


class Action(Enum):
    PERMIT = "permit"
    DENY = "deny"


RULE = Record(
    "rule",
    {
        "action": Field(Choice({item.value: item for item in Action}), required=True),
        "service": Field(ListOf(SERVICE, allow_single=True), default=()),
        "note": Field(TEXT, default=""),
    },
)
SEGMENT = Record(
    "segment",
    {
        "zone": Field(ID, doc_en="Its zone.", doc_ja="所属する領域。"),
        "vlan": Field(Nullable(VLAN)),
        "prefix": Field(ListOf(PREFIX, min_items=1, allow_single=True), default=()),
        "guard": Field(BOOLEAN, default=False),
    },
)
ROOT = Record(
    "topology",
    {
        "name": Field(TEXT, required=True),
        "segments": Field(MapOf(ID, SEGMENT), default={}),
        "rules": Field(ListOf(RULE), default=()),
        "to": Field(Choice({"any": None}, otherwise=ID)),
        "members": Field(OneOf(integer(1, 9), ListOf(ID))),
    },
)


def read(text: str, shape: Shape[Element] = ROOT) -> tuple[Element, Problems]:
    """Return what a shape reads from a text."""
    problems = Problems()
    element = shape.read(node_of(text), problems)
    assert element is not None
    return element, problems


GOOD = """\
name: 庁
segments:
  L-TERM: {zone: LGWAN接続系, vlan: 220, prefix: [10.20.20.0/24, "2001:db8:20::/64"]}
  空: {vlan: , prefix: 10.0.0.0/8}
rules:
  - {action: permit, service: tcp/443}
  - {action: deny}
to: any
members: [a, b]
"""


def test_a_record_reads_to_values_with_places() -> None:
    """Values are typed, ids and items know where they are written."""
    root, problems = read(GOOD)
    assert not problems.has_any
    segments = root["segments"]
    term = segments["L-TERM"]
    assert (term.source.line, term.source.column) == (3, 3)
    assert term.source_of("vlan").column == 34
    assert term["vlan"] == 220
    assert [source.column for source in term["prefix"].sources] == [48, 63]
    assert segments.sources["空"].line == 4
    assert [rule["action"] for rule in root["rules"]] == [Action.PERMIT, Action.DENY]


def test_undeclared_is_not_declared_as_default() -> None:
    """A reader can tell `guard: false` from no guard at all."""
    element, _ = read("guard: false\nvlan:\n", SEGMENT)
    assert element.given("guard")
    assert element.given("vlan")
    assert element["vlan"] is None
    assert not element.given("prefix")
    assert element["prefix"] == ()
    assert element.source_of("prefix") == element.source
    with pytest.raises(KeyError):
        element.given("nonsense")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: x\nsegmnets: {}\n", ("shape.unknown-key", 2, 1)),
        ("rules: []\n", ("shape.missing-key", 1, 1)),
        ("name: x\nrules:\n  - note: y\n", ("shape.missing-key", 3, 5)),
        ("name: x\nrules: {a: 1}\n", ("shape.wrong-kind", 2, 8)),
        ("name: [x]\n", ("shape.wrong-kind", 1, 7)),
        ("name:\n", ("shape.empty-value", 1, 1)),
        ("name: x\nsegments:\n  A:\n", ("shape.empty-value", 3, 3)),
        ("name: x\nrules: [{action: permt}]\n", ("shape.unknown-word", 2, 18)),
        ("name: x\nsegments: {A: {prefix: []}}\n", ("shape.too-few-items", 2, 16)),
        ("name: x\nsegments:\n  A1: {}\n  Ａ１: {}\n", ("shape.duplicate-id", 4, 3)),
        ("name: x\nto: a b\n", ("scalar.identifier-character", 2, 5)),
        ("name: x\nmembers: {a: 1}\n", ("shape.wrong-kind", 2, 10)),
    ],
)
def test_each_misfit_has_its_code_and_place(text: str, expected: tuple[str, int, int]) -> None:
    """What does not fit the shape is told where it stands."""
    assert found(read(text)[1]) == [expected]


def test_a_whole_document_of_the_wrong_kind_is_told() -> None:
    """A list where a topology is expected is a problem, not an empty topology."""
    problems = Problems()
    assert ROOT.read(node_of("- a\n"), problems) is None
    assert found(problems) == [("shape.wrong-kind", 1, 1)]


def test_all_misfits_are_told_at_once() -> None:
    """One run finds every problem of a file."""
    text = "nmae: x\nsegments: {A: {vlan: 010, zone: [b]}, B: {prefix: [10.0.0.1/8, x]}}\n"
    assert [code for code, _, _ in found(read(text)[1])] == [
        "shape.missing-key",
        "shape.unknown-key",
        "scalar.leading-zero",
        "shape.wrong-kind",
        "scalar.host-bits",
        "scalar.address",
    ]


@pytest.mark.parametrize(
    ("written", "meant"), [("vlna", "vlan"), ("ＶＬＡＮ", "vlan"), ("Prefix", "prefix")]
)
def test_an_unknown_key_names_the_nearest(written: str, meant: str) -> None:
    """A slip of the finger is answered with the key meant."""
    _, problems = read(f"{written}: 1\n", SEGMENT)
    assert hints(problems) == [{"code": "hint.did-you-mean", "best": meant}]
    assert problems.in_order[0].message.named["allowed"] == "zone, vlan, prefix, guard"


def test_a_key_repeated_by_joining_is_told() -> None:
    """Two files that set the same field of a record are a problem naming both."""
    problems = Problems()
    other = Source("g.yaml", 7, 1)
    (key, value), *_ = mapping_of("zone: a\n").entries
    again = ScalarNode("zone", True, other)
    twice = MappingNode(((key, value), (again, value)), key.source)
    SEGMENT.read(twice, problems)
    assert [(item.code, item.source) for item in problems] == [("shape.duplicate-key", other)]


def test_two_shapes_for_one_node_kind_are_refused() -> None:
    """An ambiguous alternative is a mistake of ours, found when it is declared."""
    with pytest.raises(ValueError, match="two shapes"):
        OneOf(ID, TEXT)


def test_the_schema_accepts_what_the_reader_accepts() -> None:
    """An editor does not complain about a file that is right."""
    document = schema_document(ROOT, title="test")
    jsonschema.Draft7Validator.check_schema(document)
    jsonschema.validate(yaml.safe_load(GOOD), document)


@pytest.mark.parametrize(
    "text",
    [
        "name: x\nsegmnets: {}\n",
        "rules: []\n",
        "name: x\nrules: {a: 1}\n",
        "name: x\nrules: [{action: permt}]\n",
        "name: x\nsegments: {A: {vlan: 4095}}\n",
        "name: x\nsegments: {a b: {}}\n",
        "name: x\nsegments: {A: {prefix: x}}\n",
        "name: x\nsegments: {A: {prefix: []}}\n",
    ],
)
def test_the_schema_rejects_common_mistakes(text: str) -> None:
    """An editor underlines what the reader would refuse."""
    validator = jsonschema.Draft7Validator(schema_document(ROOT, title="test"))
    assert not validator.is_valid(yaml.safe_load(text))


def test_named_records_become_definitions_in_either_language() -> None:
    """The schema refers to records by name and describes fields in the language asked for."""
    for language, doc in (("en", "Its zone."), ("ja", "所属する領域。")):
        document = schema_document(ROOT, title="test", language=language)  # type: ignore[arg-type] # literals
        assert list(document["definitions"]) == ["rule", "segment", "topology"]
        zone = document["definitions"]["segment"]["properties"]["zone"]
        assert zone["description"] == doc


def test_a_name_defined_twice_differently_is_refused() -> None:
    """Two records of one name would overwrite each other in the schema."""
    writer = SchemaWriter()
    Record("a", {}).json_schema(writer)
    with pytest.raises(ValueError, match="named 'a'"):
        Record("a", {"x": Field(ID)}).json_schema(writer)


def test_raw_keeps_the_node() -> None:
    """What is read later is kept as it is written."""
    node = node_of("{a: [1]}")
    assert Raw({}).read(node, Problems()) is node


def test_a_table_is_a_dictionary_with_places() -> None:
    """Tables compare as dictionaries."""
    assert Table({"a": 1}, {}) == {"a": 1}


def test_sources_of_templates_sort_among_others() -> None:
    """A template's line sorts by its place, then by the place of use."""
    plain, use = Source("f", 2, 1), Source("f", 9, 1)
    used, other = UsedSource("f", 2, 1, use), UsedSource("f", 2, 1, Source("f", 8, 1))
    assert plain != used
    assert used == UsedSource("f", 2, 1, use)
    assert sorted([used, plain, other, Source("f", 3, 1)]) == [
        plain,
        other,
        used,
        Source("f", 3, 1),
    ]
    assert str(used) == "f:2:1"
    assert used.short == "f:2"
