"""A page through the browser as ``Fetched``."""

from dataclasses import replace
from typing import TYPE_CHECKING

from govspider.facts import Fetch, Fetched
from govspider.fetching.bodies import may_be_page
from govspider.fetching.browser import Browser
from govspider.fetching.downloader import Downloader
from govspider.fetching.firefox import Firefox
from govspider.fetching.outcomes import TEXTS
from govspider.fetching.plain import is_web
from govspider.reading.routes import without_mark

if TYPE_CHECKING:
    from govspider.fetching.settling import Rendered

HTML = "text/html; charset=utf-8"
# They speak of the bytes that the server sent, not of the DOM.
OF_THE_BYTES = {"content-type", "content-length", "content-encoding", "transfer-encoding"}


async def render(
    downloader: Downloader, browser: Browser | Firefox, url: str, *, keep_cookies: bool = False, words: str = ""
) -> Fetched:
    """The DOM, or how the page shows where the browser measures that (JSON). Data requests of the page that failed are said in ``error`` of an OK page: what they fill may be missing.

    ``words`` are asked of the page's search, and its answer is the page. ``keep_cookies``: a challenge stood here; the cookies that passed it are for later plain requests to the host.
    """
    response = await downloader.download(without_mark(url), browser=browser, words=words)
    if isinstance(response, Fetched):
        return replace(response, rendered=True)
    rendered: Rendered = response.meta["rendered"]
    outcome, error = _outcome(rendered, browser, downloader.maxsize)
    if keep_cookies and outcome is Fetch.OK:
        downloader.hosts.of(rendered.url).passed(rendered.cookies)
    readable = outcome in (Fetch.OK, Fetch.HTTP_ERROR, Fetch.BLOCKED)
    headers = tuple(header for header in rendered.headers if header[0] not in OF_THE_BYTES)
    kind, body = ("application/json", rendered.measured.encode()) if browser.whole else (HTML, response.body)
    return Fetched(
        url,
        rendered.url if is_web(rendered.url) else url,
        outcome,
        rendered.status,
        (*headers, ("content-type", kind)),
        body if readable else b"",
        rendered=True,
        redirects=rendered.redirects,
        error=error,
    )


def _outcome(rendered: "Rendered", browser: Browser | Firefox, maxsize: int) -> tuple[Fetch, str]:
    headers = dict(rendered.headers)
    refused = headers.get(browser.proxy.mark)
    if refused is not None:  # the answer is our proxy's
        return Fetch(refused), TEXTS[Fetch(refused)]
    if rendered.challenge is not None:
        return Fetch.BLOCKED, rendered.challenge
    if rendered.status == 0 or not is_web(rendered.url):
        return Fetch.OTHER, rendered.error or "浏览器没有打开页面"
    if rendered.status >= 400:
        return Fetch.HTTP_ERROR, f"服务器返回 {rendered.status}"
    if not may_be_page(headers.get("content-type", "")):
        return Fetch.NOT_HTML, TEXTS[Fetch.NOT_HTML]
    if len(rendered.html) > maxsize:
        return Fetch.TOO_LARGE, TEXTS[Fetch.TOO_LARGE]
    return Fetch.OK, f"页面有 {rendered.unfinished} 个数据请求没有完成" if rendered.unfinished else ""
