"""Published statistics: of services (办事统计) and of letters (留言受理反馈统计), and the newest date that they show."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from govspider.facts import Anchor, Category, Column, Fetch, Page, PageKind, Statistic
from govspider.inspecting.home import render_home
from govspider.inspecting.sampler import Sampler
from govspider.inspecting.urls import is_web, key
from govspider.reading import dates

_NAME = 20  # characters of a column's or a link's name
_LINE = 60  # characters of a line that may be a heading of statistics
_PLACES = 4  # columns that are looked at in the browser
_COUNTED = re.compile(r"(?:受理|办结|办件|收件|收到|回复|答复|来信|留言|信件|诉求)\D{0,12}\d+\s*(?:件|条|封|个|次|%)")
_TALK = re.compile(r"互动|信箱|留言|信件|来信|写信|咨询|投诉|诉求|答复|回复|问政|民意")
_MONTH = re.compile(r"(20\d\d)\s*(?:年|[-/.])\s*(1[0-2]|0?[1-9])\s*(?:月|(?=\s*$))")


@dataclass(frozen=True, slots=True)
class _Kind:
    """``names`` of columns and links, ``category`` of the columns under which they stand. ``told``: whether counts on a board's own
    page are the statistics already."""

    id: str
    title: str
    names: re.Pattern[str]
    category: Category
    told: bool


_SERVICE = _Kind(
    "service",
    "办事统计",
    re.compile(
        r"(?:办事|办件|政务服务|服务事项|事项办理|业务办理|行政许可|审批|办理)\S{0,4}(?:统计|数据(?!\S{0,2}局|管理|资源|中心)|月报|公示)|办件(?:量|数)|办件情况"
    ),
    category=Category.SERVICE,
    told=False,
)
_MESSAGES = _Kind(
    "messages",
    "留言受理反馈统计",
    re.compile(
        r"(?:留言|信件|来信|写信|信箱|咨询|投诉|诉求|互动|答复|回复|办理|受理)\S{0,4}(?:统计|通报|分析|月报)|(?:办理|办件)情况统计"
    ),
    category=Category.INTERACTION,
    told=True,
)


async def find_statistics(sampler: Sampler) -> tuple[Statistic, ...]:
    """That there are none is said only when the browser showed the places where they would stand."""
    if not sampler.thorough:
        return ()
    return await _find(sampler, _SERVICE), await _find(sampler, _MESSAGES)


async def _find(sampler: Sampler, kind: _Kind) -> Statistic:
    """A second time when the browser has shown more."""
    if found := await _seen(sampler, kind):
        return found
    gap = await _unseen(sampler, kind)
    if found := await _seen(sampler, kind):
        return found
    if gap := gap or _hinted(sampler, kind):
        return Statistic(kind.id, reason=f"未找到{kind.title}，{gap}，请人工核对")
    return Statistic(kind.id, published=False)


async def _seen(sampler: Sampler, kind: _Kind) -> Statistic | None:
    named = (c for c in sampler.columns if not c.gone and c.url and len(c.name) <= _NAME and _is_of(kind, c))
    if column := next(named, None):
        return _of_column(sampler, kind, column)
    pages = [(sampler.view.visit.final_url, page) for page in sampler.view.pages] + sampler.visitor.read_pages()
    links = (a for _, page in pages for a in page.anchors if a.kind in ("page", "script") and len(a.text) <= _NAME)
    known = {key(column.url) for column in sampler.columns}
    links = (anchor for anchor in links if not anchor.url or key(anchor.url) not in known)
    links = (anchor for anchor in links if bool(_TALK.search(anchor.text)) == (kind is _MESSAGES))
    if link := next((anchor for anchor in links if kind.names.search(anchor.text)), None):
        return await _of_link(sampler, kind, link)
    for url, page in pages if kind.told else ():
        line = next((line for line in sorted(page.lines) if _COUNTED.search(line)), "") if page.messages else ""
        if line:
            return Statistic(kind.id, published=True, name=line, url=url)
    return None


async def _unseen(sampler: Sampler, kind: _Kind) -> str:
    """Why statistics may stand where nobody looked, in Chinese; "" when they cannot. Opens in the browser the home page, the
    first column of their category, and the others where that one showed more there."""
    visitor = sampler.visitor
    if not visitor.plan.browser:
        return "未启用浏览器，脚本生成的内容看不到"
    if (view := await render_home(visitor, sampler.view)).unseen:
        return f"首页{view.unseen}"
    own = [c for c in sampler.columns if not c.gone and not c.external and visitor.owns(c.url)]
    if unread := [c for c in own if c.visit is None or c.visit.fetch is not Fetch.OK]:
        return f"有{len(unread)}个栏目未能读取（“{unread[0].name}”）"
    places = [(c, look) for c in own if c.category is kind.category and (look := visitor.seen(c.url)) is not None]
    if not places:
        return "没有读到本网站的相应栏目"
    more = True
    for number, (column, look) in enumerate(places):
        if look.page is None:
            return f"“{column.name}”未能读取"
        if not more:
            continue
        if number == _PLACES:
            return "相应栏目较多，没有全部用浏览器打开"
        page, why = await sampler.shown(look)
        if page is None or why:
            return f"“{column.name}”{why}"
        more = bool(page.lines - look.page.lines) or look.visit.rendered
    return ""


def _hinted(sampler: Sampler, kind: _Kind) -> str:
    """Words or pictures that may be the statistics, in Chinese; "" where there are none."""
    pages = [*sampler.view.pages, *(page for _, page in sampler.visitor.read_pages())]
    lines = sorted({line for page in pages for line in page.lines if len(line) <= _LINE})
    if line := next(
        (one for one in lines if bool(_TALK.search(one)) == (kind is _MESSAGES) and kind.names.search(one)), ""
    ):
        return f"但页面上有“{line[:_NAME]}”字样"
    drawn = (a.text.strip() for page in pages for a in page.anchors if a.kind in ("image", "frame"))
    if name := next(
        (one for one in drawn if bool(_TALK.search(one)) == (kind is _MESSAGES) and kind.names.search(one)), ""
    ):
        return f"但页面上有名为“{name[:_NAME]}”的图片或者内嵌框架"
    named = {key(a.url) for page in pages for a in page.anchors if a.url and a.text.strip()}
    for column in (c for c in sampler.own_columns() if c.category is kind.category):
        look = sampler.visitor.seen(column.url)
        links = look.page.anchors if look is not None and look.page is not None else ()
        if any(a.kind == "page" and is_web(a.url) and not a.text.strip() and key(a.url) not in named for a in links):
            return f"“{column.name}”有只用图片表示的链接"
    return ""


def _is_of(kind: _Kind, column: Column) -> bool:
    """A name such as 办理统计 says by its place which statistics it holds."""
    talk = column.category is Category.INTERACTION or any(_TALK.search(name) for name in (*column.path, column.name))
    return bool(kind.names.search(column.name)) and talk == (kind is _MESSAGES)


def _of_column(sampler: Sampler, kind: _Kind, column: Column) -> Statistic:
    found = Statistic(kind.id, name=column.name, url=column.url)
    look = sampler.visitor.seen(column.url)
    if column.external or look is None or look.page is None:
        return replace(found, reason=f"“{column.name}”未能读取，请人工核对")
    if column.entry_count:
        return replace(found, published=True, newest=column.newest, reason="" if column.newest else column.reason)
    return _of_page(found, look.page, sampler.visitor.plan.checkpoint)


async def _of_link(sampler: Sampler, kind: _Kind, link: Anchor) -> Statistic:
    found = Statistic(kind.id, name=link.text.strip(), url=link.url)
    if not is_web(link.url) or not sampler.visitor.owns(link.url):
        return replace(found, reason=f"“{found.name}”不是本网站的页面，未能核对")
    look = await sampler.visitor.look(link.url)
    if look.page is None:
        return replace(found, reason=f"“{found.name}”未能读取：{look.reason}")
    return _of_page(found, look.page, sampler.visitor.plan.checkpoint)


def _of_page(found: Statistic, page: Page, checkpoint: dt.date) -> Statistic:
    """A list has dates; those on a page of figures may be anything, and are only believed when they are new."""
    if page.needs_browser or page.blank:
        return replace(found, reason=f"“{found.name}”没有读到内容，请人工核对")
    if page.newest is not None and page.entries:
        return replace(found, published=True, newest=page.newest)
    days = [page.stated if page.kind is PageKind.ARTICLE else None]
    days += [hit.day for line in page.lines for hit in dates.find(line, checkpoint)]
    days += [dt.date(int(m[1]), int(m[2]), 1) for line in page.lines for m in _MONTH.finditer(line)]
    newest = max((day for day in days if day is not None and day <= checkpoint), default=None)
    return replace(found, published=True, newest=newest, reason="统计页不是列表，更新时间请人工核对")
