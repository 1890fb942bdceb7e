"""Walking one site: from the home page to all that the indicators ask about. Knows no Scrapy, no clock but the plan's.

The order is an inspector's: home page, columns level by level, services, interaction, links. Every step is told the
site's whole address space through one ``Visitor``, so no address is asked twice and one budget holds for all. The
samples come after it and have a budget of their own; what the walk left is spent on where its dead links stand.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from govspider.facts import Anchor, Category, Column, Fetcher, Home, PageKind, Site, SiteFacts
from govspider.inspecting import discovery, emptiness, home, interaction, links, lists, services, siblings
from govspider.inspecting.account_mentions import account_mentions
from govspider.inspecting.articles import read_again, read_articles, texts_of
from govspider.inspecting.attachments import read_files_again, sample_attachments
from govspider.inspecting.beside import boxes_of
from govspider.inspecting.content import chrome_of
from govspider.inspecting.content_clues import harmful_links, leaks_of, pages_of, wording_of
from govspider.inspecting.discovery import Found
from govspider.inspecting.history import History, gone_columns
from govspider.inspecting.home import HomeView
from govspider.inspecting.layout import layout_of
from govspider.inspecting.lists import Dated, Reading
from govspider.inspecting.plan import Plan
from govspider.inspecting.samples import take_samples
from govspider.inspecting.survey import survey_links
from govspider.inspecting.tampering import find_tampering
from govspider.inspecting.urls import key
from govspider.inspecting.visits import Visitor

__all__ = ["Plan", "inspect_site"]

_HOME_WINDOW = dt.timedelta(days=14)
_FRESH = dt.timedelta(days=14)  # newer than this satisfies every window: no article needs to be opened


async def inspect_site(site: Site, fetch: Fetcher, plan: Plan) -> SiteFacts:
    """Reads one site. Never raises for what the web does; what could not be read is said in the facts."""
    visitor = Visitor(site, fetch, plan)
    view = await home.open_home(visitor)
    if view.page is None:
        return _facts(visitor, Home(view.visit, closed=view.closed), visitor.stopped)
    await visitor.learn_not_found()
    sitemap = next((page.sitemap for page in view.pages if page.sitemap), None)
    found = await discovery.discover(visitor, view, sitemap)
    if not _promising(found, visitor) and plan.browser:
        view = await home.render_home(visitor, view)
        found = await discovery.discover(visitor, view, sitemap)
    columns = await _read_columns(visitor, list(found))
    offered = await services.find_services(visitor, view, columns)
    talk = await interaction.find_interaction(visitor, view, columns)
    if not offered.found or not _consults(talk):
        view = await home.render_home(visitor, view)  # menus written by scripts, before absence is claimed
        offered = offered if offered.found else await services.find_services(visitor, view, columns)
        talk = talk if _consults(talk) else await interaction.find_interaction(visitor, view, columns)
    news = await _news(visitor, view, columns)
    if news.newest is None or news.newest < plan.checkpoint - _HOME_WINDOW:
        view = await home.render_home(visitor, view)  # news written by scripts, before the home page is called old
        news = _doubted(await _news(visitor, view, columns), view, columns, plan.checkpoint)
    tried = await links.check_links(visitor, view, _other_links(visitor, columns))
    gone = await gone_columns(visitor, History(plan.earlier), columns)
    traces, scripts_unread = await find_tampering(visitor, view)
    stated = home.facts_of(view)
    stopped = visitor.stopped or (f"栏目超过 {discovery.MOST_COLUMNS} 个，未全部读取" if found.overflow else "")
    samples = await take_samples(visitor, view, columns, offered, talk.messages)
    revisits = await read_again(visitor)
    files_again, leaked_again, revisited = await read_files_again(visitor)
    await read_articles(visitor, columns)
    pages = pages_of(visitor, view)
    files, leaked = await sample_attachments(visitor, pages)
    surveyed = await survey_links(visitor, view, tried.checks)
    said = [*pages, *surveyed.telling]
    return _facts(
        visitor,
        _dated_home(stated, news, columns),
        stopped,
        columns=(*columns, *gone),
        services=offered.found,
        services_unread=(*offered.unread, *([] if offered.found else _not_absent(view))),
        channels=talk.channels,
        channels_unread=(*talk.channels_unread, *([] if _consults(talk) else _not_absent(view))),
        messages=talk.messages,
        messages_unread=talk.messages_unread,
        links=surveyed.checks,
        links_read=surveyed.read,
        links_known=surveyed.known,
        links_sampled=tried.eligible,
        links_gone=tried.gone,
        tampering=traces,
        tampering_unread=scripts_unread,
        samples=samples,
        layout=layout_of(None if view.visit.rendered else view.page, columns),
        articles=texts_of(pages, columns),
        wording=wording_of(said),
        leaks=(*leaks_of(said), *leaked_again, *leaked),
        attachments=(*files_again, *files),
        revisits=(*revisits, *revisited),
        harmful=harmful_links(visitor, said, tried.checks),
        mentions=account_mentions(pages),
    )


async def _read_columns(visitor: Visitor, found: list[Found]) -> tuple[Column, ...]:
    """Every column's list with its newest date, compared with its siblings, parents and children told."""
    readings = await visitor.gather(lambda one: _read(visitor, one), found)
    history = History(visitor.plan.earlier)
    named = [reading for one in readings if (reading := _named(one)) is not None]
    chrome = chrome_of(page for _, page in visitor.read_pages())
    boxes = boxes_of(reading.page for reading in named if reading.page is not None)
    links = [reading.found.link for reading in named]
    lead_on = {link.path[-1] for link in links if link.path and link.path[-1] != link.name}

    async def doubt(reading: Reading) -> Reading:
        reading = await emptiness.own_part(visitor, reading, boxes, chrome)
        leads_on = reading.found.link.name in lead_on
        # 概况 pages are short, and what they say may stand in the site's foot as well.
        short = _category_of(visitor, reading) is Category.OVERVIEW
        return reading if leads_on else await emptiness.doubt_emptiness(visitor, reading, chrome, short=short)

    settled = siblings.settle_blanks(await visitor.gather(doubt, named), history)
    since = visitor.plan.checkpoint - _FRESH

    async def finish(reading: Reading) -> Column:
        reading = await lists.confirm_years(visitor, reading)
        dated = await lists.date_list(visitor, reading, since) if reading.entries else Dated()
        hint = lists.hint_for(visitor, reading.found.link.url)
        return lists.column_of(visitor, reading, dated, _category_of(visitor, reading), hint)

    columns = siblings.without_twins(await visitor.gather(finish, settled))
    columns = siblings.without_articles(columns, {key(hint.url) for hint in visitor.site.hints})
    return tuple(history.remember(column) for column in siblings.relate(columns))


