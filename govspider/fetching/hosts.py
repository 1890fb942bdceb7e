"""What is remembered of the hosts asked lately, shared by all walks of a crawl."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlsplit

from govspider.facts import Fetch
from govspider.fetching.guard import host_of

FIRST_BACKOFF = 3.0  # seconds, when the host names none; doubled each time in a row
LONGEST_BACKOFF = 60.0
REMEMBERED_SECONDS = 60.0
MOST_HOSTS = 1000  # far more than all walks that are under way ask at a time
# After so many confirmed failures in a row a host is not asked again for a minute. A slow host is given more chances.
GIVE_UP = {Fetch.DNS: 3, Fetch.REFUSED: 3, Fetch.TIMEOUT: 5}

V = TypeVar("V")


def retry_after(value: str, now: dt.datetime) -> float | None:
    """Seconds that a Retry-After header asks for, given as a number or as a date; None when it says nothing."""
    value = value.strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())


@dataclass(slots=True)
class Host:
    """``cookies`` are those of a passed challenge; ``cookies_work`` once a plain request got a page with them.
    ``passes`` counts the passed ones, so that requests that waited at the ``door`` notice a new one."""

    cookies: dict[str, str] = field(default_factory=dict)
    cookies_work: bool = False
    passes: int = 0
    pass_failed: bool = False
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    _quiet_until: float = 0.0
    _refusals: int = 0
    _failures: int = 0
    _failed_at: float = 0.0
    _last: tuple[Fetch, str] = (Fetch.OK, "")

    async def ready(self) -> None:
        """Waits while the host asked for quiet."""
        while (wait := self._quiet_until - time.monotonic()) > 0:
            await asyncio.sleep(wait)

    def busy(self, header: str) -> None:
        """The host answered 429 or 503: nobody asks it again before the time it names."""
        named = retry_after(header, dt.datetime.now(dt.UTC))
        seconds = FIRST_BACKOFF * 2**self._refusals if named is None else named
        self._refusals = min(self._refusals + 1, 8)
        self._quiet_until = max(self._quiet_until, time.monotonic() + min(seconds, LONGEST_BACKOFF))

    def answered(self) -> None:
        self._refusals = self._failures = 0

    def failed(self, outcome: Fetch, error: str) -> None:
        """A confirmed failure to reach the host."""
        if outcome in GIVE_UP:
            self._failures = self._failures + 1 if self._last[0] is outcome else 1
            self._failed_at, self._last = time.monotonic(), (outcome, error)

    def doubtful(self) -> bool:
        """Whether the last thing known of the host is a confirmed failure, so that one more try is enough."""
        return self._failures > 0 and time.monotonic() - self._failed_at < REMEMBERED_SECONDS

    def given_up(self) -> tuple[Fetch, str] | None:
        """The failure that holds for every address of the host for now."""
        if self.doubtful() and self._failures >= GIVE_UP[self._last[0]]:
            return self._last
        return None

    def passed(self, cookies: dict[str, str]) -> None:
        self.cookies, self.cookies_work = cookies, False
        self.passes += 1


class Recent(dict[str, V]):
    """A dictionary that makes what it lacks, and forgets what was asked for longest ago when it holds too much."""

    def __init__(self, make: Callable[[], V], most: int = MOST_HOSTS) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def of(self, key: str) -> V:
        value = self.pop(key) if key in self else self._make()
        self[key] = value
        if len(self) > self._most:
            del self[next(iter(self))]
        return value


class Hosts:
    """By host and port: another port is another server, though the machine behind all of them has one ``turn``."""

    def __init__(self, at_a_time: int) -> None:
        self._hosts = Recent(Host)
        self._turns = Recent(lambda: asyncio.Semaphore(at_a_time))

    def turn(self, url: str) -> asyncio.Semaphore:
        """Held while a request is under way. Scrapy's own limit lets queued requests pass when there is no delay."""
        return self._turns.of(host_of(url))

    def of(self, url: str) -> Host:
        return self._hosts.of(urlsplit(url).netloc.rpartition("@")[2].lower())
