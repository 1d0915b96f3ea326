"""The report: one HTML file that opens offline and lets every number be followed to its sentences."""

import base64
import hashlib
from collections.abc import Mapping
from importlib import resources

import pandas as pd
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from pipeline import lexicon
from pipeline.compare.ledger import mismatches
from pipeline.publish import account, crosstabs, reading
from pipeline.publish.abilities import abilities
from pipeline.publish.export import failures
from pipeline.publish.figures import PLANS, draw_figure
from pipeline.publish.fonts import subset_url
from pipeline.values import SIDES

N_LISTED, N_PAIRS = 400, 100
"""Points listed under a theme, and pairs under a cell of the matrix; the rest is in the tables and the ledger."""


def report(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """The report of a run: ``report.html`` → bytes.

    Parameters
    ----------
    frames : mapping
        Every table of the run.
    """
    read = frames.__getitem__
    sources = _templates()
    style, script = sources["report.css"], sources["report.js"].replace("</script", "<\\/script")
    figures = [draw_figure(name, read) for name in PLANS]
    page = (
        _environment(sources)
        .get_template("report.html")
        .render(
            style=Markup("{{ STYLE }}"),
            script=Markup(script),
            style_hash="{{ STYLE_HASH }}",
            script_hash=_hash(script),
            counts=account.counts(read),
            n_listed=N_LISTED,
            n_pairs=N_PAIRS,
            abilities=abilities(read),
            figures=[(figure, Markup(figure.svg()), figure.data.astype(object)) for figure in figures],
            sides=[(side, crosstabs.themes(read, side)) for side in SIDES],
            matrix=crosstabs.matrix(read),
            mismatches=mismatches(read).to_dict("records"),
            comparisons=crosstabs.comparisons(read),
            documents=reading.documents(read),
            rules=account.rules(read),
            calibrations=account.calibrations(lexicon.all_rows("calibration*.csv")),
            failures=failures(frames).astype(object).fillna("").to_dict("records"),
        )
    )
    style = style.replace("FONT_URL", subset_url(set(page)))
    page = page.replace("{{ STYLE_HASH }}", _hash(style), 1).replace("{{ STYLE }}", style, 1)
    return {"report.html": page.encode()}


def _templates() -> dict[str, str]:
    """The templates by name."""
    folder = resources.files("pipeline.publish") / "templates"
    return {item.name: item.read_text("utf-8") for item in folder.iterdir()}


def _environment(sources: Mapping[str, str]) -> Environment:
    """The renderer: everything is escaped, and an unknown name is an error."""
    loader = DictLoader(sources)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["anchor"] = lambda name: name.replace("%", "%25")  # a browser decodes what a link points to
    return made


def _hash(source: str) -> str:
    """The digest by which the page's own policy admits its script and style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
