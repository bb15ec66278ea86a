"""Pictures: all topologies render without a warning, all texts are seen, nothing is luck."""

from itertools import combinations
from pathlib import Path

import pytest

from tests.report import samples
from tests.report.drawings import CITY, EVERY, MISTAKES, SMALL, TOPOLOGIES, design, name
from zonecheck.model.closure import Closure
from zonecheck.model.profile import Profile
from zonecheck.model.topology import Topology
from zonecheck.model.zone import Zone
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.questions.matrix import matrix_view
from zonecheck.policy.verdict import Finding
from zonecheck.report.diagram.measure import width
from zonecheck.report.lang import LANGS, Lang
from zonecheck.report.zone_names import zone_names

mpl = pytest.importorskip("matplotlib")

from matplotlib.transforms import Bbox  # noqa: E402

from zonecheck.report.plot.canvas import FORMS, Sheet  # noqa: E402
from zonecheck.report.plot.fonts import Fonts, covers  # noqa: E402
from zonecheck.report.plot.matrix import matrix_sheet  # noqa: E402
from zonecheck.report.plot.path import NoPathError, path_sheet  # noqa: E402
from zonecheck.report.plot.topology import topology_sheet  # noqa: E402

MINIMAL = TOPOLOGIES / "minimal"
DEJAVU = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
RARE = "\U00020bb7"
"""The variant of 吉 in many names of people and shops: few fonts have it."""


def topology_picture(path: Path, lang: Lang = "ja") -> Sheet:
    """Return the picture of a design."""
    return topology_sheet(design(path), zone_names(design(path), None, lang), lang)


def matrix_picture(path: Path, lang: Lang = "ja") -> Sheet:
    """Return the picture of the matrix of a design."""
    topology = design(path)
    view = matrix_view(Analysis(topology, Profile("", "", "", "", (), ()), Closure.UPPER))
    return matrix_sheet(topology, view, zone_names(topology, None, lang), lang)


def finding_pictures(lang: Lang = "ja") -> list[Sheet]:
    """Return the pictures of all sample findings that show a path."""
    topology = samples.topology()
    sheets = []
    for number, finding in enumerate(_findings(), 1):
        try:
            names = zone_names(topology, None, lang)
            sheets.append(path_sheet(topology, f"check#{number}", finding, names, lang))
        except NoPathError:
            continue
    return sheets


def _findings() -> list[Finding]:
    return [f for result in samples.verification().results for f in result.findings]


def _boxes(sheet: Sheet) -> list[tuple[str, Bbox]]:
    """Return each text with the box it really takes, in points."""
    renderer = sheet.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    return [(text.get_text(), text.get_window_extent(renderer).frozen()) for text in sheet.texts]


def _check_texts(sheet: Sheet) -> None:
    """No two texts overlap, and none leaves the picture."""
    boxes = _boxes(sheet)
    assert len(boxes) > 5
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.x1 <= sheet.width, text
        assert box.y0 >= 0, text
        assert box.y1 <= sheet.height, text
    for (one, a), (other, b) in combinations(boxes, 2):
        across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 0.5 or down <= 0.5, (one, other)


@pytest.mark.parametrize(
    ("path", "lang"),
    [(path, lang) for path in EVERY for lang in LANGS if lang == "ja" or path not in MISTAKES],
    ids=lambda each: name(each) if isinstance(each, Path) else each,
)
def test_no_texts_of_a_topology_overlap_and_none_lacks_a_glyph(path: Path, lang: Lang) -> None:
    """As the font measures them, in every topology."""
    sheet = topology_picture(path, lang)
    _check_texts(sheet)
    assert not sheet.fonts.missing


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", [*SMALL, CITY], ids=name)
def test_no_texts_of_a_matrix_overlap_and_none_lacks_a_glyph(path: Path, lang: Lang) -> None:
    """As the font measures them."""
    sheet = matrix_picture(path, lang)
    _check_texts(sheet)
    assert not sheet.fonts.missing


@pytest.mark.parametrize("lang", LANGS)
def test_no_texts_of_a_counterexample_overlap(lang: Lang) -> None:
    """Of packets, relay chains, shared domains and missing controls."""
    sheets = finding_pictures(lang)
    assert len(sheets) >= 3
    for sheet in sheets:
        _check_texts(sheet)
        assert not sheet.fonts.missing


