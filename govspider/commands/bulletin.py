"""``scrapy bulletin``: rebuilds a round's documents from the store."""

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from govspider.commands._rounds import add_round_option, lacking, listed, opened_round, refuse_words
from govspider.rounds import publish, rules_of


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--round ID]"

    def short_desc(self) -> str:
        return "用已保存的检查结果重新生成通报和各附表"

    def long_desc(self) -> str:
        return (
            "不访问网络，用数据库里已保存的检查结果和人工核实意见重新生成一轮检查的通报、问题清单、网站页面和数据文件。"
            "修改 register/office.toml 或核实线索之后使用。要按改动后的规则重新判定，请用 scrapy judge。"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_round_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_words(args)
        with opened_round(self.settings, opts) as (store, found, settings):
            rules = rules_of(found.edition, found.overlay)
            files = publish(store, found.id, rules, settings)
        sys.stdout.write(f"轮次 {found.id}：已重新生成\n{listed(files)}")
        if missing := lacking(files):
            sys.stderr.write(missing)
            self.exitcode = 1
