"""How figures look: one canvas, one palette, one font, the same bytes every time."""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import fontManager

from pipeline.publish.fonts import FAMILY, drawable, font_path

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F", "#000000")
"""Okabe and Ito (2008), safe for colour-blind readers; grey in place of yellow, which is too light on white."""

HATCHES = ("", "///", "...", "xxx", "\\\\\\", "+++", "ooo", "---")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
SIDE_COLOURS = {"问题": PALETTE[1], "原因": PALETTE[4], "对策": PALETTE[0]}

FORMATS = ("svg", "pdf", "png")
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "Wendui"},
    "pdf": {"CreationDate": None, "Creator": "Wendui", "Producer": "Wendui"},
    "png": {"Software": None},
}
_LOOK: Any = {
    "font.family": FAMILY,
    "font.size": 9,
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "svg.hashsalt": "wendui",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    "hatch.linewidth": 0.5,
    "legend.frameon": False,
}


@cache
def _register_font() -> None:
    """Make the bundled font known to matplotlib."""
    fontManager.addfont(font_path())


@contextmanager
def house_style() -> Iterator[None]:
    """Draw inside: the bundled font, and a missing glyph is an error."""
    _register_font()
    with mpl.rc_context(_LOOK), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        yield


def new_canvas(title: str, *, width: float = 6.3, height: float = 3.6) -> tuple[Canvas, Any]:
    """A canvas (inches; 6.3 is the text width of A4) with one pair of axes under a title."""
    canvas = Canvas(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(canvas)
    axes = canvas.add_subplot()
    axes.set_title(drawable(title), loc="left", fontsize=11)
    return canvas, axes


def rendered(canvas: Canvas, kind: str) -> bytes:
    """A canvas as the bytes of a file; the same canvas gives the same bytes.

    Parameters
    ----------
    canvas : matplotlib Figure
    kind : {"svg", "pdf", "png"}
    """
    buffer = io.BytesIO()
    with house_style():
        if canvas.get_layout_engine() is not None:  # laid out once: a second time would move things by a hair
            canvas.draw_without_rendering()
            canvas.set_layout_engine("none")
        canvas.savefig(buffer, format=kind, dpi=200, metadata=_METADATA[kind])
    return buffer.getvalue()


_RE_STYLE = re.compile(r' style="([^"]*)"')
_RE_STYLE_SHEET = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_RE_NAME = re.compile(r'( id="|url\(#|href="#)')


def inlined(svg: str, *, name: str) -> str:
    """An SVG file as an element for a page whose policy admits no inline styles: attributes instead, ids of its own.

    Examples
    --------
    >>> inlined('<?xml?><svg><path id="a" style="fill: #fff; stroke-width: 2"/></svg>', name="f")
    '<svg stroke-linejoin="round" stroke-linecap="butt"><path id="f-a" fill="#fff" stroke-width="2"/></svg>'
    """
    body = _RE_STYLE_SHEET.sub("", svg[svg.index("<svg") :])
    body = _RE_STYLE.sub(lambda found: _attributes(found[1]), body)
    body = _RE_NAME.sub(lambda found: f"{found[1]}{name}-", body)
    return body.replace("<svg", '<svg stroke-linejoin="round" stroke-linecap="butt"', 1)


def _attributes(style: str) -> str:
    """Declarations of a style as presentation attributes."""
    pairs = (declaration.split(":", 1) for declaration in style.split(";") if ":" in declaration)
    return "".join(f' {key.strip()}="{value.strip()}"' for key, value in pairs)
