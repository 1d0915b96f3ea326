"""The section tree of a document: headings found over the whole text, and what stands under each."""

from dataclasses import dataclass

from pipeline.sections.candidates import Candidate, lines_of, numbered_candidates
from pipeline.sections.cues import heading_cues
from pipeline.sections.tree import best_tree
from pipeline.sections.unnumbered import unnumbered_candidates
from pipeline.settings import OutlineOptions
from pipeline.values import Role, RoleBasis

MOST = 1.5
"""So many items of the usual form to each numbered paragraph (two hundred reports: with fewer both are headings)."""
MIN_TOLD = 18
"""Average length of such paragraphs' first sentences, in characters: shorter ones are headings (982 annotated reports)."""
MIN_BARE = 2
"""Items without text of their own that make a list of numbered sentences (two hundred reports)."""
_LISTS = frozenset(["digits", "digits_bracket", "circled"])
"""Families whose items may be sentences of a list."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; offsets are code points of the document's text, half-open.

    Attributes
    ----------
    start, end : int
        From the heading's marker to the next heading of its level or higher.
    body_start : int
        Where the text under the heading starts.
    level : int
        Depth in the tree; the root is 0.
    marker : str or None
        The numbering as found.
    heading : str
        Verbatim with its marker, without a closing 。 or ：; the root's is empty.
    parent : int or None
        Place of the section around it in the list; None: the root.
    role, role_basis, confidence
        What the section does, what tells it, and how surely; None and 0.0 until roles are assigned.
    """

    start: int
    end: int
    body_start: int
    level: int
    marker: str | None
    heading: str
    parent: int | None
    role: Role | None = None
    role_basis: RoleBasis | None = None
    confidence: float = 0.0


def parse_outline(text: str, *, options: OutlineOptions) -> list[Section]:
    r"""The sections of a text in document order, the root first.

    Every place where a heading may start is a candidate with evidence (the form of its number, how it ends, its length,
    what stands around it); the tree is the best consistent choice over the whole text (`pipeline.sections.tree`).
    The first line is the title, unless it is numbered.

    Parameters
    ----------
    text : str
        Text of a document: one paragraph a line, the title first.
    options : OutlineOptions

    Returns
    -------
    list of Section
        Spans nest; own bodies partition the text; a section's parent stands before it in the list.

    Examples
    --------
    >>> text = "临湖镇党建调研\n一、现状\n支部九个。\n二、不足\n（一）学得浅。只念文件。"
    >>> [(s.level, s.heading) for s in parse_outline(text, options=OutlineOptions())]
    [(0, ''), (1, '一、现状'), (1, '二、不足'), (2, '（一）学得浅')]
    """
    return bounded_outline(text, options=options)[0]


def bounded_outline(text: str, *, options: OutlineOptions) -> tuple[list[Section], bool]:
    """The sections of a text, and whether it had too many candidates to look for headings inside paragraphs."""
    lines = lines_of(text)
    numbered, is_bounded = numbered_candidates(text, lines, options=options)
    candidates = sorted(numbered + unnumbered_candidates(text, lines, numbered), key=lambda candidate: candidate.start)
    tree = [(candidates[at], level) for at, level in best_tree(candidates)]
    return _sections(text, _without_bare_items(_without_listed(text, tree))), is_bounded


def _without_listed(text: str, tree: list[tuple[Candidate, int]]) -> list[tuple[Candidate, int]]:
    """The headings without numbered problems: 1. right below a 一、 that names them, where most other items are （一）.

    Such items leave out the level that the text itself gives to headings, open with whole sentences, and their text runs on in the
    paragraph.
    """
    below: dict[int, list[int]] = {}
    open_ones: list[int] = []
    for at, (_, level) in enumerate(tree):
        while open_ones and tree[open_ones[-1]][1] >= level:
            open_ones.pop()
        if open_ones and tree[open_ones[-1]][0].family == "han":
            below.setdefault(open_ones[-1], []).append(at)
        open_ones.append(at)
    n_regular = sum(tree[at][0].family == "han_bracket" for group in below.values() for at in group)
    levels = [level for _, level in tree] + [0]
    listed = {
        at
        for parent, group in below.items()
        if all(_is_listed(tree[at][0]) and levels[at + 1] <= levels[at] for at in group)
        and sum(_length(tree[at][0]) for at in group) >= MIN_TOLD * len(group)
        and _names_problems(text, tree[parent][0])
        for at in group
    }
    return [heading for at, heading in enumerate(tree) if MOST * len(listed) > n_regular or at not in listed]


def _without_bare_items(tree: list[tuple[Candidate, int]]) -> list[tuple[Candidate, int]]:
    """The headings without sentences in a numbered list: siblings of which some run on and others are all there is."""
    groups: dict[tuple[int, str], list[int]] = {}
    open_ones: list[int] = []
    for at, (heading, level) in enumerate(tree):
        while open_ones and tree[open_ones[-1]][1] >= level:
            open_ones.pop()
        groups.setdefault((open_ones[-1] if open_ones else -1, heading.family), []).append(at)
        open_ones.append(at)
    levels = [level for _, level in tree] + [0]
    listed: set[int] = set()
    for (_, family), group in groups.items():
        shapes = [tree[at][0].shape for at in group]
        is_list = {"run_in", "sentence"} == set(shapes) and shapes.count("sentence") >= MIN_BARE
        if is_list and family in _LISTS and all(levels[at + 1] <= levels[at] for at in group):
            listed |= set(group)
    return [heading for at, heading in enumerate(tree) if at not in listed]


def _names_problems(text: str, heading: Candidate) -> bool:
    """Whether the words of a heading name problems."""
    cues = heading_cues(text[heading.start + len(heading.marker or "") : heading.heading_end])
    return cues is not None and Role.PROBLEM in cues.roles


def _is_listed(heading: Candidate) -> bool:
    """Whether a heading has the form of a numbered paragraph."""
    return heading.family == "digits" and heading.shape == "run_in"


def _length(heading: Candidate) -> int:
    """The length of a heading's words, in characters."""
    return heading.heading_end - heading.start - len(heading.marker or "")


def _sections(text: str, tree: list[tuple[Candidate, int]]) -> list[Section]:
    """Sections of accepted headings: each ends where the next one of its level or higher starts."""
    ends = [len(text)] * len(tree)
    open_ones: list[int] = []
    parents: list[int] = []
    for at, (heading, level) in enumerate(tree):
        while open_ones and tree[open_ones[-1]][1] >= level:
            ends[open_ones.pop()] = heading.start
        parents.append(open_ones[-1] + 1 if open_ones else 0)
        open_ones.append(at)
    sections = [Section(0, len(text), 0, 0, None, "", None)]
    for (found, level), end, parent in zip(tree, ends, parents, strict=True):
        words = text[found.start : found.heading_end].rstrip()
        body = min(found.body_start, end)
        sections.append(Section(found.start, end, body, level, found.marker, words, parent))
    return sections
