"""``scrapy crawl``: Scrapy's own, which tells with its exit code whether the round was done and written."""

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from govspider.commands._settings import refuse_misspelt
from govspider.rounds import UNFINISHED


class Command(ScrapyCrawl):
    def syntax(self) -> str:
        return "sites [-a site=CODE,…] [-a round=ID] [-a checkpoint=YYYY-MM-DD] [-a resume=1] [-s 设置=值]"

    def short_desc(self) -> str:
        return "检查名册中的网站，写出通报和全部成果"

    def long_desc(self) -> str:
        return (
            "检查名册（REGISTER，默认 register/sites.csv）中报送状态正常的网站，或者 -a site= 指定的网站；本轮已检查过的再查一次就是复检。"
            "-a checkpoint= 是监测时间点，默认今天；-a round= 是轮次，默认监测时间点所在的季度；-a resume=1 接着查没有查完的。"
            "全部查完并写出成果时退出码为 0，中断、检查程序出错、有结果没有保存或者有文件没有写出时为 1。"
            "scrapy crawl uptime 对每个网站首页做一次可用性监测（可用 -a site= 和 -a round=），由定时任务每天运行二十次以上。"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuses here what is no spider: a crawling process that is begun and not run ends in a traceback."""
        super().process_options(args, opts)
        assert self.settings is not None  # noqa: S101 - set before a command runs
        known = get_spider_loader(self.settings).list()
        if len(args) != 1 or args[0] not in known:
            raise UsageError(f"请写明检查什么：scrapy crawl {' | '.join(known)}", print_help=False)
        refuse_misspelt(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        process = self.crawler_process
        assert process is not None  # noqa: S101 - Scrapy sets it before a command runs
        crawler = process.create_crawler(args[0])
        process.crawl(crawler, **opts.spargs)
        process.start()
        unfinished = process.bootstrap_failed or crawler.stats is None or crawler.stats.get_value(UNFINISHED)
        self.exitcode = 1 if unfinished else 0
