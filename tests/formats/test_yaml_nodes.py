import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.cases import SMALL, YAML_CASES
from tests.formats.reading import found, hints, mapping_of, node_of, parsed
from zonecheck.formats.file_text import UNPRINTABLE
from zonecheck.formats.yaml_nodes import Limits, MappingNode, ScalarNode, SequenceNode, is_empty

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(
    lambda text: not UNPRINTABLE.search(text)
)
words_like_values = st.sampled_from(
    ["no", "010", "22:22", "12:34:56:12:34:56", "1.10", "~", "2026-11-21", "0x1F", "=", "<<", "1_0"]
)


@pytest.mark.parametrize(("code", "text", "line", "column"), YAML_CASES)
def test_each_yaml_problem_has_its_code_and_place(
    code: str, text: str, line: int, column: int
) -> None:
    """Every way in which a text is no usable YAML is told at the line and column it stands."""
    small = Limits(**SMALL) if "too" in code else Limits()
    _, problems = parsed(text, small)
    assert (code, line, column) in found(problems)


@given(st.one_of(texts, words_like_values), st.sampled_from(["'", '"', None]))
def test_no_scalar_in_a_topology_file_changes_meaning(text: str, style: str | None) -> None:
    """What is written is what is read, quoted or as plain as YAML can write it."""
    written = yaml.emit(
        [
            yaml.StreamStartEvent(),
            yaml.DocumentStartEvent(explicit=False),
            yaml.MappingStartEvent(None, None, implicit=True),
            yaml.ScalarEvent(None, None, (True, True), "key"),
            yaml.ScalarEvent(None, None, (True, True), text, style=style),
            yaml.MappingEndEvent(),
            yaml.DocumentEndEvent(explicit=False),
            yaml.StreamEndEvent(),
        ],
        allow_unicode=True,
        width=10_000,
    )
    value = mapping_of(written).get("key")
    assert isinstance(value, ScalarNode)
    assert value.text == text


@given(words_like_values)
def test_an_unquoted_scalar_keeps_its_text(text: str) -> None:
    """None of the words YAML gives a type of its own is read as anything but its letters."""
    value = mapping_of(f"key: {text}\n").get("key")
    assert isinstance(value, ScalarNode)
    assert value.text == text
    assert value.plain


@given(st.text(max_size=60))
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    """No text raises, and a text without a tree has a problem."""
    if UNPRINTABLE.search(text):
        return
    node, problems = parsed(text)
    assert node is not None or problems.has_any


def test_places_count_from_one_in_characters() -> None:
    """Lines and columns are those an editor shows, also behind Japanese and rare kanji."""
    root = mapping_of("領域:\n  𠮷野: [a, あ, b]\n")
    inner = root.get("領域")
    assert isinstance(inner, MappingNode)
    assert (inner.entries[0][0].source.line, inner.entries[0][0].source.column) == (2, 3)
    items = inner.get("𠮷野")
    assert isinstance(items, SequenceNode)
    assert [item.source.column for item in items.items] == [8, 11, 14]


def test_a_duplicate_key_names_both_lines_and_keeps_the_first() -> None:
    """A zone written twice is an error, not a silent loss."""
    node, problems = parsed("a: 1\nb: 2\na: 3\n")
    assert isinstance(node, MappingNode)
    assert [key.text for key, _ in node.entries] == ["a", "b"]
    (problem,) = problems
    assert problem.message.named == {"key": "a", "first": "f.yaml:1"}


def test_all_problems_that_leave_a_tree_are_collected() -> None:
    """One run tells everything wrong with the keys and tags of a file."""
    _, problems = parsed("a: !!int 1\n<<: 1\nb: 1\nb: 2\n? [x]\n: 1\n")
    assert [code for code, _, _ in found(problems)] == [
        "yaml.tag",
        "yaml.merge-key",
        "yaml.duplicate-key",
        "yaml.complex-key",
    ]


def test_an_alias_means_the_node_it_names() -> None:
    """Aliases below the limits are read as what they stand for."""
    root = mapping_of("a: &a {x: 1}\nb: *a\n")
    assert root.get("a") == root.get("b")


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{name}: &{name} [{','.join(['*' + before] * 10)}]\n"
            for before, name in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "[" * 1_000_000,
        "{a: " * 100_000,
        "- " * 100_000,
    ],
    ids=["aliases", "lists", "mappings", "sequences"],
)
def test_a_bomb_is_refused_before_it_unfolds(text: str) -> None:
    """Small files that unfold into huge or deep ones would take all memory if they were read."""
    _, problems = parsed(text)
    assert problems.has_any


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("ip: 2001:db8::\n", "hint.quote-ipv6"),
        ("a: {ip: [::1]}\n", "hint.quote-ipv6"),
        ("a: {b: B${n}}\n", "hint.quote-placeholder"),
        ("a:\n\tb: 1\n", "hint.indent-with-spaces"),
        ("a:1\nb: 2\n", "hint.quote-colon"),
        ("a: 1\nb\uff1a2\nc: 3\n", "hint.full-width-colon"),
        ("a:\n  b: 1\n\u3000\u3000c: 2\n  d: 3\n", "hint.full-width-space"),
        ("a:\n  b: 1\n\u3000\u3000c: 2\n\n  # x\n  d: 3\n", "hint.full-width-space"),
        ("a:\n  - \u3000b\n  -x\n", "hint.align"),
    ],
)
def test_a_syntax_error_names_the_likely_cause(text: str, hint: str) -> None:
    """Where the line shows what went wrong, the hint says what to do."""
    _, problems = parsed(text)
    assert [item["code"] for item in hints(problems)] == [hint]


@pytest.mark.parametrize("text", ["k:", "k: ~", "k: null"])
def test_nothing_written_is_empty(text: str) -> None:
    """An unquoted nothing is empty; a quoted one is text."""
    value = mapping_of(text).get("k")
    assert value is not None
    assert is_empty(value)
    assert not is_empty(node_of("'null'"))


@pytest.mark.parametrize(("code", "text", "line", "column"), YAML_CASES)
def test_without_libyaml_problems_have_the_same_codes(
    code: str, text: str, line: int, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML's own parser words its errors differently; ours are the same."""
    monkeypatch.setattr("zonecheck.formats.yaml_nodes._Parser", yaml.BaseLoader)
    small = Limits(**SMALL) if "too" in code else Limits()
    _, problems = parsed(text, small)
    assert code in {item for item, _, _ in found(problems)}
