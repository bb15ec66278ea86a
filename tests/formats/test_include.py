from pathlib import Path

import pytest

from tests.formats.reading import found
from zonecheck.formats.include import join_documents, read_documents
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import ID, TEXT
from zonecheck.formats.shape import ListOf, MapOf

ROOT = Record(
    "topology",
    {
        "name": Field(TEXT),
        "segments": Field(MapOf(ID, TEXT), default={}),
        "links": Field(ListOf(ID), default=()),
    },
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(**files: str) -> None:
    """Write YAML files; `__` in a name stands for a folder."""
    for name, text in files.items():
        path = Path(name.replace("__", "/") + ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def places(problems: Problems) -> list[tuple[str, str]]:
    """Return code and place of each problem in order."""
    return [(item.code, str(item.source)) for item in problems.in_order]


def test_files_are_read_once_in_the_order_first_named() -> None:
    """A file reached twice adds its sections once; paths are relative to the including file."""
    write(
        a="include: [sub/b.yaml, c.yaml]\n",
        sub__b="include: ../c.yaml\n",
        c="name: x\n",
    )
    problems = Problems()
    documents = read_documents("a.yaml", problems)
    assert not problems.has_any
    assert [item.path for item in documents] == ["a.yaml", "sub/b.yaml", "c.yaml"]


def test_sections_of_all_files_are_joined() -> None:
    """A section may be spread over files; its elements keep their own places."""
    write(
        a="name: x\ninclude: b.yaml\nsegments: {A: one}\nlinks: [p]\n",
        b="name: x\nsegments: {B: two}\nlinks: [q]\n",
    )
    problems = Problems()
    root = join_documents(read_documents("a.yaml", problems), problems)
    assert root is not None
    element = ROOT.read(root, problems)
    assert element is not None
    assert not problems.has_any, found(problems)
    assert element["segments"] == {"A": "one", "B": "two"}
    assert str(element["segments"].sources["B"]) == "b.yaml:2:12"
    assert element["links"] == ("p", "q")


def test_an_id_of_two_files_names_both_places() -> None:
    """Nothing is silently overwritten by an include."""
    write(a="include: b.yaml\nsegments: {A: one}\n", b="segments:\n  A: two\n")
    problems = Problems()
    root = join_documents(read_documents("a.yaml", problems), problems)
    assert root is not None
    ROOT.read(root, problems)
    (problem,) = problems
    assert (problem.code, str(problem.source)) == ("shape.duplicate-id", "b.yaml:2:3")
    assert problem.message.named["first"] == "a.yaml:2"


def test_sections_that_contradict_are_told() -> None:
    """Two names for one design, or a list and a mapping for one section, are a problem."""
    write(a="include: b.yaml\nname: x\nlinks: [p]\n", b="name: y\nlinks: {p: q}\n")
    problems = Problems()
    join_documents(read_documents("a.yaml", problems), problems)
    assert places(problems) == [
        ("section.conflict", "b.yaml:1:1"),
        ("section.conflict", "b.yaml:2:1"),
    ]


def test_a_cycle_is_told_with_its_chain() -> None:
    """The problem stands at the include that closes the cycle."""
    write(a="include: b.yaml\n", b="include: a.yaml\n")
    problems = Problems()
    read_documents("a.yaml", problems)
    assert places(problems) == [("include.cycle", "b.yaml:1:10")]
    assert problems.in_order[0].message.named["chain"] == "a.yaml -> b.yaml -> a.yaml"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("include: [none.yaml]\n", "file.missing"),
        ("include: [.]\n", "file.is-directory"),
        ("include: [/etc/hosts]\n", "include.absolute"),
        ("include: [[a]]\n", "shape.wrong-kind"),
    ],
)
def test_what_cannot_be_included_is_told_at_the_include(text: str, code: str) -> None:
    """The place is the line that asks for the file."""
    write(a=text)
    problems = Problems()
    read_documents("a.yaml", problems)
    assert places(problems) == [(code, "a.yaml:1:11")]


def test_an_included_list_is_told() -> None:
    """Every file of a design is a mapping of sections."""
    write(a="include: b.yaml\n", b="- x\n")
    problems = Problems()
    assert len(read_documents("a.yaml", problems)) == 1
    assert places(problems) == [("shape.wrong-kind", "b.yaml:1:1")]


def test_nesting_has_a_limit() -> None:
    """A chain of files ends with a problem, not with an exhausted stack."""
    write(**{f"f{n}": f"include: f{n + 1}.yaml\n" for n in range(20)})
    problems = Problems()
    read_documents("f0.yaml", problems)
    assert places(problems) == [("include.too-deep", "f8.yaml:1:10")]


def test_no_documents_join_to_nothing() -> None:
    """A first file that cannot be read leaves nothing to go on with."""
    problems = Problems()
    assert join_documents(read_documents("none.yaml", problems), problems) is None
    assert places(problems) == [("file.missing", "none.yaml:1:1")]
