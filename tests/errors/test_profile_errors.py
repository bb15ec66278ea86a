"""Each `profiles/*.yaml` is a wrong profile; `<name>.ja.txt` and `.en.txt` are the answers.

`ZONECHECK_WRITE_GOLDEN=1 pytest tests/errors` writes the answers anew; read the diff.
"""

from pathlib import Path

import pytest

from tests.errors.answers import is_answered_in_these_words, wrong_inputs
from zonecheck.policy import load_profile

HERE = Path(__file__).parent / "profiles"
INPUTS = wrong_inputs(HERE)


@pytest.mark.parametrize("name", INPUTS)
def test_a_wrong_profile_is_answered_in_these_words(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything wrong with a profile is told at once, with its place and what to do."""
    monkeypatch.chdir(HERE)
    is_answered_in_these_words(HERE / name, load_profile)


def test_no_answer_is_left_without_its_question() -> None:
    """Golden files of inputs that are gone are removed with them."""
    answers = {path.name.rsplit(".", 2)[0] for path in HERE.glob("*.txt")}
    assert answers == {name.removesuffix(".yaml") for name in INPUTS}
