"""The page of a judged capture in a browser."""

from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from selenium.webdriver import Chrome

from tests.cli.test_capture import BAD, GOOD, Capture, frame
from tests.report.browser.chromium import Page
from zonecheck.cli import main

pytestmark = pytest.mark.xdist_group("browser")

NOT_IP = bytes.fromhex("020000000002020000000001") + b"\x88\xb5" + bytes(46)
"""An experimental protocol, which the design does not explain."""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a capture with a violation and something unexplained in it."""
    folder = tmp_path_factory.mktemp("judged")
    path = Capture(folder).write([*GOOD, BAD, NOT_IP, frame(0x0A141407, 0x0A1E1405, 22)])
    target = folder / "capture.html"
    words = ["capture", path, "--topology", "topologies/minimal", "--at", "L-TERM"]
    CliRunner().invoke(main, [*words, "--format", "html", "-o", str(target)])
    return target


@pytest.fixture
def page(chrome: Chrome, judged: Path) -> Page:
    """Return that page as it opens."""
    return Page(chrome, judged)


def test_it_asks_for_nothing_and_complains_of_nothing(page: Page) -> None:
    """Whatever a reader does with it."""
    page.click("button.show")
    page.click("#clear")
    page.click("[data-to=en]")
    page.click("#filters [value=violated]")
    assert page.complaints() == []
    assert page.requests() == [page.address]


def test_a_click_on_a_flow_shows_its_way(page: Page) -> None:
    """Each node of it, in its order."""
    paths = page.run("return JSON.parse(document.getElementById('zonecheck-data').text).paths")
    assert paths
    for flow, path in paths.items():
        page.click(f"#{flow} button.show")
        page.drawn()
        assert set(page.graph("cy.nodes('.on-path').map((each) => each.id())")) == set(path)
        ways = page.graph("cy.edges('.path').map((e) => [e.data('source'), e.data('target')])")
        assert [tuple(way) for way in ways] == list(pairwise(path))


def test_filters_take_flows_of_a_verdict_away_and_say_so(page: Page) -> None:
    """Counts and a notice stay in sight; the checks stay whole."""
    every = page.ids("article.finding")
    page.click("#filters [value=violated]")
    left = page.ids("article.finding")
    assert left
    assert set(left) < set(every)
    assert all(each.startswith("f-unmodelled") for each in left)
    assert page.seen("#counts .note") != []
    assert len(page.seen(".capture-checks tbody tr")) > 5
