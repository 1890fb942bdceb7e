"""``scrapy rules``: the rule table on the terminal, and the rule book: rules/README.md and docs/indicators.md."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from govspider.commands._settings import refuse_misspelt
from govspider.rounds import RULES, rules_of
from govspider.rules import RuleError, Rules, threshold
from govspider.rules.book import book
from govspider.rules.table import DECIDED, DECIDES, readme

PAGES: dict[Path, Callable[[Path], str]] = {
    RULES / "README.md": readme,
    RULES.parent / "docs" / "indicators.md": book,
}


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--check]"

    def short_desc(self) -> str:
        return "列出检查规则，并生成规则手册（rules/README.md 和 docs/indicators.md）"

    def long_desc(self) -> str:
        return "核对全部规则文件，按 EDITION 和 OVERLAY 列出规则表，并重新生成 rules/README.md 和 docs/indicators.md；规则文件有误时说明文件和键。"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--check", action="store_true", help="不写文件，只看规则手册是否与规则一致")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args or self.settings is None:
            raise UsageError("用法：scrapy rules [--check]")
        refuse_misspelt(self.settings)
        try:
            rules = rules_of(self.settings["EDITION"], self.settings["OVERLAY"])
            pages = {page: write(RULES) for page, write in PAGES.items()}
        except RuleError as error:
            self.exitcode = 1
            sys.stdout.write(f"{error}\n")
            return
        if not opts.check:
            _print(rules)
            for page, text in pages.items():
                _write(page, text)
            return
        for page, text in pages.items():
            name = f"{page.parent.name}/{page.name}"
            if not page.exists() or page.read_text("utf-8") != text:
                self.exitcode = 1
                sys.stdout.write(f"{name} 与规则文件不一致，请运行 scrapy rules 重新生成。\n")
            else:
                sys.stdout.write(f"{name} 与规则文件一致。\n")


def _print(rules: Rules) -> None:
    table = Table()
    table.add_column("编号", no_wrap=True)
    for head in ("问题", "作用", "阈值"):
        table.add_column(head, overflow="fold")
    for rule in rules:
        table.add_row(rule.id, rule.title, f"{DECIDES[rule.decides]}，{DECIDED[rule.decided]}", threshold(rule))
    Console().print(table)


def _write(page: Path, text: str) -> None:
    draft = page.with_suffix(".tmp")
    draft.write_text(text, "utf-8")
    os.replace(draft, page)
