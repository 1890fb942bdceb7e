"""One download handler for pages with and without the browser."""

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

IDLE_SECONDS = 15  # of a kept connection; Twisted's four minutes would pile up those of every site that is done


class PlainOrBrowserHandler(HTTP11DownloadHandler):
    """A request whose meta holds a ``browser`` is opened there, so both pass the same middlewares and host queues.

    Two schemes make two handlers; the browser comes with the request because there may be only one of it.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.cachedConnectionTimeout = IDLE_SECONDS

    async def download_request(self, request: Request) -> Response:
        browser = request.meta.get("browser")
        if browser is not None:
            opened: Response = await browser.open(request)
            return opened
        return await super().download_request(request)
