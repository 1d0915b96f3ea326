"""Reports of a competition one below another, each under the prize that it was given."""

from pipeline.ingest.articles import Article
from pipeline.ingest.lines.forms import inked_lines, is_closed
from pipeline.ingest.particulars.title_forms import is_title
from pipeline.ingest.volumes.restarts import RE_PRIZE
from pipeline.ingest.volumes.stretches import headed


def prized(text: str) -> list[Article]:
    r"""The reports of a text each of which stands under its prize, with its title right below; empty for other texts.

    Examples
    --------
    >>> body = "\n" + "全镇有支部九个，党员三百名，活动排不开。" * 20 + "\n"
    >>> shown = "一等奖\n最后一米在哪里" + body + "二等奖\n把灯关早一点" + body
    >>> [(part.start, part.end) for part in prized(shown)], prized(shown.replace("二等奖\n", ""))
    ([(0, 413), (413, 825)], [])
    """
    lines = inked_lines(text) if "奖" in text else []
    prizes = [(lines[i][0], *lines[i + 1]) for i in range(len(lines) - 1) if RE_PRIZE.fullmatch(lines[i][1])]
    are_titles = all(is_title(line) and not is_closed(line) for _, _, line in prizes)
    return headed(text, [(head, start) for head, start, _ in prizes]) if are_titles else []
