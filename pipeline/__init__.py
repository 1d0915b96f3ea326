"""Wendui (问对): text analytics for corpora of Chinese party-building research reports (党建调研报告)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.analysis import Analysis

__version__ = "0.1.0"


def load(outputs: "str | Path" = "outputs") -> "Analysis":
    """The results in an outputs folder, ready to be explored.

    Parameters
    ----------
    outputs : str or Path
        The folder that ``wendui analyze`` wrote.

    Returns
    -------
    pipeline.analysis.Analysis
        Tables as attributes, and verbs: show, compare, kwic, trace, figure, quotes.

    Raises
    ------
    FileNotFoundError
        If the folder holds no results.
    """
    from pathlib import Path  # noqa: PLC0415 — loaded lazily: `import pipeline` stays instant

    from pipeline.analysis import Analysis  # noqa: PLC0415

    return Analysis(Path(outputs))
