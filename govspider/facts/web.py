"""What a request brings."""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

BEIJING = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")  # needs no time zone database


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


class Fetcher(Protocol):
    """Live, replayed or a dict in a test. Never raises: every failure is an outcome.

    render: open the page in the browser. words: ask them of the search on that page; its answer is the page that comes.
    display: open it there with all its parts, and bring how it shows as JSON.
    file: bring the bytes whatever their type, and call that OK. link_only: only whether the address answers matters;
    the body may be empty and any content type is OK. Retrying, back-off, politeness and the guard against private addresses are the
    fetcher's business; a walk asks for each address once (plain) and at most once more (rendered).
    """

    def __call__(
        self,
        url: str,
        *,
        render: bool = False,
        link_only: bool = False,
        file: bool = False,
        words: str = "",
        display: bool = False,
    ) -> Awaitable[Fetched]: ...


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
