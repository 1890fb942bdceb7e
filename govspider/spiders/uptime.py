"""``scrapy crawl uptime``: one look at every home page, fit for a timer: alone, bounded in time, quiet."""

import asyncio
import datetime as dt
import logging
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import scrapy
from filelock import FileLock, Timeout
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from govspider.checks.health import Looked, suspicions
from govspider.checks.reachability import Reachability, opened
from govspider.facts import BEIJING, EarlyWarning, Probe, Site
from govspider.fetching.guard import host_of
from govspider.fetching.plain import is_web
from govspider.fetching.probing import Prober
from govspider.notices import tell
from govspider.register import RegisterError, load_sites
from govspider.rounds import FIXABLE, UNFINISHED, choose_round, declare_outages, open_store, rules_of
from govspider.rules import Rule, Rules
from govspider.spiders.campaign import CampaignError, check_arguments, check_settings, chosen_sites, register_file
from govspider.store import Store

logger = logging.getLogger(__name__)
ARGUMENTS = ("site", "round")
LOCK = "uptime.lock"


@dataclass(frozen=True, slots=True)
class Watch:
    """What one run looks at. ``lock`` is held until the process ends."""

    sites: tuple[Site, ...]
    controls: tuple[str, ...]
    limits: Reachability
    rules: Rules  # on reachability alone
    store: Store
    lock: FileLock


def prepare(settings: BaseSettings, arguments: Mapping[str, str]) -> Watch:
    """Raises CampaignError. Opens the store."""
    check_arguments(arguments, ARGUMENTS)
    controls = _check_settings(settings)
    lock = FileLock(Path(settings["OUTPUT"]).absolute() / LOCK, timeout=0)
    try:
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        rules = _on_reachability(rules_of(settings["EDITION"], settings["OVERLAY"]))
        store = open_store(settings)
        if arguments.get("round"):
            listed = choose_round(store, arguments["round"]).sites
        else:
            listed = load_sites(register_file(settings))
        declare_outages(store, settings, listed)
    except Timeout:
        raise CampaignError("上一次可用性监测还没有结束，本次不做。") from None
    except (RegisterError, *FIXABLE, OSError) as error:
        raise CampaignError(str(error)) from error
    if not rules:
        raise CampaignError(f"{settings['EDITION']} 版的规则中没有可用性监测的规则（site-unreachable）。")
    return Watch(chosen_sites(arguments.get("site", ""), listed), controls, rules[0].limits, rules, store, lock)


def _on_reachability(rules: Rules) -> Rules:
    def only(some: Iterable[Rule]) -> tuple[Rule, ...]:
        return tuple(rule for rule in some if isinstance(rule.limits, Reachability))

    return replace(rules, listed=only(rules), lines=only(rules.lines))


def _check_settings(settings: BaseSettings) -> tuple[str, ...]:
    """The control addresses."""
    check_settings(settings)
    controls = tuple(url.strip() for url in settings.getlist("UPTIME_CONTROLS") if url.strip())
    if not controls or not all(map(is_web, controls)):
        raise CampaignError(
            "UPTIME_CONTROLS 应是一个或多个网址（逗号分隔）：总能打开、互不相干的网站。没有它们，就分不清是网站打不开还是本机断网。"
        )
    return controls


