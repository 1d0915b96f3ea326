"""What the sentences under a heading and its words say about the section: votes of the lexicon and the role model."""

from pipeline.sections.content import announced_roles, first_sentences, problem_weight, role_votes
from pipeline.sections.cues import HeadingCues
from pipeline.sections.rolemodel import RoleModel
from pipeline.sections.slogans import Sibling
from pipeline.values import Role

SLOGAN, ANNOUNCED = 0.3, 1.0
"""What a problem word in the heading adds to the votes of sentences, and what an announcement adds (问题有三个)."""
MODEL, FEW = 0.5, 5
"""What the role model's mean chance of a role adds to its votes; on few sentences it adds less."""
HINT = 1.5
"""What a loose cue of a heading adds to the log odds of its role."""
TELLS, HEADS = 2.5, 1.1
"""What the log chances of a section's sentences and of its heading weigh, by the role model; with few less."""


def votes_of(body: str, words: str, model: RoleModel) -> dict[Role, float]:
    """What the sentences under a heading and its own words say for each role.

    Parameters
    ----------
    body, words : str
        The text under the heading; the heading without its marker.
    model : RoleModel
    """
    votes = role_votes(body)
    for role in announced_roles(body):
        votes[role] = votes.get(role, 0.0) + ANNOUNCED
    found = first_sentences(body)
    share = MODEL * len(found) / (len(found) + FEW)
    for role, chance in model.mean(found).items():
        votes[role] = votes.get(role, 0.0) + share * chance
    votes[Role.PROBLEM] = votes.get(Role.PROBLEM, 0.0) + SLOGAN * min(problem_weight(words), 2.0)
    return votes


def log_odds(body: str, words: str, model: RoleModel) -> dict[Role, float]:
    """What the role model tells: log chances of the sentences and of the heading, each with its weight.

    Parameters
    ----------
    body, words : str
        The text under the heading; the heading without its marker.
    model : RoleModel
    """
    found = first_sentences(body)
    told = dict.fromkeys(Role, 0.0)
    share = len(found) / (len(found) + FEW)
    for sentences, weight in ((found, TELLS * share), ([words] if words else [], HEADS * share)):
        for role, chance in model.log_mean(sentences).items():
            told[role] += weight * chance
    return told


def unsettled(body: str, words: str, model: RoleModel, *, cues: HeadingCues | None = None) -> Sibling:
    """A section whose role is to be judged by what it says.

    Parameters
    ----------
    body, words : str
        The text under the heading; the heading without its marker.
    model : RoleModel
    cues : HeadingCues, optional
        Roles that the heading hints at.
    """
    faults, told = role_votes(body).get(Role.PROBLEM, 0.0), log_odds(body, words, model)
    for role in cues.roles if cues else ():
        told[role] += HINT
    return Sibling(True, False, None, votes_of(body, words, model), len(body) + len(words), words, faults, told)


def settled(named: Role | None, length: int, words: str, *, is_answered: bool = False) -> Sibling:
    """A section whose role is known, as its siblings see it.

    Parameters
    ----------
    named : Role or None
        None if it is known from the section around it.
    length : int
        Glyphs.
    words : str
        The heading without its marker.
    is_answered : bool
        Whether it is a problem that is shown and answered below.
    """
    return Sibling(False, is_answered, named, {}, length, words)
