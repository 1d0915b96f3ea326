"""A researcher's codebooks: in three formats, several schemes, added to ours or in its place, with names and parents."""

import openpyxl
import pytest

from pipeline.settings import CodeOptions, SettingsError, load_settings
from pipeline.statements.codebook import code_point, codes
from pipeline.statements.others import tables_of_others

TOML = """
scheme = "阵地组"
[codes."场所"]
phrases = ["活动室", "阵地"]
parent = "保障"
display = "活动场所"
definition = "有没有地方开展活动"
[codes."保障"]
phrases = ["经费"]
"""
TABLE = """scheme,code,parent,display,definition,phrases,weight
阵地组,场所,保障,活动场所,有没有地方开展活动,活动室；阵地,1
阵地组,保障,,,,经费,1
"""


def written(folder, suffix):
    """The same codebook in a format."""
    if suffix == "xlsx":
        book = openpyxl.Workbook()
        for line in TABLE.splitlines():
            book.active.append(line.split(","))
        book.save(folder / "codebook.xlsx")
    else:
        (folder / f"codebook.{suffix}").write_text(TOML if suffix == "toml" else TABLE, "utf-8")
    return load_settings([folder]).codes


@pytest.mark.parametrize("suffix", ["toml", "csv", "xlsx"])
def test_three_formats_say_the_same(tmp_path, suffix):
    options = written(tmp_path, suffix)
    phrases = [("阵地组", "场所", "活动室", 1.0), ("阵地组", "场所", "阵地", 1.0), ("阵地组", "保障", "经费", 1.0)]
    assert list(options.codebook) == phrases
    first, second = options.entries
    assert (first.display, first.parent, first.definition) == ("活动场所", "保障", "有没有地方开展活动")
    assert (second.code, second.parent) == ("保障", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("codes = 3 =", "TOML"),
        ("scheme = '甲'", "codes"),
        ("[codes.team]\nphrase = '书记'\nweight = 'x'", "weight"),
        ("[codes.team]\ncolour = '书记'", "colour"),
        ("[[codes]]\nphrases = ['书记']", "code"),
    ],
)
def test_a_codebook_that_cannot_be_used_is_refused(tmp_path, text, said):
    (tmp_path / "codebook.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=said):
        load_settings([tmp_path])


def firsts(headline, **options):
    """Scheme → primary code of a headline."""
    coded = code_point(headline, "", side="问题", options=CodeOptions(**options))
    return {one.scheme: one.code for one in coded if one.rank == 1}


def test_several_schemes_stand_beside_ours():
    rows = (("甲", "队伍", "书记", 1.0), ("乙", "场所", "活动室", 1.0))
    assert firsts("活动室没有桌椅", codebook=rows) == {"wendui": "经费阵地", "甲": "其他", "乙": "场所"}


def test_theirs_in_place_of_ours():
    assert firsts("活动室没有桌椅", codebook=(("乙", "场所", "活动室", 1.0),), shipped=False) == {"乙": "场所"}


def test_phrases_and_codes_are_added_to_ours():
    known, fresh = (("wendui", "服务群众", "飞碟站", 1.0),), (("wendui", "航天", "飞碟站", 1.0),)
    assert firsts("飞碟站无人值守")["wendui"] not in {"服务群众", "航天"}
    assert firsts("飞碟站无人值守", codebook=known) == {"wendui": "服务群众"}
    assert firsts("飞碟站无人值守", codebook=fresh) == {"wendui": "航天"}
    assert firsts("活动室没有桌椅", codebook=fresh) == firsts("活动室没有桌椅")


def test_names_parents_and_definitions_are_told(tmp_path):
    row = {"statement_id": "1", "doc_id": "甲", "role": "问题", "headline": "活动室没有桌椅", "body": ""}
    found, _ = codes(*tables_of_others([row]), options=written(tmp_path, "toml"))
    said = found[found["rank"] == 1].set_index("scheme")[["code", "label", "parent", "definition"]]
    assert said.loc["阵地组"].tolist() == ["场所", "活动场所", "保障", "有没有地方开展活动"]
    assert said.loc["wendui"].tolist()[:3] == ["经费阵地", "基础保障", "组织"]
    assert "不包括：" in said.loc["wendui", "definition"]
