"""What one column holds: its entries, their newest date, and whether it is blank - the ladder before an accusation.

Static HTML, then the carriers of the list's data, then the browser; where a list shows no date, articles are opened.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from govspider.facts import Category, Column, ColumnHint, Entry, Fetch, Page, PageKind, Visit
from govspider.inspecting.carried import read_carriers
from govspider.inspecting.content import is_explicit
from govspider.inspecting.discovery import Found
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import REPLACED, Look, Visitor

UNRECOGNISED = "浏览器打开后仍未能辨认列表"
SENT_HOME = "栏目跳转到网站首页"
NOT_EMPTY = "列表没有条目，但页面另有内容，不能确认是否空白"
_FOLLOWED_PAGES = 3
_SAMPLED = 4
_PINNED = 2  # lines newer than the one above them: more than one block of pinned lines causes
_TURN = re.compile(r"下\s*一?\s*页|更多|后页|^\W*\d{1,3}\W*$")
_KEPT_ENTRIES = 20
_SINGLE = {PageKind.ARTICLE, PageKind.GUIDE}


@dataclass(frozen=True, slots=True)
class Reading:
    """A column's list after the ladder. ``skeleton`` joins columns that are drawn alike."""

    found: Found
    look: Look
    page: Page | None = None
    entries: tuple[Entry, ...] = ()
    rendered: bool = False
    blank: bool | None = None
    signs: tuple[str, ...] = ()
    single: bool = False
    reason: str = ""

    @property
    def skeleton(self) -> frozenset[str]:
        return self.look.page.skeleton if self.look.page is not None else frozenset()


async def read_list(visitor: Visitor, found: Found) -> Reading:
    """The entries of a column, by the first means that yields any; otherwise what is known of its blankness."""
    look = await visitor.look(found.link.url)
    page = look.page
    if page is None:
        return Reading(found, look, reason=look.reason)
    if key(look.visit.final_url) == key(visitor.site.url) != key(found.link.url):
        return Reading(found, look, reason=SENT_HOME)
    if page.entries:
        return Reading(found, look, page, page.entries, blank=False)
    carried = await read_carriers(visitor, page)
    if carried.entries:
        return Reading(found, look, page, carried.entries, blank=False)
    if carried.empty:
        return await _in_frames(visitor, Reading(found, look, page, blank=True, signs=carried.signs), carried.empty)
    if page.kind in _SINGLE and page.blank is None and not page.needs_browser:
        return Reading(found, look, page, blank=False, single=True)
    return await _from_browser(visitor, found, look, page, carried.complete)


def external(found: Found) -> Reading:
    """A column on another host: listed, not read."""
    url = found.link.url
    return Reading(found, Look(Visit(url, url, Fetch.OFF_HOST), external=True), reason="指向其他网站")


async def _in_frames(visitor: Visitor, static: Reading, frames: tuple[str, ...]) -> Reading:
    """A column whose frames say that they are empty, once the browser shows no more of them."""
    for url in frames if visitor.plan.browser else ():
        shown = await visitor.look(url, render=True)
        if shown.page is None or shown.visit.error:
            reason = f"浏览器未能打开框架页（{shown.reason or shown.visit.error}）"
            return replace(static, blank=None, reason=reason)
        if shown.page.entries:
            return replace(static, entries=shown.page.entries, rendered=True, blank=False, signs=())
        if shown.page.blank is not True:
            return replace(static, rendered=True, blank=None, reason=UNRECOGNISED)
    return replace(static, rendered=visitor.plan.browser)


async def _from_browser(visitor: Visitor, found: Found, look: Look, page: Page, carried_all: bool) -> Reading:
    static = Reading(found, look, page, blank=page.blank if carried_all else None, signs=page.blank_signs)
    worth = page.blank is True or page.needs_browser or page.kind is PageKind.LIST or not carried_all
    if not worth:
        return replace(static, single=_is_single(page))
    if not visitor.plan.browser:
        if page.needs_browser or not carried_all:
            return replace(static, blank=None, reason="列表由脚本生成，未启用浏览器，无法读取")
        unsure = page.blank is True and not is_explicit(page.blank_signs)
        return replace(static, blank=None, reason="列表没有条目，未启用浏览器，不能确认是否空白") if unsure else static
    shown = await visitor.look(look.visit.final_url, render=True)
    # A count that the publishing system wrote into the page itself holds without its scripts.
    proved = static.blank is True and any("共 0 条" in sign for sign in static.signs)
    if shown.page is None:
        if proved and shown.reason == REPLACED:
            return replace(static, rendered=True)
        return replace(static, blank=None, reason=f"浏览器未能打开页面（{shown.reason or '原因不明'}）")
    if shown.page.entries:
        return Reading(found, look, shown.page, shown.page.entries, rendered=True, blank=False)
    if shown.visit.error:
        unread = replace(static, page=None, rendered=True, blank=None, reason=shown.visit.error)
        return replace(static, rendered=True) if proved else unread
    if shown.page.blank is True:
        signs = tuple(dict.fromkeys((*page.blank_signs, *shown.page.blank_signs)))
        return Reading(found, look, shown.page, rendered=True, blank=True, signs=signs)
    if _is_single(shown.page):
        return Reading(found, look, shown.page, rendered=True, blank=False, single=True)
    return replace(static, page=shown.page, rendered=True, blank=None, reason=UNRECOGNISED)


