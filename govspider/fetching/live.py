"""The live fetcher: each address asked for until its outcome is certain, challenges passed where a visitor would."""

import asyncio
import datetime as dt
import logging
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Request

from govspider.facts import Fetch, Fetched, How
from govspider.fetching.bodies import may_be_page
from govspider.fetching.browser import Browser
from govspider.fetching.downloader import Downloader, Files
from govspider.fetching.firefox import Firefox
from govspider.fetching.guard import Guard, networks
from govspider.fetching.ipv6 import Ipv6Lookup
from govspider.fetching.logs import calm
from govspider.fetching.plain import Answer, follow, is_web
from govspider.fetching.rendered import render as open_in_browser
from govspider.fetching.resolver import GuardedResolver

logger = logging.getLogger(__name__)

# What another try may change. A refusal of ours, or a body that came, is final.
WORTH_A_RETRY = {Fetch.HTTP_ERROR, Fetch.TIMEOUT, Fetch.REFUSED, Fetch.DNS, Fetch.TLS, Fetch.OTHER}
# What HEAD says of these, GET would say too.
FINAL_FOR_HEAD = {Fetch.OK, Fetch.DNS, Fetch.REFUSED, Fetch.PRIVATE, Fetch.ROBOTS, Fetch.OFF_HOST}
# A link to something big or not a page answers all the same.
ANSWERS = {Fetch.OK, Fetch.NOT_HTML, Fetch.TOO_LARGE}


class LiveFetcher:
    """A ``Fetcher`` for all walks of a crawl."""

    def __init__(self, crawler: Crawler, guard: Guard, feeds: Collection[str] = ()) -> None:
        self._crawler = crawler
        self._guard = guard
        self.ipv6 = Ipv6Lookup(guard, crawler.settings["IPV6_CONTROL"])
        self._browser = Browser(crawler, guard)
        self._viewer = Browser(crawler, guard, whole=True)
        self._firefox = Firefox(crawler, guard)
        self._downloader = Downloader(crawler, guard, feeds)
        self._pause = crawler.settings.getfloat("RETRY_PAUSE")

    @classmethod
    def from_crawler(cls, crawler: Crawler, registered: Iterable[str], feeds: Collection[str] = ()) -> Self:
        """``registered`` are the register's addresses, ``feeds`` those of them that are asked for without robots.txt. From
        here on the guard resolves every name of the process.

        Raises ValueError when PRIVATE_NETWORKS_ALLOWED holds something else than networks.
        """
        from twisted.internet import reactor

        calm()
        guard = Guard(registered, networks(crawler.settings.getlist("PRIVATE_NETWORKS_ALLOWED")))
        reactor.installNameResolver(GuardedResolver(guard))
        fetcher = cls(crawler, guard, feeds)
        crawler.signals.connect(fetcher._stop_early, signals.headers_received, weak=False)
        crawler.signals.connect(fetcher.close, signals.engine_stopped, weak=False)
        return fetcher

    @property
    def browser_unavailable(self) -> str:
        """Why no page can be rendered, in Chinese; "" while one may be."""
        return self._browser.unavailable

    @property
    def firefox_unavailable(self) -> str:
        """Why no page can be looked at in Firefox, in Chinese; "" while one may be."""
        return self._firefox.unavailable

    async def close(self) -> None:
        await self._firefox.close()
        await self._browser.close()
        await self._viewer.close()
        self._guard.close()

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        try:
            fetched = await self._confirmed(url, how, words)
        except Exception:
            logger.exception("A bug while fetching %s", url)
            fetched = Fetched(url, url, Fetch.OTHER, error="程序内部错误，详见运行日志")
        self._crawler.stats.inc_value(f"{'link' if how is How.LINK else 'fetch'}/{fetched.outcome}")
        body = b"" if how is How.LINK else fetched.body
        return replace(fetched, url=url, body=body, fetched_at=dt.datetime.now(dt.UTC))

    def _browser_for(self, how: How) -> Browser | Firefox | None:
        if how is How.FIREFOX:
            return self._firefox
        return {How.BROWSER: self._browser, How.DISPLAY: self._viewer}.get(how)

    async def _confirmed(self, url: str, how: How, words: str) -> Fetched:
        """The outcome after a second try, later, where that may change it."""
        if not is_web(url):
            return Fetched(url, url, Fetch.OTHER, error="不是网页地址")
        browser = self._browser_for(how)
        if browser is not None and browser.unavailable:
            return Fetched(url, url, Fetch.OTHER, error=browser.unavailable)
        host = self._downloader.hosts.of(url)
        known = host.given_up()
        if known is not None:
            return Fetched(url, url, known[0], error=f"{known[1]}；该主机连续失败，未再尝试")
        certain = host.doubtful()  # the host failed twice a moment ago
        fetched = await self._attempt(url, how, words)
        # A page on which the browser spent all its patience would cost that once more; a search is not asked twice.
        hopeless = browser is not None and (fetched.outcome is Fetch.TIMEOUT or bool(words or browser.unavailable))
        if fetched.outcome in WORTH_A_RETRY and not certain and not hopeless:
            await asyncio.sleep(self._pause)
            fetched = await self._attempt(url, how, words, again=True)
        if how is not How.FIREFOX:  # a page that the others have shown just now: what fails may be Firefox
            self._downloader.hosts.of(fetched.final_url).failed(fetched.outcome, fetched.error)
        if fetched.outcome is Fetch.HTTP_ERROR and fetched.status == 429:
            return replace(fetched, outcome=Fetch.BLOCKED, error="对方限制访问频率（429）")
        return fetched

    async def _attempt(self, url: str, how: How, words: str, *, again: bool = False) -> Fetched:
        browser = self._browser_for(how)
        if browser is not None:
            return await open_in_browser(self._downloader, browser, url, words=words)
        if how is How.LINK and not again:
            by_head = (await follow(self._downloader, url, "HEAD")).fetched
            if by_head.outcome in FINAL_FOR_HEAD:
                return by_head
        if how is How.FILE:
            return (await follow(Files(self._downloader), url, file=True)).fetched
        answer = await follow(self._downloader, url)
        if how is How.LINK:
            answers = answer.fetched.outcome in ANSWERS
            return replace(answer.fetched, outcome=Fetch.OK, error="") if answers else answer.fetched
        if answer.fetched.outcome is Fetch.BLOCKED:
            return await self._past_challenge(url, answer)
        return answer.fetched

    async def _past_challenge(self, url: str, answer: Answer) -> Fetched:
        """Opens the page once in the browser as a visitor would; others who meet the same challenge wait for that."""
        blocked = answer.fetched
        host = self._downloader.hosts.of(blocked.final_url)
        async with host.door:
            if host.passes == answer.passes:
                if self._browser.unavailable:
                    return replace(blocked, error=f"{blocked.error}；{self._browser.unavailable}")
                if host.pass_failed or (host.passes and not host.cookies_work):
                    return blocked
                opened = await open_in_browser(self._downloader, self._browser, blocked.final_url, keep_cookies=True)
                host.pass_failed = opened.outcome is not Fetch.OK
                if host.pass_failed:
                    return replace(blocked, error=f"{blocked.error}；用浏览器打开后仍未通过")
                return replace(opened, redirects=blocked.redirects + opened.redirects)
        return (await follow(self._downloader, url)).fetched

    def _stop_early(self, headers: Headers, request: Request, **_: Any) -> None:
        """Spares the body of what is no page."""
        kind = (headers.get("Content-Type") or b"").decode("latin-1")
        if request.meta.get("of_fetcher") and not request.meta.get("file") and not may_be_page(kind):
            raise StopDownload(fail=False)
