"""A small corpus written for the tests: one report of EXAMPLE's kind, variants, carriers, encodings and bad files."""

from pathlib import Path

import docx

EXAMPLE = """青石镇机关党建工作调研报告
2019年5月，课题组走访了12个支部，现将情况报告如下。
一、基本情况
全镇现有党支部12个、党员230名。但两个支部一年没有开过党员大会。
二、存在的主要问题
（一）组织生活不规范。一是三会一课以念文件代替。二是主题党日变成义务劳动。
（二）党务干部兼职多。支部书记都有业务分工，究其原因，是编制多年未增。
三、对策建议
（一）规范组织生活。镇党委应当每季度检查一次支部记录。
（二）配齐党务干部。建议在2020年底前为每个支部配一名专职副书记。
"""
"""The report of the design's worked example; its tables are known to the last offset."""

PLACES = ["青石镇", "白沙乡", "红岩县人民医院", "临江大学", "东湖社区", "北坡村", "远山县财政局", "南港集团公司"]
PROBLEMS = [
    "流动党员管理薄弱",
    "理论学习流于形式",
    "活动经费没有保障",
    "党务干部力量不足",
    "党建与业务两张皮",
    "责任传导层层衰减",
]
MEASURES = [
    "健全流动党员管理办法",
    "改进理论学习方式",
    "落实活动经费",
    "配强党务干部",
    "推动党建与业务融合",
    "压实党建责任",
]


def report(i: int) -> str:
    """The i-th variant: another place, year and other themes."""
    place, year = PLACES[i % len(PLACES)], 2010 + i
    chosen = [(i + k) % len(PROBLEMS) for k in range(3)]
    lines = [f"{place}党建工作调研报告", f"{year}年6月，调研组走访了{i + 5}个支部。", "一、基本情况"]
    lines += [f"现有党员{100 + i}名。但有{i + 2}名党员一年没有参加组织生活。", "二、存在的问题"]
    lines += [f"（{'一二三'[k]}）{PROBLEMS[c]}。第{i}处走访时反映较多。" for k, c in enumerate(chosen)]
    lines += ["三、对策建议"]
    lines += [f"（{'一二三'[k]}）{MEASURES[c]}。应当在第{i}季度内落实。" for k, c in enumerate(chosen)]
    return "\n".join(lines) + "\n"


def write_docx(path: Path, text: str) -> None:
    """A text as a Word file, a paragraph a line."""
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(path)


def write_small_corpus(corpus: Path) -> None:
    """Twelve reports in two carriers and five encodings, and six files that cannot be read as reports."""
    corpus.mkdir(parents=True)
    (corpus / "青石镇.txt").write_text(EXAMPLE, "utf-8")
    for i, encoding in enumerate(["utf-8-sig", "gb18030", "utf-16", "utf-8", "gbk"]):
        (corpus / f"报告{i} 终稿.txt").write_bytes(report(i).encode(encoding))
    (corpus / "子 folder").mkdir()
    for i in (5, 6, 7):
        write_docx(corpus / "子 folder" / f"报告{i}.docx", report(i))
    (corpus / "抄本.txt").write_text(report(3), "utf-8")
    two = "党建调研报告范文第1篇\n" + report(8) + "党建调研报告范文第2篇\n" + report(9)
    (corpus / "两篇.txt").write_text(two, "utf-8")
    (corpus / "空.txt").write_bytes(b"")
    (corpus / "空白.txt").write_text(" \n\n　\n", "utf-8")
    (corpus / "坏.docx").write_bytes(b"PK\x03\x04 not a zip")
    (corpus / "~$报告5.docx").write_bytes(b"lock")
    (corpus / "README.txt").write_text("说明", "utf-8")
    (corpus / "metadata.csv").write_text("source_id,县,year\n青石镇.txt,甲县,2018\n报告1 终稿.txt,乙县,\n", "utf-8-sig")
