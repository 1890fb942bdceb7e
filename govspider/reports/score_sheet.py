"""得分: every portal, item by item, and what each item's points were lost or earned by."""

from collections.abc import Iterator
from typing import Any

from govspider.facts import ScoreItem, ScorePart, SiteResult, Verdict
from govspider.reports.phrases import rule_name
from govspider.reports.sheets import Head

SCORES = (
    Head("网站标识码", 13),
    Head("网站名称", 28),
    Head("部分", 10),
    Head("一级指标", 11),
    Head("二级指标", 13),
    Head("分值", 7, "points"),
    Head("得分（最低）", 9, "points"),
    Head("得分（最高）", 9, "points"),
    Head("扣分或者加分的指标", 22, "wrap"),
    Head("处数", 6, "points"),
    Head("分数变动（最低）", 9, "points"),
    Head("分数变动（最高）", 9, "points"),
    Head("说明", 60, "wrap"),
    Head("发现编号", 26),
    Head("规则编号", 26),
)
_TOTAL = "合计"


def score_rows(result: SiteResult) -> Iterator[tuple[Any, ...]]:
    """A line with the sum, then a line for each cause of each item; an item that lost nothing has one of its own."""
    verdict = result.verdict
    if verdict.score_high is None:
        return
    who = result.site.code, result.site.name
    yield (*who, _TOTAL, "", "", None, verdict.score_low, verdict.score_high, *(None,) * 4, score_note(verdict), "", "")
    messages = {found.key: found.message for found in result.findings}
    for item in verdict.score_items:
        part, _, name = item.item.partition("/")
        head = (*who, "加分指标" if item.bonus else "扣分指标", part, name, item.points, item.low, item.high)
        if not item.parts:
            yield (*head, *(None,) * 7)
        for cause in item.parts:
            yield (*head, *_cause(cause, messages.get(cause.key, ""), item))


def item_lines(result: SiteResult) -> Iterator[tuple[ScoreItem, list[str]]]:
    """Every item with what its points were lost or earned by, a line for each cause."""
    messages = {found.key: found.message for found in result.findings}
    for item in result.verdict.score_items:
        causes = ((cause, *_cause(cause, messages.get(cause.key, ""), item)) for cause in item.parts)
        yield (
            item,
            [f"{_change(cause)} {name}{f'：{said}' if said else ''}" for cause, name, _, _, _, said, *_ in causes],
        )


def _change(cause: ScorePart) -> str:
    low, high = (f"{points:+g}" if points else "0" for points in (cause.low, cause.high))
    return low if low == high else f"{low}至{high}"


def _cause(cause: ScorePart, message: str, item: ScoreItem) -> tuple[Any, ...]:
    said = "；".join(text for text in (message, cause.reason) if text)
    name = rule_name(cause.rule) if cause.rule else item.item
    return name, cause.places or None, cause.low, cause.high, said, cause.key, cause.rule


def score_note(verdict: Verdict) -> str:
    """The score in words; "" where there is none."""
    low, high = verdict.score_low, verdict.score_high
    if low is None or high is None:
        return ""
    if verdict.score is not None:
        return f"得分{verdict.score:g}"
    if verdict.unanswered:
        return f"得分在{low:g}至{high:g}之间（暂定，有{len(verdict.unanswered)}项待人工填报或者核实）"
    return f"得分在{low:g}至{high:g}之间（部分指标未能核查）"
