"""Signs that publishing dates were forged. Each is a clue that a person must weigh: dates are also put right, old
documents also published late. What lists of earlier inspections cannot have shown is never held against a site."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from govspider.checks.common import clip, days_before, iso, page_key, site_finding, walk_gap
from govspider.checks.identity import page_digest, title_digest
from govspider.facts import (
    ArticleText,
    Category,
    Column,
    Earlier,
    EarlierEntry,
    EarlierList,
    Entry,
    Finding,
    Outcome,
    SiteFacts,
)

LATE, MOVED, BURST, REPEATED = "补发旧日期信息", "改动发布日期", "集中标注同一日期", "旧稿换日期重发"
PINNED = 5  # entries at the head of a list that may be out of order
SHOWN = 10
LISTS = (Category.NEWS, Category.NOTICE, Category.POLICY, Category.INTERPRETATION)


@dataclass(frozen=True, slots=True)
class Window:
    """``days`` between dates that are still lawful; so many ``entries`` make a clue."""

    days: int
    entries: int


@dataclass(frozen=True, slots=True)
class Burst:
    """``entries`` of one date, at most ``near`` days before the checkpoint, after a silence of ``silence`` days."""

    entries: int
    near: int
    silence: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """Texts of at least ``sentences`` sentences (``untitled`` under different titles) that are ``alike`` and dated
    ``days`` apart."""

    alike: float
    sentences: int
    untitled: int
    days: int


@dataclass(frozen=True, slots=True)
class Forging:
    """``news`` holds for news columns, ``documents`` for notices, policies and interpretations. ``covered``: so many
    older dated entries must have followed in the earlier list; ``kept``: the share of its entries that must still be
    there, else the list is another one. ``migrated``: where dates changed in more than this share of the columns, the
    system changed and not the facts."""

    late_news: Window
    late_documents: Window
    moved: Window
    burst_news: Burst
    burst_documents: Burst
    repeat: Repeat
    covered: int
    kept: float
    migrated: float


def dates_forged(facts: SiteFacts, params: Forging) -> Iterator[Finding]:
    """One clue for each column and sign; the site as a whole passes when there is none."""
    columns = [c for c in facts.columns if c.category in LISTS and c.entries and not c.external]
    clues = [] if facts.past.earlier is None else list(_compared(columns, facts.past.earlier, facts.checkpoint, params))
    clues += [clue for column in columns if (clue := _burst(column, facts.checkpoint, params)) is not None]
    clues += _repeated(columns, facts, params.repeat)
    yield from {clue.subject: clue for clue in clues}.values()
    if clues:
        return
    gaps = walk_gap(facts)
    yield site_finding(
        Outcome.UNKNOWN if gaps else Outcome.PASS, facts, **({"reason": "；".join(gaps)} if gaps else {})
    )


def _clue(column: Column, sign: str, rows: Sequence[Mapping[str, str | None]], why: str, compared: str = "") -> Finding:
    evidence = {
        "name": clip(column.name),
        "sign": sign,
        "count": len(rows),
        "why": why,
        "compared": compared,
        "entries": list(rows[:SHOWN]),
    }
    return Finding("", Outcome.VIOLATION, f"{column.url}#{sign}", column.url, column.url, evidence)


def _told(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _row(entry: Entry, **more: str | None) -> dict[str, str | None]:
    return {"name": clip(entry.title), "url": entry.url, "shown": iso(entry.date), **more}


# ------------------------------------------------------------------------------------------ against an earlier reading


def _compared(columns: Iterable[Column], earlier: Earlier, checkpoint: dt.date, params: Forging) -> Iterator[Finding]:
    then = {one.page: one for one in earlier.lists}
    both = [(column, then[page]) for column in columns if (page := page_digest(column.url)) in then]
    titles = {entry.title for one in earlier.lists for entry in one.entries}
    known = {*earlier.known, *(entry.page for one in earlier.lists for entry in one.entries)}
    seen = f"{earlier.seen:%Y-%m-%d}"
    for column, before in both:
        if late := _late(column, before, earlier.seen, known, titles, params):
            why = f"{_told(earlier.seen)}检查时，该栏目列表中已有比它们更早的信息，当时却没有它们"
            yield _clue(column, LATE, [_row(entry) for entry in late], why, seen)
    moves = [(column, moved) for column, before in both if (moved := _moved(column, before, checkpoint, params.moved))]
    if len(both) > 1 and len(moves) > len(both) * params.migrated:
        return
    for column, moved in moves:
        rows = [_row(entry, was=iso(old)) for entry, old in moved]
        yield _clue(column, MOVED, rows, f"同一地址、同一标题的信息，{_told(earlier.seen)}检查时标注的日期较早", seen)


def _late(
    column: Column, then: EarlierList, seen: dt.date, known: set[str], titles: set[str], params: Forging
) -> list[Entry]:
    """Entries that the earlier reading must have shown, had they been there with their dates."""
    ordered = _ordered([entry for entry in then.entries if entry.date is not None])
    window = params.late_news if column.category is Category.NEWS else params.late_documents
    if len(ordered) <= params.covered or not _is_same_list(column, ordered, params.kept):
        return []
    floor = ordered[-1 - params.covered].date
    newest = days_before(seen, window.days)
    places = {_place(e.url) for e in column.entries if page_digest(e.url) in known}
    late = [
        entry
        for entry in _unique(column.entries)
        if entry.date is not None
        and floor is not None
        and floor < entry.date <= newest
        and page_digest(entry.url) not in known
        and title_digest(entry.title) not in titles
        and _place(entry.url) in places
    ]
    return late if len(late) >= window.entries else []


def _ordered(entries: Sequence[EarlierEntry]) -> Sequence[EarlierEntry]:
    """The part of a list that goes from new to old without a break, after what is pinned above it; empty when more
    than PINNED entries are out of order."""
    start = 0
    for place, (one, other) in enumerate(pairwise(entries)):
        if one.date is not None and other.date is not None and one.date < other.date:
            start = place + 1
    return entries[start:] if start <= PINNED else ()


def _is_same_list(column: Column, ordered: Sequence[EarlierEntry], kept: float) -> bool:
    """Whether what the earlier list showed is still there, as far as this one reaches back."""
    oldest = min((e.date for e in column.entries[PINNED:] or column.entries if e.date is not None), default=None)
    if oldest is None:
        return False
    now = {page_digest(e.url) for e in column.entries} | {title_digest(e.title) for e in column.entries}
    expected = [entry for entry in ordered if entry.date is not None and entry.date > oldest]
    still = sum(1 for entry in expected if entry.page in now or entry.title in now)
    return bool(expected) and still >= len(expected) * kept


def _place(url: str) -> str:
    """The folder of an address without its numbers: one system files the entries of one column alike."""
    return "/".join(part for part in page_key(url).split("?")[0].split("/")[:-1] if not any(map(str.isdigit, part)))


def _unique(entries: Iterable[Entry]) -> list[Entry]:
    """Entries with an address of their own, each once."""
    rows = list(entries)
    times = Counter(page_digest(entry.url) for entry in rows)
    return [entry for entry in rows if entry.url and times[page_digest(entry.url)] == 1]


def _moved(column: Column, then: EarlierList, checkpoint: dt.date, window: Window) -> list[tuple[Entry, dt.date]]:
    """Entries whose date became a later one. One alone counts only where the column owes it its newest date."""
    times = Counter(entry.page for entry in then.entries)
    old = {entry.page: entry for entry in then.entries if times[entry.page] == 1}
    moved: list[tuple[Entry, dt.date]] = []
    for entry in _unique(column.entries):
        was = old.get(page_digest(entry.url))
        if was is None or was.date is None or entry.date is None or was.title != title_digest(entry.title):
            continue
        same_day = (was.date.month, was.date.day) == (entry.date.month, entry.date.day)  # a year that was guessed
        if not same_day and (entry.date - was.date).days >= window.days and entry.date <= checkpoint:
            moved.append((entry, was.date))
    steps = {entry.date - was for entry, was in moved if entry.date is not None}
    if len(moved) > 2 and len(steps) == 1:  # no person redates that evenly: the list counts its days anew
        return []
    rest = {page_digest(entry.url) for entry, _ in moved}
    newest = max((e.date for e, _ in moved if e.date is not None), default=None)
    others = [e.date for e in column.entries if e.date is not None and page_digest(e.url) not in rest]
    leads = newest is not None and all(day < newest for day in others if day <= checkpoint)
    return moved if len(moved) >= window.entries or (moved and leads) else []


# -------------------------------------------------------------------------------------------------- in one reading


def _burst(column: Column, checkpoint: dt.date, params: Forging) -> Finding | None:
    """Many entries of one day shortly before the checkpoint, after which the list goes on with old ones."""
    limit = params.burst_news if column.category is Category.NEWS else params.burst_documents
    dated = [entry for entry in _unique(column.entries) if entry.date is not None and entry.date <= checkpoint]
    days = Counter(entry.date for entry in dated if entry.date is not None)
    for day, times in days.items():
        older = max((other for other in days if other < day), default=None)
        newer = any(other > day for other in days)
        if times < limit.entries or older is None or newer or day < days_before(checkpoint, limit.near):
            continue
        if (day - older).days >= limit.silence:
            rows = [_row(entry) for entry in dated if entry.date == day]
            why = f"监测时间点前{(checkpoint - day).days}天集中出现，此前最近一条为{_told(older)}，中断{(day - older).days}天"
            return _clue(column, BURST, rows, why)
    return None


def _repeated(columns: Sequence[Column], facts: SiteFacts, params: Repeat) -> Iterator[Finding]:
    """News whose text stood under an older date before, at another address."""
    news = {page_digest(e.url): c for c in columns if c.category is Category.NEWS for e in c.entries}
    known = {page_digest(one.url): one for one in (*facts.past.texts, *facts.articles) if one.date is not None}
    found: dict[str, list[dict[str, str | None]]] = {}
    for page, article in known.items():
        alike = [other for place, other in known.items() if place != page and _is_copy(article, other, params)]
        # A text that several pages share is a form: a picture's caption, a standing notice.
        if page in news and len(alike) == 1 and _days(article, alike[0]) >= params.days:
            row = _row(Entry(article.title, article.url, article.date), was=iso(alike[0].date), first=alike[0].url)
            found.setdefault(news[page].url, []).append(row)
    for column in columns:
        if rows := found.pop(column.url, None):
            yield _clue(column, REPEATED, rows, "正文与此前以较早日期发布的文章基本相同")


def _is_copy(article: ArticleText, other: ArticleText, params: Repeat) -> bool:
    titled = title_digest(article.title) == title_digest(other.title)
    least = params.sentences if titled else params.untitled
    if min(len(article.sketch), len(other.sketch)) < least:
        return False
    both, either = set(article.sketch) & set(other.sketch), set(article.sketch) | set(other.sketch)
    return len(both) >= len(either) * params.alike


def _days(article: ArticleText, other: ArticleText) -> int:
    return (article.date - other.date).days if article.date is not None and other.date is not None else 0
