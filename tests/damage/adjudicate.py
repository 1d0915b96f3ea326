"""The gold of the sample from two coders' annotation: the first coder's, with every disagreement resolved.

``python -m tests.damage.adjudicate list`` writes ``gold/disagreements.csv`` anew, keeping what was resolved;
``python -m tests.damage.adjudicate merge`` writes ``gold/dev.json`` and ``gold/test.json``: annotation with the names of
the reports' files and, where wrapping was added, what must not come through.
"""

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.evaluate.gold import alike_points, matched

GOLD = Path(__file__).parents[2] / "corpus" / "sample" / "gold"
COLUMNS = ["report", "what", "item", "first", "second", "resolved", "reason"]
FIELDS = ("year", "org_type", "genre", "region")
WRAPPING = ["文海拾贝", "下面是小编", "来源于网友上传", "相关文章", "主题党日活动方案", "延伸阅读"]
YES = "有"

Report = dict[str, Any]
Row = tuple[str, str, str, Any, Any]


def annotation(coder: str) -> dict[str, list[Report]]:
    """File without its ending → its reports as a coder (``first`` or ``second``) annotated them."""
    paths = sorted((GOLD / coder).glob("*.json"))
    return {Path(e["file"]).stem: e["reports"] for path in paths for e in json.loads(path.read_text("utf-8"))}


def disagreements(name: str, one: Report, other: Report) -> Iterator[Row]:
    """Where two coders differ on a report: (report, what, item, the first one's, the second one's)."""
    yield from ((name, key, "", one.get(key), other.get(key)) for key in FIELDS if one.get(key) != other.get(key))
    headings = matched([row[0] for row in one["sections"]], [row[0] for row in other["sections"]])
    for i, j in headings:
        mine, theirs = one["sections"][i], other["sections"][j]
        labels = (("role", mine[1], theirs[1]), ("level", mine[2], theirs[2]))
        yield from ((name, what, mine[0], a, b) for what, a, b in labels if a != b)
    alone = _alone(one["sections"], other["sections"], headings)
    yield from ((name, "heading", row[0], *which) for row, which in alone)
    points = matched(one["statements"], other["statements"], key=alike_points)
    for i, j in points:
        mine, theirs = one["statements"][i], other["statements"][j]
        labels = (("code", mine[2], theirs[2]), ("implicit", mine[4], theirs[4]))
        yield from ((name, what, _point(mine), a, b) for what, a, b in labels if a != b)
    alone = _alone(one["statements"], other["statements"], points)
    yield from ((name, "statement", _point(row), *which) for row, which in alone)
    first, second = _pairs(one, {}), _pairs(other, {j: one["statements"][i][1] for i, j in points})
    for pair in sorted(first ^ second):
        yield name, "pair", " → ".join(pair), YES if pair in first else None, YES if pair in second else None


def _point(row: list[Any]) -> str:
    """A point as it stands in the table."""
    return f"{row[0]}｜{row[1]}"


def _alone(one: Any, other: Any, both: list[tuple[int, int]]) -> Iterator[tuple[Any, tuple[Any, Any]]]:
    """What only one of two coders has, and which of them."""
    mine, theirs = {i for i, _ in both}, {j for _, j in both}
    yield from ((row, (YES, None)) for i, row in enumerate(one) if i not in mine)
    yield from ((row, (None, YES)) for j, row in enumerate(other) if j not in theirs)


def _pairs(report: Report, names: dict[int, str]) -> set[tuple[str, str]]:
    """Pairs as headlines, in the other coder's wording where there is one."""
    of = {i: names.get(i, row[1]) for i, row in enumerate(report["statements"])}
    return {(of[i], of[j]) for i, j in report["pairs"]}


def resolved_rows() -> list[dict[str, str]]:
    """The table of disagreements as it stands."""
    path = GOLD / "disagreements.csv"
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8")))) if path.is_file() else []


def adjudicated() -> dict[str, list[Report]]:
    """File without its ending → its reports: the first coder's annotation with every disagreement resolved."""
    first, second = annotation("first"), annotation("second")
    verdicts = {(r["report"], r["what"], r["item"]): r["resolved"] for r in resolved_rows()}
    return {
        name: [
            _resolved(f"{name}#{n}", a, b, verdicts)
            for n, (a, b) in enumerate(zip(reports, second[name], strict=True), 1)
        ]
        for name, reports in first.items()
    }