class UptimeSpider(scrapy.Spider):
    """对名册中的每个网站首页做一次可用性监测。参数：site（网站标识码，逗号分隔）、round（用该轮次的名册）。"""

    name = "uptime"
    custom_settings = {"ITEM_PIPELINES": {}, "EXTENSIONS": {}}  # noqa: RUF012 - Scrapy's name for it

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        try:
            watch = prepare(crawler.settings, kwargs)
        except CampaignError as error:
            sys.stderr.write(f"{error}\n")
            raise SystemExit(1) from None
        spider = cls(watch)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Everything happens here, so that Ctrl-C ends it at once: half a run cannot be checked for its health."""
        self.crawler.stats.set_value(UNFINISHED, 1)
        watch = self._watch
        registered = [site.url for site in watch.sites]
        prober = Prober.from_crawler(self.crawler, registered, watch.controls, watch.limits.slow_seconds)
        began = dt.datetime.now(dt.UTC)
        try:
            await prober.check()
            found = await self._probe_all(prober)
            await prober.check(anew=True)
            probes = await self._judged(prober, found, began)
            await asyncio.to_thread(watch.store.probes.add, began, [(site.code, probe) for site, probe in probes])
        except Exception:
            logger.exception("The run could not be completed")
            sys.stderr.write("监测出错，本次结果没有保存，原因见上。\n")
        else:
            self._tell(probes)
            sys.stderr.writelines(f"{line}\n" for line in await asyncio.to_thread(self._warn, probes, began))
        finally:
            prober.close()
            watch.store.close()
        return
        yield

    async def _probe_all(self, prober: Prober) -> list[tuple[Site, Probe]]:
        """Those for which there was time, in the register's order. Sites of one host are looked at one after the other."""
        gate = asyncio.Semaphore(self.settings.getint("UPTIME_IN_PARALLEL"))
        end = time.monotonic() + self.settings.getfloat("UPTIME_SECONDS")
        found: dict[str, Probe] = {}

        async def probe(sites: Sequence[Site]) -> None:
            async with gate:
                for site in sites:
                    if time.monotonic() < end:
                        found[site.code] = await prober.probe(site.url)

        hosts: dict[str, list[Site]] = {}
        for site in self._watch.sites:
            hosts.setdefault(host_of(site.url), []).append(site)
        await asyncio.gather(*map(probe, hosts.values()))
        return [(site, found[site.code]) for site in self._watch.sites if site.code in found]

    async def _judged(
        self, prober: Prober, found: Sequence[tuple[Site, Probe]], began: dt.datetime
    ) -> list[tuple[Site, Probe]]:
        """The same, those voided that may be our own trouble."""
        if prober.trouble:
            return [(site, replace(probe, voided=probe.voided or prober.trouble)) for site, probe in found]
        last = await asyncio.to_thread(self._watch.store.probes.last, began)
        slow = self._watch.limits.slow_seconds
        places = await asyncio.gather(*(prober.network(site.url) for site, _ in found))
        run = []
        for (site, probe), network in zip(found, places, strict=True):
            before = last.get(site.code)
            looked = Looked(
                code=site.code,
                host=host_of(site.url),
                network=network,
                failed=None if probe.voided else _failed(probe, slow),
                failed_before=None if before is None else _failed(before, slow) or False,
                hours=0.0 if before is None else (probe.at - before.at) / dt.timedelta(hours=1),
            )
            run.append(looked)
        why = suspicions(run, self._watch.limits)
        return [(site, replace(probe, voided=probe.voided or why.get(site.code, ""))) for site, probe in found]

    def _tell(self, probes: Sequence[tuple[Site, Probe]]) -> None:
        """A line for whoever watches; a timer's log only gets what needs attention."""
        slow = self._watch.limits.slow_seconds
        kinds = Counter("作废" if probe.voided else NAMES[opened(probe, slow)] for _, probe in probes)
        if sys.stdout.isatty():
            sys.stdout.write(
                f"监测 {len(probes)} 个网站：{'，'.join(f'{name} {count}' for name, count in kinds.items())}。\n"
            )
        reasons = "；".join(dict.fromkeys(probe.voided for _, probe in probes if probe.voided))
        if reasons:
            which = "本次监测作废" if kinds["作废"] == len(probes) else f"{kinds['作废']} 个网站的监测作废"
            sys.stderr.write(f"{which}：{reasons}。\n")
        missing = len(self._watch.sites) - len(probes)
        if missing:
            sys.stderr.write(
                f"时间不够，有 {missing} 个网站本次没有监测。可增大 UPTIME_SECONDS 或 UPTIME_IN_PARALLEL。\n"
            )
        self.crawler.stats.set_value(UNFINISHED, int(bool(missing)))

    def _warn(self, probes: Sequence[tuple[Site, Probe]], began: dt.datetime) -> tuple[str, ...]:
        """Notices of the sites that failed now, and of those that were told of and may be well again."""
        watch, today = self._watch, began.astimezone(BEIJING).date()

        def watched() -> Iterator[EarlyWarning]:
            told = frozenset[str]().union(*(watch.store.notices.open(rule.id) for rule in watch.rules))
            for site, probe in probes:
                if site.code in told or _failed(probe, watch.limits.slow_seconds):
                    yield from watch.store.notices.watched(site, today, watch.rules)

        return tell(watch.store, watched(), self.settings)


NAMES = {True: "打开", False: "打不开", None: "未能判断"}


def _failed(probe: Probe, slow_seconds: float) -> bool | None:
    good = opened(probe, slow_seconds)
    return None if good is None else not good
