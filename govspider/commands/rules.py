"""``scrapy rules``: the rule table on the terminal and in rules/README.md."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from govspider.rounds import RULES, rules_of
from govspider.rules import RuleError, Rules, threshold
from govspider.rules.table import DECIDES, readme


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--check]"

    def short_desc(self) -> str:
        return "列出检查规则，并生成 rules/README.md"

    def long_desc(self) -> str:
        return "核对全部规则文件，按 EDITION 和 OVERLAY 列出规则表，并重新生成 rules/README.md；规则文件有误时说明文件和键。"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--check", action="store_true", help="不写文件，只看 rules/README.md 是否与规则一致")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args or self.settings is None:
            raise UsageError("用法：scrapy rules [--check]")
        page = RULES / "README.md"
        try:
            rules = rules_of(self.settings["EDITION"], self.settings["OVERLAY"])
            text = readme(RULES)
        except RuleError as error:
            self.exitcode = 1
            sys.stdout.write(f"{error}\n")
            return
        if not opts.check:
            _print(rules)
            _write(page, text)
        elif not page.exists() or page.read_text("utf-8") != text:
            self.exitcode = 1
            sys.stdout.write("rules/README.md 与规则文件不一致，请运行 scrapy rules 重新生成。\n")
        else:
            sys.stdout.write("rules/README.md 与规则文件一致。\n")


def _print(rules: Rules) -> None:
    table = Table()
    table.add_column("编号", no_wrap=True)
    for head in ("问题", "作用", "阈值"):
        table.add_column(head, overflow="fold")
    for rule in rules:
        table.add_row(rule.id, rule.title, DECIDES[rule.decides], threshold(rule))
    Console().print(table)


def _write(page: Path, text: str) -> None:
    draft = page.with_suffix(".tmp")
    draft.write_text(text, "utf-8")
    os.replace(draft, page)
