"""A plain request and its redirects: the last response as ``Fetched``."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol
from urllib.parse import urldefrag, urljoin

from scrapy.http import Headers, Response

from govspider.facts import Fetch, Fetched
from govspider.fetching.bodies import is_page
from govspider.fetching.guard import host_of
from govspider.fetching.hosts import Hosts
from govspider.fetching.outcomes import TEXTS
from govspider.reading.challenge import challenge_sign

REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 10
MANY_LINKS = 13
LINK = re.compile(rb"<a ")
LOOK = 50_000  # bytes


class Downloads(Protocol):
    """One request after the other, never raising."""

    hosts: Hosts

    async def download(self, url: str, method: str, cookies: dict[str, str]) -> Response | Fetched: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """BLOCKED means a challenge. ``passes`` is how often its host's challenge had been passed when it was asked."""

    fetched: Fetched
    passes: int = 0


def is_web(url: str) -> bool:
    return url[:8].lower().startswith(("http://", "https://")) and bool(host_of(url))


async def follow(downloader: Downloads, url: str, method: str = "GET", *, file: bool = False) -> Answer:
    """Cookies set on the way are sent back on the way, as browsers do: some sites redirect until they see them.

    A ``file`` is OK whatever its type.
    """
    trail: list[str] = []
    jar: defaultdict[str, dict[str, str]] = defaultdict(dict)
    current = urldefrag(url)[0]
    while True:
        host = downloader.hosts.of(current)
        passes = host.passes
        response = await downloader.download(current, method, {**host.cookies, **jar[host_of(current)]})
        if isinstance(response, Fetched):
            return Answer(replace(response, redirects=tuple(trail)), passes)
        location = response.headers.get("Location") if response.status in REDIRECTS else None
        if not location:
            fetched = _read(response, head=method == "HEAD", file=file)
            host.cookies_work |= bool(host.cookies) and fetched.outcome is Fetch.OK
            return Answer(replace(fetched, redirects=tuple(trail)), passes)
        trail.append(current)
        jar[host_of(current)].update(_cookies(response.headers))
        target = _target(current, location)
        if len(trail) > MOST_REDIRECTS:
            return Answer(Fetched(url, current, Fetch.OTHER, response.status, error="重定向次数过多"), passes)
        if not is_web(target):
            error = f"{TEXTS[Fetch.OFF_HOST]}（{target[:100]}）"
            return Answer(Fetched(url, current, Fetch.OFF_HOST, response.status, error=error), passes)
        current = target


def _read(response: Response, *, head: bool, file: bool) -> Fetched:
    headers = _headers(response.headers)
    fetched = Fetched(response.url, response.url, Fetch.OK, response.status, headers, response.body)
    if not head and not _has_many_links(response):
        sign = challenge_sign(response.status, headers, response.body)
        if sign is not None:
            return replace(fetched, outcome=Fetch.BLOCKED, error=sign)
    if response.status >= 400:
        return replace(fetched, outcome=Fetch.HTTP_ERROR, error=f"服务器返回 {response.status}")
    kind = fetched.header("content-type")
    if not head and not file and ("download_stopped" in response.flags or not is_page(kind, response.body)):
        error = f"{TEXTS[Fetch.NOT_HTML]}（{kind[:60] or '类型不明'}）"
        return replace(fetched, outcome=Fetch.NOT_HTML, body=b"", error=error)
    return fetched


def _has_many_links(response: Response) -> bool:
    """A cheap look: no challenge has them, and nearly every page has."""
    return response.status == 200 and len(list(islice(LINK.finditer(response.body, 0, LOOK), MANY_LINKS))) == MANY_LINKS


def _headers(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1").lower(), value.decode("utf-8", "replace"))
        for name, values in headers.items()
        for value in values
    )


def _target(current: str, location: bytes) -> str:
    for charset in ("utf-8", "gb18030", "latin-1"):
        try:
            text = location.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    try:
        return urldefrag(urljoin(current, text.strip()))[0]
    except ValueError:
        return ""


def _cookies(headers: Headers) -> dict[str, str]:
    pairs = (value.partition(b";")[0].decode("latin-1").partition("=") for value in headers.getlist("Set-Cookie"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}
