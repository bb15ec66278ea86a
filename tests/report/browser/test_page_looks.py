"""How the page looks: characters, colours and widths, on paper, and with many devices."""

import os
import re
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest
from benchmarks.made_reports import made_report
from selenium.webdriver import Chrome

from tests.report.browser.chromium import Page
from tests.report.browser.mistaken import CHECKS, written
from tests.report.wholes import of_every_kind

pytestmark = pytest.mark.xdist_group("browser")

MOST_BYTES = 5_000_000
EVERY = os.environ.get("ZONECHECK_EVERY") == "1"
DEVICES = 1_000 if EVERY else 250
JAPANESE = "市本務系用線"


def test_japanese_characters_have_shapes(page: Page) -> None:
    """Each another, none the one that stands for a character without shape, in page and graph."""
    if not _fonts():
        pytest.skip("this machine has no Japanese font")
    fonts = [
        page.run("return getComputedStyle(document.body).fontFamily"),
        page.run("return getComputedStyle(document.querySelector('code')).fontFamily"),
        page.graph("cy.nodes()[0].style('font-family')"),
    ]
    for font in fonts:
        shapes = [page.run(_SHAPE, each, font) for each in (*JAPANESE, "\u0378")]
        assert all(shapes)
        assert len(set(shapes)) == len(shapes)


_SHAPE = """
const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
canvas.width = canvas.height = 48;
pen.font = '32px ' + arguments[1];
pen.fillText(arguments[0], 4, 36);
const dots = pen.getImageData(0, 0, 48, 48).data.filter((_, at) => at % 4 === 3);
return dots.some((each) => each > 0) ? [...dots].map((each) => each > 127 ? 1 : 0).join('') : '';
"""


def _fonts() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister, ":lang=ja"], capture_output=True, check=True).stdout)


_COLOURS = r"""
return [...document.querySelectorAll('.status, .result')]
  .filter((each) => each.getClientRects().length)
  .map((each) => [each.className, getComputedStyle(each).color.match(/\d+/g).map(Number)]);
"""


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_is_wider_than_the_window(page: Page, lang: str) -> None:
    """Only tables scroll sideways, each in its own box."""
    page.click(f"[data-to={lang}]")
    page.click("button.show")
    wide, window = page.run(
        "const r = document.documentElement; return [r.scrollWidth, r.clientWidth]"
    )
    assert wide <= window
    assert page.run(
        "const p = document.getElementById('panel'); return p.scrollWidth <= p.clientWidth"
    )


def test_only_what_holds_is_green(chrome: Chrome, tmp_path: Path) -> None:
    """Neither the unknown nor the waived, which are both there, nor a run that fails."""
    page = Page(chrome, written(of_every_kind(), tmp_path))
    told = page.run(_COLOURS)
    found = {name.split()[1]: (red, green, blue) for name, (red, green, blue) in told}
    assert {"violated", "unknown", "waived", "holds", "result-1"} <= found.keys()
    green = {name for name, (red, green, blue) in found.items() if green > max(red, blue)}
    assert green == {"holds"}


def test_only_the_path_of_a_violation_is_a_red_line(chrome: Chrome, tmp_path: Path) -> None:
    """That of what is unknown or waived is dashed, in another colour."""
    page = Page(chrome, written(of_every_kind(), tmp_path))
    looks: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for finding in page.ids("article.finding:has(button.show)"):
        page.click(f"#{finding} button.show")
        violated = page.run(
            "const told = document.getElementById(arguments[0]).dataset;"
            "return told.status === 'violated' && told.waived === undefined",
            finding,
        )
        edges = "cy.edges('.path').map((e) => [e.style('line-style'), e.style('line-color')])"
        looks[violated] |= {(line, colour) for line, colour in page.graph(edges)}
    assert looks[True] == {("solid", "rgb(179,38,30)")}
    assert looks[False]
    assert all(line == "dashed" and colour != "rgb(179,38,30)" for line, colour in looks[False])


def test_the_print_holds_every_check_and_every_finding(page: Page, tmp_path: Path) -> None:
    """All that was folded is open, no table is cut off, and the controls are left out."""
    told = page.chrome.execute_cdp_cmd(
        "Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True}
    )
    data = b64decode(told["data"])
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) > 1
    page.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert len(page.ids("tr.check")) == len(CHECKS)
        assert page.seen("button, #filters, nav") == []
        assert page.ids("article.finding") == page.run(
            "return [...document.querySelectorAll('article.finding')].map((each) => each.id)"
        )
    finally:
        page.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    reader = shutil.which("pdftotext")
    if reader is not None:
        file = tmp_path / "page.pdf"
        file.write_bytes(data)
        run = subprocess.run([reader, str(file), "-"], capture_output=True, check=True)
        text = re.sub(r"\s", "", run.stdout.decode())
        assert all(check in text for check in CHECKS)


# --- how large it may be -------------------------------------------------------------------------


@pytest.mark.parametrize("alike", [True, False])
def test_a_report_on_many_devices_opens_and_answers(
    chrome: Chrome, alike: bool, tmp_path: Path
) -> None:
    """Whether a drawing can show them as a few or has to show each; ZONECHECK_EVERY takes 1,000."""
    whole = made_report(DEVICES, DEVICES // 4, alike=alike)
    assert len(whole.topology.devices) == DEVICES
    file = written(whole, tmp_path)
    page = Page(chrome, file)
    every = page.ids("article.finding")
    assert len(every) >= DEVICES // 4
    page.click("button.show")
    assert page.graph("cy.nodes('.on-path').length") > 0
    page.one("#search").send_keys("rt-0003" if alike else "rt-aad")
    assert 0 < len(page.ids("article.finding")) < len(every)
    assert page.complaints() == []
    assert page.requests() == [page.address]
    assert file.stat().st_size < MOST_BYTES
