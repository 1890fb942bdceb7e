"""Whether a home page opens: looks at it with a stopwatch, and the control addresses that say whether the fault is ours."""

import asyncio
import datetime as dt
import errno
import ipaddress
import itertools
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.internet.error import NoRouteError

from govspider.checks.reachability import opened
from govspider.facts import Fetch, Fetched, Probe
from govspider.fetching.downloader import refusal
from govspider.fetching.guard import Guard, PrivateAddressError, host_of, networks
from govspider.fetching.hosts import Hosts
from govspider.fetching.logs import calm
from govspider.fetching.outcomes import causes, outcome_of
from govspider.fetching.parts import domain
from govspider.fetching.plain import follow
from govspider.fetching.resolver import GuardedResolver

logger = logging.getLogger(__name__)

LOOKS = 3  # that must fail in a row
GRACE = 5.0  # seconds beyond the line, so that the record tells what is slow from what never comes
FRESH_SECONDS = 5.0  # what the control addresses said holds so long
OPENED = {Fetch.OK, Fetch.NOT_HTML, Fetch.TOO_LARGE}
# What only our own machine can be the reason for.
OWN_ERRORS = {
    errno.ENETUNREACH, errno.ENETDOWN, errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.EADDRNOTAVAIL, errno.EPERM,
    errno.EACCES,
}  # fmt: skip


class Prober:
    """``slow_seconds``: a page that takes so long counts as not opened, so it is looked at again, too."""

    def __init__(self, crawler: Crawler, guard: Guard, controls: Sequence[str], slow_seconds: float) -> None:
        self._crawler = crawler
        self._guard = guard
        self._slow = slow_seconds
        self._pause = crawler.settings.getfloat("UPTIME_PAUSE")
        self._slots = itertools.count()
        self._controls = controls
        self._checking = asyncio.Lock()
        self._checked = -FRESH_SECONDS
        self.trouble = ""  # of our own, once there was any

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, registered: Sequence[str], controls: Sequence[str], slow_seconds: float
    ) -> Self:
        """From here on the guard resolves every name of the process. Raises ValueError like ``networks``."""
        from twisted.internet import reactor

        calm()
        allowed = networks(crawler.settings.getlist("PRIVATE_NETWORKS_ALLOWED"))
        guard = Guard([*registered, *controls], allowed)
        reactor.installNameResolver(GuardedResolver(guard))
        return cls(crawler, guard, controls, slow_seconds)

    def close(self) -> None:
        self._guard.close()

    async def probe(self, url: str) -> Probe:
        """A failure only when all looks failed. After each of them the control addresses are asked whether it is ours."""
        looks: list[Probe] = []
        while not looks or (len(looks) < LOOKS and self._worth_another(looks[-1])):
            if looks:
                await asyncio.sleep(self._pause)
            looks.append(await self.look(url))
            if self._worth_another(looks[-1]):
                await self.check()
        last = looks[-1]
        if self._worth_another(last):
            last = next((look for look in looks if look.voided), last)
        return replace(last, at=looks[0].at, looks=len(looks))

    def _worth_another(self, probe: Probe) -> bool:
        return bool(probe.voided) or opened(probe, self._slow) is False

    async def look(self, url: str) -> Probe:
        """One look. ``voided`` says that it was not the site's fault."""
        at = dt.datetime.now(dt.UTC)
        watch = Stopwatch(self._crawler, self._guard, self._slow + GRACE, f"probe-{next(self._slots)}")
        try:
            fetched = (await follow(watch, url)).fetched
        except Exception as error:
            logger.exception("A bug while probing %s", url)
            return Probe(at, False, url=url, final_url=url, voided=f"监测程序出错（{type(error).__name__}）")
        ok = fetched.outcome in OPENED
        return Probe(
            at=at,
            ok=ok,
            seconds=watch.seconds if ok else None,
            outcome=fetched.outcome,
            status=fetched.status,
            first_byte=watch.first_byte,
            url=url,
            final_url=fetched.final_url,
            redirects=fetched.redirects,
            error="" if ok else fetched.error,
            voided="" if ok else watch.trouble,
        )

    async def check(self, *, anew: bool = False) -> None:
        """Notes trouble of our own when fewer than half of the control addresses answer as themselves."""
        async with self._checking:
            if not anew and time.monotonic() - self._checked < FRESH_SECONDS:
                return
            answers = await asyncio.gather(*(self._answers(url) for url in self._controls))
            self._checked = time.monotonic()
            if sum(answers) * 2 < len(answers):
                silent = len(answers) - sum(answers)
                self.trouble = f"{len(answers)}个对照地址中有{silent}个同时打不开，监测方的网络不正常，本次监测全部作废"

    async def _answers(self, url: str) -> bool:
        look = await self.look(url)
        in_time = look.first_byte is not None and look.first_byte < self._slow
        return in_time and look.status > 0 and domain(host_of(look.final_url)) == domain(host_of(url))

    async def network(self, url: str) -> str:
        """The network in which a host stands, by its first address; "" where it has none."""
        try:
            (address, *_) = await self._guard.resolve(host_of(url))
        except (OSError, PrivateAddressError):
            return ""
        bits = 48 if ":" in address else 24
        return str(ipaddress.ip_network(f"{address.partition('%')[0]}/{bits}", strict=False))


class Stopwatch:
    """What ``plain.follow`` needs of a downloader, for one look: adds up how long its requests take.

    Neither the look-up of names nor waiting for our own turn is the site's time: each request has a slot of its own.
    robots.txt is not asked: a probe is one visit to a home page, follows nothing and keeps nothing.
    """

    def __init__(self, crawler: Crawler, guard: Guard, patience: float, slot: str) -> None:
        self.hosts = Hosts(1)
        self.seconds = 0.0
        self.first_byte: float | None = None
        self.trouble = ""
        self._crawler = crawler
        self._guard = guard
        self._patience = patience
        self._slots = (f"{slot}-{number}" for number in itertools.count())

    async def download(
        self, url: str, method: str = "GET", cookies: dict[str, str] | None = None
    ) -> Response | Fetched:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else None
        meta = {
            "dont_redirect": True,
            "dont_obey_robotstxt": True,
            "download_slot": next(self._slots),
            "download_timeout": max(self._patience - self.seconds, 0.1),
        }
        try:
            request = Request(url, method=method, headers=headers, meta=meta)
            await self._guard.resolve(host_of(request.url))
        except Exception as error:  # noqa: BLE001 - whatever keeps a request from being sent
            outcome, text = refusal(error)
            self.trouble = text if outcome is Fetch.OTHER else ""
            return Fetched(url, url, outcome, error=text)
        began = time.monotonic()
        try:
            return await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever ends a request is an outcome
            outcome, text = outcome_of(error)
            self.trouble = text if any(map(is_own, causes(error))) else ""
            return Fetched(url, url, outcome, error=text)
        finally:
            latency = request.meta.get("download_latency")
            self.first_byte = None if latency is None else self.seconds + latency
            self.seconds += time.monotonic() - began


def is_own(error: BaseException) -> bool:
    number = getattr(error, "osError", None) or getattr(error, "errno", None)
    return isinstance(error, NoRouteError) or number in OWN_ERRORS
