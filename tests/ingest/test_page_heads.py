"""Heads of pages as sites show them: the title is found and stays, the site's lines go, the text keeps every line."""

import tomllib
from pathlib import Path

import pytest

from pipeline.ingest.clean import clean_text
from pipeline.ingest.particulars.front_matter import front_matter
from pipeline.settings import CleanOptions

HEADS = tomllib.loads((Path(__file__).parents[1] / "cases" / "page_heads.toml").read_text("utf-8"))["head"]
TITLES = (
    "口袋老党员为何难找",
    "桃花溪畔话支部",
    "支部会搬到了晒谷场",
    "一本记了十九年的账",
    "关于桃花溪村党建工作的调研报告",
    "云岭镇流动党员管理情况调查",
)
BODY = """\
去年冬天，镇里派我到桃花溪村住了两个月，挨家挨户问了八十多名党员，听来的话记了三大本，这里拣要紧的写出来。
一、看到的情况
全村有党员八十三名，常年在家的只有三十一名，平均年龄六十四岁，开会常常凑不齐一半人，党员活动室的门一年开不了几回。
二、毛病出在哪里
一是年轻人留不住，近五年只发展了两名党员；二是支部没有钱，连订报纸的钱都要赊；三是书记干了十九年，没有人愿意接。
三、怎么办
要从外出务工的人里找苗子，每年至少培养两名入党积极分子；镇里要给支部一点启动的钱；书记的报酬要同村干部一起提。"""


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["label"])
def test_only_the_title_stays_of_a_page(head, title):
    (part,) = clean_text(f"{head['text'].format(title=title)}{BODY}\n", options=CleanOptions())
    kept = head.get("kept", "").strip("\n")
    assert part.text == "\n".join(filter(None, (title, kept, BODY)))
    assert front_matter(part.text, dropped=tuple(line.line for line in part.dropped)).title == title
