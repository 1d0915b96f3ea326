"""Measures told among faults: plans that a word opens (拟…, 我们打算…), and bare behests (把…挂出来)."""

import re
from collections.abc import Iterator

from pipeline.statements.bodies import Region
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.leanings import leaning
from pipeline.statements.measures import RE_DONE
from pipeline.statements.sentences import parts, sentences
from pipeline.values import Role

PLANNED, BADE = 0.8, 0.6
"""Confidence of a measure that a word of planning opens, and of a behest that only its words mark."""
RE_PLANS = re.compile(
    r"(?:为此|因此|对此|所以)?[，,]?(?P<cue>(?:我们?|我局|局里|支部|党委|本?[院校县乡镇]里?)?(?:拟(?!定|合)|打算|计划(?=[从在把由让请]))"
    r"|(?P<later>今后|往后|下一步|接下来)[，,]?)(?![的了在年工])"
)
RE_BIDS = re.compile(r"(?:把|由|请|让|给|将|每[名个位年月季周半])(?![他她它其此])")
MIN_PLAN, MIN_BID = 0.35, 0.7
"""Chance of a measure from which a sentence that opens so is one (sentences of the develop reports told apart)."""


def planned_points(text: str, region: Region) -> Iterator[Draft]:
    """Measures in the body of a section of faults, each part between semicolons that bids something.

    Examples
    --------
    >>> text = "七名委员一年没到过闸站。拟从一月起实行委员驻站日；同时把驻站情况贴到墙上。"
    >>> [text[d.head_start : d.head_end] for d in planned_points(text, Region(0, len(text), Role.PROBLEM))]
    ['从一月起实行委员驻站日', '把驻站情况贴到墙上']
    """
    for start, end in sentences(text, region.start, region.end):
        plan = RE_PLANS.match(text, start, end)
        if not plan and not RE_BIDS.match(text, start, end):
            continue
        words = text[start:end]
        if RE_DONE.search(words) or leaning(words).measure < (MIN_PLAN if plan else MIN_BID):
            continue
        cue = plan["cue"] if plan and not plan["later"] else None
        basis = Basis(Role.MEASURE, PLANNED if plan else BADE, explicit=cue is not None, cue=cue)
        for n, (a, b) in enumerate(parts(text, start, end)):
            first = plan.end() if plan and n == 0 else a
            yield from from_sentence(text, a, (first, b), basis)
