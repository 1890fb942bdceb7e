"""``scrapy replay``: walks stored inspections again from their archives alone and compares."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from govspider.accounts.walk import AccountPlan, evidence_name, inspect_account
from govspider.commands._differences import facts_differences, findings_differences, printable
from govspider.commands._rounds import add_round_option, opened_round, refuse_words, rules_in_use
from govspider.facts import AccountFacts, SiteFacts
from govspider.fetching.archive import ArchiveError, Replay, find_archive
from govspider.inspecting.walk import Plan, inspect_site
from govspider.rounds import plan_of
from govspider.rules import Rule
from govspider.store import Round, Saved, SavedAccount, Store, findings_of

LINES = 20  # of differences shown for one site
DIFFERENT, NO_ARCHIVE = 1, 2


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--round ID] [--site CODE | --account ID]"

    def short_desc(self) -> str:
        return "只用留存的证据重走一遍检查，看结果是否相同"

    def long_desc(self) -> str:
        return (
            "不访问网络，只用 evidence 文件夹里留存的网页重走一遍各网站和新媒体账号最近一次检查，与保存的事实和判定比较，列出不同之处。"
            "完全相同时退出码为 0，有不同时为 1，没有可用的证据文件时为 2。"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_round_option(parser)
        parser.add_argument("--site", default="", metavar="CODE", help="只重走这个网站标识码的网站；默认全部")
        parser.add_argument("--account", default="", metavar="ID", help="只重走这个账号ID的新媒体；默认全部")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_words(args)
        same = different = missing = 0
        with opened_round(self.settings, opts) as (store, found, settings):
            rules = rules_in_use(settings, found.edition, found.overlay)
            for again in _walks(store, found, settings, opts.site, opts.account):
                path = find_archive(Path(settings["OUTPUT"]), found.id, again.evidence, again.saved.finished)
                lines = _compare(again, path, rules, partial(store.completed, found.id))
                same, different, missing = same + (lines == ()), different + bool(lines), missing + (lines is None)
                _print(again.name, lines)
            if not same + different + missing:
                asked = f"网站 {opts.site} " if opts.site else f"账号 {opts.account} " if opts.account else ""
                raise UsageError(f"轮次 {found.id} 里没有{asked}已保存的检查。", print_help=False)
        sys.stdout.write(f"轮次 {found.id}：{same} 个相同，{different} 个不同，{missing} 个没有可用的证据文件。\n")
        self.exitcode = DIFFERENT if different else NO_ARCHIVE if missing else 0


@dataclass(frozen=True, slots=True)
class Again:
    """An inspection that can be walked again. ``evidence`` is what its archive is called."""

    saved: Saved | SavedAccount
    name: str
    evidence: str
    walk: Callable[[Replay], Coroutine[Any, Any, SiteFacts] | Coroutine[Any, Any, AccountFacts]]


def _walks(store: Store, found: Round, settings: BaseSettings, site: str, account: str) -> Iterator[Again]:
    """The latest inspections of the round; with a site or an account only of that one."""
    plan = replace(plan_of(settings, found.checkpoint), clock=lambda: 0.0, round=found.id)
    if site or not account:
        for one in store.latest(found.id, site):
            facts = one.facts
            walk = partial(_walk_site, facts, plan)
            yield Again(one, f"{facts.site.code} {facts.site.name}", facts.site.code, walk)
    if account or not site:
        for other in store.accounts.latest(found.id, account):
            seen = other.facts
            look = partial(_look, seen, plan)
            yield Again(other, f"{seen.account.kind_name} {seen.account.name}", evidence_name(seen.account), look)


async def _walk_site(stored: SiteFacts, plan: Plan, fetch: Replay) -> SiteFacts:
    """What was looked up beside the walk is taken as it was stored, and so are its limits and whether there was a Firefox."""
    told = replace(
        plan,
        earlier=stored.earlier,
        earlier_links=stored.earlier_links,
        earlier_clues=stored.earlier_clues,
        past=stored.past,
    )
    firefox = any(page.browser.startswith("Firefox") for page in stored.samples.displays)
    plan = replace(told.within(fetch.limits), checkpoint=stored.checkpoint, browser=fetch.browser, firefox=firefox)
    return replace(await inspect_site(stored.site, fetch, plan), ipv6=stored.ipv6)


async def _look(stored: AccountFacts, plan: Plan, fetch: Replay) -> AccountFacts:
    again = await inspect_account(stored.account, fetch, AccountPlan(stored.checkpoint, plan.lexicon, fetch.browser))
    return replace(again, started_at=stored.started_at)  # what was seen earlier depends on it


def _compare(
    again: Again, path: Path | None, rules: Sequence[Rule], completed: Callable[[Any], Any]
) -> tuple[str, ...] | None:
    """The differences; None when there is no archive to walk through. ``completed`` joins what no walk reads."""
    if path is None:
        return None
    try:
        fetch = Replay(path)
    except ArchiveError as error:
        sys.stdout.write(f"{error}\n")
        return None
    facts = completed(asyncio.run(again.walk(fetch)))
    found = findings_of(rules, facts)
    return (*facts_differences(again.saved.facts, facts), *findings_differences(again.saved.findings, found))


def _print(name: str, lines: tuple[str, ...] | None) -> None:
    if lines is None:
        sys.stdout.write(f"{printable(name)}：没有可用的证据文件\n")
    elif not lines:
        sys.stdout.write(f"{printable(name)}：相同\n")
    else:
        sys.stdout.write(f"{printable(name)}：有 {len(lines)} 处不同\n")
        sys.stdout.writelines(f"  {line}\n" for line in islice(lines, LINES))
        if len(lines) > LINES:
            sys.stdout.write(f"  ……另有 {len(lines) - LINES} 处\n")
