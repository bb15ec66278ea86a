"""The page for browsers: it asks for nothing, it says everything, and names stay names."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.report import samples
from tests.report.wholes import HOSTILE, SAMPLES, hostile, of_every_kind, whole_of
from zonecheck import __version__
from zonecheck.formats.input_file import InputFile
from zonecheck.model.closure import Closure
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.questions.permitted import Passing, passing
from zonecheck.policy.verdict import Finding, Status
from zonecheck.report.finding_summary import evidence_lines, sentence
from zonecheck.report.html.elements import grid_of
from zonecheck.report.html.entries import entries_of
from zonecheck.report.html.frame import data_text
from zonecheck.report.html.page import render_html
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.printable import printable
from zonecheck.report.sheet.tables import Cell, Table
from zonecheck.report.text.place import place_text
from zonecheck.report.whole import WholeReport
from zonecheck.report.zone_names import zone_names

FILES = (InputFile("sample.zones.yaml", "ab" * 32), InputFile("more <b>.yaml", "cd" * 32))
VOID = frozenset({"meta", "input", "wbr"})
OURS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "div",
        "span",
        "button",
        "details",
        "summary",
        "section",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "form",
        "label",
        "input",
        "select",
        "option",
        "small",
        "code",
        "pre",
        "q",
        "wbr",
        "b",
        "a",
        "article",
        "ol",
        "ul",
        "li",
        "aside",
        "nav",
        "noscript",
        "output",
        "footer",
        "script",
    ]
)
ADDRESSES = frozenset({"src", "href", "action", "data", "poster", "srcset", "background", "style"})


class Page(HTMLParser):
    """What a browser would make of a page: elements, their attributes and texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.styles: list[str] = []
        self.spoken: dict[str, int] = dict.fromkeys(LANGS, 0)
        self.silent: list[str] = []
        self._texts: list[str] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(page)
        self.close()
        assert not self._open
        self.text = "\n".join(self._texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        assert len(told) == len(attrs)
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in told.items()]
        if tag not in VOID:
            self._open.append((tag, told, []))

    def handle_endtag(self, tag: str) -> None:
        last, told, parts = self._open.pop()
        text = "".join(parts)
        assert last == tag
        if tag == "script":
            self.scripts.append((told, text))
        elif tag == "style":
            self.styles.append(text)
        else:
            for lang in LANGS:
                if told.get("class") == lang:
                    self.spoken[lang] += 1
                    if tag == "span" and not text.strip():
                        self.silent.append(lang)
            self._texts.append(text)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1][2].append(data)

    @property
    def data(self) -> dict[str, Any]:
        """Return what the scripts read."""
        (found,) = [text for told, text in self.scripts if told.get("type")]
        return json.loads(found)  # type: ignore[no-any-return]

    @property
    def policy(self) -> dict[str, set[str]]:
        """Return what the page's policy says by directive."""
        (rules,) = [v for tag, name, v in self.attributes if (tag, name) == ("meta", "content")][:1]
        parts = [part.split() for part in rules.split(";")]
        return {name: set(values) for name, *values in parts}


def page_of(whole: WholeReport, lang: Lang = "en", passes: Passing | None = None) -> Page:
    """Return a page as a browser reads it."""
    return Page(render_html(whole, passes, FILES, lang))


def found() -> Passing:
    """Return what passes in the sample design."""
    passes = passing(Analysis(samples.topology(), samples.profile(), Closure.UPPER))
    assert passes is not None
    return passes


