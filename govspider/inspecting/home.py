"""The real home page: after refreshes, script redirects and framesets, and what it says of itself."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from govspider.facts import NO_LINKS, Anchor, ColumnLink, Entry, Fetch, Home, Page, PageKind, Visit
from govspider.inspecting.closed import closed_sign
from govspider.inspecting.urls import host_of, is_web, key, split
from govspider.inspecting.visits import Look, Visitor
from govspider.reading import hosts

_FRAMES = 4
_SAMPLED_ARTICLES = 20  # opened at once; when none of them is new, some more
_MOST_ARTICLES = 60
_UNDATED_ENOUGH = 3
_DEEP = 12  # characters of an address's path; a home page's is shorter
_COVER = 200  # characters of text; a cover has a picture and a greeting
_NOT_RENDERED = "未用浏览器打开"


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page and the frames it is made of. ``page`` is None when it could not be read (``visit`` tells why).

    ``unseen``: why the browser did not show the whole of it, in Chinese; "" when it did. Nothing that scripts could
    still add is absent before that. ``closed``: the words in which it says that the site is no longer in operation.
    """

    visit: Visit
    page: Page | None
    frames: tuple[Page, ...] = ()
    unseen: str = _NOT_RENDERED
    closed: str = ""

    @property
    def pages(self) -> tuple[Page, ...]:
        return (*((self.page,) if self.page is not None else ()), *self.frames)

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        return tuple(anchor for page in self.pages for anchor in page.anchors)

    @property
    def links(self) -> tuple[Anchor, ...]:
        """What a visitor can see and follow to another page."""
        return tuple(anchor for anchor in self.anchors if anchor.kind == "page" and not anchor.hidden)

    @property
    def columns(self) -> tuple[ColumnLink, ...]:
        return tuple(column for page in self.pages for column in page.columns)


async def open_home(visitor: Visitor) -> HomeView:
    """Finds the page that a visitor of the registered address ends up reading."""
    look = await visitor.look(visitor.site.url)
    if look.external:  # moved: the new host is inspected, the move itself is a finding
        visitor.adopt(look.visit.final_url)
        moved = await visitor.look(look.visit.final_url)
        look = moved if moved.page is not None else look
    if look.page is not None and _is_empty_shell(look.page) and visitor.plan.browser:
        rendered = await visitor.look(look.visit.final_url, render=True)
        look = rendered if rendered.page is not None else look
    if look.page is None:
        return HomeView(look.visit, None)
    cover, look = look.page, await _behind_the_cover(visitor, look, look.page)
    page = look.page or cover
    frames = await _frames(visitor, page)
    if page is not cover:
        frames = (cover, *frames)
    closed = closed_sign([page, *frames]) or _for_sale(visitor, look)
    view = HomeView(look.visit, page, frames, _unseen(look), closed)
    if not view.anchors:
        unread = replace(look.visit, fetch=Fetch.OTHER, error=NO_LINKS, digest="", fetched_at=None)
        return HomeView(unread, None, closed=closed)
    return view


async def render_home(visitor: Visitor, view: HomeView) -> HomeView:
    """The home page as the browser shows it: menus and blocks that scripts write are there too. Asked for once."""
    if view.visit.rendered or view.page is None or view.unseen != _NOT_RENDERED:
        return view
    if not visitor.plan.browser:
        return replace(view, unseen="未启用浏览器，脚本生成的内容无法读取")
    look = await visitor.look(view.visit.final_url, render=True)
    frames = (*view.frames, look.page) if look.page is not None else view.frames
    return replace(view, frames=frames, unseen=_unseen(look))


def _for_sale(visitor: Visitor, look: Look) -> str:
    """What the page is when the registered address ended at a shop of names."""
    moved = host_of(look.visit.final_url) != host_of(visitor.site.url)
    return visitor.plan.lexicon.links.landing(hosts.host(look.visit.final_url)) if moved else ""


def _unseen(look: Look) -> str:
    if look.page is None:
        return f"浏览器未能打开（{look.reason or '原因不明'}）"
    if look.visit.rendered:
        return look.visit.error
    return _NOT_RENDERED


def _is_empty_shell(page: Page) -> bool:
    links = sum(1 for anchor in page.anchors if anchor.kind == "page" and not anchor.hidden)
    return (page.needs_browser and links < 30) or (links < 5 and page.kind is not PageKind.FRAMESET)


async def _behind_the_cover(visitor: Visitor, look: Look, page: Page) -> Look:
    """The page that a cover leads to by its only link into the site; what was looked at where it is no cover."""
    ways = {key(a.url): a.url for a in page.anchors if a.kind == "page" and not a.hidden and visitor.owns(a.url)}
    ways.pop(key(look.visit.final_url), None)
    if len(ways) != 1 or page.text_length > _COVER or page.needs_browser or page.kind is PageKind.FRAMESET:
        return look
    inside = await visitor.look(*ways.values())
    return inside if inside.page is not None and not _is_empty_shell(inside.page) else look


async def _frames(visitor: Visitor, page: Page) -> tuple[Page, ...]:
    urls = [anchor.url for anchor in page.anchors if anchor.kind == "frame" and visitor.owns(anchor.url)]
    looks = await visitor.look_all(list(dict.fromkeys(urls))[:_FRAMES])
    return tuple(frame.page for frame in looks if frame.page is not None)


