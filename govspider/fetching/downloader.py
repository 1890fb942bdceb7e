"""One request through Scrapy: after the host's wish for quiet, past the guard, and never raising."""

import logging
import socket
from collections.abc import Collection

from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request, Response

from govspider.facts import Fetch, Fetched
from govspider.fetching.browser import Browser, BrowserUnavailableError
from govspider.fetching.firefox import Firefox
from govspider.fetching.guard import Guard, PrivateAddressError, host_of
from govspider.fetching.hosts import Hosts
from govspider.fetching.outcomes import TEXTS, is_of_browser, outcome_of

logger = logging.getLogger(__name__)
BUSY = {429, 503}


class Files:
    """A downloader that brings the bytes of everything."""

    def __init__(self, downloader: "Downloader") -> None:
        self.hosts = downloader.hosts
        self._downloader = downloader

    async def download(self, url: str, method: str, cookies: dict[str, str]) -> Response | Fetched:
        return await self._downloader.download(url, method, cookies, file=True)


class Downloader:
    """``feeds`` are asked for without robots.txt: they are made for programs, and bridges forbid robots by default."""

    def __init__(self, crawler: Crawler, guard: Guard, feeds: Collection[str] = ()) -> None:
        self._crawler = crawler
        self._guard = guard
        self._feeds = frozenset(feeds)
        self.hosts = Hosts(crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        self.maxsize = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    async def download(
        self,
        url: str,
        method: str = "GET",
        cookies: dict[str, str] | None = None,
        *,
        browser: Browser | Firefox | None = None,
        file: bool = False,
        words: str = "",
    ) -> Response | Fetched:
        """The response, or why there is none. A ``file`` comes whole, whatever it is. A rendered one carries its story in ``response.meta["rendered"]``;
        ``words`` are asked of its search first."""
        meta: dict[str, object] = {"dont_redirect": True, "of_fetcher": True, "file": file}
        meta["dont_obey_robotstxt"] = url in self._feeds
        if browser is not None:
            meta |= {"browser": browser, "playwright": True, "words": words}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else None
        host = self.hosts.of(url)
        try:
            request = Request(url, method=method, headers=headers, meta=meta)
            await self._guard.resolve(host_of(request.url))
            async with self.hosts.turn(request.url):
                await host.ready()
                response = await self._crawler.engine.download_async(request)
        except (PrivateAddressError, OSError, ValueError) as error:
            return _failed(url, *refusal(error))
        except BrowserUnavailableError as error:
            return _failed(url, Fetch.OTHER, str(error))
        except CannotResolveHostError as error:
            return _failed(url, *await self._unresolved(url, error))
        except Exception as error:  # noqa: BLE001 - whatever ends a request is an outcome
            if browser is not None and is_of_browser(error):
                return _failed(url, *_unopened(browser, url, error))
            outcome, text = outcome_of(error)
            logger.info("%s: %s (%r)", url, outcome, error)
            return _failed(url, outcome, text)
        if response.status in BUSY:
            host.busy((response.headers.get("Retry-After") or b"").decode("latin-1"))
        else:
            host.answered()
        return response

    async def _unresolved(self, url: str, error: Exception) -> tuple[Fetch, str]:
        """Twisted found no address: there is none, or the guard let none pass."""
        try:
            await self._guard.resolve(host_of(url))
        except (PrivateAddressError, OSError) as reason:
            return refusal(reason)
        return outcome_of(error)


def _unopened(browser: Browser | Firefox, url: str, error: Exception) -> tuple[Fetch, str]:
    """The proxy knows better than the browser why a host could not be reached."""
    outcome, text = outcome_of(error)
    known = browser.proxy.failures.get(host_of(url)) if outcome is Fetch.OTHER else None
    return (known, f"{TEXTS[known]}（浏览器）") if known is not None else (outcome, text)


def _failed(url: str, outcome: Fetch, error: str) -> Fetched:
    return Fetched(url, url, outcome, error=error)


def refusal(error: Exception) -> tuple[Fetch, str]:
    """Why a request was not even sent."""
    if isinstance(error, PrivateAddressError):
        return Fetch.PRIVATE, str(error)
    if isinstance(error, socket.gaierror):
        if error.errno == socket.EAI_AGAIN:  # our own name server's trouble says nothing of the host
            return Fetch.OTHER, "域名解析服务暂时不可用"
        return Fetch.DNS, TEXTS[Fetch.DNS]
    return Fetch.OTHER, f"地址或连接异常（{str(error)[:120]}）"
