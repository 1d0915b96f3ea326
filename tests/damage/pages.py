"""Pages around reports: headers, introductions and footers in the styles of several kinds of sites, as data.

Invented after the kinds that the datasheet of the sample corpus names. ``{title}``, ``{year}`` and ``{body}`` are filled
in; `GLUED` are introductions that stand before the first sentence on its line.
"""

HEADS: dict[str, tuple[str, ...]] = {
    "county site": (
        "无障碍浏览 | 繁体版 | 手机版 | 登录 | 注册",
        "您当前所在位置：首页 > 党的建设 > 调研思考 > 正文",
        "{title}",
        "发布日期：{year}-05-06 15:32  信息来源：县委组织部  作者：某某  浏览次数：123 次  【字体：大 中 小】",
        "分享到：",
    ),
    "open government": (
        "索 引 号：014000/{year}-00012",
        "发布机构：柳溪县委办公室",
        "公开日期：{year}-05-06",
        "主题分类：组织工作",
        "名    称：{title}",
        "{title}",
    ),
    "document library": (
        "购物车 我的足迹 我的收藏 VIP会员",
        "{title}",
        "文档格式：DOC",
        "文档页数：6页",
        "上传时间：{year}-05-06",
        "下载积分：20",
        "内容预览",
    ),
    "model texts": (
        "范文大全 > 调研报告 > 正文",
        "{title}",
        "{year}-05-06 09:12:33 | 阅读：1024",
        "导语:{title}一文来源于网友上传,不代表本站观点,如需原创文稿可联系客服老师,欢迎参考。",
    ),
    "list of the page": (
        "{title}",
        "时间:{year}-05-06 来源:网络 投稿人:文海拾贝",
        "[标题]{title}的相关内容整理如下+阅读",
        "本文目录",
    ),
    "chat account": (
        "{title}",
        "原创 某某 柳溪党建 {year}-05-06 08:30",
        "点击上方蓝字关注我们",
        "↑↑↑",
    ),
    "spam": (
        "Best online casino bonus 2020, play now and win real money!",
        "澳门博彩官网登录，真人娱乐城注册送彩金",
        "{title}",
    ),
    "portal": (
        "新闻 体育 财经 娱乐 军事 更多",
        "当前位置: 网站首页 → 理论学习 → 调研报告 → 内容阅读",
        "{title}",
        "作者：佚名",
        "来源：本站原创",
        "点击数：456",
        "更新时间：{year}/5/6",
    ),
}

TAILS: dict[str, tuple[str, ...]] = {
    "editors": ("（责任编辑：某某）",),
    "neighbours": ("上一篇：主题党日活动方案", "下一篇：入党申请书范文"),
    "related": (
        "相关文章：",
        "· 机关作风建设存在的问题及对策",
        "· 社区党建工作调研报告",
        "· 党员干部队伍建设的不足与建议",
    ),
    "related in marks": (
        "【{title}】相关文章：",
        "1.基层党组织建设存在的问题及整改措施",
        "2.农村党建的困境与对策",
    ),
    "teaser": (
        "延伸阅读：基层治理调研",
        "一、存在的问题：阵地建设滞后，队伍不稳，经费短缺。",
        "二、对策建议：加大投入，配齐人手，健全制度。",
    ),
    "library": ("(阅读全部内容需要登录)", "全文2949字", "下载此文档", "VIP免费下载"),
    "chat account": ("END", "编辑：某某  审核：某某", "点赞 在看 分享 收藏", "阅读原文", "微信扫一扫关注该公众号"),
    "government": (
        "扫一扫在手机打开当前页",
        "【打印本页】 【关闭窗口】",
        "主办单位：中共柳溪县委组织部  承办单位：柳溪县融媒体中心",
        "网站标识码：3301230001  浙ICP备12345678号-1  浙公网安备33012302000001号",
    ),
    "free works": ("本作品是中华人民共和国的法律、法规，国家机关的决议、决定，不适用著作权法，在公有领域。",),
    "page's last words": ("以上就是小编为大家整理的{title}，希望对大家有所帮助。更多范文请关注本站！",),
    "copyright": (
        "版权声明：本文由用户自行上传，如有侵权请联系本站删除。",
        "转载请注明出处：http://www.example.com/a/1.html",
    ),
}

GLUED: tuple[str, ...] = (
    "下面是小编为大家整理的{title},供大家参考。",
    "以下是小编收集整理的{title}，仅供参考，希望能够帮助到大家。",
    "今天小编给大家带来的是{title}，欢迎阅读。",
    "这里给大家分享一些关于{title}，供大家参考学习。",
    "本文是某某范文网为您整理的{title}，希望对您有帮助！",
    "【导语】{title}是某某网小编精心整理的，仅供大家参考。",
)