def _is_single(page: Page) -> bool:
    return page.blank is None and not page.needs_browser and page.kind is not PageKind.LIST


# ------------------------------------------------------------------------------------------------------------- dates


@dataclass(frozen=True, slots=True)
class Dated:
    """The newest entry of a list not after the checkpoint. ``undated``: no entry and no opened article has a date."""

    newest: Entry | None = None
    undated: bool = False
    reason: str = ""


async def date_list(visitor: Visitor, reading: Reading, since: dt.date) -> Dated:
    """Finds the newest date of a list. ``since``: from there on a date is new enough, and nothing more is opened."""
    checkpoint = visitor.plan.checkpoint
    entries = list(reading.entries)
    best = newest_of(entries, checkpoint)
    if best is not None and best.date is not None and best.date >= since:
        return Dated(best)
    more, gap = await _other_pages(visitor, reading, checkpoint)
    entries += more
    undated = [entry for entry in entries if entry.date is None]
    articles, opened_all = await _open_articles(visitor, undated)
    best = newest_of([*entries, *articles], checkpoint)
    if best is not None:
        old = best.date is None or best.date < since
        unread = "部分条目未注明发布时间，文章页未能读取" if undated and not opened_all else ""
        return Dated(best, reason=(gap or unread or _disorder(reading, undated, articles)) if old else "")
    if any(entry.date is not None for entry in [*entries, *articles]):
        return Dated(reason="所见信息的发布时间均晚于监测时间点")
    if not articles and _are_guides(visitor, undated):
        return Dated()
    if not opened_all or not articles:
        return Dated(reason="列表未注明发布时间，文章页未能读取")
    shown = await _in_browser(visitor, articles[0].url)
    return Dated(reason=shown) if shown else Dated(undated=True)


async def confirm_years(visitor: Visitor, reading: Reading) -> Reading:
    """Days without a year take the year that puts them last before the checkpoint. In a list that begins in last December
    and runs on downwards into November, that may be a year too late for all behind its head, unless the head is
    pinned: the newest entry's own page tells. A page that does not tell changes nothing."""
    entries, newest = reading.entries, newest_of(list(reading.entries), visitor.plan.checkpoint)
    head = entries[0].date if entries else None
    if head is None or newest is None or newest.date is None or not visitor.owns(newest.url):
        return reading
    if head.year != newest.date.year - 1 or (head.month, head.day) <= (newest.date.month, newest.date.day):
        return reading
    look = await visitor.look(newest.url)
    stated = look.page.stated if look.page is not None else None
    if stated is None or (stated.month, stated.day) != (newest.date.month, newest.date.day) or stated >= newest.date:
        return reading
    late = newest.date.year - stated.year
    behind = tuple(
        replace(entry, date=_years_back(entry.date, late)) if entry.date is not None and entry.date > head else entry
        for entry in entries
    )
    return replace(reading, entries=behind)


