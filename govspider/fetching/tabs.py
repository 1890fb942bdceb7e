"""The browser's pages as a download handler. Importing this file brings Playwright in, which takes its time."""

import asyncio

from scrapy import Spider
from scrapy.http import HtmlResponse, Request, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from govspider.fetching.rendering import Watch
from govspider.fetching.searching import search

CLOSE_SECONDS = 10.0


class PageHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """scrapy-playwright's browser, context and pages, with our way of looking at a page.

    The parent intercepts every request of a page and waits for its load event: the first costs a round trip for each,
    the second never comes on pages with one hanging resource.
    """

    async def _download_request_with_retry(self, request: Request, spider: Spider) -> Response:
        page = await self._create_page(request=request, spider=spider)
        try:
            watch = Watch(page)
            rendered = await watch.look(request.url)
            if request.meta["words"]:
                rendered = await search(page, watch, request.meta["words"])
        finally:
            await asyncio.wait_for(page.close(), CLOSE_SECONDS)  # a page that hangs ends with its browser
        request.meta["rendered"] = rendered
        body = rendered.html.encode("utf-8", "replace")
        return HtmlResponse(rendered.url, body=body, encoding="utf-8", status=rendered.status or 200, request=request)
