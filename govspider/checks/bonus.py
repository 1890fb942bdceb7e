"""What earns a portal points beside its duties: fresh data, polls. Of a bonus, PASS earns the points."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.columns import own_columns, unread
from govspider.checks.common import clip, iso, months_before, site_finding, walk_gap
from govspider.checks.freshness import newest_seen
from govspider.facts import Category, Column, Finding, Outcome, SiteFacts

SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class DataWindow:
    """Updated within ``months`` earns all; within ``long_months`` it earns ``long_points``."""

    months: int
    long_months: int
    long_points: float


@dataclass(frozen=True, slots=True)
class PollCount:
    """``words``: in the names of the columns that hold polls."""

    months: int
    polls: int
    words: tuple[str, ...]


def data_fresh(facts: SiteFacts, params: DataWindow) -> Iterator[Finding]:
    """The newest date of all columns that publish data."""
    columns = [column for column in own_columns(facts) if column.category is Category.DATA]
    newest = max((day for column in columns if (day := newest_seen(column, facts.checkpoint))), default=None)
    recent = newest is not None and newest >= months_before(facts.checkpoint, params.months)
    evidence: dict[str, Any] = {"newest": iso(newest), "columns": [clip(column.name) for column in columns]}
    if newest is not None and newest >= months_before(facts.checkpoint, params.long_months):
        if not recent:
            evidence["points"] = params.long_points
        yield site_finding(Outcome.PASS, facts, **evidence)
    elif gaps := [*_gaps(facts, columns), *([] if columns else ["未找到数据发布栏目，请人工核对"])]:
        yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason="；".join(gaps))
    else:
        yield site_finding(Outcome.VIOLATION, facts, **evidence)


def polls_held(facts: SiteFacts, params: PollCount) -> Iterator[Finding]:
    """How many polls of the window the columns for polls list."""
    columns = [c for c in own_columns(facts) if any(word in c.name for word in params.words)]
    since = months_before(facts.checkpoint, params.months)
    found = {
        (entry.title, entry.date)
        for column in columns
        for entry in column.entries
        if entry.date is not None and since <= entry.date <= facts.checkpoint
    }
    evidence: dict[str, Any] = {"count": len(found), "columns": [clip(column.name) for column in columns]}
    if len(found) >= params.polls:
        yield site_finding(Outcome.PASS, facts, **evidence)
        return
    gaps = [*_gaps(facts, columns), *(["征集调查的条目没有读全"] if any(_cut(column) for column in columns) else [])]
    gaps += [] if columns else ["未找到征集调查栏目，请人工核对"]
    if gaps:
        yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason="；".join(gaps))
    else:
        yield site_finding(Outcome.VIOLATION, facts, **evidence)


def _cut(column: Column) -> bool:
    """Whether there may be more entries than are known, or some without a date."""
    return column.entry_count > len(column.entries) or not column.entries or any(e.date is None for e in column.entries)


def _gaps(facts: SiteFacts, columns: list[Column]) -> list[str]:
    shut = [f"栏目“{clip(column.name)}”未能读取（{reason}）" for column in columns if (reason := unread(column))]
    return [*walk_gap(facts), *shut]
