"""The page in a browser: it asks for nothing, shows every path, and does what a reader tells it."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome

from tests.report.browser.chromium import Keys, Page
from tests.report.browser.mistaken import MISTAKES, written
from tests.report.wholes import HOSTILE, hostile
from zonecheck.report.words import phrase

pytestmark = pytest.mark.xdist_group("browser")

MOST_BYTES = 5_000_000
SCRIPT = "'\"></script><script>window.pwned = 1</script><img src=//x.example onerror=pwned=1>"


# --- what it does by itself ----------------------------------------------------------------------


def test_it_asks_for_nothing_and_complains_of_nothing(page: Page, report: Path) -> None:
    """All that is ever requested is the file itself, which can be passed on by mail."""
    page.click("button.show")
    page.click("#clear")
    page.click("[data-to=en]")
    assert page.complaints() == []
    assert page.requests() == [page.address]
    assert report.stat().st_size < MOST_BYTES


def test_a_page_that_asked_for_something_would_be_noticed(
    chrome: Chrome, report: Path, tmp_path: Path
) -> None:
    """What the law above listens to hears requests and scripts, which the page's policy blocks."""
    text = report.read_text(encoding="utf-8")
    for number, planted in enumerate(("<img src='file:///x.png'>", "<script>1</script>")):
        file = tmp_path / f"{number}.html"
        file.write_text(text.replace("<footer>", f"{planted}<footer>"), encoding="utf-8")
        page = Page(chrome, file)
        assert page.complaints() or page.requests() != [page.address]


@pytest.mark.parametrize("text", [SCRIPT, "".join(HOSTILE)], ids=["script", "all"])
def test_no_name_runs_or_asks_for_anything(chrome: Chrome, text: str, tmp_path: Path) -> None:
    """Whatever stands in the names of a design, and whatever a reader does with them."""
    page = Page(chrome, written(hostile(text), tmp_path))
    page.press(Keys.ARROW_DOWN, Keys.ENTER)
    assert page.seen("#panel h3") == page.seen("article.current h3")
    page.one("#search").send_keys(text[:12])
    assert page.run("return typeof window.pwned") == "undefined"
    assert page.complaints() == []
    assert page.requests() == [page.address]


# --- paths ---------------------------------------------------------------------------------------


def test_a_click_on_a_finding_highlights_its_path(page: Page) -> None:
    """Each of its nodes, joined in their order, all in sight, and nothing else."""
    paths = page.run("return JSON.parse(document.getElementById('zonecheck-data').text).paths")
    assert len(paths) > 3
    for finding, path in paths.items():
        page.click(f"#{finding} button.show")
        page.drawn()
        assert set(page.graph("cy.nodes('.on-path').map((each) => each.id())")) == set(path)
        ways = page.graph("cy.edges('.path').map((e) => [e.data('source'), e.data('target')])")
        assert [tuple(way) for way in ways] == list(pairwise(path))
        assert page.graph("cy.nodes('.on-path.faded').length") == 0
        assert page.graph("cy.nodes('.faded').length") > 0
        assert page.graph(
            "cy.nodes('.on-path').every((each) => { const box = each.renderedBoundingBox();"
            "return box.x1 >= 0 && box.y1 >= 0 && box.x2 <= cy.width() && box.y2 <= cy.height(); })"
        )
        assert page.seen("#names .of-step") == [str(each) for each in range(1, len(path))]
        names = page.graph("cy.nodes('.on-path').map((each) => each.data('name'))")
        assert sorted(page.seen("#names .of-node")) == sorted(names)
        assert page.run(_IN_SIGHT)
        assert page.run(
            "const r = document.getElementById('board').getBoundingClientRect();"
            "return r.top >= 0 && r.bottom <= innerHeight"
        )


_IN_SIGHT = """
const board = document.getElementById('board').getBoundingClientRect();
return [...document.querySelectorAll('#names .of-step, #names .of-node')].every((each) => {
  const name = each.getBoundingClientRect();
  return name.height > 12 && name.left >= board.left && name.right <= board.right &&
    name.top >= board.top && name.bottom <= board.bottom;
});
"""


def test_the_panel_says_by_which_rules_and_where_these_are_written(page: Page) -> None:
    """The hops of the finding as its article has them; the jump hosts' rule with file and line."""
    for finding in page.ids("article.finding:has(button.show)"):
        page.click(f"#{finding} button.show")
        assert page.seen("#panel .hops > li") == page.seen(f"#{finding} .hops > li") != []
    page.one("#search").send_keys("mynumber-isolation 夜間対応")
    page.click("#findings article:not([hidden]) button.show")
    (hops,) = page.seen("#panel .hops")
    line = 1 + next(
        number
        for number, text in enumerate(MISTAKES.read_text(encoding="utf-8").splitlines())
        if "夜間対応 踏み台" in text
    )
    assert re.search(rf"夜間対応 踏み台.*{re.escape(MISTAKES.name)}:{line}(?!\d)", hops)


