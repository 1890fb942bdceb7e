"""One page in Chromium: open it, wait until its content stands still, take its DOM."""

import asyncio
import contextlib
import time

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request, Response

from govspider.fetching.guard import host_of
from govspider.fetching.parts import may_bring_content
from govspider.fetching.settling import (
    ANSWER_SECONDS,
    LONG_POLL_SECONDS,
    OPEN_SECONDS,
    QUIET_SECONDS,
    SNAPSHOT,
    Rendered,
    Snapshot,
    settled,
)
from govspider.reading.challenge import challenge_sign

NOTHING_BUT_A_STATUS = "ERR_HTTP_RESPONSE_CODE_FAILURE"  # Chromium's name for an error that came without a page
DATA = {"xhr", "fetch"}
WATCHED = DATA | {"script", "document"}


class Watch:
    """Follows a page's own navigation and the requests its content may be waiting for."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pending: dict[Request, float] = {}
        self._lost: set[str] = set()
        self._main: Response | None = None
        self._redirects: list[str] = []
        self._strange_lost: set[str] = set()  # script files of other hosts: libraries, but counters as well
        self._broken = False
        page.on("pageerror", self._erred)
        page.on("request", self._began)
        page.on("response", self._answered)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._failed)

    async def look(self, url: str) -> Rendered:
        """Raises Playwright's errors when the page cannot be opened."""
        try:
            await self._page.goto(url, wait_until="commit", timeout=OPEN_SECONDS * 1000)
        except PlaywrightError as error:
            if NOTHING_BUT_A_STATUS not in str(error) or self._main is None:
                raise
            headers = tuple(self._main.headers.items())
            return Rendered(self._main.url, "", self._main.status, headers, tuple(self._redirects))
        return await self.result()

    async def result(self) -> Rendered:
        """What the page shows once it stands still."""
        html = await settled(self)
        headers = tuple(self._main.headers.items()) if self._main is not None else ()
        status = self._main.status if self._main is not None else 0
        rendered = Rendered(self._page.url, html, status, headers, tuple(self._redirects))
        rendered.challenge = challenge_sign(status, headers, html.encode("utf-8", "replace"))
        jar = await self._page.context.cookies(self._page.url)
        rendered.cookies = {cookie["name"]: cookie["value"] for cookie in jar}
        lost = len(self._lost) + (len(self._strange_lost) if self._broken else 0)
        rendered.unfinished = lost + sum(self._may_bring_content(request) for request in self._pending)
        return rendered

    async def snapshot(self) -> Snapshot | None:
        with contextlib.suppress(PlaywrightError, TimeoutError):
            state, text, links, elements = await asyncio.wait_for(self._page.evaluate(SNAPSHOT), ANSWER_SECONDS)
            return state, text, links, elements
        return None

    async def content(self) -> str:
        try:
            return await asyncio.wait_for(self._page.content(), ANSWER_SECONDS)
        except PlaywrightError:  # it went elsewhere in this very moment
            await asyncio.sleep(QUIET_SECONDS)
            return await asyncio.wait_for(self._page.content(), ANSWER_SECONDS)

    def is_challenge(self, html: str) -> bool:
        status = self._main.status if self._main is not None else 0
        headers = tuple(self._main.headers.items()) if self._main is not None else ()
        return challenge_sign(status, headers, html.encode("utf-8", "replace")) is not None

    def waits(self, now: float) -> bool:
        return any(now - began < LONG_POLL_SECONDS for began in self._pending.values())

    def _is_own_navigation(self, request: Request) -> bool:
        try:
            return request.is_navigation_request() and request.frame == self._page.main_frame
        except PlaywrightError:  # the frame is not known yet: the page's first request
            return request.is_navigation_request()

    def _began(self, request: Request) -> None:
        if request.resource_type in WATCHED:
            self._pending[request] = time.monotonic()

    def _ended(self, request: Request) -> None:
        self._pending.pop(request, None)

    def _failed(self, request: Request) -> None:
        self._pending.pop(request, None)
        self._note_loss(request)

    def _answered(self, response: Response) -> None:
        request = response.request
        if self._is_own_navigation(request):
            if 300 <= response.status < 400:
                self._redirects.append(response.url)
                self._pending.pop(request, None)
            else:
                self._main = response
                self._lost.clear()
        elif response.status >= 400:
            self._note_loss(request)

    def _erred(self, error: PlaywrightError) -> None:
        """A script misses what another one brings."""
        self._broken |= "is not defined" in error.message

    def _note_loss(self, request: Request) -> None:
        script = request.resource_type == "script"
        own_script = script and host_of(request.url) == host_of(self._page.url)
        if own_script or self._may_bring_content(request):
            self._lost.add(request.url)
        elif script:
            self._strange_lost.add(request.url)

    def _may_bring_content(self, request: Request) -> bool:
        return request.resource_type in DATA and may_bring_content(request.url, self._page.url)