def _years_back(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


async def _in_browser(visitor: Visitor, url: str) -> str:
    """Why an article without a date may have one all the same, in Chinese; "" when the browser shows none either."""
    if not visitor.plan.browser:
        return "未注明发布时间，未启用浏览器，不能确认"
    look = await visitor.look(url, render=True)
    if look.page is None or look.visit.error:
        return f"未注明发布时间，浏览器未能打开文章页（{look.reason or look.visit.error}）"
    return "发布时间由脚本生成，未能读取" if look.page.stated else ""


async def _other_pages(visitor: Visitor, reading: Reading, checkpoint: dt.date) -> tuple[list[Entry], str]:
    """Entries of the pages that may hold newer ones, and why these could not all be read ("" when they were): the last
    page of an ascending list, the next ones while a page ends with an entry dated after the checkpoint, and those of a
    list in no order of time."""
    page, dates = reading.page, [entry.date for entry in reading.entries if entry.date is not None]
    ascending = len(dates) >= 2 and dates == sorted(dates) and dates[0] < dates[-1]
    mixed = not ascending and _is_mixed(dates)
    if page is None or not dates or not (ascending or mixed or dates[-1] > checkpoint):
        return [], ""
    target = (page.last_page if ascending else None) or page.next_page
    if (reading.rendered and target) or (not target and (ascending or mixed) and _turned_by_script(page)):
        return [], "列表的其他页由脚本生成，未能读取"
    entries: list[Entry] = []
    for _ in range(_FOLLOWED_PAGES):
        if not target or not visitor.owns(target):
            return entries, ""
        look = await visitor.look(target)
        if look.page is None:
            return entries, f"列表的其他页未能读取：{look.reason}"
        entries += look.page.entries
        dates = [entry.date for entry in look.page.entries if entry.date is not None]
        if not (ascending or mixed) and (not dates or dates[-1] <= checkpoint):
            return entries, ""
        target = None if key(target) == key(page.last_page or "") else look.page.next_page
    return entries, "列表的其他页较多，未全部读取" if target else ""


def _is_mixed(dates: list[dt.date]) -> bool:
    """Whether a list has no order of time: too many lines are newer than the one above them to be behind pinned ones."""
    rises = sum(above < below for above, below in pairwise(dates))
    return rises >= _PINNED and rises * 3 >= len(dates) - 1


def _turned_by_script(page: Page) -> bool:
    """Whether a list has further pages that no address leads to."""
    turning = any(anchor.kind == "script" and _TURN.search(anchor.text) for anchor in page.anchors)
    return turning or (page.page_count or 1) > 1


async def _open_articles(visitor: Visitor, undated: list[Entry]) -> tuple[list[Entry], bool]:
    """Opens the first undated entries, the last one, for a list may ascend, and the one whose address sorts last;
    (entries with dates, all were read)."""
    candidates = [entry for entry in undated if is_web(entry.url) and visitor.owns(entry.url)]
    sample = {entry.url: entry for entry in candidates[: _SAMPLED - 1]}
    if candidates:
        for entry in (candidates[-1], max(candidates, key=lambda entry: _natural(entry.url))):
            sample.setdefault(entry.url, entry)
    looks = await visitor.look_all(list(sample))
    opened = [
        replace(entry, date=look.page.stated)
        for entry, look in zip(sample.values(), looks, strict=True)
        if look.page is not None
        and (look.page.stated or (look.page.kind is PageKind.ARTICLE and not look.page.needs_browser))
    ]
    return opened, bool(sample) and len(opened) == len(sample)


def _disorder(reading: Reading, undated: list[Entry], articles: list[Entry]) -> str:
    """Why a newer article may stand among those of a list without dates that were not opened, in Chinese; "" when the
    opened ones descend, or ascend on the only page: a list by readers' interest has its newest entry anywhere."""
    if len(undated) != len(reading.entries) or len(articles) == len(undated):
        return ""
    stated = {entry.url: entry.date for entry in articles}
    dates = [date for entry in undated if (date := stated.get(entry.url)) is not None]
    if dates == sorted(dates, reverse=True):
        return ""
    more = reading.page is not None and (reading.page.next_page or reading.page.last_page)
    return "" if dates == sorted(dates) and not more else "列表未注明发布时间，也不按时间先后排列，未逐条核对"


def _are_guides(visitor: Visitor, undated: list[Entry]) -> bool:
    """Whether the pages behind a list that were opened are guides, which need no date: there is none to be found."""
    pages = [look.page for entry in undated if is_web(entry.url) and (look := visitor.seen(entry.url)) is not None]
    return bool(pages) and all(page is not None and page.kind is PageKind.GUIDE for page in pages)


def _natural(url: str) -> tuple[int, str]:
    """Addresses of one site in the order in which a system gives them out: longer numbers later."""
    return len(url), url


def newest_of(entries: list[Entry], checkpoint: dt.date) -> Entry | None:
    valid = [entry for entry in entries if entry.date is not None and entry.date <= checkpoint]
    return max(valid, key=lambda entry: entry.date or dt.date.min, default=None)


# ------------------------------------------------------------------------------------------------------------ column


def column_of(visitor: Visitor, reading: Reading, dated: Dated, category: Category, hint: ColumnHint | None) -> Column:
    """The facts of one column, before it is compared with the others."""
    link, newest = reading.found.link, dated.newest
    visit = replace(reading.look.visit, rendered=reading.rendered or reading.look.visit.rendered)
    return Column(
        name=hint.name if hint is not None else link.name,
        url=link.url,
        category=(hint.category if hint is not None and hint.category is not None else category),
        path=link.path,
        visit=visit,
        found_on=reading.found.found_on,
        entries=reading.entries[:_KEPT_ENTRIES],
        entry_count=len(reading.entries),
        newest=newest.date if newest is not None else None,
        newest_title=newest.title if newest is not None else "",
        newest_url=newest.url if newest is not None else "",
        undated=dated.undated,
        blank=reading.blank,
        evidence=reading.signs,
        external=reading.look.external or not visitor.owns(link.url),
        single_page=reading.single,
        max_days=hint.max_days if hint is not None else None,
        reason=reading.reason or dated.reason,
    )


def hint_for(visitor: Visitor, url: str) -> ColumnHint | None:
    return next((hint for hint in visitor.site.hints if key(hint.url) == key(url)), None)
