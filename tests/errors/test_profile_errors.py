"""Each `profiles/*.yaml` is a wrong profile; `<name>.ja.txt` and `.en.txt` are the answers.

`ZONECHECK_WRITE_GOLDEN=1 pytest tests/errors` writes the answers anew; read the diff.
"""

import os
from pathlib import Path

import pytest

from zonecheck.formats import BadInput
from zonecheck.policy import load_profile
from zonecheck.report.lang import LANGS
from zonecheck.report.problem_text import render_problems

HERE = Path(__file__).parent / "profiles"
INPUTS = sorted(path.name for path in HERE.glob("*.yaml") if not path.name.startswith("_"))


@pytest.mark.parametrize("name", INPUTS)
def test_a_wrong_profile_is_answered_in_these_words(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything wrong with a profile is told at once, with its place and what to do."""
    monkeypatch.chdir(HERE)
    with pytest.raises(BadInput) as caught:
        load_profile(name)
    for lang in LANGS:
        answer = render_problems(caught.value.problems, lang)
        golden = HERE / f"{name.removesuffix('.yaml')}.{lang}.txt"
        if os.environ.get("ZONECHECK_WRITE_GOLDEN"):
            golden.write_text(answer, encoding="utf-8")
        assert answer == golden.read_text(encoding="utf-8")


def test_no_answer_is_left_without_its_question() -> None:
    """Golden files of inputs that are gone are removed with them."""
    answers = {path.name.rsplit(".", 2)[0] for path in HERE.glob("*.txt")}
    assert answers == {name.removesuffix(".yaml") for name in INPUTS}
