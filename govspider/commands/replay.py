"""``scrapy replay``: walks stored inspections again from their archives alone and compares."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from govspider.commands._differences import facts_differences, findings_differences, printable
from govspider.commands._rounds import add_round_option, opened_round, refuse_words
from govspider.facts import SiteFacts
from govspider.fetching.archive import ArchiveError, Replay, find_archive
from govspider.inspecting.walk import Plan, inspect_site
from govspider.rounds import plan_of, rules_of
from govspider.rules import Rule
from govspider.store import Saved, findings_of

LINES = 20  # of differences shown for one site
DIFFERENT, NO_ARCHIVE = 1, 2


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--round ID] [--site CODE]"

    def short_desc(self) -> str:
        return "只用留存的证据重走一遍检查，看结果是否相同"

    def long_desc(self) -> str:
        return (
            "不访问网络，只用 evidence 文件夹里留存的网页重走一遍各网站最近一次检查，与保存的事实和判定比较，列出不同之处。"
            "完全相同时退出码为 0，有不同时为 1，没有可用的证据文件时为 2。"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_round_option(parser)
        parser.add_argument("--site", default="", metavar="CODE", help="只重走这个网站标识码的网站；默认全部")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_words(args)
        same = different = missing = 0
        with opened_round(self.settings, opts) as (store, found, settings):
            rules = rules_of(found.edition, found.overlay)
            plan = replace(plan_of(settings, found.checkpoint), clock=lambda: 0.0, round=found.id)
            for saved in store.latest(found.id, opts.site):
                site = saved.facts.site
                path = find_archive(Path(settings["OUTPUT"]), found.id, site.code, saved.finished)
                lines = _compare(saved, path, plan, rules, partial(store.completed, found.id))
                same, different, missing = same + (lines == ()), different + bool(lines), missing + (lines is None)
                _print(f"{site.code} {site.name}", lines)
            if not same + different + missing:
                asked = f"网站 {opts.site} " if opts.site else ""
                raise UsageError(f"轮次 {found.id} 里没有{asked}已保存的检查。", print_help=False)
        sys.stdout.write(f"轮次 {found.id}：{same} 个相同，{different} 个不同，{missing} 个没有可用的证据文件。\n")
        self.exitcode = DIFFERENT if different else NO_ARCHIVE if missing else 0


def _compare(
    saved: Saved, path: Path | None, plan: Plan, rules: Sequence[Rule], completed: Callable[[SiteFacts], SiteFacts]
) -> tuple[str, ...] | None:
    """The differences; None when there is no archive to walk through. ``completed`` joins what no walk reads."""
    if path is None:
        return None
    try:
        fetch = Replay(path)
    except ArchiveError as error:
        sys.stdout.write(f"{error}\n")
        return None
    stored = saved.facts
    plan = replace(plan, checkpoint=stored.checkpoint, browser=fetch.browser, earlier=stored.earlier)
    again = completed(asyncio.run(inspect_site(stored.site, fetch, plan)))
    found = findings_of(rules, again)
    return (*facts_differences(stored, again), *findings_differences(saved.findings, found))


def _print(site: str, lines: tuple[str, ...] | None) -> None:
    if lines is None:
        sys.stdout.write(f"{printable(site)}：没有可用的证据文件\n")
    elif not lines:
        sys.stdout.write(f"{printable(site)}：相同\n")
    else:
        sys.stdout.write(f"{printable(site)}：有 {len(lines)} 处不同\n")
        sys.stdout.writelines(f"  {line}\n" for line in islice(lines, LINES))
        if len(lines) > LINES:
            sys.stdout.write(f"  ……另有 {len(lines) - LINES} 处\n")
