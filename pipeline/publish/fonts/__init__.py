"""The bundled Chinese font: a subset of Noto Sans SC (SIL Open Font License 1.1, OFL.txt), renamed Wendui Sans SC."""

from functools import cache
from importlib import resources
from pathlib import Path

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
    return "".join(char if ord(char) in glyphs() or char == "\\n" else "〓" for char in text)
