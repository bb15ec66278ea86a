"""The page in a browser, where there is one: its policy lets its own scripts run."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.report.test_html import FILES, found
from tests.report.wholes import hostile, of_every_kind
from zonecheck.report.html.page import render_html
from zonecheck.report.lang import LANGS, Lang

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next((path for path in map(shutil.which, NAMES) if path), None)


def _after_scripts(text: str, folder: Path) -> str:
    """Return the document as it is when its scripts have run."""
    assert BROWSER is not None
    page = folder / "page.html"
    page.write_bytes(text.encode(errors="backslashreplace"))
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    command = [BROWSER, *options, "--dump-dom", page.as_uri()]
    ended = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return ended.stdout.decode()


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
@pytest.mark.parametrize("lang", LANGS)
def test_the_graph_is_drawn_and_the_filters_shown(lang: Lang, tmp_path: Path) -> None:
    """The scripts reach their end: what they serve is there, and one canvas is drawn on."""
    document = _after_scripts(render_html(of_every_kind(), found(), FILES, lang), tmp_path)
    assert "<canvas" in document
    for name in ("filters", "stage", "languages"):
        tag = document[document.index(f'id="{name}"') :].partition(">")[0]
        assert "hidden" not in tag


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_no_hostile_name_runs(tmp_path: Path) -> None:
    """Scripts end as usual, and nothing was added but by them."""
    text = '</script><img src=x onerror="document.title=1"><script>document.title=1</script>'
    document = _after_scripts(render_html(hostile(text), found(), FILES, "en"), tmp_path)
    assert "<canvas" in document
    assert "<img" not in document
    assert "<title>1<" not in document
