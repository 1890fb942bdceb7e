"""One page in a browser that speaks WebDriver BiDi: open it, wait until its content stands still, measure how it shows."""

import asyncio
import contextlib
import itertools
import json
import re
import time
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from govspider.fetching.parts import MEASURE, Parts, may_bring_content
from govspider.fetching.settling import (
    ANSWER_SECONDS,
    LOAD_SECONDS,
    LONG_POLL_SECONDS,
    MEASURE_SECONDS,
    OPEN_SECONDS,
    POLL_SECONDS,
    QUIET_SECONDS,
    SNAPSHOT,
    Rendered,
    Snapshot,
    settled,
)
from govspider.reading.challenge import challenge_sign

EVENTS = ("network.beforeRequestSent", "network.responseCompleted", "network.fetchError", "log.entryAdded")
KINDS = {"style": "stylesheet", "image": "image", "script": "script", "document": "document"}
DATA = ("fetch", "xmlhttprequest")
THROWN = re.compile(
    r"uncaught exception|\w*(?:Error|Exception):"
)  # style sheets of a wrong type are logged like errors of scripts
SANDBOX = "govspider"  # a world of our own, where nothing is as the page's scripts changed it
DOM = "JSON.stringify([location.href, document.documentElement ? document.documentElement.outerHTML.slice(0, {most}) : ''])"


class BidiError(Exception):
    """The browser says no."""


class BidiClosedError(BidiError):
    """The browser is gone."""


class Bidi:
    """Commands that are answered, and events that one ``tab`` at a time hears."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.tab: Tab | None = None
        self._reading = asyncio.create_task(self._read())

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Raises BidiError."""
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            if self._reading.done():
                raise BidiClosedError("the connection is closed")
            await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
            return await answer
        except ConnectionClosed as error:
            raise BidiClosedError(str(error)) from error
        finally:
            del self._asked[number]

    async def close(self) -> None:
        self._reading.cancel()
        self._socket.transport.abort()  # the browser is killed: it says no good-bye
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                self._heard(json.loads(message))
        except ConnectionClosed:
            pass  # told to those who wait
        finally:
            for answer in self._asked.values():
                if not answer.done():
                    answer.set_exception(BidiClosedError("the connection was closed"))

    def _heard(self, told: dict[str, Any]) -> None:
        answer = self._asked.get(told.get("id") or 0)
        if told["type"] == "event":
            if self.tab is not None:
                self.tab.hear(told["method"], told["params"])
        elif answer is not None and not answer.done():
            if told["type"] == "success":
                answer.set_result(told["result"])
            else:
                answer.set_exception(BidiError(f"{told.get('error')}: {told.get('message')}"))


