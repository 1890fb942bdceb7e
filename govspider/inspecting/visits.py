"""Looking at pages within a walk's budgets: each address once, redirects inside pages followed, soft 404 told apart."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urljoin

from govspider.facts import MAYBE_404, SOFT_404, Fetch, Fetched, Fetcher, How, Page, PageKind, Site, Visit
from govspider.inspecting.plan import Plan, UnreadableError
from govspider.inspecting.urls import clean, host_of, is_own, is_web, key
from govspider.reading.page import read_page, skim_page
from govspider.reading.routes import route

_REFRESH_HOPS = 4
GONE = {404, 410}
_PAGE = re.compile(r"/[^/.]*$|\.(?:s?html?|jspx?|aspx?|php|do)$", re.IGNORECASE)
REPLACED = "浏览器打开后，页面被脚本换成了别的内容"
_FRAME = 6  # blocks that a page must have for their loss to tell
_KEPT = 0.2  # of them, at most, are left where a script replaced the page
_A = TypeVar("_A")
_B = TypeVar("_B")


@dataclass(frozen=True, slots=True)
class Look:
    """One address looked at. ``page`` is None unless the visit ended OK on the site's own hosts."""

    visit: Visit
    page: Page | None = None
    external: bool = False
    reason: str = ""  # in Chinese, when there is no page

    @property
    def gone(self) -> bool:
        return self.visit.fetch is Fetch.HTTP_ERROR and self.visit.status in GONE


REASONS = {
    Fetch.TIMEOUT: "访问超时",
    Fetch.REFUSED: "连接被拒绝",
    Fetch.DNS: "域名无法解析",
    Fetch.TLS: "安全连接无法建立",
    Fetch.BLOCKED: "被网站防护系统拦截",
    Fetch.ROBOTS: "网站的 robots 规则不允许访问",
    Fetch.TOO_LARGE: "页面过大，未读取",
    Fetch.NOT_HTML: "不是网页",
    Fetch.OFF_HOST: "跳转到其他网站",
    Fetch.PRIVATE: "指向内部网络地址，未访问",
    Fetch.OTHER: "访问未成功",
}


def reason_of(visit: Visit) -> str:
    """Why a visit brought no page, in Chinese; "" when it ended OK."""
    if visit.fetch is Fetch.OK:
        return ""
    if visit.fetch is Fetch.HTTP_ERROR:
        return f"服务器返回 {visit.status}"
    return REASONS[visit.fetch]


def visit_of(fetched: Fetched) -> Visit:
    return Visit(
        url=fetched.url,
        final_url=fetched.final_url or fetched.url,
        fetch=fetched.outcome,
        status=fetched.status,
        rendered=fetched.rendered,
        error=fetched.error[:300],
        digest=hashlib.sha256(fetched.body).hexdigest() if fetched.body else "",
        fetched_at=fetched.fetched_at,
    )


