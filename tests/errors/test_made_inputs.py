"""Wrong inputs that cannot be stored as a file here; the answers are in `made/`."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from zonecheck.formats import BadInput, read_topology
from zonecheck.report.lang import LANGS
from zonecheck.report.text.problem import render_problems

MADE = Path(__file__).parent / "made"
FIFTY_MEGABYTES = 50 * 1024 * 1024


def _large(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(FIFTY_MEGABYTES)


def _nothing(path: Path) -> None:
    assert not path.exists()


def _empty_folder(path: Path) -> None:
    path.mkdir()


def _folder_of_another_name(path: Path) -> None:
    path.mkdir()
    for name in ("city.zones.yaml", "city-next-year.zones.yaml", "notes.txt"):
        (path / name).write_text("zonecheck: 1\n", encoding="utf-8")


def _folder_for_a_file(path: Path) -> None:
    path.mkdir()
    (path / f"{path.name}.zones.yaml").mkdir()


def _included_folder(path: Path) -> None:
    path.write_text("zonecheck: 1\nname: x\ninclude: [parts]\n", encoding="utf-8")
    (path.parent / "parts").mkdir()


MAKERS: dict[str, Callable[[Path], None]] = {
    "fifty-megabytes": _large,
    "no-file": _nothing,
    "empty-folder": _empty_folder,
    "folder-of-another-name": _folder_of_another_name,
    "folder-for-a-file": _folder_for_a_file,
    "included-folder": _included_folder,
}


@pytest.mark.parametrize("name", MAKERS)
def test_an_input_made_for_the_test_is_answered_in_these_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inputs that are no readable file get an answer, never a traceback."""
    monkeypatch.chdir(tmp_path)
    MAKERS[name](Path(name))
    with pytest.raises(BadInput) as caught:
        read_topology(name)
    for lang in LANGS:
        answer = render_problems(caught.value.problems, lang)
        golden = MADE / f"{name}.{lang}.txt"
        if os.environ.get("ZONECHECK_WRITE_GOLDEN"):
            golden.write_text(answer, encoding="utf-8")
        assert answer == golden.read_text(encoding="utf-8")


def test_no_made_answer_is_left_without_its_question() -> None:
    """Golden files of inputs that are gone are removed with them."""
    assert {path.name.rsplit(".", 2)[0] for path in MADE.glob("*.txt")} == set(MAKERS)
