"""``scrapy judge``: derives a round's findings again from the stored facts, with the rules as they are now."""

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from govspider.commands._rounds import add_round_option, lacking, listed, opened_round, refuse_words, rules_in_use
from govspider.notices import announce
from govspider.rounds import declare_outages, publish


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--round ID] [-s EDITION=…] [-s OVERLAY=…]"

    def short_desc(self) -> str:
        return "按现在的规则重新判定已保存的检查结果"

    def long_desc(self) -> str:
        return (
            "不访问网络，对一轮检查中保存的全部事实按现在的规则重新判定，并重新生成全部文件。修改规则或阈值之后使用；"
            "人工核实意见保留。规则版本和地方调整沿用该轮次的，也可以用 -s EDITION= 和 -s OVERLAY= 换成别的。"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_round_option(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_words(args)
        with opened_round(self.settings, opts) as (store, found, settings):
            edition = _asked(settings, "EDITION", found.edition)
            overlay = _asked(settings, "OVERLAY", found.overlay)
            rules = rules_in_use(settings, edition, overlay)
            declare_outages(store, settings)
            store.judge(found.id, rules, edition, overlay)
            files = publish(store, found.id, rules, settings)
            untold = announce(store, store.results(found.id, rules), settings)
        sys.stdout.write(f"轮次 {found.id}：已按 {len(rules)} 条规则重新判定，并生成\n{listed(files)}")
        if missing := lacking(files):
            sys.stderr.write(missing)
            self.exitcode = 1
        sys.stderr.writelines(f"{line}\n" for line in untold)


def _asked(settings: BaseSettings, name: str, stored: str) -> str:
    """The setting where the command line gives one, else what the round was judged by."""
    given = settings.getpriority(name)
    return str(settings[name]) if given is not None and given >= SETTINGS_PRIORITIES["cmdline"] else stored
