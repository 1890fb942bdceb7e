"""When a page in a browser is taken to be complete, whichever browser it is, and what it brought then."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Protocol

OPEN_SECONDS = 20.0
SETTLE_SECONDS = 15.0
CHALLENGE_SECONDS = 25.0
QUIET_SECONDS = 1.0
QUIET_SECONDS_OF_A_SHELL = 2.5  # a page that shows next to nothing may still be about to
SHELL_TEXT, SHELL_LINKS = 200, 5
POLL_SECONDS = 0.15
LOAD_SECONDS = 10.0  # for style sheets and pictures
MEASURE_SECONDS = 10.0
ANSWER_SECONDS = 5.0
LONG_POLL_SECONDS = 10.0  # a request that takes longer is a long poll or hopeless: not waited for

Snapshot = tuple[str, int, int, int]  # ready state, length of the visible text, links, elements
SNAPSHOT = """() => [document.readyState, document.body ? document.body.innerText.length : 0,
                     document.links.length, document.getElementsByTagName('*').length]"""


@dataclass(slots=True)
class Rendered:
    """What the browser brought. ``unfinished`` counts data requests that failed or did not end: a list may lack them."""

    url: str
    html: str
    status: int
    headers: tuple[tuple[str, str], ...]
    redirects: tuple[str, ...] = ()
    challenge: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    unfinished: int = 0
    error: str = ""  # why there is nothing to see, in Chinese
    measured: str = ""  # how it shows, as JSON


class Settling(Protocol):
    """A page that may still be at work."""

    async def snapshot(self) -> Snapshot | None:
        """None while the page goes elsewhere or is too busy to answer."""

    async def content(self) -> str:
        """The DOM. Raises TimeoutError when the page does not answer: its script hangs."""

    def waits(self, now: float) -> bool:
        """Whether requests are under way that may change the page."""

    def is_challenge(self, html: str) -> bool: ...


async def settled(page: Settling) -> str:
    """The DOM once text and links stand still and no data is under way, or when patience ends."""
    began = changed = time.monotonic()
    last: Snapshot | None = None
    challenged = False
    while True:
        now = time.monotonic()
        patience = CHALLENGE_SECONDS if challenged else SETTLE_SECONDS
        state = await page.snapshot()
        if state is None or state != last or state[0] == "loading" or page.waits(now):
            last, changed = state, now
        elif now - changed >= (QUIET_SECONDS_OF_A_SHELL if _is_shell(state) else QUIET_SECONDS):
            html = await page.content()
            if not page.is_challenge(html):
                return html
            challenged, changed = True, now
        if now - began >= patience:
            return await page.content()
        await asyncio.sleep(POLL_SECONDS)


def _is_shell(state: Snapshot) -> bool:
    return state[1] < SHELL_TEXT and state[2] < SHELL_LINKS