@dataclass(frozen=True, slots=True)
class NotFoundSample:
    """How this site answers an address that cannot exist, when it answers with a page instead of an error."""

    digest: str
    title: str
    template: str
    text_length: int
    final: str

    def matches(self, visit: Visit, page: Page) -> bool:
        if visit.digest == self.digest:
            return True
        if key(visit.final_url) == self.final and key(visit.url) != self.final:
            return True
        alike = abs(page.text_length - self.text_length) <= max(40, self.text_length // 20)
        return page.title == self.title and page.template == self.template and alike and not page.entries

    def is_home(self, visit: Visit, page: Page) -> bool:
        return self.final in (key(visit.url), key(visit.final_url)) or self.matches(visit, page)


class Visitor:
    """The only part of a walk that fetches. It counts, and it stops when a budget is used up (``stopped``)."""

    def __init__(self, site: Site, fetch: Fetcher, plan: Plan) -> None:
        self.site = site
        self.plan = plan
        self.hosts = {host_of(site.url)}
        self.pages = self.rendered = self.blocked = self.failed = 0
        self._renders = 0  # that were tried; ``rendered`` are those that the browser opened
        self.stopped = ""
        self._fetch = fetch
        self._started = plan.clock()
        self._page_limit, self._render_limit, self._seconds = plan.page_budget, plan.render_budget, plan.time_budget
        self._looks: dict[tuple[str, bool], asyncio.Task[Look]] = {}
        self._not_found: NotFoundSample | None = None
        self._left = plan.page_budget, plan.time_budget
        self._plain: dict[str, Page] = {}  # what the bytes of each address said, before any script

    def owns(self, url: str) -> bool:
        return is_own(url, self.hosts)

    def adopt(self, url: str) -> None:
        """Counts the host of ``url`` (the real home page after redirects) as the site's own."""
        if is_web(url):
            self.hosts.add(host_of(url))

    def out_of_time(self) -> bool:
        if not self.stopped and self.plan.clock() - self._started > self._seconds:
            self.stopped = f"检查用时达到上限 {self._seconds:.0f} 秒"
        return bool(self.stopped)

    def begin_samples(self) -> None:
        """The walk is over, complete or not: from here on the samples' own budget is spent."""
        plan = self.plan
        self.stopped = ""
        self._left = plan.page_budget - self.pages, plan.time_budget - (plan.clock() - self._started)
        self._page_limit = self.pages + plan.sample_pages
        self._render_limit = self._renders + plan.sample_renders
        self._seconds = plan.clock() - self._started + plan.sample_seconds

    def begin_survey(self) -> None:
        """The samples are taken: what the walk left of its budgets may be spent, up to the plan's bound."""
        pages, seconds = self._left
        self.stopped = ""
        self._page_limit = self.pages + max(0, min(self.plan.survey_pages, pages))
        self._seconds = self.plan.clock() - self._started + seconds

    @property
    def pages_left(self) -> int:
        return 0 if self.out_of_time() else max(0, self._page_limit - self.pages)

    async def look(self, url: str, *, render: bool = False) -> Look:
        """The page at ``url`` after its own redirects. Asked for again, the first answer is given again. A route's page is
        only in the browser, so the plain look at it is the rendered one."""
        if not is_web(url):
            return Look(Visit(url, url, Fetch.OTHER), reason="地址无效")
        slot = (key(url), render and not route(url))
        if slot not in self._looks:
            self._looks[slot] = asyncio.ensure_future(self._look_and_follow(clean(url), render=render))
        return await self._looks[slot]

    def seen(self, url: str) -> Look | None:
        """The plain look at ``url`` if there was one."""
        task = self._looks.get((key(url), False))
        return task.result() if task is not None and task.done() else None

    def looks(self) -> list[Look]:
        """All looks so far, in the order of asking."""
        return [task.result() for task in self._looks.values() if task.done()]

    def read_pages(self) -> list[tuple[str, Page]]:
        """Every page read so far with its address, in the order of asking."""
        return [(look.visit.final_url, look.page) for look in self.looks() if look.page is not None]

    async def look_all(self, urls: Iterable[str]) -> list[Look]:
        return await self.gather(self.look, urls)

    async def glance(self, url: str) -> Look:
        """A plain and brief look, which is not remembered."""
        return await self._look_and_follow(clean(url), brief=True)

    async def gather(self, work: Callable[[_A], Awaitable[_B]], items: Iterable[_A]) -> list[_B]:
        """``work`` on every item, at most ``plan.parallel`` at once, results in the items' order."""
        gate = asyncio.Semaphore(self.plan.parallel)

        async def one(item: _A) -> _B:
            async with gate:
                return await work(item)

        return list(await asyncio.gather(*(one(item) for item in items)))

    async def check_link(self, url: str, *, home: bool = False) -> Visit:
        """Whether an address answers; a page that was looked at already is not asked again. Where what does not exist
        may be answered with a page, by this site or, of the home page's links, by a program that is asked for an
        article by its number, the page itself is looked at, as long as half of the budget is left."""
        look = self.seen(url)
        path, number, _ = url.partition("?")
        doubtful = self.owns(url) and ((home and number) or (self._not_found is not None and _PAGE.search(path)))
        if look is None and doubtful and self.pages < self._page_limit // 2:
            look = await self.look(url)
        if look is not None and look.visit.fetch is not Fetch.OTHER:
            return await self._confirmed(look)
        return visit_of(await self._fetch(clean(url), How.LINK))

    async def _confirmed(self, look: Look) -> Visit:
        """A page that says of itself that it does not exist is believed once the browser has been told the same."""
        if look.page is None or look.page.kind is not PageKind.SOFT404:
            return look.visit
        shown = await self.look(look.visit.url, render=True) if self.plan.browser else None
        if shown is None or (shown.page is None and not shown.gone):
            return replace(look.visit, fetch=Fetch.OTHER, error=MAYBE_404)
        if shown.gone or (shown.page is not None and shown.page.kind is PageKind.SOFT404):
            return replace(look.visit, fetch=Fetch.HTTP_ERROR, status=404, error=SOFT_404)
        return look.visit

    async def learn_not_found(self) -> None:
        """Asks for one address that cannot exist, the same for every walk of the site, so that a replay asks it too."""
        token = hashlib.sha256(f"{self.site.code} {self.site.url}".encode()).hexdigest()[:16]
        known = self.looks()
        look = await self.look(urljoin(clean(self.site.url), f"{token}/{token}.html"))
        if look.page is None:
            return
        page, visit = look.page, look.visit
        sample = NotFoundSample(visit.digest, page.title, page.template, page.text_length, key(visit.final_url))
        # A site that answers everything with its home page, or with one shell for its scripts, tells nothing.
        if not any(home.page is not None and sample.is_home(home.visit, home.page) for home in known):
            self._not_found = sample

    async def ask(self, url: str, *, render: bool = False, words: str = "") -> Look:
        """What an address answers that was put together here, such as a search: on any host, never asked twice, and no
        page of the site. words: what is asked of the search on the page at ``url``, in the browser."""
        if not is_web(url) or (render and not self.plan.browser):
            return Look(Visit(url, url, Fetch.OTHER), reason="未启用浏览器" if render else "地址无效")
        return await self._look_once(clean(url), render=render, anywhere=True, words=words)

    async def display(self, url: str, how: How) -> Fetched:
        """How the page shows in the browser that ``how`` names, as JSON."""
        if not self._may_spend():
            return Fetched(url, url, Fetch.OTHER, error=self.stopped)
        if self._renders >= self._render_limit:
            return Fetched(url, url, Fetch.OTHER, error=f"浏览器渲染页数达到上限 {self._render_limit} 页")
        self.pages += 1
        self._renders += 1
        fetched = await self._fetch(clean(url), how)
        self.rendered += fetched.outcome is Fetch.OK
        return fetched

    async def raw(self, url: str) -> Fetched | None:
        """The bytes of a data address (a list carrier); None when a budget is used up."""
        if not self._may_spend():
            return None
        self.pages += 1
        return await self._fetch(clean(url))

    async def script(self, url: str) -> Fetched | None:
        """The bytes of a script file, which is not counted as a page; None when a budget is used up."""
        return None if self.out_of_time() else await self._fetch(clean(url))

    async def file(self, url: str) -> Fetched | None:
        """The bytes of an attachment, whatever its type; None when a budget is used up."""
        if not self._may_spend():
            return None
        self.pages += 1
        return await self._fetch(clean(url), How.FILE)

    async def read(self, fetched: Fetched, url: str, *, brief: bool = False) -> Page:
        """The page that was fetched from ``url``. Raises UnreadableError."""
        plan, headers = self.plan, (fetched.header("content-type"), fetched.header("last-modified"))
        if plan.read is not None:
            return await plan.read(fetched.body, url, *headers, brief=brief)
        kind, modified = headers
        if brief:
            return skim_page(fetched.body, url, checkpoint=plan.checkpoint, lexicon=plan.lexicon, content_type=kind)
        return read_page(
            fetched.body,
            url,
            checkpoint=plan.checkpoint,
            lexicon=plan.lexicon,
            content_type=kind,
            last_modified=modified,
        )

    def _may_spend(self) -> bool:
        if not self.stopped and self.pages >= self._page_limit:
            self.stopped = f"检查页数达到上限 {self._page_limit} 页"
        return not self.out_of_time()

    async def _look_and_follow(self, url: str, *, render: bool = False, brief: bool = False) -> Look:
        asked, trail = url, {key(url)}
        while True:
            look = await self._look_once(url, render=render, brief=brief)
            target = look.page.redirect if look.page is not None else None
            if not target or not is_web(target) or key(target) in trail or len(trail) > _REFRESH_HOPS:
                break
            if not self.owns(target):
                visit = replace(look.visit, url=asked, final_url=target)
                return Look(visit, external=True, reason="跳转到其他网站")
            trail.add(key(target))
            url = clean(target)
        return replace(look, visit=replace(look.visit, url=asked)) if url != asked else look

    async def _look_once(
        self, url: str, *, render: bool, anywhere: bool = False, words: str = "", brief: bool = False
    ) -> Look:
        if route(url):
            if not self.plan.browser:
                return Look(Visit(url, url, Fetch.OTHER), reason="页面由脚本按地址生成，未启用浏览器")
            render = True
        if not self._may_spend():
            return Look(Visit(url, url, Fetch.OTHER), reason=self.stopped)
        if render and self._renders >= self._render_limit:
            return Look(Visit(url, url, Fetch.OTHER), reason=f"浏览器渲染页数达到上限 {self._render_limit} 页")
        self.pages += 1
        self._renders += render
        fetched = await self._fetch(url, How.BROWSER if render else How.PAGE, words=words)
        visit = visit_of(fetched)
        self.rendered += render and fetched.outcome is Fetch.OK
        if fetched.outcome is not Fetch.OK:
            self.blocked += fetched.outcome is Fetch.BLOCKED
            self.failed += fetched.outcome is not Fetch.BLOCKED
            return Look(visit, reason=reason_of(visit))
        if not anywhere and not self.owns(visit.final_url):
            return Look(visit, external=True, reason=REASONS[Fetch.OFF_HOST])
        try:
            page = await self.read(fetched, visit.final_url, brief=brief)
        except UnreadableError as error:
            self.failed += 1
            return Look(replace(visit, fetch=Fetch.OTHER, error=str(error)), reason=str(error))
        if page.kind is PageKind.CHALLENGE:
            self.blocked += 1
            visit = replace(visit, fetch=Fetch.BLOCKED)
            return Look(visit, reason=REASONS[Fetch.BLOCKED])
        if self._not_found is not None and self._not_found.matches(visit, page):
            self.failed += 1
            visit = replace(visit, fetch=Fetch.HTTP_ERROR, status=404, error=SOFT_404)
            return Look(visit, reason="页面不存在")
        if brief:
            return Look(visit, page)
        if not render:
            self._plain.setdefault(key(visit.final_url), page)
        elif _replaced(self._plain.get(key(visit.final_url)), page):
            return Look(visit, reason=REPLACED)
        return Look(visit, page)


def _replaced(plain: Page | None, shown: Page) -> bool:
    """Whether what the browser shows is not the page that was sent: a script wrote another in its place."""
    if plain is None or plain.kind is PageKind.SOFT404:
        return False
    lost = len(plain.skeleton & shown.skeleton) <= _KEPT * len(plain.skeleton)
    return shown.kind is PageKind.SOFT404 or (len(plain.skeleton) >= _FRAME and lost and not shown.entries)
