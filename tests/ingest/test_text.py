"""Plain text in every encoding that researchers' files come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.formats.text import decode
from pipeline.values import Reason, Status

SENTENCE = "柳溪县有社区党支部九个，党员两千余名，组织生活比较规范。"
LONG = (SENTENCE + "但是部分支部书记年龄偏大，学习不够经常，活动经费没有保障。") * 3
TRADITIONAL = "柳溪縣有社區黨支部九個，黨員兩千餘名，組織生活比較規範，但是學習還不夠經常。"


def reasons(content):
    """The codes that are reported."""
    return [report.reason for report in content.reports]


@pytest.mark.parametrize("n", [12, 40, 150])
@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_simplified(n, encoding):
    content = decode(LONG[:n].encode(encoding))
    assert content.text == LONG[:n]
    assert Reason.LOW_CONFIDENCE not in reasons(content)


@pytest.mark.parametrize("n", [12, 38])
def test_big5(n):
    content = decode(TRADITIONAL[:n].encode("big5"))
    assert (content.text, content.encoding) == (TRADITIONAL[:n], "big5hkscs")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [LONG, "第一行\n" + SENTENCE, "plain words only"])
def test_utf16_without_mark(encoding, text):
    assert decode(text.encode(encoding)).text == text


def test_four_characters_are_right_or_flagged():
    for word in ("党建工作", "调研报告", "组织生活", "基层治理"):
        content = decode(word.encode("gb18030"))
        assert content.text == word or Reason.LOW_CONFIDENCE in reasons(content)


@pytest.mark.parametrize("n_cut", [1, 2])
def test_utf8_cut_inside_a_character_keeps_all_but_the_tail(n_cut):
    content = decode(LONG.encode()[:-n_cut])
    assert content.text == LONG[:-1]
    assert [(report.status, report.reason) for report in content.reports] == [(Status.PARTIAL, Reason.CUT_CHARACTER)]


def test_gbk_cut_inside_a_character():
    content = decode(LONG.encode("gbk")[:-1])
    assert content.text == LONG[:-1]
    assert Reason.CUT_CHARACTER in reasons(content)


@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", "gb2312"), ("gb18030", "utf-8")])
def test_bytes_beat_the_declaration(encoding, declared, caplog):
    text = f'<meta charset="{declared}">\n{LONG}'
    with caplog.at_level("INFO"):
        assert decode(text.encode(encoding)).text == text
    assert declared in caplog.text


def test_much_damage_is_partial_and_a_little_is_told():
    data = LONG.encode()
    much = decode(data[:100] + b"\xff\xfe\xff" + data[102:])
    assert (much.reports[0].status, much.reports[0].reason) == (Status.PARTIAL, Reason.DAMAGED)
    little = decode(data * 5 + b"\xff" + data)
    assert (little.reports[0].status, little.reports[0].reason) == (Status.OK, Reason.DAMAGED)
    assert little.text.replace("\ufffd", "") == LONG * 6


def test_nul_and_lone_surrogates_cannot_pass():
    content = decode((LONG[:50] + "\x00" + LONG[50:]).encode())
    assert content.text == LONG
    assert Reason.CONTROLS in reasons(content)
    lone = decode(b"\xff\xfe" + LONG.encode("utf-16-le") + b"\x00\xd8")
    assert not any("\ud800" <= char <= "\udfff" for char in lone.text)


def test_other_controls_are_left_to_cleaning():
    text = LONG[:20] + "\x07\u200b\ufeff\u202e" + LONG[20:]
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("data", [bytes(range(256)) * 50, b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 900])
def test_binary_is_no_text(data):
    content = decode(data)
    assert content.text is None
    assert reasons(content) == [Reason.ENCODING]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=300))
def test_utf8_round_trip(text):
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text


@given(st.binary(max_size=400))
def test_any_bytes_end_as_storable_text_or_a_reason(data):
    content = decode(data)
    assert content.reports if content.text is None else not {"\x00"} & set(content.text)
    (content.text or "").encode("utf-8")
