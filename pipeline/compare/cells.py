"""The names of cells."""

import re
from urllib.parse import quote

_RESERVED = re.compile("[%/#]")


def cell_name(*parts: str) -> str:
    """A cell_id from its parts, each percent-encoded, so that different parts never give one name.

    Examples
    --------
    >>> cell_name("codes", "org_type", "街道乡镇", "问题/wendui/组织生活", "raw")
    'codes/org_type/街道乡镇/问题%2Fwendui%2F组织生活/raw'
    """
    return "/".join(_RESERVED.sub(lambda found: quote(found[0], safe=""), part) for part in parts)
