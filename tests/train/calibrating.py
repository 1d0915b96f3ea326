"""How far confidences can be trusted: curves that map scores to how often they are right, and tables that show it."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline import lexicon
from pipeline.sections.roles import POINT_BASIS
from pipeline.settings import Settings

LEXICON = Path(__file__).parents[2] / "pipeline" / "lexicon"
KNOTS = (0.3, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995)
LEAP = 0.2
"""No score is mapped further above itself: where none was seen, the curve knows nothing."""
MAPPED = "How often a score is right, by what a role rests on, and of points: logistic curves, straight lines between."
CURVE = "How far confidences can be trusted: equal-mass bins, dev cross-fitted and test together."
Pair = tuple[float, bool]
N_BINS = 5
SETTINGS = Settings()
SOURCE = "dev and further, cross-fitted"


def mapping(kind: str, pairs: list[tuple[float, bool, float]]) -> list[dict[str, str]]:
    """How often a score is right, by a logistic curve of its log odds (Platt, 1999) read off at `KNOTS`."""
    scores, right, weights = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    curve = LogisticRegression(C=10.0).fit(logit(scores)[:, None], right, sample_weight=weights)
    slope = max(0.0, float(curve.coef_[0, 0]))
    rows = [(knot, 1 / (1 + np.exp(-slope * float(logit(np.array(knot))) - curve.intercept_[0]))) for knot in KNOTS]
    return [
        {
            "basis": kind,
            "score": f"{knot:g}",
            "right": f"{min(value, knot + LEAP):.3f}",
            "source": SOURCE,
        }
        for knot, value in [(0.0, 0.0), *rows]
    ]


def logit(scores: np.ndarray) -> np.ndarray:
    """Log odds of scores, kept off their edges."""
    held = np.clip(scores, 0.005, 0.995)
    return np.log(held / (1 - held))


def curve(kind: str, pairs: list[Pair]) -> Iterator[dict[str, str]]:
    """Rows of the curve of one kind: equal-mass bins, what was foretold and what was right."""
    for number, part in enumerate(np.array_split(np.array(sorted(pairs), dtype=float), N_BINS), 1):
        foretold, right = part.mean(axis=0)
        row = {"what": kind, "bin": str(number), "n": str(len(part)), "confidence": f"{foretold:.3f}"}
        yield row | {"accuracy": f"{right:.3f}", "source": "corpus/sample/gold (dev cross-fitted, test)"}


def write_csv(name: str, comment: str, rows: list[dict[str, str]]) -> None:
    """A table of the lexicon."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (LEXICON / name).write_text(f"# {comment}\n{out.getvalue()}", "utf-8")


def curves(shown: dict[str, list[Pair]], rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The curves of roles and points with the scores mapped; roles below the threshold are null and do not count."""
    mapped: dict[str, list[Pair]] = {"功能": [], POINT_BASIS: []}
    for kind, pairs in sorted(shown.items()):
        knots = [(float(row["score"]), float(row["right"])) for row in rows if row["basis"] == kind]
        for score, right in pairs:
            value = float(np.interp(score, *zip(*knots, strict=True)))
            if kind == POINT_BASIS or value >= SETTINGS.outline.min_role_confidence:
                mapped[POINT_BASIS if kind == POINT_BASIS else "功能"].append((value, right))
    return [row for kind, pairs in mapped.items() if pairs for row in curve(kind, pairs)]


def rewritten(name: str, comment: str, column: str, rows: list[dict[str, str]]) -> None:
    """A table of the lexicon with new rows in place of those that are about the same."""
    told = {row[column] for row in rows}
    kept = [row for row in lexicon.rows(name) if row[column] not in told]
    write_csv(name, comment, sorted([*kept, *rows], key=lambda row: row[column]))
    lexicon.rows.cache_clear()
