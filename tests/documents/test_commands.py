"""Every command of the README and the how-tos is run, and what is shown is what it prints."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.documents.pages import DOCS, PAGES, ROOT, Command, Edit, Shown, Step, blocks, steps
from zonecheck.cli import main

PATH_PICTURE = (
    "zonecheck plot topologies/mistakes/m11-sanitiser-bypass.zones.yaml -o path.png"
    " --finding sanitise-screen-transfer#1"
)
RUN_BY_OTHERS = {
    "make demo": "the first line of .ci/run",
    "make test": "the last line of .ci/run, which runs this",
    "make docs": "tests/documents/test_site.py builds the same two sites",
    PATH_PICTURE: "tests/report/test_plot_command.py draws it and measures it",
    "pip install '/path/to/zonecheck[plot]'": "make setup installs the extra plot with dev",
    "pip wheel --no-deps -w wheels /path/to/zonecheck": "a person: it asks a package index",
}
"""Lines that are not run here, each with what runs them instead."""

RUN_ELSEWHERE = {DOCS / "testing.md": "tests/testing/test_document.py follows it"}

NARROWED = {"m11-sanitiser-bypass": ["--check", "sanitise-screen-transfer"]}
"""Designs of the size of a city are asked what is shown; tests/mistakes asks them everything."""

TRANSLATED = {page: page.with_name(page.name.replace(".ja.md", ".md")) for page in PAGES}
SAME_AS = {ROOT / "README.ja.md": ROOT / "README.md"}
"""Pages that show no output and whose commands are those of another."""

RUN = [page for page in PAGES if page not in {**RUN_ELSEWHERE, **SAME_AS} and steps(page)]
AUTHOR = {
    f"GIT_{who}_{what}": "t@example.net"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder to work in, as the current one."""
    for name, value in AUTHOR.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def prepare(page: Path, folder: Path) -> None:
    """Put into a folder what a page takes for granted."""
    if page.name in ("README.md", "plot.md"):
        (folder / "topologies").symlink_to(ROOT / "topologies")
    if page.name == "diff.md":
        perform(Command("zonecheck init net", 0))
        (folder / "net" / "net.zones.yaml").rename(folder / "net" / "city.zones.yaml")
        for line in ("git init -q", "git add net", "git commit -qm x", "git tag approved-2026-04"):
            perform(Command(line, 0))


def perform(command: Command) -> str:
    """Run a command and return what it prints."""
    words = shlex.split(command.line)
    match words:
        case ["zonecheck" | ".venv/bin/zonecheck", *arguments]:
            more = [word for name, add in NARROWED.items() if name in command.line for word in add]
            if "plot" in arguments:
                pytest.importorskip("matplotlib")
                more = []
            result = CliRunner().invoke(main, [*arguments, *more])
            assert result.exit_code == command.code, (command.line, result.output)
            return result.stdout
        case ["cp", old, new]:
            shutil.copyfile(old, new)
        case ["git", *_]:
            subprocess.run(words, check=True, capture_output=True)
        case _:
            pytest.fail(f"nobody runs: {command.line}")
    return ""


def follow(step: Step, printed: str) -> str:
    """Do what a page says, or hold it against what was printed; return what is printed last."""
    match step:
        case Command():
            return printed if step.line in RUN_BY_OTHERS else perform(step)
        case Shown():
            assert step.text in printed
        case Edit():
            text = Path(step.file).read_text(encoding="utf-8")
            assert text.count(step.old) == 1
            Path(step.file).write_text(text.replace(step.old, step.new), encoding="utf-8")
    return printed


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_a_page_can_be_followed(page: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its commands end as it says and print what it shows, in a folder of its own."""
    monkeypatch.setenv("ZONECHECK_LANG", "ja" if page.name.endswith(".ja.md") else "en")
    prepare(page, scratch)
    printed = ""
    for step in steps(page):
        printed = follow(step, printed)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name.endswith(".ja.md")])
def test_both_languages_type_the_same(page: Path) -> None:
    """A Japanese page has the commands and edits of the English one, but for messages."""
    of_both = [
        [
            Command(re.sub(r" --lang en$|-m '.*'", "", step.line), step.code)
            if isinstance(step, Command)
            else step
            for step in steps(each)
            if not isinstance(step, Shown)
        ]
        for each in (page, TRANSLATED[page])
    ]
    assert of_both[0] == of_both[1]


def test_what_is_not_run_here_is_run_by_someone() -> None:
    """The lines left to others are on a page, and those of make are targets."""
    typed = {step.line for page in PAGES for step in steps(page) if isinstance(step, Command)}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in RUN_BY_OTHERS:
        assert line in typed
        _, _, target = line.partition("make ")
        assert not target or f"\n{target}: " in makefile


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_stand_where_they_are_run(page: Path) -> None:
    """A line of another block that begins with the program is a synopsis, with words to fill in."""
    for language, text in blocks(page):
        for line in text.splitlines():
            if language != "sh" and re.match(r"(\.venv/bin/)?zonecheck [a-z]", line):
                assert re.search(r"\[|\||[A-Z]{3}|\.\.\.", line), line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_that_is_named_exists(page: Path) -> None:
    """Behind the name of a command, in code, stand its own options only."""
    text = page.read_text(encoding="utf-8")
    context = click.Context(main)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M))
    lines = [line for _, block in blocks(page) for line in block.splitlines()]
    for span in [*spans, *lines]:
        name, _, rest = span.removeprefix(".venv/bin/").removeprefix("zonecheck ").partition(" ")
        command = main.get_command(context, name)
        if command is None or isinstance(command, click.Group):
            continue
        known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", rest)) <= {*known, "--help"}, span
