"""Firefox beside the crawl's own browser, where it is installed: it only looks at how pages show.

The Firefox of a distribution speaks WebDriver BiDi itself and needs no driver. It is started with the first page that needs
it, opens one page at a time, goes through a proxy of ours with every connection, and is killed at the end: whatever
becomes of it, the crawl goes on.
"""

import asyncio
import contextlib
import json
import logging
import os
import re
import shutil
import signal
import tempfile
from asyncio.subprocess import DEVNULL
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import HtmlResponse, Request, Response
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from govspider.fetching.bidi import EVENTS, Bidi, BidiError, Tab
from govspider.fetching.browser import DISPLAY_BYTES, LAUNCHES, PAGES_OF_A_BROWSER, SCREEN, BrowserUnavailableError
from govspider.fetching.guard import Guard
from govspider.fetching.proxy import GuardedProxy
from govspider.fetching.settling import POLL_SECONDS, Rendered

logger = logging.getLogger(__name__)

NAMES = ("firefox-esr", "firefox")
OLDEST = 140  # older ones do not tell what a request is for
START_SECONDS = 30.0
HARD_SECONDS = 50.0  # beyond all patience with one page: whoever takes longer hangs
TURN_SECONDS = 120.0  # that a page waits for those before it
FAILURES = 5  # in a row: it is Firefox, not the pages
END_SECONDS = 5.0
MESSAGE_BYTES = 2**26
ADDRESS = "WebDriverBiDiServer.json"  # in the profile: where Firefox listens
# Pages that tell visitors of old browsers to go away are to see a common one; ours is named all the same.
AS_FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"
PREFERENCES: dict[str, str | int | bool] = {
    # Nothing may pass by the proxy: neither loopback, nor names resolved by the browser, nor WebRTC and QUIC.
    "network.proxy.type": 1,
    "network.proxy.allow_hijacking_localhost": True,
    "network.proxy.no_proxies_on": "",
    "network.proxy.failover_direct": False,
    "network.proxy.allow_bypass": False,
    "network.dns.disablePrefetch": True,
    "network.dns.disablePrefetchFromHTTPS": True,
    "network.trr.mode": 5,
    "network.http.http3.enable": False,
    "network.webtransport.enabled": False,
    "network.http.speculative-parallel-limit": 0,
    "network.predictor.enabled": False,
    "network.prefetch-next": False,
    "media.peerconnection.enabled": False,
    "dom.serviceWorkers.enabled": False,
    "dom.push.enabled": False,
    "geo.enabled": False,
    # It asks for nothing but pages.
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#",
    "app.update.enabled": False,
    "app.update.disabledForTesting": True,
    "app.normandy.enabled": False,
    "toolkit.telemetry.server": "data:,",
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.blockedURIs.enabled": False,
    "browser.region.update.enabled": False,
    "browser.search.update": False,
    "browser.topsites.contile.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.startup.page": 0,
    "browser.startup.homepage": "about:blank",
    "extensions.update.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    # Pages show as to a visitor who lets them do nothing.
    "security.OCSP.enabled": 0,
    "dom.security.https_first": False,
    "dom.security.https_first_schemeless": False,
    "privacy.trackingprotection.enabled": False,
    "privacy.trackingprotection.pbmode.enabled": False,
    "intl.accept_languages": "zh-CN, zh, en",
    "gfx.downloadable_fonts.enabled": False,
    "media.autoplay.default": 5,
    "dom.disable_beforeunload": True,
    "network.auth.subresource-http-auth-allow": 0,
    "network.protocol-handler.external-default": False,
    "network.protocol-handler.external.mailto": False,
    "dom.ipc.processHangMonitor": False,
    "dom.max_script_run_time": 0,
    "pdfjs.disabled": True,
    "browser.download.folderList": 2,  # downloads end in the profile, and with it
}

# The first lets a preference say where Firefox asks for its lists: nowhere.
ENVIRONMENT = {"MOZ_REMOTE_SETTINGS_DEVTOOLS": "1", "MOZ_CRASHREPORTER_DISABLE": "1"}


