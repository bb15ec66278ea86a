"""What the front pages show and name is what there is."""

from pathlib import Path

import click
import pytest

from zonecheck.cli import main
from zonecheck.policy import Status
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.words import phrase

ROOT = Path(__file__).parents[2]
PAGE: dict[Lang, str] = {
    "ja": (ROOT / "README.ja.md").read_text(encoding="utf-8"),
    "en": (ROOT / "README.md").read_text(encoding="utf-8"),
}


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_can_be_found(lang: Lang) -> None:
    """Each document is linked, in the reader's language where it has one of its own."""
    for path in sorted((ROOT / "docs").glob("*.md")):
        other = path.with_name(path.name.replace(".md", ".ja.md"))
        of_lang = other if lang == "ja" and other.exists() else path
        if path.name.endswith(".ja.md") and lang == "en":
            continue
        assert f"](docs/{of_lang.name})" in PAGE[lang], path.name


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("status", Status)
def test_every_verdict_is_explained(status: Status, lang: Lang) -> None:
    """By the word that reports use, or the id of it."""
    assert phrase(lang, f"status.{status.value}") in PAGE[lang] or status.value in PAGE[lang]


@pytest.mark.parametrize("lang", LANGS)
def test_every_option_of_verify_is_named(lang: Lang) -> None:
    """By its long name, or as its short one stands in text."""
    command = main.get_command(click.Context(main), "verify")
    assert command is not None
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "debug":
            words = [name if name.startswith("--") else f"`{name}" for name in option.opts]
            assert any(word in PAGE[lang] for word in words), option.opts
