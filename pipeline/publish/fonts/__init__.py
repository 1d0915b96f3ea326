"""The bundled Chinese font: a subset of Noto Sans SC (SIL Open Font License 1.1, OFL.txt), renamed Wendui Sans SC."""

import base64
import io
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Wendui Sans SC"


def font_path() -> Path:
    """Where the bundled font lies."""
    return Path(str(resources.files(__name__) / "WenduiSansSC-Regular.ttf"))


@cache
def glyphs() -> frozenset[int]:
    """The code points that the bundled font can draw."""
    with TTFont(font_path(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def drawable(text: str) -> str:
    """A text in which every character can be drawn; one without a glyph becomes 〓 (the printers' mark for it).

    Examples
    --------
    >>> drawable("支部𠀀")
    '支部〓'
    """
    return "".join(char if ord(char) in glyphs() or char == "\n" else "〓" for char in text)


def subset_url(text: Iterable[str]) -> str:
    """The bundled font with just the characters of a text, as a ``data:`` URL that a page can carry (WOFF)."""
    font = TTFont(font_path(), recalcTimestamp=False)
    options = Options()
    options.layout_features, options.hinting = [], False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(char) for char in text} & glyphs())
    subsetter.subset(font)
    buffer = io.BytesIO()
    font.flavor = "woff"
    font.save(buffer)
    return "data:font/woff;base64," + base64.b64encode(buffer.getvalue()).decode()
