"""Empty columns, and what the other checks ask of a column: was it read, is it blank, what lies below it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.common import clip, page_key, settle, site_finding, unread_reason, visit_gap, walk_gap
from govspider.facts import Category, Column, Fetch, Finding, Outcome, SiteFacts, Visit

# Categories whose pages are lists by nature. A page of another one without a list may be a text: nothing is said of it.
LISTS = frozenset({Category.NEWS, Category.NOTICE, Category.POLICY, Category.INTERPRETATION, Category.DATA})

Opinion = tuple[Outcome, str]  # of one column; the text is the reason of UNKNOWN and NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class BlankLimit:
    limit: int


@dataclass(frozen=True, slots=True)
class NoParams:
    pass


def own_columns(facts: SiteFacts) -> tuple[Column, ...]:
    """The columns that count: with a page of their own, on this site, still offered."""
    return tuple(column for column in facts.columns if column.url and not column.external and not column.gone)


def unread(column: Column) -> str:
    """Why a column was not read; empty when it was."""
    return clip(column.reason) or visit_gap(column.visit)


def unopened(facts: SiteFacts) -> tuple[str, ...]:
    """The reason why something may stand on column pages that were not opened; empty when all were, or do not exist.
    Where not one exists, that is how this visitor was answered rather than what the site has."""
    columns = own_columns(facts)
    if columns and all(_missing(column.visit) for column in columns):
        return ("没有一个栏目能够打开",)
    shut = sum(1 for column in columns if visit_gap(column.visit) and not _missing(column.visit))
    return (f"有{shut}个栏目未能打开",) if shut else ()


def _missing(visit: Visit | None) -> bool:
    return visit is not None and visit.fetch is Fetch.HTTP_ERROR and visit.status in (404, 410)


def above(facts: SiteFacts, columns: Iterable[Column]) -> frozenset[str]:
    """The addresses of all columns above any of these."""
    parents: dict[str, list[str]] = {}
    for column in facts.columns:
        for child in column.children:
            parents.setdefault(child, []).append(column.url)
    found: set[str] = set()
    queue = [column.url for column in columns]
    while queue:
        for parent in parents.get(queue.pop(), ()):
            if parent not in found:
                found.add(parent)
                queue.append(parent)
    return frozenset(found)


def unread_below(facts: SiteFacts) -> frozenset[str]:
    """The addresses of columns that have an unread column somewhere below them."""
    return above(facts, (column for column in own_columns(facts) if unread(column)))


def blankness(column: Column, gaps_below: frozenset[str]) -> Opinion:
    """VIOLATION only for a column that was read, has nothing, and has nothing unread below it. One without a page is a
    dead link, not a column."""
    if column.entry_count or column.newest or column.newest_below:
        return Outcome.PASS, ""
    if _missing(column.visit):
        return Outcome.NOT_APPLICABLE, "栏目页面不存在，按链接不可用计"
    if reason := unread(column):
        return Outcome.UNKNOWN, reason
    if column.single_page or column.blank is False:
        return Outcome.PASS, ""
    if column.blank is True:
        below = column.url in gaps_below
        return (Outcome.UNKNOWN, "下级栏目未能读取") if below else (Outcome.VIOLATION, "")
    return (Outcome.UNKNOWN, "未能识别出列表") if column.category in LISTS else (Outcome.PASS, "")


@dataclass(frozen=True, slots=True)
class Survey:
    """The columns that were asked about, one for each page, by what is said of them."""

    bad: tuple[Column, ...]
    unknown: tuple[tuple[Column, str], ...]
    good: tuple[Column, ...]
    exempt: tuple[tuple[Column, str], ...]


def survey(columns: Iterable[Column], opinion: Callable[[Column], Opinion]) -> Survey:
    """A page that several menus name is one column, and the kindest opinion of it holds."""
    pages: dict[str, list[tuple[Column, Outcome, str]]] = {}
    for column in columns:
        url = column.url if column.visit is None or "#" in column.url else column.visit.final_url or column.url
        pages.setdefault(page_key(url), []).append((column, *opinion(column)))
    found: dict[Outcome, list[tuple[Column, str]]] = {outcome: [] for outcome in Outcome}
    for said in pages.values():
        for outcome in (Outcome.PASS, Outcome.UNKNOWN, Outcome.VIOLATION, Outcome.NOT_APPLICABLE):
            first = next(((column, reason) for column, other, reason in said if other is outcome), None)
            if first:
                found[outcome].append(first)
                break
    return Survey(
        bad=tuple(column for column, _ in found[Outcome.VIOLATION]),
        unknown=tuple(found[Outcome.UNKNOWN]),
        good=tuple(column for column, _ in found[Outcome.PASS]),
        exempt=tuple(found[Outcome.NOT_APPLICABLE]),
    )


def unread_rows(unknown: Iterable[tuple[Column, str]]) -> list[dict[str, Any]]:
    return [{"name": clip(column.name), "url": column.url, "reason": reason} for column, reason in unknown]


def count_finding(facts: SiteFacts, said: Survey, rows: list[dict[str, Any]], limit: int, *, minus: int = 0) -> Finding:
    """One site finding for ``number of bad columns >= limit``; ``minus`` bad ones are counted elsewhere."""
    gaps = list(walk_gap(facts))
    columns = own_columns(facts)
    if not columns:
        gaps.insert(0, "未识别出任何栏目")
    elif 2 * (missing := sum(1 for column in columns if _missing(column.visit))) > len(columns):
        gaps.insert(0, f"{len(columns)}个栏目中有{missing}个的页面不存在")  # more likely so for this visitor alone
    unknown = unread_rows(said.unknown)
    outcome = settle(len(rows), len(unknown), limit, gaps)
    evidence: dict[str, Any] = {
        "count": len(rows),
        "limit": limit,
        "judged": len(said.bad) + len(said.good) - minus,
        "columns": rows,
        "unread": unknown,
    }
    if outcome is Outcome.UNKNOWN:
        evidence["reason"] = unread_reason("栏目", unknown, gaps)
    return site_finding(outcome, facts, **evidence)


def columns_blank(facts: SiteFacts, params: BlankLimit) -> Iterator[Finding]:
    """Too many blank columns on the whole site."""
    gaps = unread_below(facts)
    said = survey(own_columns(facts), lambda column: blankness(column, gaps))
    rows = [
        {"name": clip(column.name), "url": column.url, "evidence": [clip(sign) for sign in column.evidence]}
        for column in said.bad
    ]
    yield count_finding(facts, said, rows, params.limit)


def column_blank(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """Each blank column."""
    gaps = unread_below(facts)
    said = survey(own_columns(facts), lambda column: blankness(column, gaps))
    if not (said.bad or said.unknown or said.good):
        yield site_finding(Outcome.UNKNOWN, facts, reason="未识别出任何栏目")
    for column in said.bad:
        yield column_finding(column, Outcome.VIOLATION, evidence=[clip(sign) for sign in column.evidence])
    for column, reason in said.unknown:
        yield column_finding(column, Outcome.UNKNOWN, reason=reason)
    for column in said.good:
        yield column_finding(column, Outcome.PASS)


def column_finding(column: Column, outcome: Outcome, **evidence: Any) -> Finding:
    shown = {"name": clip(column.name), "category": column.category.value, **evidence}
    return Finding(rule="", outcome=outcome, subject=column.url, url=column.url, where=column.found_on, evidence=shown)
