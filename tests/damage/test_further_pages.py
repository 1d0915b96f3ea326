"""Clean reports on pages of kinds that neither the sample nor the model of lines was made with: all of a report stays, and nothing of the page."""

import re
from itertools import islice
from pathlib import Path

import pytest

from pipeline.ingest.clean import clean_text
from pipeline.settings import CleanOptions

TEXTS = Path(__file__).parents[2] / "corpus" / "sample" / "further" / "clean"
HEADS = (
    "首页 > 党建 > 正文\n{title}\n发布时间：2019-05-06  来源：石桥先锋网  作者：李明  点击：320次  【字号：大 中 小】",
    "石桥党建网\n首页 新闻中心 党建动态 理论研究 支部风采 下载中心\n您现在的位置：首页>>理论研究>>调研报告\n{title}\n"
    "2018-03-02 09:12 石桥日报 我要评论(0)\n分享到：微信 微博 QQ空间",
    "{title}_党建调研_范文大全网\n登录 注册\n{title}\n来源：网络 时间：2017-08-09 编辑：小雨 手机版\n"
    "导读：下面是小编为大家整理的{title}，供大家参考。",
    "{title}\n原创 石桥先锋 石桥先锋 2021-07-01 08:00\n点击蓝字 关注我们",
    "{title} - 石桥文库\n文档格式：DOC 页数：6 浏览次数：120 上传时间：2016-05-04 下载积分：100",
    "石桥县人民政府门户网站\n无障碍 长者助手 繁體\n网站首页 走进石桥 政务公开 政民互动\n当前位置：首页 > 专题专栏 > 基层党建\n"
    "索引号：430000/2019-00012 发布机构：县委组织部 发文日期：2019-05-06\n{title}\n字体：【大】【中】【小】",
    "党建调研\n>>\n{title}\n【来源：石桥日报】【作者：本报记者 李明】【时间：2012年3月8日】【打印】【关闭】\n内容摘要：",
    "当前位置: 主页 > 范文 > 调研报告 >\n{title}\n时间:2011-08-09 10:22来源:未知 作者:admin 点击:次",
)
TAILS = (
    "(责任编辑：王芳)\n上一篇：党课怎么讲\n下一篇：没有了\n相关文章\n· 乡镇党建工作存在的问题及对策\n· 机关支部调研报告\n网友评论\n"
    "还没有人评论\n版权所有 石桥党建网 湘ICP备12345678号",
    "【打印】 【关闭】\n热门文章\n1 支部书记谈心得\n2 村级换届观察\n关于我们 | 联系我们 | 网站地图\nCopyright © 2010-2020 石桥网",
    "以上就是小编整理的全部内容，希望对大家有帮助。\n推荐阅读：\n党建工作总结范文5篇\n支部书记述职报告\n下载本文Word版",
    "- END -\n编辑：李明  审核：王芳\n往期推荐\n这个村的支部，凭什么？\n阅读 1024  赞 32  在看 12",
    "本文档由用户上传，如有侵权请联系删除。\n猜你喜欢\n党建调研提纲.doc",
    "扫一扫在手机打开当前页\n【字体：大 中 小】 打印本页 关闭窗口\n主办：石桥县人民政府 承办：县政府办公室\n"
    "网站标识码：4300000001 湘公网安备 43000002000001号",
    "声明：本文系作者原创，转载请注明出处。\n赞(12) 打赏\n上一篇 党课怎么讲\n下一篇 会怎么开\n发表评论\n昵称 邮箱 网址",
    "顶一下(3) 100% 踩一下(0) 0%\n------分隔线----------------------------\n收藏 挑错 推荐 打印\n上一篇:党课怎么讲\n下一篇:没有了\n发表评论",
    "关键词：党建 调研 支部\n本文链接：http://www.shiqiao.example/a/12.html\n您可能感兴趣的文章：\n支部书记述职报告\n党员心得体会三篇",
)
RE_OPEN = re.compile(
    r"[（(〔]?.{0,12}(?:编者按|记者|评论员|撰稿|通讯员|原载|整理[）)]$|第\d+期$)|\S{2,12}[委组部室][ \u3000]\S{2,14}$|二〇.{4,20}$"
)
"""Editors' notes, names of reporters, and an office or a day of the report at its end: an editor may leave or drop them."""
RE_COLUMN = re.compile("^【[^】]{2,6}】")
"""A column before a title: its own or the page's."""
MAX_LOST, MAX_KEPT = 0.0002, 0.0005
"""Share of the reports' characters that may be gone, and of characters of pages that may be left next to them."""


def _lines(texts):
    """The lines of texts, without blanks, and all of them as one."""
    lines = ["".join(line.split()) for text in texts for line in text.split("\n")]
    return lines, "".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("n", range(len(HEADS)))
def test_reports_come_whole_off_further_pages(n):
    n_all = n_lost = n_kept = 0
    for i, path in enumerate(islice(sorted(TEXTS.glob("*.txt")), n, None, 2 * len(HEADS))):
        title, _, body = path.read_text("utf-8").split("\f\n")[0].partition("\n")
        alone = clean_text(f"{title}\n{body}", options=CleanOptions())
        page = f"{HEADS[n].format(title=title)}\n{body.rstrip()}\n{TAILS[i % len(TAILS)]}\n"
        parts = clean_text(page, options=CleanOptions())
        assert len(parts) == len(alone), path.name
        wanted, whole = _lines(part.text for part in alone)
        found, made = _lines(part.text for part in parts)
        assert RE_COLUMN.sub("", wanted[0]) in made, path.name
        n_all += len(whole)
        n_lost += sum(len(line) for line in wanted[1:] if line not in made and not RE_OPEN.match(line))
        n_kept += sum(len(line) for line in found if line not in whole)
    assert n_lost <= MAX_LOST * n_all, n_lost
    assert n_kept <= MAX_KEPT * n_all, n_kept