def find_firefox() -> str | None:
    """Its path. None also where a program cannot be ended with all that it started."""
    if not hasattr(os, "killpg"):
        return None
    return next(filter(None, map(shutil.which, NAMES)), None)


@dataclass(slots=True, eq=False)
class Session:
    bidi: Bidi
    name: str
    served: int = 0


class Firefox:
    """What ``Browser`` is for Chromium; it knows pages only whole."""

    whole = True

    def __init__(self, crawler: Crawler, guard: Guard) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._path = find_firefox()
        self._user_agent = settings["USER_AGENT"]
        self._maxsize = settings.getint("DOWNLOAD_MAXSIZE")
        self._session: Session | None = None
        self._ending = contextlib.AsyncExitStack()  # of all that was started
        self._turn = asyncio.Lock()
        self._failures = 0
        self._reason = "" if self._path else "没有安装 Firefox"
        if settings["BROWSER"] == "never":
            self._reason = "本轮未启用浏览器（BROWSER=never）"
        self.proxy = GuardedProxy(guard, self._maxsize)

    @property
    def unavailable(self) -> str:
        """Why no page can be looked at, in Chinese; "" while one may."""
        return self._reason

    async def open(self, request: Request) -> Response:
        """Called by the download handler. The page's story is left in ``request.meta["rendered"]``."""
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise DownloadTimeoutError("Firefox is busy with other pages") from error
        try:
            rendered = await self._opened(request.url)
        finally:
            self._turn.release()
        request.meta["rendered"] = rendered
        body = rendered.html.encode("utf-8", "replace")
        return HtmlResponse(rendered.url, body=body, encoding="utf-8", status=rendered.status or 200, request=request)

    async def _opened(self, url: str) -> Rendered:
        session = await self._ready()
        self.proxy.allow(DISPLAY_BYTES, more=False)
        well = False
        try:
            async with asyncio.timeout(HARD_SECONDS):
                rendered = await self._look(session, url)
            well = session.served < PAGES_OF_A_BROWSER
            self._failures = 0
        except (TimeoutError, BidiError) as error:
            logger.warning("Firefox failed with %s: %r", url, error)
            self._failures += 1
            if self._failures >= FAILURES:
                self._reason = self._reason or "Firefox 连续失败，不再使用"
            if isinstance(error, TimeoutError):
                raise DownloadTimeoutError("the page does not answer Firefox") from error
            raise BrowserUnavailableError("Firefox 中途退出或者没有响应") from error
        finally:
            if not well:
                await self._end()
        return rendered

    async def close(self) -> None:
        """Does not wait for the page that is being looked at."""
        self._reason = self._reason or "检查已经结束"
        await self._end()
        await self.proxy.close()

    async def _look(self, session: Session, url: str) -> Rendered:
        """In a container of its own, which takes its cookies and the windows that it opened with it."""
        bidi = session.bidi
        session.served += 1
        container = (await bidi.ask("browser.createUserContext"))["userContext"]
        context = (await bidi.ask("browsingContext.create", type="tab", userContext=container))["context"]
        bidi.tab = tab = Tab(bidi, context, session.name, self._maxsize)
        await bidi.ask("session.subscribe", events=list(EVENTS), contexts=[context])
        await bidi.ask("browsingContext.setViewport", context=context, viewport=SCREEN)
        rendered = await tab.look(url)
        if rendered.status == 200 and not rendered.error:
            loaded = await tab.loaded()
            rendered.measured = await tab.measure(rendered, whole=loaded and not self.proxy.spent)
        bidi.tab = None
        await bidi.ask("browser.removeUserContext", userContext=container)
        return rendered

    async def _ready(self) -> Session:
        if self._session is not None:
            return self._session
        problem = ""
        for _ in range(LAUNCHES):
            if self._reason:
                break
            try:
                async with asyncio.timeout(START_SECONDS):
                    self._session = await self._start()
            except (OSError, TimeoutError, BidiError, WebSocketException, ValueError) as error:
                logger.info("Firefox did not start", exc_info=True)
                problem = str(error).strip().partition("\n")[0][:200] or "没有响应"
                await self._end()
            else:
                self._crawler.stats.inc_value("firefox/started")
                return self._session
        if not self._reason:
            self._reason = f"Firefox 无法启动：{problem}"
            logger.warning("%s。门户网站的页面只在 Chromium 中查看。", self._reason)
        raise BrowserUnavailableError(self._reason)

    async def _start(self) -> Session:
        """Raises what keeps Firefox from being started; what was begun is left to ``_end``."""
        await self._end()
        version = await _version(str(self._path))
        seen_as = f"{AS_FIREFOX.format(version=version)} {self._user_agent.removeprefix('Mozilla/5.0 ')}"
        profile = tempfile.TemporaryDirectory(prefix="govspider-firefox-", ignore_cleanup_errors=True)
        self._ending.callback(profile.cleanup)
        preferences = _preferences(await self.proxy.start(), profile.name, seen_as)
        Path(profile.name, "user.js").write_text(preferences, "utf-8")
        process = await _launch(str(self._path), profile.name)
        self._ending.push_async_callback(_kill, process)
        address = await _address(process, Path(profile.name, ADDRESS))
        socket = await connect(address, max_size=MESSAGE_BYTES, proxy=None, ping_interval=None)
        bidi = Bidi(socket)
        self._ending.push_async_callback(bidi.close)
        wanted = {"acceptInsecureCerts": True, "unhandledPromptBehavior": {"default": "dismiss"}}
        await bidi.ask("session.new", capabilities={"alwaysMatch": wanted})
        return Session(bidi, f"Firefox {version}")

    async def _end(self) -> None:
        ending, self._ending, self._session = self._ending, contextlib.AsyncExitStack(), None
        await ending.aclose()


