"""Each `*.yaml` here is a wrong topology; `<name>.ja.txt` and `.en.txt` are the answers.

`ZONECHECK_WRITE_GOLDEN=1 pytest tests/errors` writes the answers anew; read the diff.
"""

from functools import partial
from pathlib import Path

import pytest

from tests.errors.answers import is_answered_in_these_words, wrong_inputs
from zonecheck.formats import read_topology
from zonecheck.policy import check_ids

HERE = Path(__file__).parent
INPUTS = wrong_inputs(HERE)


@pytest.mark.parametrize("name", INPUTS)
def test_a_wrong_topology_is_answered_in_these_words(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every message a user can get from a file is under test, word for word."""
    monkeypatch.chdir(HERE)
    is_answered_in_these_words(HERE / name, partial(read_topology, checks=check_ids()))


def test_no_answer_is_left_without_its_question() -> None:
    """Golden files of inputs that are gone are removed with them."""
    answers = {path.name.rsplit(".", 2)[0] for path in HERE.glob("*.txt")}
    assert answers <= {name.removesuffix(".yaml") for name in INPUTS}
