"""What the title of a report says about the roles of its sections."""

import math

from pipeline import lexicon
from pipeline.values import Role

TITLE = 0.5
"""What a title's words weigh. Set by hand on the sample reports."""


def title_odds(title: str) -> dict[Role, float]:
    """What a title says: a factor by its last word that names a kind of text."""
    rows = lexicon.rows("title_roles.csv")
    found = [(title.rfind(row["term"]) + len(row["term"]), len(row["term"]), at) for at, row in enumerate(rows)]
    found = [entry for entry in found if rows[entry[2]]["term"] in title]
    if not found:
        return {}
    row = rows[max(found)[2]]
    return {Role(row["role"]): math.exp(TITLE * float(row["weight"]))}
