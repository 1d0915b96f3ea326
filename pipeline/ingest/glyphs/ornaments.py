"""Small pictures that accounts set before headings and between sentences (🔹, 📌, ✅): no report is written with them."""

import re

from pipeline.ingest.edits import Fix

_ORNAMENT = re.compile(
    "[\U0001f000-\U0001faff][\ufe0f\u200d\U0001f000-\U0001faff]*[ \u3000]*"
    "|(?:^|(?<=[。！？；\n]))[ \u3000]*[\u2600-\u2604\u2614\u2615\u2690-\u26ff\u2701-\u2775\u2794-\u27be][\ufe0f]?[ \u3000]*(?=\\S)",
    re.MULTILINE,
)
"""Pictures anywhere; stars, ticks and arrows of typefaces where a line or sentence begins, but for numbers in circles (❶)."""
_ANY = re.compile("[\U0001f000-\U0001faff\u2600-\u2604\u2614\u2615\u2690-\u26ff\u2701-\u2775\u2794-\u27be]")


def drop_ornaments(text: str) -> list[Fix]:
    r"""Nothing in place of small pictures.

    Examples
    --------
    >>> text = "🔹 （二）一头热一头冷\n✅ 错时开门。❶组织建起来，★级支部三个。"
    >>> [text[fix.start : fix.end] for fix in drop_ornaments(text)]
    ['🔹 ', '✅ ']
    """
    if not _ANY.search(text):
        return []
    return [Fix(*found.span(), "", "drop_ornament") for found in _ORNAMENT.finditer(text)]
