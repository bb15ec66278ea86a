"""A font that has every character of a text, without touching the settings of matplotlib.

Importing matplotlib_fontja changes the font of every figure of the process, so only its file is
used. Where no font has all characters of a text, those it lacks are shown as a mark and told.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category

from matplotlib import get_data_path
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font

_WHEEL, _WHEEL_FILE = "matplotlib_fontja", "fonts/ipaexg.ttf"
_SYSTEM = (
    "IPAexGothic",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans JP",
    "Yu Gothic",
    "Meiryo",
    "Hiragino Sans",
    "TakaoPGothic",
    "VL PGothic",
)
_MARKS = ("〓", "□", "?")


class Fonts:
    """The fonts of one picture, the first that has all of a text being used for it.

    `missing` are the characters that none of them has, in the order in which they came up.
    """

    def __init__(self, files: Iterable[Path] | None = None) -> None:
        self._files = tuple(files) if files is not None else tuple(dict.fromkeys(_files()))
        self.missing: dict[str, None] = {}

    @property
    def first(self) -> str:
        """Return the name of the font that is preferred."""
        return _face(self._files[0]).family_name

    @property
    def mark(self) -> str:
        """Return what stands for a character without a glyph."""
        return next(mark for mark in _MARKS if covers(self._files[0], mark))

    def covering(self, text: str) -> Path | None:
        """Return the first font with a glyph for every character, None if there is none."""
        return next((file for file in self._files if covers(file, text)), None)

    def shown(self, text: str) -> tuple[str, FontProperties]:
        """Return a text as it can be shown and the font to show it in.

        Line ends and other control characters become spaces, characters without a glyph the mark.
        """
        text = "".join(" " if category(char).startswith("C") else char for char in text)
        file = self.covering(text)
        if file is None:
            file = self._files[0]
            lacking = [char for char in text if not covers(file, char)]
            self.missing.update(dict.fromkeys(lacking))
            text = "".join(char if covers(file, char) else self.mark for char in text)
        return text, FontProperties(fname=str(file))


def covers(file: Path, text: str) -> bool:
    """Return whether a font has a glyph for every character of a text."""
    return _characters(file).issuperset(map(ord, text))


@cache
def _face(file: Path) -> FT2Font:
    return FT2Font(str(file))


@cache
def _characters(file: Path) -> frozenset[int]:
    return frozenset(_face(file).get_charmap())


def _files() -> Iterator[Path]:
    """Yield the font of the wheel, those of the system with Japanese, and that of matplotlib."""
    wheel = find_spec(_WHEEL)
    if wheel is not None and wheel.origin is not None:
        file = Path(wheel.origin).parent / _WHEEL_FILE
        if file.exists():
            yield file
    known = {font.name: font.fname for font in fontManager.ttflist}
    for name in _SYSTEM:
        if name in known and Path(known[name]).exists():
            yield Path(known[name])
    yield Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
