"""``scrapy crawl accounts``: one account is one coroutine is one item."""

import asyncio
import datetime as dt
import logging
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Self

import scrapy
from filelock import FileLock
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from govspider.accounts.walk import evidence_name, inspect_account
from govspider.facts import Account, AccountFacts, Inspection
from govspider.fetching.archive import Recorder, archive_path
from govspider.fetching.live import LiveFetcher
from govspider.spiders.account_campaign import AccountCampaign, prepare
from govspider.spiders.campaign import CampaignError, hold

logger = logging.getLogger(__name__)


class AccountsSpider(scrapy.Spider):
    """检查名册中的政务新媒体。参数：account（账号ID或名称，逗号分隔）、round（轮次）、checkpoint（监测时间点）、resume（1 为续查）。"""

    name = "accounts"

    def __init__(self, campaign: AccountCampaign, lock: FileLock | None) -> None:
        """``lock`` is kept until the process ends."""
        super().__init__()
        self._lock = lock
        self.campaign = campaign
        self._gate = asyncio.Semaphore(1)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        try:
            campaign = prepare(crawler.settings, kwargs)
            lock = None if kwargs.get("account") else hold(campaign.output, campaign.round, "accounts")
        except CampaignError as error:
            sys.stderr.write(f"{error}\n")
            raise SystemExit(1) from None
        spider = cls(campaign, lock)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """A ticket for each account that passes the gate, as for sites."""
        self._gate = asyncio.Semaphore(self.settings.getint("SITES_IN_PARALLEL"))
        fetch = LiveFetcher.from_crawler(self.crawler, self.campaign.registered, self.campaign.feeds)
        for account in self.campaign.todo:
            await self._gate.acquire()
            cb_kwargs = {"account": account, "fetch": fetch}
            yield Request("data:,", self.inspect, cb_kwargs=cb_kwargs, dont_filter=True)

    async def inspect(self, response: Response, account: Account, fetch: LiveFetcher) -> AsyncIterator[Inspection]:
        try:
            facts = await self._look(account, fetch)
            store = self.campaign.store
            yield Inspection(self.campaign.round, await asyncio.to_thread(store.completed, self.campaign.round, facts))
        finally:
            self._gate.release()

    async def _look(self, account: Account, fetch: LiveFetcher) -> AccountFacts:
        """Never loses the account: a bug of ours becomes an inspection that says so, and says nothing of the account."""
        started = dt.datetime.now(dt.UTC)
        plan = self.campaign.plan
        plan = replace(plan, browser=plan.browser and not fetch.browser_unavailable)
        path = archive_path(self.campaign.output, self.campaign.round, evidence_name(account), started)
        try:
            with Recorder(fetch, path) as recorder:
                facts = await inspect_account(account, recorder, plan)
        except Exception as error:
            logger.exception("%s 检查中断", account.code)
            self.crawler.stats.inc_value("inspection/crashed")
            stopped = f"检查程序出错（{type(error).__name__}），待重新检查"
            facts = AccountFacts(account, plan.checkpoint, complete=False, stopped=stopped, crashed=True)
        return replace(facts, started_at=started, finished_at=dt.datetime.now(dt.UTC))
