"""``scrapy crawl sites``: one site is one coroutine is one item."""

import asyncio
import datetime as dt
import gc
import logging
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Self

import scrapy
from filelock import FileLock
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from govspider.facts import Fetch, Home, Inspection, Site, SiteFacts, SiteKind, Visit
from govspider.fetching.archive import Recorder, archive_path
from govspider.fetching.live import LiveFetcher
from govspider.inspecting.outside import look_at_home
from govspider.inspecting.plan import Reader
from govspider.inspecting.walk import inspect_site
from govspider.rounds import LEXICONS
from govspider.spiders.campaign import Campaign, CampaignError, hold, prepare
from govspider.workers import Readers

logger = logging.getLogger(__name__)


class SitesSpider(scrapy.Spider):
    """检查名册中的网站。参数：site（网站标识码，逗号分隔）、round（轮次）、checkpoint（监测时间点）、resume（1 为续查）。"""

    name = "sites"

    def __init__(self, campaign: Campaign, lock: FileLock | None) -> None:
        """``lock`` is kept until the process ends."""
        super().__init__()
        self._lock = lock
        self.campaign = campaign
        self._gate = asyncio.Semaphore(1)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        try:
            campaign = prepare(crawler.settings, kwargs)
            lock = None if kwargs.get("site") else hold(campaign.output, campaign.round, "sites")
        except CampaignError as error:
            sys.stderr.write(f"{error}\n")
            raise SystemExit(1) from None
        spider = cls(campaign, lock)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """A ticket for each site that passes the gate. The ticket is no request to anyone: the walk asks for the home
        page itself, and a callback, unlike ``start``, is let finish when the crawl is interrupted."""
        gc.freeze()  # what is loaded now stays; what pages leave behind is mostly without cycles
        gc.set_threshold(50_000, 20, 20)
        self._gate = asyncio.Semaphore(self.settings.getint("SITES_IN_PARALLEL"))
        fetch = LiveFetcher.from_crawler(self.crawler, self.campaign.registered)
        read = Readers(LEXICONS, self.campaign.plan.checkpoint)
        self.crawler.signals.connect(read.close, signals.engine_stopped, weak=False)
        for site in self.campaign.todo:
            await self._gate.acquire()
            cb_kwargs = {"site": site, "fetch": fetch, "read": read}
            yield Request("data:,", self.inspect, cb_kwargs=cb_kwargs, dont_filter=True)
        for site in self.campaign.outside:
            await self._gate.acquire()
            cb_kwargs = {"site": site, "fetch": fetch, "read": read}
            yield Request("data:,", self.look_at_home, cb_kwargs=cb_kwargs, dont_filter=True)

    async def inspect(
        self, response: Response, site: Site, fetch: LiveFetcher, read: Reader
    ) -> AsyncIterator[Inspection]:
        try:
            facts = await self._walk(site, fetch, read)
            facts = await asyncio.to_thread(self.campaign.store.completed, self.campaign.round, facts)
            yield Inspection(self.campaign.round, facts)
        finally:
            self._gate.release()

    async def look_at_home(self, response: Response, site: Site, fetch: LiveFetcher, read: Reader) -> None:
        """A look is no inspection: nothing is judged by it, and a bug of ours leaves the site as if nobody had looked."""
        try:
            started = dt.datetime.now(dt.UTC)
            browser = self.campaign.plan.browser and not fetch.browser_unavailable
            plan = replace(self.campaign.plan, browser=browser, read=read)
            with Recorder(fetch, archive_path(self.campaign.output, self.campaign.round, site.code, started)) as kept:
                facts = await look_at_home(site, kept, plan)
            facts = replace(facts, started_at=started, finished_at=dt.datetime.now(dt.UTC))
            await asyncio.to_thread(self.campaign.store.looks.add, self.campaign.round, facts)
        except Exception:
            logger.exception("%s 的首页没有看成", site.code)
        finally:
            self._gate.release()

    async def _walk(self, site: Site, fetch: LiveFetcher, read: Reader) -> SiteFacts:
        """Never loses the site: a bug of ours becomes an inspection that says so, and says nothing of the site."""
        started = dt.datetime.now(dt.UTC)
        browser = self.campaign.plan.browser and not fetch.browser_unavailable
        firefox = browser and not fetch.firefox_unavailable
        plan = replace(self.campaign.plan, browser=browser, firefox=firefox, read=read)
        path = archive_path(self.campaign.output, self.campaign.round, site.code, started)
        try:
            earlier = await asyncio.to_thread(self.campaign.store.earlier_columns, site.code)
            dead = await asyncio.to_thread(self.campaign.store.earlier_links, site.code)
            past = await asyncio.to_thread(self.campaign.store.past, site.code, self.campaign.round)
            clues = await asyncio.to_thread(self.campaign.store.earlier_clues, site.code)
            plan = replace(plan, earlier=earlier, earlier_links=dead, earlier_clues=clues, past=past)
            with Recorder(fetch, path, plan.limits) as recorder:
                facts = await inspect_site(site, recorder, plan)
            if site.kind is SiteKind.PORTAL:
                facts = replace(facts, ipv6=await fetch.ipv6.look(site.url))
        except Exception as error:
            logger.exception("%s 检查中断", site.code)
            self.crawler.stats.inc_value("inspection/crashed")
            home = Home(Visit(site.url, site.url, Fetch.OTHER, error="检查程序出错"))
            stopped = f"检查程序出错（{type(error).__name__}），待重新检查"
            facts = SiteFacts(site, plan.checkpoint, home, complete=False, stopped=stopped, crashed=True)
        return replace(facts, started_at=started, finished_at=dt.datetime.now(dt.UTC))
