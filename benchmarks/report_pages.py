"""The page of a report on 1,000 devices in a browser, beside that of a small report.

Seconds from asking for the page until something is painted, and until the graph is drawn, and from
a click, a search and a filter until the browser has drawn what comes of them. The ratio is to the
small report in the same browser.
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.made_reports import made_report
from zonecheck.report.html.page import render_html

SMALL, FINDINGS, RUNS = 20, 400, 5
QUICK: Final = (100,)
SIZES: Final = (300, 1_000)
OPTIONS: Final = ("headless=new", "no-sandbox", "disable-gpu", "no-first-run", "disable-sync")

_GRAPH = "const node = document.getElementById('board'); return !!(node._cyreg && node._cyreg.cy)"
_OPENED = """
const painted = performance.getEntriesByName('first-contentful-paint')[0];
return [painted ? painted.startTime : 0, performance.now()];
"""
_ANSWERS = """
const done = arguments[0], times = [];
const change = (id, value) => () => {
  const field = document.getElementById(id);
  field.value = value;
  field.dispatchEvent(new Event('input', {bubbles: true}));
};
const shows = [...document.querySelectorAll('button.show')];
const show = () => shows[shows.length >> 1].click();
const steps = [show, change('search', 'term'), change('zone', '1')];
const next = () => {
  const step = steps.shift();
  if (!step) return done(times);
  const start = performance.now();
  step();
  requestAnimationFrame(() => setTimeout(() => { times.push(performance.now() - start); next(); }));
};
next();
"""
MEASURED: Final = ("painted", "drawn", "click", "search", "filter")


def report(*, quick: bool) -> Iterator[str]:
    """Yield a table: medians in seconds, each with its ratio to the small report."""
    if shutil.which("chromium") is None or shutil.which("chromedriver") is None:
        yield "needs chromium and chromedriver"
        return
    small = _times(SMALL, alike=False)
    yield f"{'devices':>8} {'names':>8} {'MB':>5}  " + "  ".join(f"{each:>14}" for each in MEASURED)
    yield _line(SMALL, "distinct", small, small)
    for devices in QUICK if quick else SIZES:
        for alike in (True, False):
            times = _times(devices, alike=alike)
            yield _line(devices, "alike" if alike else "distinct", times, small)


def _line(devices: int, names: str, times: Mapping[str, float], small: Mapping[str, float]) -> str:
    told = (f"{times[each]:6.2f} {times[each] / small[each]:5.1f} x" for each in MEASURED)
    return f"{devices:8} {names:>8} {times['MB']:5.1f}  " + "  ".join(told)


def _times(devices: int, *, alike: bool) -> dict[str, float]:
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.support.wait import WebDriverWait

    whole = made_report(devices, min(FINDINGS, devices // 4), alike=alike)
    runs = []
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(render_html(whole, None, (), "ja"), encoding="utf-8")
        options = ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for each in (*OPTIONS, "window-size=1280,800", f"user-data-dir={folder}/profile"):
            options.add_argument(f"--{each}")
        chrome = Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            for _ in range(RUNS):
                chrome.get(file.as_uri())
                WebDriverWait(chrome, 60, 0.02).until(lambda found: found.execute_script(_GRAPH))
                opened = chrome.execute_script(_OPENED)
                runs.append([*opened, *chrome.execute_async_script(_ANSWERS)])
        finally:
            chrome.quit()
        size = file.stat().st_size / 1e6
    medians = (median(found) / 1e3 for found in zip(*runs, strict=True))
    return {"MB": size, **dict(zip(MEASURED, medians, strict=True))}
