"""The site's own search, asked for four published titles as a visitor would, and for nothing else."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote_plus, urlsplit, urlunsplit

from govspider.facts import Anchor, Entry, Page, SearchForm, SearchTry, SiteSearch
from govspider.inspecting.content import chrome_of
from govspider.inspecting.home import HomeView, render_home
from govspider.inspecting.sampler import ARTICLES, Sampler
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Look

_TITLES = 4
_LONG, _SHORT = 60, 8  # characters of a title that is asked
_SETTLED = dt.timedelta(days=7)  # what was published later may not be in the index yet
_RECENT = dt.timedelta(days=366)
_SIGN = re.compile(r"[\W_]+")
_CUT = re.compile(r"(?:\.{2,}|…+|。{2,})\s*$")
_ODD = re.compile(r"[<>&%#?*+\\\"'|{}\[\]]")
_ENTRANCE = re.compile(r"^(?:高级|站内|全站|智能|信息)?(?:搜索|检索|搜一搜|查询)$")
_NOTHING = re.compile(r"(?:没有|未)(?:能)?(?:找到|检索到|搜索到|查询到|查到|搜到)|(?:共|约|找到|检索到)[^\d\n]{0,8}0\s*(?:条|项|个|篇)|无(?:相关|符合)(?:条件的)?(?:结果|信息|记录)|暂无(?:相关)?(?:结果|数据|信息)")  # fmt: skip
_COUNTED = re.compile(r"(?:共|约|找到|检索到|搜索到|为您)[^\n]{0,24}?\d+[^\n]{0,6}?(?:条|项|个|篇)")
_CLASSES = re.compile(r"^(?:全部|综合|不限|标题|正文|全文|新闻|资讯|要闻|动态|政务动态|新闻资讯|信息公开|政务公开|政府文件|政策|政策文件|政策解读|解读|文件|公告|通知公告|服务|办事|办事服务|政务服务|办事指南|互动|互动交流|图片|视频|音视频|附件|数据|机构|专题|网页|文档|其他|栏目)类?(?:[(（]\s*\d+\s*[)）])?$")  # fmt: skip
_FEW = 3


async def try_search(sampler: Sampler) -> SiteSearch:
    """Finds the search and asks it. What only a script can ask stays open."""
    form, where, view = await _form(sampler)
    if form is None:
        return _not_offered(sampler, view)
    search = SiteSearch(offered=True, url=where, method=form.method or "script")
    titles = _titles(sampler)
    if not titles:
        return replace(search, reason="没有可供试搜的已发布标题")
    if form.action and form.method == "get":
        looks = [(entry, url, await sampler.visitor.ask(url)) for entry in titles if (url := _asked(form, entry.title))]
        if looks and all(look.gone for _, _, look in looks) and not form.handled:
            return replace(search, dead=looks[0][2].visit, reason="搜索结果页不存在")
        answers = [await _answer(sampler, entry, url, look) for entry, url, look in looks]
        found = _judged(sampler, search, answers, certain=not form.handled)
        if any(one.found for one in found.tries) or not (form.handled and sampler.visitor.plan.browser):
            return found
    if not sampler.visitor.plan.browser:
        return replace(search, reason="搜索由脚本或表单（POST）提交，未启用浏览器，请人工核对")
    typed = [await _typed(sampler, where, entry) for entry in titles]
    return _judged(sampler, replace(search, method=f"{search.method} in browser"), typed, certain=True)


def _judged(sampler: Sampler, search: SiteSearch, answers: Sequence["_Answer"], *, certain: bool) -> SiteSearch:
    pages = [answer.page for answer in answers]
    tries = tuple(_try(sampler, answer, pages, certain=certain) for answer in answers)
    classes = any(_classified(sampler, page) for page in pages if page is not None)
    return replace(search, tries=tries, classified=True if classes else None)


async def _form(sampler: Sampler) -> tuple[SearchForm | None, str, HomeView]:
    """The first search of the home page that can be asked, else any; or that of the page its search link leads to."""
    view = sampler.view
    for again in (False, True):
        if again:
            view = await render_home(sampler.visitor, view)
        if forms := [form for page in view.pages for form in page.searches]:
            return _best(forms), view.visit.final_url, view
        for link in _entrances(view.links):
            look = await sampler.visitor.look(link.url)
            if look.page is not None and look.page.searches:
                return _best(look.page.searches), look.visit.final_url, view
            return SearchForm("", "", ""), link.url, view
    return None, "", view


def _best(forms: Sequence[SearchForm]) -> SearchForm:
    return min(forms, key=lambda form: (not form.action, form.method != "get", form.handled))


def _entrances(links: Iterable[Anchor]) -> list[Anchor]:
    return [link for link in links if is_web(link.url) and _ENTRANCE.match(link.text.strip())]


def _not_offered(sampler: Sampler, view: HomeView) -> SiteSearch:
    scripted = any(_ENTRANCE.match(a.text.strip()) for a in view.anchors if a.kind == "script")
    if view.unseen:
        return SiteSearch(reason=f"首页未见搜索框，但首页{view.unseen}")
    if scripted or any(a.kind == "frame" and not sampler.visitor.owns(a.url) for a in view.anchors):
        return SiteSearch(reason="首页的搜索由脚本或外部框架提供，未能自动试搜，请人工核对")
    return SiteSearch(offered=False, url=view.visit.final_url)


def _titles(sampler: Sampler) -> list[Entry]:
    """Published titles of this site that its search must know: whole, without odd signs, not of the last days."""
    checkpoint = sampler.visitor.plan.checkpoint
    since, until = checkpoint - _RECENT, checkpoint - _SETTLED
    whole = [e for e in sampler.entries(*ARTICLES) if len(_plain(e.title)) >= _SHORT and len(e.title) <= _LONG]
    good = [e for e in whole if not _CUT.search(e.title) and not _ODD.search(e.title)]
    settled = [e for e in good if e.date is not None and since <= e.date <= until]
    return sampler.order("search", settled or good, lambda entry: key(entry.url))[:_TITLES]


def _asked(form: SearchForm, title: str) -> str:
    """The address that a browser would ask for. What the form's address carries behind ``?`` is dropped, as there."""
    try:
        parts = urlsplit(form.action)
    except ValueError:
        return ""
    query = "&".join(f"{_spelt(name, form)}={_spelt(value, form)}" for name, value in (*form.sent, (form.field, title)))
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def _spelt(text: str, form: SearchForm) -> str:
    """As a form of this charset sends it."""
    charset = "utf-8" if form.charset.lower().startswith("utf-16") else form.charset  # as browsers do
    try:
        return quote_plus(text.encode(charset, "xmlcharrefreplace"))
    except LookupError:
        return quote_plus(text.encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class _Answer:
    entry: Entry
    asked: str
    page: Page | None
    reason: str = ""


async def _answer(sampler: Sampler, entry: Entry, url: str, look: Look) -> _Answer:
    """The first page of results: static if it shows the title, else as the browser shows it."""
    if look.page is not None and (_shows(look.page, entry) or not sampler.visitor.plan.browser):
        unseen = "" if _shows(look.page, entry) else "未启用浏览器，脚本生成的结果看不到"
        return _Answer(entry, url, look.page, unseen)
    if look.page is None and look.gone:
        return _Answer(entry, url, None, "搜索结果页不存在")
    shown = await sampler.visitor.ask(url, render=True)
    if shown.page is None:
        return _Answer(entry, url, look.page, f"搜索结果页未能打开（{shown.reason or look.reason}）")
    return _Answer(entry, url, shown.page, shown.visit.error)


async def _typed(sampler: Sampler, where: str, entry: Entry) -> _Answer:
    """What comes when the browser writes the title into the search of the page at ``where``."""
    shown = await sampler.visitor.ask(where, render=True, words=entry.title)
    if shown.page is None:
        return _Answer(entry, where, None, f"浏览器试搜未成功（{shown.visit.error or shown.reason}）")
    return _Answer(entry, shown.visit.final_url, shown.page, shown.visit.error)


def _try(sampler: Sampler, answer: _Answer, pages: Sequence[Page | None], *, certain: bool) -> SearchTry:
    """Not found is said only of a page that lists other results, or says itself that there are none. ``certain``: the
    title was asked as the page would ask it."""
    found = SearchTry(answer.entry.title, answer.entry.url, answer.asked)
    page = answer.page
    if page is None:
        return replace(found, reason=answer.reason)
    results = _results(sampler, page, pages)
    found = replace(found, results=len(results))
    if _shows(page, answer.entry):
        return replace(found, found=True)
    if answer.reason:
        return replace(found, reason=answer.reason)
    if certain and _echoes(page, answer.entry):
        own = page.lines - {line for one in sampler.view.pages for line in one.lines}
        none = any(_NOTHING.search(line) for line in own)
        counted = any(_COUNTED.search(line) for line in own) and len(results) >= _FEW
        if none != counted:
            return replace(found, found=False)
    return replace(found, reason="未能辨认搜索结果，请人工核对")


def _shows(page: Page, entry: Entry) -> bool:
    """Whether a link of the page bears the title, or leads to the entry under a part of its title."""
    wanted = _plain(entry.title)
    for anchor in page.anchors:
        if anchor.kind not in ("page", "script") or anchor.hidden:
            continue
        said = _plain(_CUT.sub("", anchor.text))
        if len(said) < _SHORT:
            continue
        same = wanted in said or (said in wanted and 2 * len(said) >= len(wanted))
        if same or (anchor.url and key(anchor.url) == key(entry.url)):
            return True
    return False


def _echoes(page: Page, entry: Entry) -> bool:
    """Whether the page knows what it was asked: a page that lost the words proves nothing."""
    wanted = _plain(entry.title)[:_SHORT]
    return any(wanted in _plain(line) for line in (*page.lines, page.title)) or any(
        _plain(form.value) == _plain(entry.title) for form in page.searches
    )


def _results(sampler: Sampler, page: Page, pages: Sequence[Page | None]) -> list[Anchor]:
    """The links that only this page of results has."""
    own = {key(a.url) for a in sampler.view.anchors if a.url} | chrome_of(p for p in pages if p is not None).links
    long = [a for a in page.anchors if a.kind in ("page", "script") and len(_plain(a.text)) >= _SHORT]
    return [a for a in long if (key(a.url) if a.url else a.text) not in own and not a.hidden]


def _classified(sampler: Sampler, page: Page) -> bool:
    """Whether the results stand in classes: two names of classes that the home page does not carry."""
    home = {line for one in sampler.view.pages for line in one.lines}
    words = {word for line in page.lines - home for word in line.split() if _CLASSES.match(word)}
    return len(words) > 1


def _plain(text: str) -> str:
    return _SIGN.sub("", text).lower()