def test_a_click_on_a_node_lists_the_findings_whose_paths_come_by(page: Page) -> None:
    """Each in a button that shows its path."""
    paths = page.run("return JSON.parse(document.getElementById('zonecheck-data').text).paths")
    node = next(iter(paths.values()))[-1]
    page.run("document.getElementById('graph').scrollIntoView()")
    x, y = page.graph(
        "(() => { const p = cy.getElementById(arguments[0]).renderedPosition();"
        "return [p.x - cy.width() / 2, p.y - cy.height() / 2]; })()",
        node,
    )
    board = page.one("#board")
    ActionChains(page.chrome).move_to_element_with_offset(
        board, round(x), round(y)
    ).click().perform()
    page.wait("return document.querySelector('#chosen button')")
    assert len(page.seen("#chosen button")) == sum(node in path for path in paths.values())
    page.click("#chosen button")
    assert page.graph("cy.edges('.path').length") > 0


# --- what a reader does --------------------------------------------------------------------------


def test_filters_leave_what_they_let_through(page: Page) -> None:
    """By verdict and by zone; how much is left is said."""
    every = page.ids("article.finding, tr.check")
    for status in ("violated", "holds"):
        page.click(f"#filters [value={status}]")
        left = page.ids("article.finding, tr.check")
        assert left == page.ids(f"[id]:is(article.finding, tr.check):not([data-status={status}])")
        assert 0 < len(left) < len(every)
        assert page.seen("#counts .note") == [phrase("ja", "html.partial")]
        page.click(f"#filters [value={status}]")
    for option in page.run(
        "return [...document.getElementById('zone').options].map((o) => o.value)"
    ):
        page.run(
            "const zone = document.getElementById('zone'); zone.value = arguments[0];"
            "zone.dispatchEvent(new Event('input', {bubbles: true}))",
            option,
        )
        shown = page.ids("article.finding")
        wanted = "" if not option else f"[data-zones~='{option}']"
        assert shown == page.run(
            "return [...document.querySelectorAll(arguments[0])].map((each) => each.id)",
            f"article.finding{wanted}",
        )
        assert page.seen("#shown-findings") == [str(len(shown))]
        page.run(
            "const zone = document.getElementById('zone'); zone.value = '';"
            "zone.dispatchEvent(new Event('input', {bubbles: true}))"
        )
    assert page.ids("article.finding, tr.check") == every
    assert page.seen("#counts .note") == []


def test_a_search_leaves_what_has_every_word(page: Page) -> None:
    """Esc brings all back."""
    every = page.ids("article.finding")
    page.one("#search").send_keys("JUMP-M tcp")
    left = page.ids("article.finding")
    told = page.run(
        "return arguments[0].map((id) => document.getElementById(id).textContent)", every
    )
    having = [
        each
        for each, text in zip(every, told, strict=True)
        if "jump-m" in text.lower() and "tcp" in text.lower()
    ]
    assert left == having
    assert 0 < len(left) < len(every)
    page.press(Keys.ESCAPE)
    assert page.ids("article.finding") == every


def test_keys_alone_lead_to_a_path_and_back(page: Page) -> None:
    """`/` searches, arrows choose, Enter shows, Esc goes back to the finding in the list."""
    page.press("/")
    page.press("jump-l", Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP)
    (first,) = page.ids("article.current")
    assert first == page.ids("article.finding")[0]
    assert page.run("return document.activeElement.id") == first
    page.press(Keys.ENTER)
    path = page.run(
        "return JSON.parse(document.getElementById('zonecheck-data').text).paths[arguments[0]]",
        first,
    )
    assert page.graph("cy.nodes('.on-path').length") == len(set(path))
    page.press(Keys.ESCAPE)
    assert page.graph("cy.nodes('.on-path').length") == 0
    assert page.ids("article.current") == [first]
    top, bottom = page.run(
        "const r = document.activeElement.getBoundingClientRect(); return [r.top, r.bottom]"
    )
    assert bottom > 0
    assert top < page.run("return innerHeight")


def test_everything_worked_by_mouse_is_reached_by_tab(page: Page) -> None:
    """Buttons, boxes, links and findings take the focus."""
    loose = page.run(
        "return [...document.querySelectorAll('button, input, select, summary, a, article')]"
        ".filter((each) => each.getClientRects().length && each.tabIndex < 0).length"
    )
    assert loose == 0


def test_the_switch_changes_every_word_that_has_two(page: Page) -> None:
    """Headings, verdicts, findings and the names of zones in the graph; and back."""
    ja = page.seen("h2"), page.seen("article.finding h3"), page.seen("#names .of-zone")
    page.click("[data-to=en]")
    en = page.seen("h2"), page.seen("article.finding h3"), page.seen("#names .of-zone")
    assert page.seen("#clauses > h2") == [phrase("en", "html.clauses")]
    assert all(one != other for one, other in zip(ja[0] + ja[1], en[0] + en[1], strict=True))
    assert ja[2] != en[2]
    assert page.seen(".ja") == []
    assert page.run("return document.documentElement.lang") == "en"
    page.click("[data-to=ja]")
    assert page.seen("#names .of-zone") == ja[2]
    assert (page.seen("h2"), page.seen("article.finding h3")) == ja[:2]
