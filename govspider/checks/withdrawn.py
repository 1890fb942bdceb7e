"""Columns that lost what earlier inspections saw in them. Told, never held against a site: blank and stale columns are
counted by their own rules."""

from collections.abc import Iterator
from dataclasses import dataclass

from govspider.checks.columns import Opinion, blankness, column_finding, unread, unread_below
from govspider.checks.common import iso, site_finding
from govspider.facts import Column, Finding, Outcome, SiteFacts


@dataclass(frozen=True, slots=True)
class Losses:
    """A list that had at least ``least`` entries and now has at most the share ``kept`` of them has lost most."""

    least: int
    kept: float


def withdrawal(column: Column, gaps_below: frozenset[str], params: Losses) -> Opinion:
    """NOT_APPLICABLE where no earlier inspection read entries. What could not be read was not withdrawn."""
    earlier = column.earlier
    if earlier is None or column.external:
        return Outcome.NOT_APPLICABLE, "此前检查没有读到过条目"
    if column.gone:
        return Outcome.VIOLATION, ""
    if not column.entry_count:
        if blankness(column, gaps_below)[0] is Outcome.VIOLATION:
            return Outcome.VIOLATION, ""
        return (Outcome.PASS, "") if column.children else (Outcome.UNKNOWN, unread(column) or "本次未识别出列表")
    moved_on = column.newest is not None and earlier.newest is not None and column.newest > earlier.newest
    few = earlier.entries >= params.least and column.entry_count <= earlier.entries * params.kept
    return (Outcome.VIOLATION if few and not moved_on else Outcome.PASS), ""


def column_withdrawn(facts: SiteFacts, params: Losses) -> Iterator[Finding]:
    """Each column of which an earlier inspection read entries."""
    gaps = unread_below(facts)
    told = [(column, *withdrawal(column, gaps, params)) for column in facts.columns]
    known = [row for row in told if row[1] is not Outcome.NOT_APPLICABLE]
    if not known:
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason="此前检查没有读到过条目")
    for column, outcome, reason in known:
        if outcome is Outcome.UNKNOWN:
            yield column_finding(column, outcome, reason=reason)
        elif outcome is Outcome.PASS or column.earlier is None:
            yield column_finding(column, Outcome.PASS)
        else:
            seen = {"before": column.earlier.entries, "seen": iso(column.earlier.seen), "now": _now(column)}
            yield column_finding(column, outcome, **seen)


def _now(column: Column) -> str:
    if column.gone:
        return "已撤下"
    return f"只有{column.entry_count}条" if column.entry_count else "没有条目"
