"""Make the bundled font: ``python -m pipeline.publish.fonts.build_font NotoSansSC_400Regular.ttf``."""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from pipeline.publish.fonts import FAMILY, font_path

_LATIN_AND_MARKS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x370, 0x400), *range(0x2010, 0x2040)]
_SIGNS = [*range(0x2150, 0x2200), *range(0x2460, 0x2500), *range(0x25A0, 0x2600), *range(0x3000, 0x3030)]
_FULL_WIDTH = [*range(0xFF00, 0xFFF0), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x00D7, 0x3013]


def wanted() -> set[int]:
    """GB 2312's characters (6,763 of them Chinese), Latin, Greek, marks and full-width forms."""
    rows = (bytes([lead, trail]) for lead in range(0xA1, 0xF8) for trail in range(0xA1, 0xFF))
    chinese = {ord(char) for pair in rows for char in pair.decode("gb2312", "ignore")}
    return chinese | set(_LATIN_AND_MARKS) | set(_SIGNS) | set(_FULL_WIDTH)


def build(source: Path, target: Path) -> None:
    """Write the subset, renamed as the licence asks; the same source gives the same bytes."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features, options.hinting, options.name_IDs = [], False, [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = FAMILY.replace(" ", "") if record.nameID == 6 else FAMILY
    font.save(target)


if __name__ == "__main__":
    build(Path(sys.argv[1]), font_path())
