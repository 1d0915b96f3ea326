"""The choice of titles: what is looked at is where it says, clean texts are left, titles that it has not learnt are found."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.ingest.boilerplate import drop_lines
from pipeline.ingest.clean import clean_text
from pipeline.ingest.pages.title_choice import chosen_title, shipped_titles
from pipeline.ingest.pages.title_spans import folded, title_spans
from pipeline.ingest.pages.title_traits import read_head, title_choices
from pipeline.settings import CleanOptions
from tests.damage.messy_pages import FOLDER

TEXTS = Path(__file__).parents[2] / "corpus" / "sample" / "gold" / "clean"
TOLD = "桃花溪村有党员八十三名，常年在家的只有三十一名，流动党员管理跟不上，支部会议开得少，党课讲得少。"
TITLES = (
    "关于桃花溪村流动党员管理情况的调研报告",
    "桃花溪村支部会议为什么开不起来",
    "把桃花溪的党员找回来——流动党员管理调查",
)
PAGES = {
    "path": "本站首页 > 调研园地 > {title}\n来源：县委组织部　发布时间：2015-06-03\n",
    "field": "公文查看　打印　返回\n文件标题：{title}　密级：普通\n发布时间：2015-06-03\n",
    "subject": "发件人：老周\n主题：[转发]{title}\n附件：1个\n",
    "column": "返回首页\n先锋调研 | {title}\n发布时间：2015-06-03 10:20　浏览：31\n",
    "site": "{title}_石桥党建网\n首页 | 要闻 | 登录\n发布时间：2015-06-03\n",
}


def lines_of(text):
    """The lines of a text that are not blank."""
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("path", sorted((FOLDER / "raw").glob("Z*.txt")), ids=lambda path: path.stem)
def test_spans_stand_where_they_say(path):
    head = read_head(lines_of(path.read_text("utf-8"))).lines
    for span in title_spans(head):
        parts = list(head[span.first : span.last + 1])
        parts[-1] = parts[-1][: span.end]
        parts[0] = parts[0][span.start :]
        if span.kind != "joined":
            assert folded("".join(parts)) == folded(span.text)
        else:
            assert folded(span.text) in folded("".join(head[span.first : span.last + 1]))


def test_what_is_seen_of_titles_is_as_wide_as_the_trees_look():
    copies, rows = title_choices(read_head(lines_of(PAGES["field"].format(title=TITLES[0]) + TOLD)))
    assert len(copies) == len(rows)
    assert np.isfinite(rows).all()
    assert shipped_titles().feature.max() < rows.shape[1]
    assert title_choices(read_head([]))[1].size == 0


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt"))[::4], ids=lambda path: path.stem)
def test_nothing_of_a_clean_text_is_dropped(path):
    text = path.read_text("utf-8").split("\f")[0].strip()
    assert not [fix for fix in drop_lines(text) if fix.rule in ("drop_wrapping_label", "join_title")]


@pytest.mark.parametrize(("kind", "least"), [("path", 1), ("field", 1), ("subject", 1), ("column", 2), ("site", 2)])
def test_titles_of_pages_are_chosen_from_among_other_words(kind, least):
    """Of a slogan that stands in a path, a field or a subject alone nothing tells yet that it is the title."""
    found = 0
    for title in TITLES:
        lines = lines_of(PAGES[kind].format(title=title) + TOLD + "\n一、基本情况\n" + TOLD)
        chosen = chosen_title(lines, {0, 2})
        found += chosen is not None and folded(title).startswith(folded(chosen.span.text)) and len(chosen.span.text) > 6
    assert found >= least


def test_the_kind_of_a_broken_title_loses_its_blanks():
    page = "返回首页\n石桥镇国有企业党建工作\n\n调　研　报　告\n发布时间：2015-06-03 10:20　浏览：31\n" + TOLD
    assert clean_text(page, options=CleanOptions())[0].text.split("\n")[0] == "石桥镇国有企业党建工作调研报告"
