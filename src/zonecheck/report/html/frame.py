"""What every page is made of: its rules, its style, its script, and the head with both languages.

The page forbids itself the network; its scripts and its style are named by their digests.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files as resources

from zonecheck import __version__
from zonecheck.report.html.elements import both, element, grid, row, shown, text
from zonecheck.report.lang import Lang
from zonecheck.report.machine.json_parts import Json
from zonecheck.report.words import phrase

LIBRARY, LICENCE, SCRIPT, STYLE = (
    "cytoscape.min.js",
    "cytoscape.LICENSE.txt",
    "page.js",
    "page.css",
)
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def framed(title: str, body: Sequence[str], graph: Json, lang: Lang) -> str:
    """Return a page of this body; `lang` is the language it opens in, `graph` what it draws."""
    library, script, style = resource(LIBRARY), resource(SCRIPT), resource(STYLE)
    rules = text(_rules(library, script, style))
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{rules}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        element("title", text(title)),
        # The library would add this style itself, which the page's rules forbid.
        f'<style id="__________cytoscape_stylesheet">{style}</style>',
    ]
    whole = [
        *body,
        element("footer", _licence()),
        element("script", data_text(graph), type="application/json", id="zonecheck-data"),
        f"<script>{library}</script>",
        f"<script>{script}</script>",
    ]
    inner = element("head", *head), element("body", *whole)
    return "<!DOCTYPE html>\n" + element("html", *inner, lang=lang, data_lang=lang) + "\n"


def header(name: str, mark: str, *told: str, contents: str) -> str:
    """Return the head of a page: what it is about, its result, and where to find what."""
    buttons = [
        element("button", word, type="button", data_to=to, lang=to)
        for to, word in (("ja", "日本語"), ("en", "English"))
    ]
    switch = element("div", *buttons, id="languages", hidden=True)
    title = element("h1", "zonecheck ", text(name), " ", mark)
    return element("header", switch, title, *told, contents)


class Sections:
    """The sections of a page by name, each with the code of its title."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def section(self, name: str, *inner: str) -> str:
        """Return a section under its title."""
        return element("section", element("h2", self._title(name)), *inner, id=name)

    def contents(self) -> str:
        """Return where to find what, for readers without scripts as well."""
        links = (element("a", self._title(name), href=f"#{name}") for name in self._titles)
        return element("nav", *links)

    def _title(self, name: str) -> str:
        return shown(both(lambda lang: phrase(lang, self._titles[name])))


def inputs(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the files that were read with their digests, and who read them."""
    rows = [
        row(text(name), element("code", text(told))) for name, told in dict.fromkeys(pairs) if told
    ]
    head = [shown(both(lambda lang: phrase(lang, "sheet.file"))), "SHA-256"]
    return element("p", text(f"zonecheck {__version__}")) + grid(head, rows)


def resource(name: str) -> str:
    """Return a file that lies beside this one, with line ends as browsers take them."""
    data = (resources("zonecheck.report.html") / name).read_bytes()
    return data.decode().replace("\r\n", "\n")


def data_text(document: Json) -> str:
    """Return JSON that ends no script and no line, whatever names are in it."""
    told = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return told.translate(_ESCAPES)


def _rules(library: str, script: str, style: str) -> str:
    scripts = " ".join(digest(each) for each in (library, script))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(inline: str) -> str:
    """Return how a policy names what stands in an element."""
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"


def _licence() -> str:
    said = both(lambda lang: phrase(lang, "html.licence"))
    return element(
        "details", element("summary", shown(said)), element("pre", text(resource(LICENCE)))
    )
