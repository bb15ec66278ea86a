"""A headless Chromium with a page open in it, and what the page did there."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

WIDE, HIGH = 1280, 800
PATIENCE = 60
"""Seconds after which what was waited for counts as never to come."""

_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    f"--window-size={WIDE},{HIGH}",
    "about:blank",
)
_GRAPH = "document.getElementById('board')._cyreg && document.getElementById('board')._cyreg.cy"
_SEEN = """
const seen = (node) => node.getClientRects().length > 0;
return [...document.querySelectorAll(arguments[0])].filter(seen).map((each) => {
  const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
  let told = '';
  while (texts.nextNode()) {
    if (seen(texts.currentNode.parentElement)) told += texts.currentNode.data;
  }
  return told.trim();
});
"""
"""Not `innerText`, which is empty for what is too far below the window to be laid out."""


def missing() -> str:
    """Return what is not on this machine, empty if a browser can be driven."""
    return ", ".join(each for each in ("chromium", "chromedriver") if shutil.which(each) is None)


@contextmanager
def started(profile: Path) -> Iterator[Chrome]:
    """Start a browser that has never been used, and close it afterwards."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert browser is not None
    assert driver is not None
    options = ChromeOptions()
    options.binary_location = browser
    for each in (*_OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    try:
        yield chrome
    finally:
        chrome.quit()


class Page:
    """A report, open; there from when its graph is drawn."""

    def __init__(self, chrome: Chrome, file: Path) -> None:
        self.chrome = chrome
        self.address = file.resolve().as_uri()
        chrome.set_script_timeout(PATIENCE)
        self.complaints()
        self.requests()
        chrome.get(self.address)
        self.wait(f"return !!({_GRAPH})")
        self.drawn()

    def run(self, script: str, *arguments: object) -> Any:
        """Return what a script in the page returns."""
        return self.chrome.execute_script(script, *arguments)

    def wait(self, script: str, *arguments: object) -> None:
        """Wait until a script in the page returns something true."""
        WebDriverWait(self.chrome, PATIENCE, 0.05).until(lambda _: self.run(script, *arguments))

    def one(self, selector: str) -> WebElement:
        """Return the first element a selector selects."""
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def click(self, selector: str) -> None:
        """Click an element where a reader would, after it has been scrolled to."""
        element = self.one(selector)
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def press(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        focused = self.chrome.switch_to.active_element
        focused.send_keys(*keys)

    def seen(self, selector: str) -> list[str]:
        """Return the texts a reader sees in the elements a selector selects, hidden ones aside."""
        return list(self.run(_SEEN, selector))

    def ids(self, selector: str) -> list[str]:
        """Return the ids of the elements a reader sees."""
        script = (
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter((each) => each.getClientRects().length).map((each) => each.id)"
        )
        return list(self.run(script, selector))

    def graph(self, script: str, *arguments: object) -> Any:
        """Return what a script says of `cy`, the graph as it is drawn."""
        return self.run(f"const cy = {_GRAPH}; return {script};", *arguments)

    def drawn(self) -> None:
        """Wait until the browser has drawn two frames more, so that what was styled is there."""
        self.chrome.execute_async_script(
            "const done = arguments[0];"
            "requestAnimationFrame(() => requestAnimationFrame(() => done()))"
        )

    def complaints(self) -> list[str]:
        """Return what the console warned of since it was last asked."""
        return [
            each["message"]
            for each in self.chrome.get_log("browser")  # type: ignore[no-untyped-call]
            if each["level"] in ("WARNING", "SEVERE")
        ]

    def requests(self) -> list[str]:
        """Return all that was asked for since this was last asked, blocked or not, but data.

        What the browser shows of its own (`chrome:`, `chrome-untrusted:`), no page can ask for.
        """
        told = [
            json.loads(each["message"])["message"]
            for each in self.chrome.get_log("performance")  # type: ignore[no-untyped-call]
        ]
        asked = [
            each["params"]["request"]["url"]
            for each in told
            if each["method"] == "Network.requestWillBeSent"
        ]
        return [
            each for each in asked if not each.startswith(("data:", "chrome:", "chrome-untrusted:"))
        ]


__all__ = ["Keys", "Page", "missing", "started"]