class Tab:
    """Follows one page, its parts, and the requests its content may be waiting for."""

    def __init__(self, bidi: Bidi, context: str, browser: str, maxsize: int) -> None:
        self._bidi = bidi
        self._context = context
        self._browser = browser
        self._dom = DOM.format(most=maxsize + 1)  # so much tells that it is too much
        self._parts = Parts()
        self._pending: dict[str, tuple[float, str]] = {}  # request → since when, and the address of one for data
        self._lost: set[str] = set()
        self._main: tuple[str, int, tuple[tuple[str, str], ...]] = ("", 0, ())
        self._redirects: list[str] = []
        self._url = ""

    async def look(self, url: str) -> Rendered:
        """Raises BidiError, or TimeoutError when the page does not answer."""
        opening = self._bidi.ask("browsingContext.navigate", context=self._context, url=url, wait="interactive")
        try:
            await asyncio.wait_for(opening, OPEN_SECONDS)
        except TimeoutError:
            if not self._main[1]:
                raise
        except BidiClosedError:
            raise
        except BidiError as error:
            address, status, headers = self._main
            if status != 200:  # an error without a page, or no answer; a page may have gone elsewhere by itself
                why = " ".join(str(error).split())[:120]
                told = f"Firefox 没有打开页面（{why}）"
                return Rendered(address or url, "", status, headers, tuple(self._redirects), error=told)
        return await self._result()

    async def _result(self) -> Rendered:
        html = await settled(self)
        _, status, headers = self._main
        rendered = Rendered(self._url, html, status, headers, tuple(self._redirects))
        rendered.challenge = challenge_sign(status, headers, html.encode("utf-8", "replace"))
        data = [address for _, address in self._pending.values() if address]
        rendered.unfinished = sum(may_bring_content(address, self._url) for address in (*self._lost, *data))
        return rendered

    async def loaded(self) -> bool:
        """Whether all parts came before patience ended."""
        end = time.monotonic() + LOAD_SECONDS
        while time.monotonic() < end:
            state = await self.snapshot()
            if state is not None and state[0] == "complete":
                return True
            await asyncio.sleep(POLL_SECONDS)
        return False

    async def measure(self, rendered: Rendered, *, whole: bool) -> str:
        """``whole``: all parts came. Raises BidiError, or TimeoutError when the page does not answer."""
        told = await self._told(f"JSON.stringify(({MEASURE})())", MEASURE_SECONDS)
        return self._parts.measured(told, self._url, self._browser, lacking=rendered.unfinished + (not whole))

    async def snapshot(self) -> Snapshot | None:
        with contextlib.suppress(BidiError, TimeoutError):
            state, text, links, elements = await self._told(f"JSON.stringify(({SNAPSHOT})())", ANSWER_SECONDS)
            return state, text, links, elements
        return None

    async def content(self) -> str:
        try:
            self._url, html = await self._told(self._dom, ANSWER_SECONDS)
        except BidiError:  # it went elsewhere in this very moment
            await asyncio.sleep(QUIET_SECONDS)
            self._url, html = await self._told(self._dom, ANSWER_SECONDS)
        return str(html)

    def waits(self, now: float) -> bool:
        return any(now - began < LONG_POLL_SECONDS for began, _ in self._pending.values())

    def is_challenge(self, html: str) -> bool:
        _, status, headers = self._main
        return challenge_sign(status, headers, html.encode("utf-8", "replace")) is not None

    async def _told(self, expression: str, seconds: float) -> Any:
        target = {"context": self._context, "sandbox": SANDBOX}
        asking = self._bidi.ask("script.evaluate", expression=expression, target=target, awaitPromise=False)
        answer = await asyncio.wait_for(asking, seconds)
        if answer["type"] != "success":
            raise BidiError("the page could not be asked")
        return json.loads(answer["result"]["value"])

    def hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "log.entryAdded":
            thrown = params["type"] == "javascript" and THROWN.match(params["text"])
            if thrown and params["source"].get("context") == self._context:  # a frame's errors are its own
                self._parts.erred(params["text"])
            return
        request = params["request"]
        kind = KINDS.get(request["destination"], DATA[0] if request["initiatorType"] in DATA else "")
        url, number = request["url"], request["request"]
        if method == "network.beforeRequestSent":
            if kind in (DATA[0], "script", "document"):
                self._pending[number] = (time.monotonic(), url if kind == DATA[0] else "")
            return
        self._pending.pop(number, None)
        if method == "network.fetchError":
            self._parts.failed(url, kind)
            self._note_loss(url, kind)
        else:
            self._answered(url, kind, params)

    def _answered(self, url: str, kind: str, params: dict[str, Any]) -> None:
        status = params["response"]["status"]
        headers = tuple(
            (one["name"].lower(), str(one["value"].get("value", ""))) for one in params["response"]["headers"]
        )
        if params["navigation"] is None or params["context"] != self._context:
            self._parts.answered(url, kind, status, dict(headers).get("content-type", ""))
            if status >= 400:
                self._note_loss(url, kind)
        elif 300 <= status < 400:
            self._redirects.append(url)
        else:
            self._main = (url, status, headers)
            self._lost.clear()

    def _note_loss(self, url: str, kind: str) -> None:
        if kind == DATA[0]:
            self._lost.add(url)
