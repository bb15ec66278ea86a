"""A browser, and the report it opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.report.browser.chromium import Page, missing, started
from tests.report.browser.mistaken import mistaken_report


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Return one browser for all tests; without one on this machine there is nothing to test."""
    if missing():
        pytest.skip(f"needs a browser: {missing()}")
    with started(tmp_path_factory.mktemp("chromium")) as found:
        yield found


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of みほん市 with three mistakes in it."""
    file = tmp_path_factory.mktemp("report") / "みほん市.html"
    file.write_text(mistaken_report(), encoding="utf-8")
    return file


@pytest.fixture
def page(chrome: Chrome, report: Path) -> Page:
    """Return that report as it opens."""
    return Page(chrome, report)
