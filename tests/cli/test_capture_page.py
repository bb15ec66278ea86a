"""`zonecheck capture --format html`: one page that says what the other formats say."""

import html
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.cli.test_capture import BAD, DESIGN, GOOD, OTHER, OUTSIDE, STRANGER, Capture, frame
from zonecheck.cli import main
from zonecheck.report.html import capture_page

FRAMES = [*GOOD, BAD, frame(STRANGER, OTHER, 445)]
ARTICLE = re.compile(r'<article id="([^"]+)".*?</article>', re.S)
HOSTILE = "</script><script>alert(1)</script>'\"><img src=//x.example>"


@pytest.fixture
def capture(tmp_path: Path) -> Capture:
    """Return what writes captures and judges them at the terminals of LGWAN."""
    return Capture(tmp_path)


def page(capture: Capture, *arguments: str) -> str:
    """Return the page that a command writes."""
    target = capture.folder / "out.html"
    found = capture.judge(*arguments, "--format", "html", "-o", str(target))
    assert target.exists(), found.output
    return target.read_text(encoding="utf-8")


def data(text: str) -> Any:
    """Return what the graph of a page is made of."""
    found = re.search(r'<script type="application/json" id="zonecheck-data">(.*?)</script>', text)
    assert found is not None
    return json.loads(found[1])


def test_a_page_shows_every_flow_that_is_not_simply_allowed(capture: Capture) -> None:
    """With its checks and where the design drops it; allowed ones are only counted."""
    path = capture.write(FRAMES)
    text = page(capture, path)
    told = json.loads(capture.judge(path, "--format", "json").stdout)
    articles = [html.unescape(found[0]) for found in ARTICLE.finditer(text)]
    assert len(articles) == len(told["flows"]) == 2
    for article, flow in zip(articles, told["flows"], strict=True):
        assert flow["flow"] in article
        assert all(reason["check"] in article for reason in flow["reasons"])
        assert flow["display_filter"] in article
    assert [each["id"] for each in told["checks"] if each["id"] not in text] == []


def test_the_graph_shows_the_way_to_where_the_design_drops_a_flow(capture: Capture) -> None:
    """From who sends it to the device whose rule drops it."""
    graph = data(page(capture, capture.write([BAD])))
    names = {node["data"]["id"]: node["data"].get("name", "") for node in graph["nodes"]}
    (way,) = graph["paths"].values()
    assert [names[node] for node in way] == ["l-term ×20", "fw"]


def test_a_page_names_the_bytes_of_design_profile_and_capture(capture: Capture) -> None:
    """Each file by its digest, so that an auditor can tell which evidence it is about."""
    path = Path(capture.write(GOOD))
    text = page(capture, str(path))
    for file in (path, Path(DESIGN) / "minimal.zones.yaml"):
        assert sha256(file.read_bytes()).hexdigest() in text


def test_no_page_names_an_address_under_a_pseudonym(capture: Capture) -> None:
    """What was captured, that is; the same key gives the same page."""
    asked = (capture.write(FRAMES), "--pseudonymise", "k")
    text = page(capture, *asked)
    articles = "".join(found[0] for found in ARTICLE.finditer(text))
    assert "10.20." not in articles
    assert "10.30." not in articles
    assert "Wireshark" not in articles
    assert page(capture, *asked) == text


def test_what_a_page_has_no_room_for_is_counted(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says how many flows of each verdict are elsewhere."""
    monkeypatch.setattr(capture_page, "MOST_FLOWS", 3)
    frames = [frame(0x0A141402 + host, OUTSIDE, 445) for host in range(7)]
    text = page(capture, capture.write(frames))
    assert len(ARTICLE.findall(text)) == 3
    assert "violating: the first 3 of 7 flows" in text


def test_names_of_a_capture_stay_names(tmp_path: Path) -> None:
    """A file may be called anything."""
    name = HOSTILE.replace("/", "∕")
    path = Capture(tmp_path).write(FRAMES, name)
    words = ["capture", path, "--topology", DESIGN, "--at", "L-TERM", "--format", "html"]
    CliRunner().invoke(main, [*words, "-o", str(tmp_path / "out.html")])
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert html.escape(name, quote=True) in text


@pytest.mark.parametrize(
    ("frames", "said"), [(GOOD, "clean"), (FRAMES, "result-1"), ([], "result-2")]
)
def test_a_page_is_green_only_where_nothing_is_open(
    frames: list[bytes], said: str, capture: Capture
) -> None:
    """A capture that was read to its end and refutes nothing; an empty one shows nothing at all."""
    text = page(capture, capture.write(frames), "--profile", "fuefuki-10")
    assert f'class="result {said}"' in text
