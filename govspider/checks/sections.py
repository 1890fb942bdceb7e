"""What a portal must have as a whole: columns of certain kinds, and news in at least one of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from govspider.checks.columns import own_columns, survey, unread_below, unread_rows
from govspider.checks.common import clip, days_before, months_before, site_finding, unread_reason, walk_gap
from govspider.checks.freshness import freshness, stale_row
from govspider.facts import Category, Column, Finding, Outcome, SiteFacts


@dataclass(frozen=True, slots=True)
class Section:
    """Columns of one of the categories whose name, or a name above it, holds one of the words; no words: any name."""

    categories: tuple[Category, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionWindow:
    """Either ``days`` or ``months``. ``top_level``: only columns that stand below none of their own category."""

    categories: tuple[Category, ...]
    days: int = 0
    months: int = 0
    top_level: bool = False


def _belongs(column: Column, params: Section) -> bool:
    names = (column.name, *column.path)
    return column.category in params.categories and (
        not params.words or any(word in name for word in params.words for name in names)
    )


def _counts(column: Column, params: SectionWindow) -> bool:
    return column.category in params.categories and (column.top_level or not params.top_level)


def section_absent(facts: SiteFacts, params: Section) -> Iterator[Finding]:
    """No column of the kind, whether on this site or linked to. Names can mislead: a person must confirm it."""
    found = [column for column in facts.columns if not column.gone and _belongs(column, params)]
    gaps = list(walk_gap(facts))
    if not own_columns(facts):
        gaps.append("未识别出任何栏目")
    looked = {"judged": len(own_columns(facts)), "words": list(params.words)}
    if found:
        yield site_finding(Outcome.PASS, facts, name=clip(found[0].name), url=found[0].url, **looked)
    elif gaps:
        yield site_finding(Outcome.UNKNOWN, facts, **looked, reason="；".join(gaps))
    else:
        yield site_finding(Outcome.VIOLATION, facts, **looked)


def section_stale(facts: SiteFacts, params: SectionWindow) -> Iterator[Finding]:
    """Not one column of the kind was updated within the window. A blank column was not."""
    since = (
        days_before(facts.checkpoint, params.days) if params.days else months_before(facts.checkpoint, params.months)
    )
    asked = [column for column in own_columns(facts) if _counts(column, params)]
    outside = [column for column in facts.columns if column.external and _counts(column, params)]
    gaps_below = unread_below(facts)
    said = survey(asked, lambda column: freshness(column, since, facts.checkpoint, gaps_below))
    blank = [column for column, reason in said.exempt if column.blank]
    unsure = [*said.unknown, *((column, reason) for column, reason in said.exempt if not column.blank)]
    gaps = [*walk_gap(facts), *(f"栏目“{clip(column.name)}”指向站外，未能核实" for column in outside)]
    rows = [stale_row(column, since, facts.checkpoint) for column in (*said.bad, *blank)]
    limit = (facts.checkpoint - since).days
    evidence = {"count": len(rows), "limit": limit, "columns": rows, "unread": unread_rows(unsure)}
    if said.good:
        yield site_finding(Outcome.PASS, facts, **evidence)
    elif unsure or gaps:
        reason = unread_reason("栏目", unread_rows(unsure), gaps)
        yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason=reason)
    elif not rows:
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason="没有此类栏目，由“未开设”一项判定")
    else:
        yield site_finding(Outcome.VIOLATION, facts, **evidence)
