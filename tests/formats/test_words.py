import re

import pytest

from tests.formats.reading import FORMATS, placeholders, said_codes
from zonecheck.formats.problems import Problem, Problems
from zonecheck.model.message import Message
from zonecheck.model.source import Source
from zonecheck.report.lang import Lang
from zonecheck.report.text.problem import render_problems
from zonecheck.report.words import all_words

SAID = sorted({(code, names) for _, code, names in said_codes()}, key=str)


def test_the_scan_sees_the_codes() -> None:
    """The scan below is not vacuous."""
    assert len(SAID) > 60


@pytest.mark.parametrize(("code", "names"), SAID)
def test_every_code_has_a_wording_in_both_languages(code: str, names: frozenset[str]) -> None:
    """Japanese and English say the same arguments, all of them given."""
    japanese, english = all_words()[code]
    assert placeholders(japanese) <= names
    assert placeholders(english) <= names


def test_every_literal_code_passed_on_is_scanned() -> None:
    """No module says a code in a way the scan misses."""
    scanned = {code for _, code, _ in said_codes()}
    prefixes = "|".join(sorted({code.partition(".")[0] for code in scanned}))
    literal = re.compile(rf'"((?:{prefixes})\.[a-z0-9-]+)"')
    for path in FORMATS.glob("*.py"):
        assert set(literal.findall(path.read_text(encoding="utf-8"))) <= scanned, path.name


def test_japanese_wordings_are_japanese_and_end_as_sentences() -> None:
    """A Japanese wording ends with 。 and an English one with a full stop or question mark."""
    for code, _ in SAID:
        japanese, english = all_words()[code]
        assert japanese.endswith("。"), code
        assert english.endswith((".", "?", "'")), code


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "en",
            (
                "f.yaml:2:3: error[shape.unknown-key]: 'vlna' is not a key of segment;"
                " expected one of: zone, vlan.\n    hint: Did you mean 'vlan'?\n1 error\n"
            ),
        ),
        (
            "ja",
            (
                "f.yaml:2:3: エラー[shape.unknown-key]: segment に「vlna」というキーはありません。"
                "使えるキー: zone, vlan。\n    ヒント: 「vlan」ではありませんか。\nエラー 1 件\n"
            ),
        ),
    ],
)
def test_a_problem_is_rendered_with_place_code_text_hint_and_count(
    lang: Lang, expected: str
) -> None:
    """The form is one that editors and terminals link to the file."""
    problems = Problems()
    problems.add(
        Source("f.yaml", 2, 3),
        "shape.unknown-key",
        key="vlna",
        record="segment",
        allowed="zone, vlan",
        hint=Message.of("hint.did-you-mean", best="vlan"),
    )
    assert render_problems(problems, lang) == expected


def test_what_a_file_says_cannot_forge_output_lines() -> None:
    """Line breaks and escapes in quoted input are shown as escapes."""
    message = Message.of("scalar.mac", text="x\n\x1b[31mforged: error")
    text = render_problems([Problem(message, Source("f\n.yaml", 1, 1))], "en")
    assert text.count("\n") == 2
    assert "\x1b" not in text


def test_a_code_without_wording_is_still_shown() -> None:
    """A missing wording costs the sentence, not the message."""
    text = render_problems([Problem(Message.of("x.y", a="b"), Source("f", 1, 1))], "ja")
    assert "x.y (a=b)" in text
