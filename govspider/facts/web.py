"""What a request brings."""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

BEIJING = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")  # needs no time zone database


# The errors of visits that the walk has put right, in words that are shown as they are.
SOFT_404 = "页面不存在，却以正常状态返回"
MAYBE_404 = "页面称不存在，未能用浏览器核对"
NO_LINKS = "页面上没有链接"
TOLD = frozenset({SOFT_404, MAYBE_404, NO_LINKS})


class Fetch(StrEnum):
    """How a request ended. A page is read only when it ended OK."""

    OK = "ok"
    HTTP_ERROR = "http_error"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    DNS = "dns"
    TLS = "tls"
    BLOCKED = "blocked"  # a challenge or a fire-wall page, whatever its status
    ROBOTS = "robots"
    TOO_LARGE = "too_large"
    NOT_HTML = "not_html"
    OFF_HOST = "off_host"
    PRIVATE = "private"  # an address that must not be requested
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one request brought: the bytes of the last response of a redirect chain, or the reason there are none.

    ``url`` is what was asked for, ``final_url`` where the redirects ended. ``body`` is decompressed, empty unless a
    response came; an HTTP error keeps its body. ``rendered`` says the body is the browser's DOM (then UTF-8).
    """

    url: str
    final_url: str
    outcome: Fetch
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()  # names in lower case
    body: bytes = b""
    rendered: bool = False
    redirects: tuple[str, ...] = ()
    error: str = ""
    fetched_at: dt.datetime | None = None

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


class How(StrEnum):
    """How an address is asked for, and what of its answer matters."""

    PAGE = "page"  # as the server sends it
    BROWSER = "browser"  # as it is when its scripts have run
    DISPLAY = "display"  # in the browser with all its parts: how it shows, as JSON
    FIREFOX = "firefox"  # as DISPLAY, in Firefox
    FILE = "file"  # the bytes, whatever their type, which is OK
    LINK = "link"  # only whether it answers: no body is kept, and any type is OK


class Fetcher(Protocol):
    """Live, replayed or a dict in a test. Never raises: every failure is an outcome.

    words: ask them of the search on the page in the browser; its answer is the page that comes. Retrying, back-off,
    politeness and the guard against private addresses are the fetcher's business; a walk asks for each address once
    (plain) and at most once more (in the browser).
    """

    def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Awaitable[Fetched]: ...


@dataclass(frozen=True, slots=True)
class Visit:
    """A ``Fetched`` without its bytes: what is kept of a request in the facts."""

    url: str
    final_url: str
    fetch: Fetch
    status: int = 0
    rendered: bool = False
    error: str = ""
    digest: str = ""  # sha256 of the body, hex
    fetched_at: dt.datetime | None = None