def digest(text: str) -> str:
    """Return how a policy names an inline script, as CSP Level 2 says it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def assert_stays_inside(text: str) -> None:
    """Check that a page is ours alone: no address leads out, and its policy forbids requests."""
    page = Page(text)
    assert set(page.tags) <= OURS
    led = [value for _, name, value in page.attributes if name in ADDRESSES]
    assert all(value.startswith("#") for value in led)
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    ids = {value for _, name, value in page.attributes if name == "id"}
    assert {value.removeprefix("#") for value in led} <= ids
    for style in page.styles:
        assert not re.search(r"url\(|@import|@font-face|://", style)
    policy = page.policy
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == {"'none'"}
    assert policy["img-src"] == {"data:"}
    runs = [script for told, script in page.scripts if not told]
    assert policy["script-src"] == set(map(digest, runs))
    assert policy["style-src"] == set(map(digest, page.styles))
    assert set(policy) == {
        *("default-src", "base-uri", "form-action", "img-src", "script-src", "style-src")
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_no_page_leads_outside(name: str, lang: Lang) -> None:
    """Whatever was found; its policy names its scripts and style by their right digests."""
    whole = whole_of(SAMPLES[name](), own=samples.waived())
    assert_stays_inside(render_html(whole, found(), FILES, lang))


def test_the_policy_stands_before_what_it_governs() -> None:
    """And the encoding before all: a policy in a page counts for what comes after it."""
    text = render_html(of_every_kind(), None, FILES, "en")
    assert text.startswith("<!DOCTYPE html>\n")
    at = text.index("Content-Security-Policy")
    assert text.index('charset="utf-8"') < at < min(text.index("<style"), text.index("<script"))


def test_our_script_writes_no_markup_and_asks_for_nothing() -> None:
    """Text is set as text."""
    runs = [script for told, script in page_of(of_every_kind()).scripts if not told]
    ours = runs[-1]
    banned = (
        r"innerHTML|outerHTML|insertAdjacent|document\.write|DOMParser|createContextualFragment|"
        r"eval|Function\(|fetch|XMLHttp|WebSocket|sendBeacon|EventSource|import\(|\.src|://"
    )
    assert not re.search(banned, ours)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_is_more_than_a_name(text: str, lang: Lang) -> None:
    """It adds no element and no attribute, and stands in the text as it is."""
    told = render_html(hostile(text), found(), FILES, lang)
    assert_stays_inside(told.encode(errors="backslashreplace").decode())
    page, tame = Page(told), page_of(of_every_kind(), lang, found())
    assert set(page.tags) <= set(tame.tags)
    for tag in ("script", "style", "a", "article", "input", "form"):
        assert page.tags.count(tag) == tame.tags.count(tag)
    names = {(tag, name) for tag, name, _ in page.attributes}
    assert names <= {(tag, name) for tag, name, _ in tame.attributes}
    assert printable(text, keep="\n") in page.text
    assert [told for told, _ in page.scripts] == [told for told, _ in tame.scripts]
    assert page.policy == tame.policy


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_in_the_graph_is_more_than_a_name(text: str) -> None:
    """It is the value of a node whose id is ours."""
    tame = of_every_kind()
    design = tame.topology
    segments = (*design.segments, replace(design.segments[0], id=text))
    told = render_html(replace(tame, topology=replace(design, segments=segments)), None, (), "en")
    assert_stays_inside(told)
    data = [node["data"] for node in Page(told).data["nodes"]]
    assert printable(text) in {each.get("name") for each in data}
    assert all(re.fullmatch(r"[nz]\d+", str(each["id"])) for each in data)


@pytest.mark.parametrize("text", [*HOSTILE, "</script><script>x", "<!--<script>", "\u2029"])
def test_data_for_scripts_comes_back_as_it_was(text: str) -> None:
    """Without a character that could end a script, an attribute or a line."""
    told = data_text({text: [text]})
    assert not set(told) & set("<>&\u2028\u2029\n\r")
    assert json.loads(told) == {text: [text]}


@pytest.mark.parametrize("lang", LANGS)
def test_every_check_and_every_finding_is_in_the_page(lang: Lang) -> None:
    """Of every policy: the verdict, each sentence, its place and its whole counterexample."""
    whole = of_every_kind()
    page = page_of(whole, lang)
    ids = [value for tag, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    for number, part in enumerate(whole.parts):
        for result in part.verification.results:
            assert f"c{number}-{result.check}" in ids
            for citation in result.policy.citations if result.policy else ():
                assert citation.clause in page.text
                assert citation.quote in page.text
            sources = [each.source for each in result.findings]
            sources += [each.source for each in result.missing]
            assert all(place_text(whole.place(source)) in page.text for source in sources)
        for assumption in part.verification.assumptions:
            assert assumption.id in page.text
            assert printable(assumption.subject) in page.text
            assert place_text(whole.place(assumption.source)) in page.text
    entries = list(entries_of(whole))
    assert page.tags.count("article") == len(entries) > 0
    assert {entry.key for entry in entries} <= set(ids)
    for entry in entries:
        if isinstance(entry.found, Finding):
            zones = zone_names(whole.topology, entry.part.profile, lang)
            assert sentence(entry.found, lang, zones) in page.text
            assert "\n".join(evidence_lines(entry.found, lang)) in page.text


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_run_is_green_only_if_nothing_is_violated_or_unknown(name: str) -> None:
    """Even if it passes, since violations may be below a threshold and the unknown allowed."""
    whole = replace(whole_of(SAMPLES[name]()), exit_code=0)
    statuses = {result.status for result in whole.city.verification.results}
    classes = {value for tag, key, value in page_of(whole).attributes if key == "class"}
    assert ("result clean" in classes) == (not statuses & {Status.VIOLATED, Status.UNKNOWN})
    assert "result clean" not in {
        value
        for tag, key, value in page_of(replace(whole, exit_code=2)).attributes
        if key == "class"
    }


def test_the_tables_need_no_script() -> None:
    """What is hidden until a script runs is what only a script could serve."""
    page = page_of(of_every_kind(), passes=found())
    hidden = {tag for tag, name, _ in page.attributes if name == "hidden"}
    assert hidden <= {"div", "form", "button", "p"}
    of_tables = [value for tag, name, value in page.attributes if (tag, name) == ("table", "class")]
    assert of_tables[1:3] == ["matrix", "clauses"]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_whatever_is_said_is_said_in_both_languages(name: str) -> None:
    """Neither language is left out anywhere, and no code stands in the place of its wording."""
    page = page_of(whole_of(SAMPLES[name](), own=samples.waived()), passes=found())
    assert page.spoken["ja"] == page.spoken["en"] > 0
    assert not page.silent
    assert not re.search(r"\b(html|sheet|report|status|format|severity)\.[a-z]", page.text)


def test_languages_differ_in_nothing_but_which_is_shown() -> None:
    """So that a switch in the page has all it needs."""
    pages = [render_html(of_every_kind(), found(), FILES, lang) for lang in LANGS]
    assert len({re.sub(r"<html[^>]*>", "", page) for page in pages}) == 1


def test_what_was_read_and_by_which_version_is_said() -> None:
    """With the digest of each file."""
    page = page_of(of_every_kind())
    assert f"zonecheck {__version__}" in page.text
    for file in FILES:
        assert file.path in page.text
        assert file.sha256 in page.text


def test_paths_lead_through_nodes_of_the_graph() -> None:
    """Each node has a place, zones hold nodes, edges and paths join what is there."""
    page = page_of(of_every_kind())
    nodes = {str(node["data"]["id"]): node for node in page.data["nodes"]}
    zones = {name for name, node in nodes.items() if node["data"]["kind"] == "zone"}
    assert zones
    assert len(nodes) == len(page.data["nodes"])
    for node in nodes.values():
        assert "position" in node
        assert node["data"].get("in", min(zones)) in zones
    for edge in page.data["edges"]:
        assert {edge["data"]["source"], edge["data"]["target"]} <= nodes.keys() - zones
    paths = page.data["paths"]
    keys = {entry.key for entry in entries_of(of_every_kind())}
    assert paths
    assert paths.keys() <= keys
    assert {node for path in paths.values() for node in path} <= nodes.keys() - zones


def test_the_licence_of_what_is_inlined_is_in_the_page() -> None:
    """As it asks to be."""
    page = page_of(whole_of(samples.empty()))
    assert "The Cytoscape Consortium" in page.text
    assert "Permission is hereby granted" in page.text


def test_the_same_verdicts_give_the_same_page() -> None:
    """No clock is in it."""
    assert len({render_html(of_every_kind(), found(), FILES, "ja") for _ in range(2)}) == 1


def test_a_list_of_numbers_breaks_only_behind_its_commas() -> None:
    """Half a port number looks like another port; what is copied has no more than was there."""

    def table(_: Lang) -> Table:
        return Table("t", (("h", 9),), ((Cell("tcp/443,853, 1,234"),),), ("1,2",))

    made = grid_of(table)
    assert "tcp/443,<wbr>853, 1,<wbr>234" in made
    assert ".matrix td { overflow-wrap: break-word; }" in page_of(of_every_kind()).styles[0]
