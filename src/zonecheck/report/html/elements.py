"""Elements of a page. Whatever text goes in comes out as text, in one language or in both."""

import re
from collections.abc import Callable
from html import escape
from typing import Final, NamedTuple

from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.printable import printable
from zonecheck.report.sheet.tables import Table

_BETWEEN_NUMBERS: Final = re.compile(r"(?<=\d),(?=\d)")


class Both(NamedTuple):
    """The same in Japanese and in English."""

    ja: str
    en: str


def both(told: Callable[[Lang], str]) -> Both:
    """Return what a function says in each language."""
    return Both(told("ja"), told("en"))


def text(value: object) -> str:
    """Return a text so that it is nothing but text, in an element and in an attribute."""
    return escape(printable(str(value), keep="\n"), quote=True)


def shown(said: Both | str) -> str:
    """Return a text in both languages, of which the page shows one; once if they are the same."""
    if isinstance(said, str):
        return text(said)
    if said.ja == said.en:
        return text(said.ja)
    pairs = zip(LANGS, said, strict=True)
    return "".join(
        f'<span class="{lang}" lang="{lang}">{text(each)}</span>' for lang, each in pairs
    )


def element(tag: str, /, *inner: str, **attributes: object) -> str:
    """Return an element around markup.

    An underscore in the name of an attribute is a hyphen, one at its end nothing. An attribute
    that is True has no value, one that is None or False is left out.
    """
    told = []
    for name, value in attributes.items():
        if value is True:
            told.append(f" {_attribute(name)}")
        elif value is not None and value is not False:
            told.append(f' {_attribute(name)}="{text(value)}"')
    return f"<{tag}{''.join(told)}>{''.join(inner)}</{tag}>"


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def heading(level: int, said: Both | str) -> str:
    """Return a heading."""
    return element(f"h{level}", shown(said))


def preformatted(told: Callable[[Lang], list[str]]) -> str:
    """Return lines as they are, in both languages."""
    blocks = both(lambda lang: "\n".join(told(lang)))
    pairs = zip(LANGS, blocks, strict=True)
    return "".join(element("pre", text(each), class_=lang, lang=lang) for lang, each in pairs)


def row(*cells: str, tag: str = "td", **attributes: object) -> str:
    """Return a row of a table; the cells are markup."""
    return element("tr", *(element(tag, cell) for cell in cells), **attributes)


def grid(head: list[str], rows: list[str], **attributes: object) -> str:
    """Return a table of rows under a head, in a box that scrolls by itself."""
    top = element("thead", element("tr", *(element("th", cell, scope="col") for cell in head)))
    inner = element("table", top, element("tbody", *rows), **attributes)
    return element("div", inner, class_="scroll")


def grid_of(made: Callable[[Lang], Table], **attributes: object) -> str:
    """Return a table of a workbook with its notes below it.

    A role of a cell is its class, a heading a head of its row. Lists of numbers may be broken
    after a comma: browsers take `443,853` for one number.
    """
    ja, en = made("ja"), made("en")
    columns = zip(ja.columns, en.columns, strict=True)
    head = [shown(Both(one, other)) for (one, _), (other, _) in columns]
    rows = []
    for of_ja, of_en in zip(ja.rows, en.rows, strict=True):
        cells = []
        for one, other in zip(of_ja, of_en, strict=True):
            said = _BETWEEN_NUMBERS.sub(",<wbr>", shown(Both(str(one.value), str(other.value))))
            if one.role == "heading":
                cells.append(element("th", said, scope="row"))
            else:
                cells.append(element("td", said, class_=one.role or None))
        rows.append(element("tr", *cells))
    notes = [
        element("p", shown(Both(*said)), class_="below")
        for said in zip(ja.notes, en.notes, strict=True)
    ]
    return grid(head, rows, **attributes) + "".join(notes)
