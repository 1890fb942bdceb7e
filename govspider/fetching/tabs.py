"""The browser's pages as a download handler. Importing this file brings Playwright in, which takes its time."""

import asyncio
from typing import Any

from scrapy import Spider
from scrapy.http import HtmlResponse, Request, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from govspider.fetching.display import Display
from govspider.fetching.rendering import Watch
from govspider.fetching.searching import search

CLOSE_SECONDS = 10.0


class PageHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """scrapy-playwright's browser, context and pages, with our way of looking at a page.

    The parent intercepts every request of a page and waits for its load event: the first costs a round trip for each,
    the second never comes on pages with one hanging resource.
    """

    async def _create_browser_context(self, name: str, context_kwargs: dict[str, Any], spider: Any = None) -> Any:
        """The version that a browser tells of itself is its own, and known only now."""
        await self._maybe_launch_browser()
        version = f"{self.browser.version.partition('.')[0]}.0.0.0"
        told = {**context_kwargs, "user_agent": context_kwargs["user_agent"].replace("{version}", version)}
        return await super()._create_browser_context(name, told, spider)

    async def _download_request_with_retry(self, request: Request, spider: Spider) -> Response:
        browser = request.meta["browser"]
        page = await self._create_page(request=request, spider=spider)
        try:
            watch = Watch(page)
            display = Display(page) if browser.whole else None
            rendered = await watch.look(request.url)
            if display is not None and rendered.status == 200:
                loaded = await display.loaded()
                rendered.measured = await display.measure(rendered, whole=loaded and not browser.proxy.spent)
            if request.meta["words"]:
                rendered = await search(page, watch, request.meta["words"])
        finally:
            await asyncio.wait_for(page.close(), CLOSE_SECONDS)  # a page that hangs ends with its browser
        request.meta["rendered"] = rendered
        body = rendered.html.encode("utf-8", "replace")
        return HtmlResponse(rendered.url, body=body, encoding="utf-8", status=rendered.status or 200, request=request)