@pytest.mark.parametrize("path", [*SMALL, CITY], ids=name)
def test_texts_are_no_wider_than_they_are_taken_to_be(path: Path) -> None:
    """So layouts made without a font have room for what the font draws."""
    sheet = topology_picture(path)
    for text, (_, box) in zip(sheet.texts, _boxes(sheet), strict=True):
        assert box.width <= width(text.get_text(), float(text.get_fontsize())) + 1, text.get_text()


@pytest.mark.parametrize("path", [*SMALL, CITY], ids=name)
def test_every_topology_can_be_saved(path: Path) -> None:
    """Warnings are errors here."""
    assert topology_picture(path).saved("png").startswith(b"\x89PNG")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("draw", [topology_picture, matrix_picture])
def test_the_same_design_gives_the_same_bytes(draw: object, form: str) -> None:
    """Nothing of the day, the process or chance is in a picture."""
    assert callable(draw)
    one, other = draw(MINIMAL).saved(form), draw(MINIMAL).saved(form)
    assert one == other
    assert b"CreationDate" not in one
    assert b"dc:date" not in one


@pytest.mark.parametrize("form", FORMS)
def test_settings_of_the_reader_change_no_picture_and_no_picture_changes_them(form: str) -> None:
    """Neither a matplotlibrc of one's own nor the order of calls matters."""
    before = dict(mpl.rcParams)
    plain = topology_picture(MINIMAL).saved(form)
    assert dict(mpl.rcParams) == before
    own = {
        "font.size": 30.0,
        "lines.linewidth": 9.0,
        "axes.facecolor": "red",
        "savefig.bbox": "tight",
        "svg.hashsalt": "other",
        "svg.fonttype": "none",
        "text.usetex": True,
    }
    with mpl.rc_context(own):
        assert topology_picture(MINIMAL).saved(form) == plain
        assert mpl.rcParams["svg.hashsalt"] == "other"


def test_a_picture_names_every_zone() -> None:
    """In the words of the policy."""
    for path in (MINIMAL, CITY):
        shown = {text.get_text() for text in topology_picture(path).texts}
        assert {"マイナンバー利用事務系", "LGWAN接続系", "インターネット接続系"} <= shown


def test_characters_without_a_glyph_are_marked_and_told() -> None:
    """Nothing is shown as an empty box without a word."""
    rare = Topology(f"{RARE}野市", zones=(Zone("a", f"{RARE}系"),))
    sheet = topology_sheet(rare, zone_names(rare, None, "ja"), "ja")
    if sheet.fonts.covering(RARE) is None:
        assert list(sheet.fonts.missing) == [RARE]
        assert any(sheet.fonts.mark in text.get_text() for text in sheet.texts)
    assert sheet.saved("png")


def test_without_a_japanese_font_nothing_fails() -> None:
    """The font that matplotlib brings has no Japanese: each such character is marked."""
    fonts = Fonts([DEJAVU])
    topology = design(MINIMAL)
    sheet = topology_sheet(topology, zone_names(topology, None, "ja"), "ja", fonts)
    assert sheet.saved("png")
    assert "領" in fonts.missing
    assert all(covers(DEJAVU, text.get_text()) for text in sheet.texts)
    english = Fonts([DEJAVU])
    shown, _ = english.shown("lgwan l-term ×20")
    assert shown == "lgwan l-term ×20"
    assert not english.missing


def test_control_characters_and_formulas_are_texts() -> None:
    """A name such as `$x$` is no formula, a line end no second line."""
    odd = Topology("a$x^2$\nb\tc", zones=(Zone("a", "$\\frac{}$"),))
    sheet = topology_sheet(odd, zone_names(odd, None, "ja"), "ja")
    assert sheet.saved("svg")
    assert all(text.get_text().isprintable() for text in sheet.texts)


def test_a_path_goes_through_the_lanes_of_its_zones() -> None:
    """The lanes are those of the zones on the path, named; each step is named too."""
    topology = samples.topology()
    names = zone_names(topology, None, "ja")
    for sheet in finding_pictures():
        shown = "".join(text.get_text() for text in sheet.texts)
        assert any(zone in shown for zone in names.values())


def test_a_notebook_shows_a_sheet_as_it_is_saved() -> None:
    """Jupyter asks an object for its picture by this name."""
    sheet = topology_picture(MINIMAL)
    shown = sheet._repr_png_()
    assert shown.startswith(b"\x89PNG\r\n")
    assert shown == sheet.saved("png")
