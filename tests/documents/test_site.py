"""The site for reading offline is whole, speaks both languages and fetches nothing."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from tests.documents.pages import DOCS, PAGES, ROOT
from zonecheck.report.lang import LANGS, Lang

pytestmark = pytest.mark.xdist_group("site")

WRITTEN = sorted(path for path in DOCS.rglob("*.md"))
CONFIGS: dict[Lang, str] = {"ja": "mkdocs.yml", "en": "mkdocs.en.yml"}
PLACES: dict[Lang, str] = {"ja": "", "en": "en"}

DORMANT = {
    "unpkg.com/mermaid": 'class="mermaid"',
    "unpkg.com/resize-observer-polyfill": None,
    "api.github.com": 'data-md-component="source"',
    "${e}/api/v4": 'data-md-component="source"',
}
"""Addresses in the scripts of the theme, with what would have to be on a page to wake them.

The polyfill is for browsers without ResizeObserver, which none has lacked since 2020.
"""

COUNTED = ("h1", "h2", "h3", "li", "tr", "pre", "img")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of both sites, built as `make docs` builds them."""
    folder = tmp_path_factory.mktemp("site")
    for lang, config in CONFIGS.items():
        command = ["mkdocs", "build", "--strict", "--config-file", config]
        done = subprocess.run(
            [sys.executable, "-m", *command, "--site-dir", str(folder / PLACES[lang])],
            cwd=ROOT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
    return folder


@cache
def texts(site: Path, ending: str) -> dict[Path, str]:
    """Return the files of a site with an ending."""
    return {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob(f"*{ending}"))}


def test_warnings_are_errors_for_make_too() -> None:
    """Quiet builds count no warnings, so that `--strict` would pass whatever is wrong."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    builds = re.findall(r"mkdocs build.*", makefile)
    assert len(builds) == len(CONFIGS)
    assert all("--strict" in line and "quiet" not in line for line in builds)


def loads(html: str) -> Iterator[str]:
    """Yield what a browser fetches to show a page."""
    for tag in re.findall(r"<(?!a\b)\w+[^>]*>", html):
        yield from re.findall(r'(?:src|srcset|data|poster|href)=["\']?([^"\'\s>]+)', tag)
        yield from re.findall(r"url\(([^)]+)\)", tag)


def test_nothing_is_fetched_from_outside(site: Path) -> None:
    """No script, sheet, font or picture has an address with a host."""
    pages = texts(site, ".html")
    assert len(pages) > len(WRITTEN)
    for path, html in pages.items():
        outside = [each for each in loads(html) if re.match(r"([a-z]+:)?//", each)]
        assert not outside, path
    for path, sheet in texts(site, ".css").items():
        found = re.findall(r"(?:@import\s*|url\()[\"']?(?:https?:)?//[^\"')]*", sheet)
        assert not found, path
    for path, script in texts(site, ".js").items():
        if path.name == "search_index.js" or "lunr" in path.parts:
            continue
        for found in re.findall(r'["\'`](?:https?:)?//([^"\'`\s]+)', script):
            awake = [mark for start, mark in DORMANT.items() if found.startswith(start)]
            assert awake or found.startswith("www.w3.org/"), (path, found)
            assert not any(mark and mark in html for mark in awake for html in pages.values())


def test_every_link_of_the_site_leads_to_a_file(site: Path) -> None:
    """Pages of the other language and files from outside of `docs/` too."""
    for path, html in texts(site, ".html").items():
        if path.name == "404.html":  # which only servers show, at addresses of their own
            continue
        for link in set(re.findall(r'(?:href|src)="([^"#?]+)', html)):
            if not re.match(r"[a-z]+:", link):
                assert (path.parent / unquote(link)).is_file(), (path, link)


def page_of(written: Path, site: Path, lang: Lang) -> Path:
    """Return where the site of a language has a page."""
    name = written.relative_to(DOCS).as_posix().replace(".ja.md", ".md").removesuffix(".md")
    name = re.sub(r"(^|/)README$", r"\1index", name)
    return site / PLACES[lang] / f"{name}.html"


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_shows_what_github_shows(site: Path, lang: Lang) -> None:
    """As many headings, items, rows, code blocks and pictures, in the reader's language."""
    reader = MarkdownIt("commonmark").enable("table")
    for written in WRITTEN:
        translated = written.with_name(written.name.replace(".md", ".ja.md"))
        if written.name.endswith(".ja.md") != (lang == "ja") and (
            written.name.endswith(".ja.md") or translated.exists()
        ):
            continue
        html = texts(site, ".html")[page_of(written, site, lang)]
        article = html.partition("<article")[2].partition("</article>")[0]
        wanted = reader.render(written.read_text(encoding="utf-8"))
        for tag in COUNTED:
            counts = [len(re.findall(rf"<{tag}[ >]", text)) for text in (article, wanted)]
            assert counts[0] == counts[1], (written, tag)


@pytest.mark.parametrize("lang", LANGS)
def test_each_site_can_be_searched_in_its_language(site: Path, lang: Lang) -> None:
    """The index stands in a script, for browsers that may not read files, and knows Japanese."""
    folder = site / PLACES[lang]
    script = (folder / "search" / "search_index.js").read_text(encoding="utf-8")
    index = json.loads(script.removeprefix("var __index = "))
    assert index["config"]["lang"] == ["ja", "en"]
    titles = {entry["title"] for entry in index["docs"]}
    assert ("はじめての証明" in str(titles)) == (lang == "ja")
    home = (folder / "index.html").read_text(encoding="utf-8")
    assert '<script src="javascripts/iframe-worker.js">' in home
    assert f'<html lang="{lang}"' in home


@pytest.mark.parametrize(
    "page", [*PAGES, *sorted((DOCS / "reference").glob("*.md"))], ids=lambda page: page.name
)
def test_links_lead_somewhere_on_github(page: Path) -> None:
    """To a file of the repository, and to a heading or mark that is there."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), link
        if anchor:
            headings = re.findall(r"(?m)^#+ (.*)$", path.read_text(encoding="utf-8"))
            known = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
            known |= set(re.findall(r'<a id="([^"]+)">', path.read_text(encoding="utf-8")))
            assert anchor in known, link
