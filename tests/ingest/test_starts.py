"""Files of several reports that no form tells apart: the fitted model finds where each begins, and leaves single reports whole."""

import pytest

from pipeline.ingest.clean import clean_text
from pipeline.ingest.edits import restore
from pipeline.ingest.volumes.fitted_starts import begun
from pipeline.ingest.volumes.layout import layout_of, may_start
from pipeline.settings import CleanOptions

FERRY = """河上有七个渡口，渡工十九名，党员十一名。桥修起来以后过渡的人少了，赶集的、上坟的、到对岸浇地的，一天还有六百多人次。
镇党委把渡口划成党员责任区，一人一段，牌子立在渡口。汛期封渡由党小组长说了算，去年封渡九次，没有出过一次险情。
渡工的补贴一个月五百元，年轻人不肯来。救生衣发了二百件，乘客嫌脏不穿，渡工说了三遍也就不说了。
我们的意见是，补贴同护林员看齐，救生衣包给渡工家属清洗。责任牌一律搬到渡口去，不要立在桥头给检查的人看。
党小组的本子记得细，哪天封渡，封了几个钟头，拦下来多少人，都有签名。本子一年一册，锁在镇里的铁皮柜里。
也有人不服封渡，骂到船头上来。渡工不还嘴，把水尺指给他看，水尺是党员轮流去描的红漆，描到哪一格就停到哪一格。
渡口总有一天要撤。撤渡之前，船上坐的都是人，责任区就不能空着。
"""
MARKET = """市场里有摊位八百六十个，业主来自七个省，党员四十四名。工商所登记时多问了一句，才问出这些人来。
支部建在二楼的值班室，一张长桌，十二把椅子。收摊以后开会，一次不超过四十分钟，讲完事就散。
纠纷少了，去年调解三十一件，党员出面的有二十六件。短斤少两的摊位，支部贴黄牌，贴满三次不再续租。
黄牌是业主们自己议出来的，议了四个晚上，有一晚吵到十一点。贴谁不贴谁，三名党员签字，市场经理不签。
春节前支部替业主看摊，让外省的人早两天回家。看摊的都是本地党员，货少了照价赔，三年里赔过一次，四十元。
困难也摆在那里，支部没有经费，书记由市场经理兼着，经理一换，活动就停。业主流动大，党员半年走了九名。
我们建议街道给市场支部派一名专职干事，党费返还一部分。流出的党员由支部开信，接收的地方要回信。
"""
SCHOOL = """全区有村小二十三所，教师二百一十名，党员七十八名。最小的学校只有三名教师，两名是党员，谈不上开支部会。
中心校把五所村小编成一个支部，每月第二个星期三下午活动，上半场听课评课，下半场学文件。听课是真听，评课不留情面。
三年下来，青年教师交入党申请书的有四十一名。家长说，老师还是那些老师，课上得不一样了。
评课的记录贴在中心校的走廊里，谁讲了什么都写着。有两名校长起先不让贴，后来自己来抄。
学生家里的事，支部分了户，一名党员联系六户，开学前走一遍。今年劝回辍学的孩子四名，有一名是走了三趟才劝回来的。
缺的是路费，五所学校隔着两条河，教师骑摩托车来，油钱自己出。冬天天黑得早，散会常常摸黑回去。
可以由区里按里程补油钱，活动放在学期中间，寒冬腊月少开。村小的书记不再兼总务，一人只管一件事。
"""


def put_together(*reports, gap="\n"):
    return gap.join(f"{title}\n{body}" for title, body in reports)


REPORTS = (
    ("渡口党员责任区怎么守", FERRY),
    ("摊位之间的一张长桌：市场党支部调查", MARKET),
    ("五所村小合成一个支部以后的调查", SCHOOL),
)


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n", "\n\f"])
def test_reports_with_titles_like_any_line_are_told_apart(gap):
    text = put_together(*REPORTS, gap=gap)
    parts = clean_text(text, options=CleanOptions())
    assert [part.text.split("\n")[0] for part in parts] == [title for title, _ in REPORTS]
    assert [part.text.split("\n", 1)[1] for part in parts] == [body.strip() for _, body in REPORTS]
    for part in parts:
        assert restore(part.text, part.edits) == text[part.source_start : part.source_end]


def test_centred_titles_with_subtitles_between_indented_paragraphs():
    set_ = [
        (f"　　　　　　{title}\n　　　　——调查手记", "".join(f"　　{line}\n" for line in body.splitlines()))
        for title, body in REPORTS
    ]
    assert len(clean_text(put_together(*set_), options=CleanOptions())) == 3


def test_marks_above_titles_are_no_part_of_the_report_above():
    text = put_together(
        *(
            (f"【镇村笔记】之{n}\n\n{title}\n\n镇党委办公室　李明", body)
            for n, (title, body) in zip("一二三", REPORTS, strict=True)
        )
    )
    parts = clean_text(text, options=CleanOptions())
    assert [part.text.split("\n")[0] for part in parts] == [title for title, _ in REPORTS]
    assert not any("之二" in part.text or "之三" in part.text for part in parts)


def test_a_report_with_headings_without_numbers_is_one():
    text = f"石桥区流动党员调研报告\n基本情况\n{FERRY}存在的困难\n{MARKET}下一步打算\n{SCHOOL}"
    assert begun(text) == []
    assert len(clean_text(text, options=CleanOptions())) == 1


def test_the_title_that_stands_again_begins_nothing():
    text = f"渡口党员责任区怎么守\n{FERRY}{MARKET}\n渡口党员责任区怎么守\n{SCHOOL}"
    assert begun(text) == []


def test_two_reports_are_tiled_and_nothing_is_lost():
    text = "编者按：下面三篇请大家看看。\n" + put_together(*REPORTS)
    found = begun(text)
    assert [found[0].start, *(one.end for one in found)] == [0, *(one.start for one in found[1:]), len(text)]


def test_lines_in_the_midst_of_paragraphs_begin_no_report():
    lines = ["支部开会只有", "二十分钟，讲完", "就散。", "石桥镇党建调研报告", "，党员少。"]
    assert may_start(layout_of("\n".join(lines))) == [0, 3]


def test_what_a_report_ends_with_is_not_the_head_of_the_next():
    ends = ("特此报告。\n石桥镇党委办公室\n2019年5月6日", "特此报告。\n石桥镇党委办公室\n2020年6月8日", "特此报告。")
    text = put_together(*((title, body + end) for (title, body), end in zip(REPORTS, ends, strict=True)), gap="\n\n\n")
    parts = clean_text(text, options=CleanOptions())
    assert [part.text.split("\n")[-1] for part in parts] == ["2019年5月6日", "2020年6月8日", "特此报告。"]
