"""Which columns a site has: navigation, home-page blocks, site map, side bars, level by level."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from govspider.facts import ColumnLink, Page, PageKind
from govspider.inspecting.home import HomeView
from govspider.inspecting.urls import TrapGuard, folder, is_web, key, repeats_itself, split, stem
from govspider.inspecting.visits import Visitor

PICTURE = "picture"  # the source of a column whose link has no text
HUB = "hub"  # the source of a short link on a page that is no list itself
UNSURE = {PICTURE, HUB}  # links that are columns only when a list stands behind them
PICTURED_HOME = "首页图片入口"  # what stands above such a column of the home page
_LEVELS = 4
MOST_COLUMNS = 400
_PICTURED = 30
_FEW = 3  # columns that a menu of a site has at least
_ENTRANCE = range(2, 13)  # characters of a cover page's entrance
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|zip|rar|7z|jpe?g|png|gif|mp[34]|apk)$", re.IGNORECASE)
_TITLE_PARTS = re.compile(r"\s*[-_|—–]+\s*")
_NOT_A_COLUMN = re.compile(
    r"^(?:[\d\s./:：\-—年月日第页共条]*|首\s*页|网站首页|返回.*|更多.*|more.*|上一页|下一页|尾页)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A column to read: its link, and the page that led to it."""

    link: ColumnLink
    found_on: str


class Columns:
    """The columns found so far, each address once, in the order of finding."""

    def __init__(self, visitor: Visitor, view: HomeView) -> None:
        self._visitor = visitor
        site = visitor.site
        self._site_names = {site.name, site.sponsor, *(name for p in view.pages for name in (p.title, p.site_name))}
        self._guard = TrapGuard()
        self._found: dict[str, Found] = {}
        self.overflow = False

    def __iter__(self) -> Iterator[Found]:
        return iter(self._found.values())

    def add(self, links: Iterable[ColumnLink], found_on: str, above: tuple[str, ...] = ()) -> list[Found]:
        """Takes in what a page offers; returns what is new. ``above``: the names over a side bar's columns."""
        fresh: list[Found] = []
        for link in links:
            if not self._is_column(link):
                continue
            identity = key(link.url)
            if identity in self._found:
                continue
            if len(self._found) >= MOST_COLUMNS:
                self.overflow = True
                break
            # A page that leads on and on to itself with other parameters is a calendar or a search.
            if stem(link.url) == stem(found_on) and not self._guard.allows(link.url):
                continue
            named = tuple(name for name in link.path if name not in self._site_names)
            path = named or (above if link.source in ("side", PICTURE, HUB) else ())
            found = Found(replace(link, path=path[-6:]), found_on)
            self._found[identity] = found
            fresh.append(found)
        return fresh

    def place(self, links: Iterable[ColumnLink]) -> None:
        """A column found in a block of the home page takes the place that a column's page gives it below another."""
        for link in links:
            one = self._found.get(key(link.url)) if link.path and link.url else None
            if one is None or one.link.path or one.link.source != "block" or one.link.name != link.name:
                continue
            path = tuple(name for name in link.path if name not in self._site_names)
            if path and any(other.link.name == path[-1] for other in self):
                self._found[key(link.url)] = replace(one, link=replace(one.link, path=path))

    def _is_column(self, link: ColumnLink) -> bool:
        if not link.url or not is_web(link.url) or repeats_itself(link.url) or _FILE.search(split(link.url)[2]):
            return False
        if link.source != PICTURE and _NOT_A_COLUMN.match(link.name.strip()):
            return False
        return key(link.url) != key(self._visitor.site.url)


async def discover(visitor: Visitor, view: HomeView, sitemap: str | None) -> Columns:
    """Walks from the home page's navigation down, level by level, until nothing new is found or a budget ends it."""
    columns = Columns(visitor, view)
    home_url = view.visit.final_url
    fresh = [found for hint in visitor.site.hints for found in columns.add([ColumnLink(hint.name, hint.url)], home_url)]
    for page in view.pages:
        fresh += columns.add(page.columns, home_url)
        fresh += columns.add(_pictured(page), home_url, (PICTURED_HOME,))
    if len(fresh) < _FEW:
        fresh += columns.add(_entrances(view), home_url)
    if sitemap and visitor.owns(sitemap):
        look = await visitor.look(sitemap)
        if look.page is not None:
            fresh += columns.add(look.page.columns, sitemap)
    everywhere = {key(link.url) for page in view.pages for link in page.columns}
    shown = {key(anchor.url) for anchor in view.links}
    for _ in range(_LEVELS):
        own = [found for found in fresh if visitor.owns(found.link.url)]
        if not own or visitor.out_of_time():
            break
        looks = await visitor.look_all([found.link.url for found in own])
        fresh = []
        for found, look in zip(own, looks, strict=True):
            if look.page is None:
                continue
            columns.place(look.page.columns)
            below = _below(look.page, found, everywhere, shown)
            fresh += columns.add(below, look.visit.final_url, (*found.link.path, found.link.name))
    return columns


def _pictured(page: Page) -> list[ColumnLink]:
    """Links that are a picture without any text: on a home page often the entrances of its special topics."""
    links = [anchor for anchor in page.anchors if anchor.kind == "page" and not anchor.text.strip()]
    return [ColumnLink("", anchor.url, source=PICTURE) for anchor in links if not anchor.hidden][:_PICTURED]


def _led_to(page: Page) -> list[ColumnLink]:
    """The short links of a page that is neither a list nor an article: a directory of units or topics."""
    if page.entries or page.kind in (PageKind.ARTICLE, PageKind.GUIDE):
        return []
    links = [anchor for anchor in page.anchors if anchor.kind == "page" and not anchor.hidden]
    short = [ColumnLink(a.text.strip(), a.url, source=HUB) for a in links if len(a.text.strip()) in _ENTRANCE]
    return short[:_PICTURED]


def _entrances(view: HomeView) -> list[ColumnLink]:
    """The short links of a page without a menu: a cover page's entrances to its second level."""
    links = [(anchor.text.strip(), anchor.url) for anchor in view.links]
    return [ColumnLink(text, url) for text, url in links if len(text) in _ENTRANCE]


def named_by(page: Page) -> str:
    """A column's name as its own page states it: the end of the breadcrumb, else the start of the title."""
    crumb = page.breadcrumb[-1].strip() if page.breadcrumb else ""
    return (crumb or _TITLE_PARTS.split(page.title.strip(), maxsplit=1)[0])[:40]


def _below(page: Page, found: Found, everywhere: set[str], shown: set[str]) -> list[ColumnLink]:
    """The columns that a column page adds: its side bar and blocks, and menu items that the home page lacks.

    everywhere: the keys of the home page's columns; shown: those of all its links.
    """
    here = folder(found.link.url)
    links = [link for link in page.columns if key(link.url) not in everywhere]
    links += [link for link in (*_pictured(page), *_led_to(page)) if key(link.url) not in shown | everywhere]
    nested = [link for link in links if link.source == "side" or folder(link.url).startswith(here)]
    return nested + [link for link in links if link not in nested]
