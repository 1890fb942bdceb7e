"""How a page shows in Chromium: what the browser tells of the page's parts, and what is measured once they came."""

import asyncio

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Response

from govspider.fetching.parts import MEASURE, Parts
from govspider.fetching.settling import LOAD_SECONDS, MEASURE_SECONDS, Rendered


class Display:
    """Follows the parts that a page is made of. Begun before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._parts = Parts()
        page.on("response", self._answered)
        page.on("requestfailed", lambda request: self._parts.failed(request.url, request.resource_type))
        page.on("pageerror", lambda error: self._parts.erred(str(error)))

    async def loaded(self) -> bool:
        """Whether all parts came before patience ended."""
        try:
            await self._page.wait_for_load_state("load", timeout=LOAD_SECONDS * 1000)
        except PlaywrightError:
            return False
        return True

    async def measure(self, rendered: Rendered, *, whole: bool) -> str:
        """``whole``: all parts came. Raises Playwright's errors, or TimeoutError when the page does not answer."""
        told = await asyncio.wait_for(self._page.evaluate(MEASURE), MEASURE_SECONDS)
        browser = self._page.context.browser
        name = f"Chromium {browser.version.partition('.')[0]}" if browser is not None else "Chromium"
        return self._parts.measured(told, self._page.url, name, lacking=rendered.unfinished + (not whole))

    def _answered(self, response: Response) -> None:
        kind, said = response.request.resource_type, response.headers.get("content-type", "")
        self._parts.answered(response.url, kind, response.status, said)
