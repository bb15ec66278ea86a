import pytest

from tests.formats.reading import found, hints, mapping_of
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.scalar_shapes import ID, VLAN
from zonecheck.formats.shape import ListOf, MapOf
from zonecheck.formats.templates import expand
from zonecheck.formats.used_source import uses
from zonecheck.formats.yaml_nodes import Limits
from zonecheck.report.text.problem import render_problems

SEGMENT = Record("segment", {"zone": Field(ID), "vlan": Field(VLAN)})
ROOT = Record(
    "topology",
    {
        "segments": Field(MapOf(ID, SEGMENT), default={}),
        "links": Field(ListOf(ID), default=()),
    },
)

BRANCHES = """\
templates:
  branch:
    parameters: [n, vlan]
    segments:
      B${n}-TERM:
        zone: LGWAN接続系
        vlan: ${vlan}
    links: ["b${n}"]
segments:
  HQ: {vlan: 1}
use:
  - {template: branch, with: {n: 03, vlan: 130}}
  - {template: branch, with: {n: 04, vlan: 140}}
"""


def read(text: str, limits: Limits | None = None) -> tuple[Element, Problems]:
    """Return the expanded topology of a text."""
    problems = Problems()
    root = expand(mapping_of(text), problems, limits=limits or Limits())
    element = ROOT.read(root, problems)
    assert element is not None
    return element, problems


def test_a_template_is_written_once_and_used_with_other_words() -> None:
    """Each use adds the template's sections with its arguments as they are written."""
    root, problems = read(BRANCHES)
    assert not problems.has_any, found(problems)
    assert list(root["segments"]) == ["HQ", "B03-TERM", "B04-TERM"]
    assert root["segments"]["B04-TERM"]["vlan"] == 140
    assert root["links"] == ("b03", "b04")


def test_a_problem_in_a_template_names_its_line_and_the_use() -> None:
    """The reader sees the wrong line and which use made it wrong."""
    root, problems = read(BRANCHES.replace("140", "4095"))
    assert found(problems) == [("scalar.vlan-reserved", 7, 15)]
    (problem,) = problems
    assert [use.line for use in uses(problem.source)] == [13]
    assert "    used at: f.yaml:13:5\n" in render_problems(problems, "en")
    assert "    使用箇所: f.yaml:13:5\n" in render_problems(problems, "ja")
    assert root["segments"]["B03-TERM"].source.line == 5


def test_the_same_use_twice_makes_the_same_ids_twice() -> None:
    """Elements of templates are subject to the same laws as all others."""
    _, problems = read(BRANCHES.replace("04", "03"))
    assert ("shape.duplicate-id", 5, 7) in found(problems)


def test_templates_may_use_templates() -> None:
    """A nested use sees the outer arguments, and the place of use leads to the outermost."""
    text = """\
templates:
  floor:
    parameters: [f]
    segments: {"${f}": {vlan: x}}
  house:
    parameters: [h]
    use:
      - {template: floor, with: {f: "${h}-1"}}
      - {template: floor, with: {f: "${h}-2"}}
use:
  - {template: house, with: {h: a}}
"""
    root, problems = read(text)
    assert list(root["segments"]) == ["a-1", "a-2"]
    first = problems.in_order[0]
    assert [use.line for use in uses(first.source)] == [8, 11]


def test_an_argument_is_text() -> None:
    """An argument that spells nothing in YAML is that word where it is put in."""
    text = """\
templates: {t: {parameters: [z], segments: {A: {zone: "${z}"}}}}
use: [{template: t, with: {z: "null"}}]
"""
    root, problems = read(text)
    assert not problems.has_any
    assert root["segments"]["A"]["zone"] == "null"


TEMPLATE = 'templates:\n  t:\n    parameters: [n]\n    links: ["${n}"]\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEMPLATE + "use: [{template: u, with: {n: 1}}]\n", ("template.unknown", 5, 18)),
        (TEMPLATE + "use: [{template: t}]\n", ("template.missing-argument", 5, 7)),
        (
            TEMPLATE + "use: [{template: t, with: {n: 1, m: 2}}]\n",
            ("template.unknown-argument", 5, 34),
        ),
        (TEMPLATE + "use: [{template: t, with: {n: }}]\n", ("shape.empty-value", 5, 28)),
        (TEMPLATE + "use: [{template: t, wiht: {n: 1}}]\n", ("shape.unknown-key", 5, 21)),
        (TEMPLATE + "use: {template: t}\n", ("shape.wrong-kind", 5, 6)),
        (TEMPLATE.replace("[n]", "[n, m]"), ("template.unused-parameter", 3, 21)),
        (TEMPLATE.replace("[n]", "[n, n]"), ("shape.duplicate-id", 3, 21)),
        (TEMPLATE.replace("[n]", "[n, a b]"), ("scalar.identifier-character", 3, 21)),
        (TEMPLATE.replace('"${n}"', '"${n} ${k}"'), ("template.unknown-parameter", 4, 13)),
        (TEMPLATE.replace('"${n}"', '"${n} ${"'), ("template.malformed-placeholder", 4, 13)),
        (TEMPLATE + "    templates: {}\n", ("template.nested-definition", 5, 5)),
        ("templates: {t: [x]}\n", ("shape.wrong-kind", 1, 16)),
        ("templates: [x]\n", ("shape.wrong-kind", 1, 12)),
    ],
)
def test_each_mistake_with_templates_has_its_code_and_place(
    text: str, expected: tuple[str, int, int]
) -> None:
    """Parameters and uses that do not fit each other are told where they stand."""
    assert expected in found(read(text)[1])


def test_recursion_is_told_with_its_chain() -> None:
    """Templates that use each other end with a problem."""
    text = """\
templates:
  a: {use: [{template: b}]}
  b: {use: [{template: a}]}
use: [{template: a}]
"""
    _, problems = read(text)
    assert found(problems) == [("template.recursion", 3, 13)]
    assert problems.in_order[0].message.named["chain"] == "a -> b -> a"


def test_templates_that_multiply_are_refused() -> None:
    """Templates that use templates many times over stop at the limit of nodes."""
    rows = [f"  t{n}: {{use: [{', '.join([f'{{template: t{n + 1}}}'] * 10)}]}}" for n in range(9)]
    text = "\n".join(["templates:", *rows, "  t9: {links: [x]}", "use: [{template: t0}]\n"])
    _, problems = read(text, Limits(nodes=5000))
    assert [code for code, _, _ in found(problems)] == ["template.too-many-nodes"]


def test_a_misspelt_template_is_answered_with_the_nearest() -> None:
    """The hint names the template meant."""
    _, problems = read(BRANCHES.replace("{template: branch", "{template: barnch", 1))
    assert hints(problems) == [{"code": "hint.did-you-mean", "best": "branch"}]


def test_a_topology_without_templates_is_unchanged() -> None:
    """Expansion is the identity where there is nothing to expand."""
    root = mapping_of("segments: {A: {vlan: 1}}\n")
    assert expand(root, Problems()) == root
