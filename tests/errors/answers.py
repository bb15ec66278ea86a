"""The words a wrong input is answered with, kept in files beside it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from zonecheck.formats.problems import BadInput
from zonecheck.report.lang import LANGS
from zonecheck.report.text.problem import render_problems


def wrong_inputs(folder: Path) -> list[str]:
    """Return the names of the wrong inputs; those named `_*.yaml` are parts others include."""
    return sorted(path.name for path in folder.glob("*.yaml") if not path.name.startswith("_"))


def is_answered_in_these_words(path: Path, read: Callable[[str], object]) -> None:
    """Assert that reading fails with what `<name>.ja.txt` and `.en.txt` say.

    Messages name the file as given, so the caller stands in its folder.
    """
    with pytest.raises(BadInput) as caught:
        read(path.name)
    for lang in LANGS:
        answer = render_problems(caught.value.problems, lang)
        golden = path.with_name(f"{path.stem}.{lang}.txt")
        if os.environ.get("ZONECHECK_WRITE_GOLDEN"):
            golden.write_text(answer, encoding="utf-8")
        assert answer == golden.read_text(encoding="utf-8")
