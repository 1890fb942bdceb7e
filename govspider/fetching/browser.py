"""A browser of a crawl: started when first needed, replaced when old or stuck, guarded by our proxy.

There are two: one reads pages and spares their pictures, one looks at how pages show and so must load them whole.
"""

import asyncio
import contextlib
import logging
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Request, Response

from govspider.fetching.guard import Guard
from govspider.fetching.proxy import GuardedProxy

if TYPE_CHECKING:
    from govspider.fetching.tabs import PageHandler

logger = logging.getLogger(__name__)

PAGES = 2
PAGES_OF_A_BROWSER = 300  # browsers grow
HARD_SECONDS = 60.0  # beyond all patience with one page: whoever takes longer hangs
CLOSE_SECONDS = 10.0
LAUNCHES = 2
DISPLAY_BYTES = 40 * 2**20  # that a page may bring which is to be shown whole
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-remote-fonts",
    "--mute-audio",
    "--autoplay-policy=user-gesture-required",
    # Nothing may pass by the proxy: neither loopback, nor names resolved by the browser, nor WebRTC.
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
WITHOUT_PICTURES = "--blink-settings=imagesEnabled=false"  # routing would cost a round trip a request
# Pages that tell visitors of old browsers to go away are to see a common one; ours is named all the same.
AS_CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version} Safari/537.36"
SCREEN = {"width": 1366, "height": 768}  # a common small one


class BrowserUnavailableError(Exception):
    """No browser can be started; the text says why, in Chinese."""


def find_chromium(configured: str) -> str | None:
    """The browser's path: as configured, else as found on the PATH, else None for Playwright's own."""
    return configured or os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@dataclass(slots=True, eq=False)
class Session:
    handler: "PageHandler"
    active: int = 0
    served: int = 0
    retired: bool = False


class Browser:
    """``whole``: its pages come with their pictures, and how they show is measured."""

    def __init__(self, crawler: Crawler, guard: Guard, *, whole: bool = False) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._enabled = settings["BROWSER"] != "never"
        self._path = find_chromium(settings["CHROMIUM"] or "")
        self._user_agent = settings["USER_AGENT"]
        self.whole = whole
        self._session: Session | None = None
        self._starting = asyncio.Lock()
        self._pages = asyncio.Semaphore(PAGES)
        self._reason = "" if self._enabled else "本轮未启用浏览器（BROWSER=never）"
        self.proxy = GuardedProxy(guard, settings.getint("DOWNLOAD_MAXSIZE"))

    @property
    def unavailable(self) -> str:
        """Why no page can be rendered, in Chinese; "" while one may."""
        return self._reason

    async def open(self, request: Request) -> Response:
        """Called by the download handler. The page's story is left in ``request.meta["rendered"]``."""
        async with self._pages:
            session = await self._ready()
            if self.whole:
                self.proxy.allow(DISPLAY_BYTES, more=session.active > 0)
            session.active += 1
            try:
                async with asyncio.timeout(HARD_SECONDS):
                    response: Response = await session.handler.download_request(request)
                return response
            except TimeoutError as error:
                session.retired = True
                raise DownloadTimeoutError("the page does not answer the browser") from error
            finally:
                session.active -= 1
                session.served += 1
                session.retired |= session.served >= PAGES_OF_A_BROWSER
                if session.retired and not session.active:
                    await self._end(session)

    async def close(self) -> None:
        if self._session is not None:
            await self._end(self._session)
        await self.proxy.close()

    async def _ready(self) -> Session:
        async with self._starting:
            if self._reason:
                raise BrowserUnavailableError(self._reason)
            if self._session is None or self._session.retired:
                self._session = await self._start()
            return self._session

    async def _start(self) -> Session:
        proxy = await self.proxy.start()
        problem = ""
        for _ in range(LAUNCHES):
            session = Session(self._new_handler(proxy))
            try:
                await session.handler._launch()
            except Exception as error:
                problem = str(error).strip().partition("\n")[0][:200]
                logger.info("The browser did not start", exc_info=True)
                await self._end(session)
            else:
                self._crawler.stats.inc_value("browser/started")
                return session
        self._reason = f"浏览器无法启动：{problem}"
        logger.warning(
            "%s。需要浏览器的内容列为待定；请安装 chromium 或用 -s CHROMIUM=程序路径 指定，然后重新检查。", self._reason
        )
        raise BrowserUnavailableError(self._reason)

    def _new_handler(self, proxy: str) -> "PageHandler":
        from govspider.fetching.tabs import PageHandler  # half a second, which only a crawl with a browser is to pay

        handler = PageHandler(self._crawler)
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        handler.config.launch_options = {
            "executable_path": self._path,
            "args": [
                *FLAGS,
                *([] if self.whole else [WITHOUT_PICTURES]),
                f"--proxy-server={proxy}",
                *(["--no-sandbox"] if root else []),
            ],
            # Ctrl-C ends the crawl, and that ends the browser.
            "handle_sigint": False,
            "handle_sigterm": False,
            "handle_sighup": False,
        }
        handler.config.startup_context_kwargs = {
            "default": {
                "ignore_https_errors": True,  # as for plain requests
                "locale": "zh-CN",
                "user_agent": self._seen_as(),
                "accept_downloads": False,
                "service_workers": "block",
                **({"viewport": SCREEN} if self.whole else {}),
            }
        }
        handler.config.max_pages_per_context = PAGES
        handler.config.target_closed_max_retries = 1
        return handler

    def _seen_as(self) -> str:
        return f"{AS_CHROME} {self._user_agent.removeprefix('Mozilla/5.0 ')}" if self.whole else self._user_agent

    async def _end(self, session: Session) -> None:
        if session is self._session:
            self._session = None
        session.retired = True
        with contextlib.suppress(Exception):  # it may be dead already
            await asyncio.wait_for(session.handler.close(), CLOSE_SECONDS)