def facts_of(view: HomeView) -> Home:
    """What the home page says of itself, before its news are dated."""
    page = view.page
    if page is None:
        return Home(view.visit, closed=view.closed)
    named = next((p for p in view.pages if p.site_id_code), page)
    return Home(
        visit=view.visit,
        title=page.title,
        site_name=page.site_name,
        site_id_code=named.site_id_code,
        icp=next((p.icp for p in view.pages if p.icp), None),
        police_filing=next((p.police_filing for p in view.pages if p.police_filing), None),
        party_gov_badge=any(p.party_gov_badge for p in view.pages),
        error_report_badge=any(p.error_report_badge for p in view.pages),
        meta=page.meta,
        closed=view.closed,
        links=len(view.links),
    )


@dataclass(frozen=True, slots=True)
class HomeNews:
    """The newest information on the home page. ``undated``: articles were opened and none shows a date."""

    newest: dt.date | None = None
    title: str = ""
    url: str = ""
    navigation_only: bool = False
    undated: bool = False
    reason: str = ""


async def date_home(
    visitor: Visitor, view: HomeView, known: Mapping[str, Entry], columns: Collection[str], since: dt.date
) -> HomeNews:
    """The newest date that the home page's own links and blocks lead to.

    known: entries of the columns by ``urls.key``, which date the same links on the home page. columns: the keys of the
    columns themselves. since: once a date at or after it is found, no article is opened. A cover page that only leads
    on to lists has ``navigation_only`` and no date. An old date beside links that could not be opened has a ``reason``.
    """
    own = [anchor for anchor in view.links if is_web(anchor.url) and visitor.owns(anchor.url)]
    listed = [known[key(anchor.url)] for anchor in own if key(anchor.url) in known]
    dated = [entry for entry in listed if entry.date is not None]
    dated += [entry for page in view.pages for entry in page.entries if entry.date is not None]
    best = _newest(dated, visitor.plan.checkpoint)
    shown = max((p.newest_anywhere for p in view.pages if p.newest_anywhere is not None), default=None)
    if shown is not None and (best is None or best.date is None or shown > best.date):
        best = Entry("", "", shown)
    if best is not None and best.date is not None and best.date >= since:
        return HomeNews(best.date, best.title, best.url)
    candidates = [entry for page in view.pages for entry in page.entries if entry.date is None]
    candidates += [Entry(a.text, a.url) for a in own if _article_like(a) and key(a.url) not in known]
    own_ones = [entry for entry in candidates if is_web(entry.url) and visitor.owns(entry.url)]
    unique = list({key(entry.url): entry for entry in own_ones if key(entry.url) not in columns}.values())
    looks: list[Look] = []
    while len(looks) < min(len(unique), _MOST_ARTICLES):
        batch = unique[len(looks) : len(looks) + _SAMPLED_ARTICLES]
        looks += await visitor.look_all([entry.url for entry in batch])
        articles = [
            Entry(entry.title, entry.url, look.page.stated)
            for entry, look in zip(unique, looks, strict=False)
            if look.page is not None and look.page.stated
        ]
        best = _newest([*articles, *([best] if best is not None else [])], visitor.plan.checkpoint)
        if best is not None and best.date is not None and best.date >= since:
            return HomeNews(best.date, best.title, best.url)
    failed = next((look for look in looks if look.page is None and not look.gone), None)
    if best is not None:
        unread = f"首页部分信息未注明发布时间，文章页未能读取：{failed.reason}" if failed is not None else ""
        reason = unread or await _written_later(visitor, looks)
        return HomeNews(best.date, best.title, best.url, reason=reason)
    read = [look.page for look in looks if look.page is not None]
    if not listed and len(read) == len(looks) and not any(page.kind is PageKind.ARTICLE for page in read):
        if len(_elsewhere(visitor, view)) >= _UNDATED_ENOUGH:
            return HomeNews(reason="首页信息未注明发布时间，且指向其他网站")
        return HomeNews(navigation_only=True)
    undated = sum(1 for page in read if _is_undated(page))
    if undated >= _UNDATED_ENOUGH and undated == len(looks):
        reason = await _written_later(visitor, looks)
        return HomeNews(undated=not reason, reason=reason)
    return HomeNews(reason="首页信息的发布时间无法读取")


def _is_undated(page: Page) -> bool:
    return page.kind is PageKind.ARTICLE and page.stated is None


async def _written_later(visitor: Visitor, looks: Collection[Look]) -> str:
    """Why articles without a date in their bytes may have one all the same, in Chinese; "" when the browser shows none on
    the first of them either, or there are none."""
    url = next((look.visit.final_url for look in looks if look.page is not None and _is_undated(look.page)), "")
    if not url:
        return ""
    if not visitor.plan.browser:
        return "首页部分信息未注明发布时间，未启用浏览器，不能确认"
    shown = await visitor.look(url, render=True)
    if shown.page is None or shown.visit.error:
        return f"首页部分信息未注明发布时间，浏览器未能打开文章页（{shown.reason or shown.visit.error}）"
    return "首页信息的发布时间由脚本生成，未能读取" if shown.page.stated else ""


def _newest(entries: list[Entry], checkpoint: dt.date) -> Entry | None:
    valid = [entry for entry in entries if entry.date is not None and entry.date <= checkpoint]
    return max(valid, key=lambda entry: entry.date or dt.date.min, default=None)


def _elsewhere(visitor: Visitor, view: HomeView) -> set[str]:
    """The articles of other sites that the home page shows; links to their home pages are none."""
    others = [a for a in view.links if is_web(a.url) and not visitor.owns(a.url) and _article_like(a)]
    return {key(anchor.url) for anchor in others if len(split(anchor.url)[2]) > _DEEP}


def _article_like(anchor: Anchor) -> bool:
    return len(anchor.text.strip()) >= 12
