"""互动回应: is there a channel for consultation, and are letters answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.columns import NoParams, own_columns, unopened, unread
from govspider.checks.common import (
    clip,
    host,
    iso,
    months_before,
    page_key,
    settle,
    site_finding,
    unread_reason,
    walk_gap,
)
from govspider.facts import Category, Column, Finding, Message, Outcome, SiteFacts

CONSULTATION = "consultation"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """``window_months``: how far back letters count. ``invalid_titles``: letters that ask nothing."""

    window_months: int
    answer_months: int
    limit: int
    invalid_titles: tuple[str, ...]


def _consultations(facts: SiteFacts) -> int:
    return sum(1 for channel in facts.channels if channel.kind == CONSULTATION)


def _all_elsewhere(facts: SiteFacts) -> bool:
    """Whether every channel for consultation stands on another host: its letters are published there, not here."""
    own = {host(facts.site.url), host(facts.home.visit.final_url)}
    return all(host(channel.url) not in own for channel in facts.channels if channel.kind == CONSULTATION)


def _channel_gaps(facts: SiteFacts) -> tuple[str, ...]:
    """Why there may be a channel that the facts do not hold."""
    known = {page_key(channel.url) for channel in facts.channels}
    gaps = [*walk_gap(facts), *(clip(reason) for reason in facts.channels_unread)]
    if not own_columns(facts):
        gaps.append("未识别出任何栏目")
    columns = [c for c in facts.columns if c.category is Category.INTERACTION and page_key(c.url) not in known]
    gaps += [reason for column in columns if (reason := _column_gap(column))]
    gaps += unopened(facts)
    return tuple(dict.fromkeys(gaps))


def _column_gap(column: Column) -> str:
    if column.external:
        return f"栏目“{clip(column.name)}”指向站外，未能核实"
    reason = unread(column) if column.url else ""
    return f"栏目“{clip(column.name)}”未能读取（{reason}）" if reason else ""


def channel_absent(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """No channel for consultation; petition, discipline, survey and interview channels do not count."""
    count = _consultations(facts)
    if count:
        yield site_finding(Outcome.PASS, facts, channels=count)
    elif gaps := _channel_gaps(facts):
        yield site_finding(Outcome.UNKNOWN, facts, channels=0, reason="；".join(gaps))
    else:
        yield site_finding(Outcome.VIOLATION, facts, channels=0)


def messages_unanswered(facts: SiteFacts, params: Unanswered) -> Iterator[Finding]:
    """Valid letters of the window that have waited longer than allowed."""
    since = months_before(facts.checkpoint, params.window_months)
    due = months_before(facts.checkpoint, params.answer_months)
    bad: list[dict[str, Any]] = []
    unknown: list[dict[str, Any]] = []
    for letter in facts.messages:
        if letter.has_answer is True or letter.answered or letter.title.strip() in params.invalid_titles:
            continue
        if letter.asked is not None and not since <= letter.asked < due:
            continue
        reason = _letter_gap(letter)
        row = {"name": clip(letter.title) or "（无标题）", "url": letter.url, "asked": iso(letter.asked)}
        if reason:
            unknown.append({**row, "reason": reason})
        else:
            bad.append({**row, "days": (facts.checkpoint - (letter.asked or due)).days})
    yield _letters_finding(facts, params, bad, unknown)


def _letter_gap(letter: Message) -> str:
    """Why it cannot be told that this is a valid letter that waits; empty when it can."""
    if letter.asked is None:
        return "留言时间无法识别"
    if letter.has_answer is None:
        return "是否已答复无法识别"
    return "" if letter.title.strip() else "留言标题无法识别"


def _letters_finding(
    facts: SiteFacts, params: Unanswered, bad: list[dict[str, Any]], unknown: list[dict[str, Any]]
) -> Finding:
    gaps = (*walk_gap(facts), *(clip(reason) for reason in facts.messages_unread))
    evidence: dict[str, Any] = {
        "count": len(bad),
        "limit": params.limit,
        "months": params.answer_months,
        "judged": len(facts.messages),
        "messages": bad,
        "unread": unknown,
    }
    outcome = settle(len(bad), len(unknown), params.limit, gaps)
    if outcome is not Outcome.VIOLATION and not facts.messages and not _consultations(facts):
        gaps = (*gaps, *_channel_gaps(facts))
        outcome = Outcome.UNKNOWN if gaps else Outcome.NOT_APPLICABLE
        evidence["reason"] = "没有咨询渠道，由“未提供咨询建言渠道”一项判定"
    elif outcome is Outcome.PASS and not facts.messages and _all_elsewhere(facts):
        outcome = Outcome.NOT_APPLICABLE
        evidence["reason"] = "咨询渠道都在其他网站上，本网站没有公开的留言"
    if outcome is Outcome.UNKNOWN:
        evidence["reason"] = unread_reason("留言", unknown, tuple(dict.fromkeys(gaps)))
    return site_finding(outcome, facts, **evidence)
