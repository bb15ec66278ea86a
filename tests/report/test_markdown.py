"""Markdown: it fits a comment, and no name in it is more than a name."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from tests.report import samples
from tests.report.test_golden import same_as_golden
from tests.report.wholes import HOSTILE, SAMPLES, hostile, of_every_kind, whole_of
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.markdown import MOST_CHARACTERS, render_markdown
from zonecheck.report.markdown_text import code, fence, row
from zonecheck.report.printable import printable

OURS = {"h2", "h3", "p", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "strong"}
FOLDED = {"details", "summary"}


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and its text within code and outside."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.code, self.prose = "", ""
        self._within = 0
        self.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._within += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._within -= tag == "code"

    def handle_data(self, data: str) -> None:
        if self._within:
            self.code += data
        else:
            self.prose += data


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_page_is_made_of_our_elements(name: str, lang: Lang, verbose: bool) -> None:
    """Every block is closed, and a table has as many cells in each row."""
    text = render_markdown(whole_of(SAMPLES[name]()), lang, verbose=verbose)
    page = Page(text)
    assert set(page.tags) <= OURS | FOLDED
    assert text.count("<details>") == text.count("</details>") == page.tags.count("details")
    assert page.tags.count("td") == 5 * (page.tags.count("tr") - page.tags.count("thead"))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_is_more_than_a_name(text: str, lang: Lang) -> None:
    """It adds no element and no attribute, and stands nowhere but in code, as it is."""
    page = Page(render_markdown(hostile(text), lang))
    tame = Page(render_markdown(of_every_kind(), lang))
    assert page.tags == tame.tags
    assert page.attributes <= {"class"}
    assert printable(text) in page.code
    assert not {"@", "#"} & set(page.prose)
    assert "example" not in page.prose


@pytest.mark.parametrize("text", HOSTILE)
def test_code_and_fences_show_what_they_were_given(text: str) -> None:
    """In a line, in a cell of a table, and in a block."""
    assert Page(f"a {code(text)} b").code == printable(text)
    table = "\n".join([row(["a", "b"]), row(["---", "---"]), row([code(text), "c"])])
    assert Page(table).code == printable(text)
    assert Page(table).tags.count("td") == 2
    assert Page("\n".join(fence(text.split("\n")))).code.split("\n")[:-1] == [
        printable(line) for line in text.split("\n")
    ]
    assert "www." not in code(f"{text}WWW.x www.y").lower()


@pytest.mark.parametrize("lang", LANGS)
def test_any_report_fits_a_comment(lang: Lang) -> None:
    """What is left out is said; what fails is shown before what does not."""
    verification = samples.verification()
    many = tuple(replace(result, findings=result.findings * 200) for result in verification.results)
    whole = whole_of(replace(verification, results=many), own=samples.waived())
    text = render_markdown(whole, lang, verbose=True)
    assert len(text) <= MOST_CHARACTERS
    assert "--format text".replace("-", "&#45;") in text
    assert text.count("<details>") == text.count("</details>")
    assert "council" in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_as_reviewed(lang: Lang) -> None:
    """Word for word."""
    same_as_golden(f"everything.{lang}.md", render_markdown(of_every_kind(), lang))
