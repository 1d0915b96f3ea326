"""The parts of the datasheet that are computed: ``python -m tests.sample.datasheet`` writes them into its tables."""

import re
from collections import Counter
from itertools import chain

from pipeline.evaluate.agreement import agreement
from tests.damage.adjudicate import GOLD
from tests.damage.build_sample import SAMPLE, plan, rows_of
from tests.sample.planted import FAMILIES, answered, share_raising

NAMES = {"f1_headings": "标题 F1", "f1_statements": "条目 F1", "f1_pairs": "配对 F1", "kappa_roles": "功能 κ"} | {
    "kappa_levels": "层级 κ",
    "kappa_codes": "编码 κ",
    "kappa_codes_问题": "编码 κ（问题）",
    "kappa_codes_原因": "编码 κ（原因）",
    "kappa_codes_对策": "编码 κ（对策）",
    "kappa_implicit": "显隐 κ",
    "kappa_org_type": "组织类型 κ",
    "kappa_genre": "文种 κ",
}


def agreement_table() -> str:
    """The agreement of the two coders."""
    found = agreement(*(sorted((GOLD / coder).glob("*.json")) for coder in ("first", "second")))
    rows = [f"| {NAMES[m.name]} | {m.value:.3f} | {m.n} |" for m in found if m.name in NAMES]
    return "\n".join(["| 项目 | 值 | n |", "|---|---|---|", *rows])


def families_table() -> str:
    """How many files carry each family of damage."""
    used = Counter(chain.from_iterable(row["families"].split() for row in plan()))
    rows = [f"| {label} | {used[name]} |" for name, label in FAMILIES.items()]
    return "\n".join(["| 种类 | 文件数 |", "|---|---|", *rows])


def truth_table() -> str:
    """What was planted, and how much of it is in the gold."""
    rows = ["| 种类 | 方 | 编码 | 分组 | 高 | 低 |", "|---|---|---|---|---|---|"]
    for row in rows_of("planted.csv"):
        if row["kind"] == "contrast":
            (high, n), (low, m) = (
                share_raising(row["side"], row["code"], row["by"], row[end]) for end in ("high", "low")
            )
            cells = [row["by"], f"{row['high']} {high:.2f}（{n} 篇）", f"{row['low']} {low:.2f}（{m} 篇）"]
            rows.append(f"| 差异 | {row['side']} | {row['code']} | {' | '.join(cells)} |")
        else:
            n_answered, n = answered(row["code"])
            rows.append(f"| 错位 | {row['side']} | {row['code']} | 全部 | {n} 条 | 有回应 {n_answered} 条 |")
    return "\n".join(rows)


def filled(text: str) -> str:
    """The datasheet with its computed tables."""
    tables = {"agreement": agreement_table(), "families": families_table(), "truth": truth_table()}
    for name, table in tables.items():
        mark = rf"(<!-- {name} -->\n).*?(\n<!-- end -->)"
        text = re.sub(mark, lambda found, table=table: found[1] + table + found[2], text, flags=re.DOTALL)
    return text


def main() -> None:
    """Write the datasheet with its computed tables."""
    path = SAMPLE / "README.md"
    path.write_text(filled(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