async def _version(path: str) -> int:
    """Raises ValueError when it is none that can be used."""
    asking = await asyncio.create_subprocess_exec(path, "--version", stdout=asyncio.subprocess.PIPE, stderr=DEVNULL)
    try:
        told, _ = await asking.communicate()
    finally:
        if asking.returncode is None:
            asking.kill()
    found = re.search(rb"Firefox (\d+)", told)
    if found is None or int(found[1]) < OLDEST:
        raise ValueError(f"需要 Firefox {OLDEST} 或更高版本")
    return int(found[1])


def _preferences(proxy: str, profile: str, user_agent: str) -> str:
    """The profile's ``user.js``. Whatever is neither HTTP nor HTTPS speaks SOCKS to our proxy, which refuses it."""
    address = urlsplit(proxy)
    own: dict[str, str | int | bool] = {
        "general.useragent.override": user_agent,
        "browser.download.dir": profile,
    }
    for protocol in ("http", "ssl", "socks"):
        own |= {f"network.proxy.{protocol}": str(address.hostname), f"network.proxy.{protocol}_port": address.port or 0}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in (PREFERENCES | own).items())
    return "".join(lines)


async def _launch(path: str, profile: str) -> asyncio.subprocess.Process:
    """In a group of its own: Ctrl-C ends the crawl, and that ends Firefox. A crawl that is killed takes it along where the system can tell."""
    with_parent = shutil.which("setpriv")
    return await asyncio.create_subprocess_exec(
        *((with_parent, "--pdeathsig", "KILL") if with_parent else ()),
        *(path, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"),
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,
        env={**os.environ, **ENVIRONMENT, "HOME": profile, "TMPDIR": profile},
    )


async def _address(process: asyncio.subprocess.Process, file: Path) -> str:
    """Where Firefox listens. Raises OSError when it ended before it did."""
    while process.returncode is None:
        with contextlib.suppress(OSError, ValueError, KeyError):  # not yet, or half of it
            told = json.loads(await asyncio.to_thread(file.read_text, "utf-8"))
            return f"ws://{told['ws_host']}:{told['ws_port']}/session"
        await asyncio.sleep(POLL_SECONDS)
    raise OSError(f"程序已退出（{process.returncode}）")


async def _kill(process: asyncio.subprocess.Process) -> None:
    """With all the processes that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), END_SECONDS)
