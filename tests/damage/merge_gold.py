"""Put the annotation of the sample together: ``python -m tests.damage.merge_gold``.

Annotators annotate clean texts (``gold/annotated/*.json``); this writes ``gold/dev.json`` and ``gold/test.json``, with the
names of the reports' files and, where wrapping was added, what must not come through.
"""

import json
from pathlib import Path

from tests.damage.build_sample import SAMPLE, plan

WRAPPING = ["文海拾贝", "下面是小编", "来源于网友上传", "相关文章", "主题党日活动方案", "延伸阅读"]


def merged() -> dict[str, list[dict]]:
    """Split → entries in the order of the table of damage."""
    entries: dict[str, dict] = {}
    for path in sorted((SAMPLE / "gold" / "annotated").glob("*.json")):
        entries |= {Path(entry["file"]).stem: entry for entry in json.loads(path.read_text("utf-8"))}
    splits: dict[str, list[dict]] = {"dev": [], "test": []}
    for row in plan():
        entry = json.loads(json.dumps(entries[row["file"]]))
        entry["file"] = f"{row['file']}.{row['carrier']}"
        if "add_wrapping" in row["families"]:
            for report in entry["reports"]:
                report["must_not_contain"] = [*report.get("must_not_contain", []), *WRAPPING]
        splits[row["split"]].append(entry)
    return splits


def main() -> None:
    """Write both files anew."""
    for split, entries in merged().items():
        text = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
        (SAMPLE / "gold" / f"{split}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
