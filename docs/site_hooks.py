"""What mkdocs does not do by itself: two languages by name, files of the repository, no network.

The pages are written for GitHub, where `captures.ja.md` stands beside `captures.md` and a link
may leave `docs/`. A site has one language: its pages are read from the file of that language
where there is one, and files outside of `docs/` that a page links to are taken along.
"""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
OUTSIDE = "repository"
"""The folder of the site that holds files of the repository that are not in `docs/`."""

_JAPANESE = ".ja.md"
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:)([^)#\s]+)")
_WHOLE_LINK = re.compile(r"\[([^\]]+)\]\((?![a-z]+:)([^)#\s]+)\)")
_OTHER_LANGUAGE = re.compile(r"^\[(日本語|English)\]\([^)#]+\)\n", re.MULTILINE)
_SAME_PAGE = "same-page-in-"
_CHECKS = "checks/"
_TITLE = re.compile(r"^# (.*) — (.*)$", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the page of each check into the navigation, where it names their folder."""
    for part in config.nav or []:
        for entry in next(iter(part.values())) if isinstance(part, dict) else []:
            for title, path in entry.items() if isinstance(entry, dict) else []:
                if path == _CHECKS:
                    entry[title] = _check_pages(config)
    return config


def _check_pages(config: MkDocsConfig) -> list[str]:
    names = sorted(path.name for path in Path(config.docs_dir, _CHECKS).glob("*.md"))
    names.sort(key=lambda name: name != "README.md")
    return [_CHECKS + name for name in names]


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Choose the file of each page, and add those outside of `docs/`."""
    for file in [file for file in files if file.src_uri.endswith(_JAPANESE)]:
        files.remove(file)
        if config.extra["site_lang"] == "ja":
            name = _plain(file.src_uri)
            plain = files.get_file_from_path(name)
            if plain is not None:
                files.remove(plain)
            files.append(File.generated(config, name, abs_src_path=str(file.abs_src_path)))
    waiting = [file for file in files if file.is_documentation_page()]
    while waiting:
        page = waiting.pop()
        for link in _LINK.findall(page.content_string):
            outside = _outside(page.src_uri, link)
            if outside is None or not (ROOT / outside).is_file():
                continue
            if files.get_file_from_path(_place(outside)):
                continue
            added = File.generated(config, _place(outside), abs_src_path=str(ROOT / outside))
            files.append(added)
            waiting += [added] if added.is_documentation_page() else []
    return files


def _plain(path: str) -> str:
    return path.removesuffix(_JAPANESE) + ".md" if path.endswith(_JAPANESE) else path


def _place(outside: str) -> str:
    """Return where the site has a file of the repository; a README there heads no section."""
    return f"{OUTSIDE}/{outside.replace('README.md', 'readme.md')}"


def _outside(page: str, link: str) -> str | None:
    """Return the path in the repository of what a page links to outside of `docs/`."""
    inside = page.startswith(f"{OUTSIDE}/")
    folder = posixpath.dirname(page.removeprefix(f"{OUTSIDE}/") if inside else f"docs/{page}")
    path = posixpath.normpath(posixpath.join(folder, link))
    return None if path.startswith(("docs/", "../")) or not (ROOT / path).exists() else path


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links that GitHub follows into links of the site."""
    del files
    here = page.file.src_uri
    names = _TITLE.search(markdown) if here.startswith(_CHECKS) else None
    if names:
        page.meta["title"] = names[1 if config.extra["site_lang"] == "ja" else 2]
    markdown = _OTHER_LANGUAGE.sub("", markdown)
    markdown = _WHOLE_LINK.sub(lambda link: _without_folder(here, link), markdown)
    return _LINK.sub(lambda link: _in_site(here, link[1]), markdown)


def _without_folder(page: str, link: re.Match[str]) -> str:
    """Return the words alone of a link to a folder: there is no listing of it offline."""
    outside = _outside(page, link[2])
    return link[1] if outside is not None and (ROOT / outside).is_dir() else link[0]


def _in_site(page: str, link: str) -> str:
    outside = _outside(page, link)
    if outside is not None:
        return posixpath.relpath(_place(outside), posixpath.dirname(page) or ".")
    if page.startswith(f"{OUTSIDE}/") and "/" in link:
        folder = posixpath.dirname(page.removeprefix(f"{OUTSIDE}/"))
        inside = posixpath.normpath(posixpath.join(folder, link)).removeprefix("docs/")
        return posixpath.relpath(_plain(inside), posixpath.dirname(page))
    return _plain(link)


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Offer both languages; where each is, follows when the page is written."""
    del page, nav
    config.extra["alternate"] = [
        {"name": name, "lang": lang, "link": f"#{_SAME_PAGE}{lang}"}
        for lang, name in (("ja", "日本語"), ("en", "English"))
    ]
    return context


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Let the switch of languages lead to the same page: the English site is in `en/`."""
    here, site = page.file.dest_uri, config.extra["site_lang"]
    root = posixpath.relpath("." if site == "ja" else "..", posixpath.dirname(here) or ".")
    for lang, folder in (("ja", root), ("en", f"{root}/en")):
        output = output.replace(f"#{_SAME_PAGE}{lang}", f"{folder}/{here}")
    return output