def _resolved(name: str, one: Report, other: Report, verdicts: dict[tuple[str, str, str], str]) -> Report:
    """A report with the verdicts for the second coder carried out."""
    taken = [row for row in disagreements(name, one, other) if verdicts.get(row[:3]) == "second"]
    result = json.loads(json.dumps(one))
    for key in FIELDS:
        result[key] = next((row[4] for row in taken if row[1] == key), result.get(key))
    values = {(what, item): theirs for _, what, item, _, theirs in taken}
    for row in result["sections"]:
        row[1], row[2] = values.get(("role", row[0]), row[1]), values.get(("level", row[0]), row[2])
    for row in result["statements"]:
        row[2], row[4] = values.get(("code", _point(row)), row[2]), values.get(("implicit", _point(row)), row[4])
    text = (GOLD / "clean" / f"{name.partition('#')[0]}.txt").read_text("utf-8")
    pairs = _pairs(result, {})
    for what, key, label in (("heading", "sections", lambda row: row[0]), ("statement", "statements", _point)):
        chosen = {item for _, kind, item, _, _ in taken if kind == what}
        kept = [row for row in result[key] if label(row) not in chosen]
        new = [row for row in other[key] if label(row) in chosen and label(row) not in set(map(label, result[key]))]
        result[key] = _in_order(text, [*kept, *new], 0 if key == "sections" else 1)
    _set_pairs(result, pairs, [row for row in taken if row[1] == "pair"])
    _set_headings(text, result)
    return result


def _set_headings(text: str, result: Report) -> None:
    """A point whose heading was left out stands under the last heading before it."""
    headings = [row[0] for row in result["sections"]]
    for row in result["statements"]:
        if row[3] not in headings:
            before = text[: text.index(row[1])]
            row[3] = max(headings, key=before.rfind) if any(h in before for h in headings) else ""


def _in_order(text: str, rows: list[list[Any]], column: int) -> list[list[Any]]:
    """Rows in the order of their text; equal headings keep theirs."""
    if column == 0 and len({row[0] for row in rows}) < len(rows):
        return rows  # block labels recur: nothing was added among them
    return sorted(rows, key=lambda row: text.index(row[column]))


def _set_pairs(result: Report, pairs: set[tuple[str, str]], taken: list[Row]) -> None:
    """The pairs after their verdicts, as indices; a pair of a point that was left out goes with it."""
    for *_, item, mine, _theirs in taken:
        pair = tuple(item.split(" → "))
        (pairs.discard if mine else pairs.add)(pair)
    at = {row[1]: i for i, row in enumerate(result["statements"])}
    result["pairs"] = sorted([at[a], at[b]] for a, b in pairs if a in at and b in at)


def merged(plan: list[dict[str, str]]) -> dict[str, list[dict[str, Any]]]:
    """Split → gold entries in the order of the table of damage."""
    gold = adjudicated()
    splits: dict[str, list[dict[str, Any]]] = {"dev": [], "test": []}
    for row in plan:
        reports = gold[row["file"]]
        if "add_wrapping" in row["families"]:
            for report in reports:
                report["must_not_contain"] = [*report.get("must_not_contain", []), *WRAPPING]
        splits[row["split"]].append({"file": f"{row['file']}.{row['carrier']}", "reports": reports})
    return splits


def listed() -> list[dict[str, Any]]:
    """All disagreements with the verdicts that were given so far."""
    first, second = annotation("first"), annotation("second")
    known = {(r["report"], r["what"], r["item"]): r for r in resolved_rows()}
    rows = []
    for name, reports in first.items():
        for n, (one, other) in enumerate(zip(reports, second[name], strict=True), 1):
            for row in disagreements(f"{name}#{n}", one, other):
                before = known.get(row[:3], {})
                verdict = [before.get("resolved", ""), before.get("reason", "")]
                rows.append(dict(zip(COLUMNS, [*("" if v is None else v for v in row), *verdict], strict=True)))
    return rows


def main() -> None:
    """List or merge."""
    from tests.damage.build_sample import plan

    if sys.argv[1:] == ["list"]:
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed())
        (GOLD / "disagreements.csv").write_text(buffer.getvalue(), "utf-8")
        return
    for split, entries in merged(plan()).items():
        text = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
        (GOLD / f"{split}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