def _category_of(visitor: Visitor, reading: Reading) -> Category:
    link = reading.found.link
    meta = reading.look.page.meta if reading.look.page is not None else {}
    return visitor.plan.categories.category(link.name, link.path, link.url, meta)


def _named(reading: Reading) -> Reading | None:
    """A column behind a picture takes its name from its page; where no list stands behind the link, it was no column."""
    link, page = reading.found.link, reading.look.page
    if link.source not in discovery.UNSURE:
        return reading
    listed = reading.entries or reading.blank is True or (page is not None and page.kind is PageKind.LIST)
    if page is None or reading.single or not listed or not (name := link.name or discovery.named_by(page)):
        return None
    return replace(reading, found=replace(reading.found, link=replace(link, name=name)))


async def _read(visitor: Visitor, found: Found) -> Reading:
    if not visitor.owns(found.link.url):
        return lists.external(found)
    return await lists.read_list(visitor, found)


def _promising(found: discovery.Columns, visitor: Visitor) -> bool:
    """Whether enough columns were found to believe that the menus stood in the static HTML."""
    return sum(1 for one in found if visitor.owns(one.link.url)) >= 3


def _consults(talk: interaction.Interaction) -> bool:
    return any(channel.kind == "consultation" for channel in talk.channels)


def _not_absent(view: HomeView) -> tuple[str, ...]:
    """Why what the home page does not offer may be offered all the same."""
    return (f"首页{view.unseen}",) if view.unseen else ()


async def _news(visitor: Visitor, view: HomeView, columns: tuple[Column, ...]) -> home.HomeNews:
    known, of_lists = services.entries_of(columns), {key(column.url) for column in columns if not column.single_page}
    return await home.date_home(visitor, view, known, of_lists, visitor.plan.checkpoint - _HOME_WINDOW)


def _doubted(news: home.HomeNews, view: HomeView, columns: Iterable[Column], checkpoint: dt.date) -> home.HomeNews:
    """An old home page that the browser did not show may take its news from scripts: when it is a shell, or when news
    of the window stand in the columns."""
    since = checkpoint - _HOME_WINDOW
    fresh = any(column.newest is not None and since <= column.newest <= checkpoint for column in columns)
    shell = view.page is not None and view.page.needs_browser
    if not view.unseen or news.reason or not (fresh or shell or news.undated):
        return news
    leads_on = news.navigation_only and not shell
    return replace(news, navigation_only=leads_on, reason=f"首页{view.unseen}，其信息可能由脚本生成")


def _dated_home(stated: Home, news: home.HomeNews, columns: Iterable[Column]) -> Home:
    """Adds the news; a home page that only leads on takes the newest date of its second-level pages (indicator 3)."""
    newest = news.newest
    if news.navigation_only:
        newest = max((column.newest for column in columns if column.newest is not None), default=None)
    return replace(
        stated,
        newest=newest,
        newest_title=news.title,
        newest_url=news.url,
        navigation_only=news.navigation_only,
        undated=news.undated,
        reason=news.reason,
    )


def _other_links(visitor: Visitor, columns: Iterable[Column]) -> list[tuple[str, Anchor]]:
    """The links of the column pages, with the page they stand on."""
    pages = {key(column.url): column.url for column in columns if not column.external}
    looks = [(url, visitor.seen(url)) for url in pages.values()]
    return [(url, anchor) for url, look in looks if look is not None and look.page for anchor in look.page.anchors]


def _facts(visitor: Visitor, stated: Home, stopped: str, **read: Any) -> SiteFacts:
    return SiteFacts(
        site=visitor.site,
        checkpoint=visitor.plan.checkpoint,
        home=stated,
        pages=visitor.pages,
        rendered=visitor.rendered,
        blocked=visitor.blocked,
        failed=visitor.failed,
        complete=not stopped,
        stopped=stopped,
        earlier=visitor.plan.earlier,
        past=visitor.plan.past,
        earlier_links=visitor.plan.earlier_links,
        earlier_clues=visitor.plan.earlier_clues,
        **read,
    )
