"""The pages of docs/reference are those the commands and the reader's declarations make."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.documents.pages import DOCS
from zonecheck.cli import main
from zonecheck.formats.json_schema import schema_document
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.pages.write_schema_pages import ROOTS, schema_pages
from zonecheck.report.pages.write_schema_pages import main as write

FOLDER = DOCS / "reference"
COMMANDS: dict[Lang, str] = {"ja": "cli.ja.md", "en": "cli.md"}


def test_no_other_page_is_stored() -> None:
    """Every page of the folder is written by somebody."""
    assert {path.name for path in FOLDER.iterdir()} == {*COMMANDS.values(), *schema_pages()}


@pytest.mark.parametrize("name", sorted(schema_pages()))
def test_stored_pages_of_keys_are_those_the_declarations_make(name: str) -> None:
    """What is stored is what `make docs-reference` would write."""
    assert (FOLDER / name).read_text(encoding="utf-8") == schema_pages()[name]


def test_pages_of_keys_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    """All of them, as they are stored."""
    write([str(tmp_path)])
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == schema_pages()


@pytest.mark.parametrize("lang", LANGS)
def test_the_stored_page_of_commands_is_the_one_they_make(lang: Lang, tmp_path: Path) -> None:
    """In a process of its own, since help texts are made on import."""
    subprocess.run(
        [sys.executable, "-m", "zonecheck.cli.write_reference", str(tmp_path)],
        env={**os.environ, "ZONECHECK_LANG": lang},
        check=True,
    )
    name = COMMANDS[lang]
    assert (FOLDER / name).read_text("utf-8") == (tmp_path / name).read_text("utf-8")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("root", sorted(ROOTS))
def test_every_key_of_the_schema_is_on_the_page(root: str, lang: Lang) -> None:
    """Under the heading of its record, marked where the schema requires it."""
    page = schema_pages()[f"{root}-schema{'.ja' if lang == 'ja' else ''}.md"]
    sections = dict(re.findall(r"(?ms)^## (\S+)\n(.*?)(?=^## |\Z)", page))
    definitions = schema_document(ROOTS[root], title="")["definitions"]
    assert sections.keys() == definitions.keys()
    required = "必須" if lang == "ja" else "required"
    for name, schema in definitions.items():
        rows = re.findall(r"(?m)^\| `([^`]+)` \| .* \| (\S*) ?\| [^|]*\|$", sections[name])
        assert [key for key, _ in rows] == list(schema["properties"])
        assert [key for key, needed in rows if needed == required] == schema.get("required", [])


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_every_command_and_option_says_what_it_is_for(name: str) -> None:
    """A table with an empty meaning helps nobody."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.help
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, option.opts
