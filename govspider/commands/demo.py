"""``scrapy demo``: serves the demo city on loopback, inspects it with a real crawl and says what came out."""

import argparse
import contextlib
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES, Settings

from govspider.demo.city import NETWORK, City, serve, write_office, write_register
from govspider.facts import BEIJING
from govspider.rounds import sqlite_url

ROUND = "demo"
PASSED_ON = ("BROWSER", "CHROMIUM", "SITES_IN_PARALLEL", "SITE_PAGE_BUDGET", "SITE_TIME_BUDGET", "LOG_LEVEL")
WORDS = {"qualified": "合格", "unqualified": "不合格", "undetermined": "待定", "excluded": "不参评"}
OUTPUTS = {
    "通报.docx": "通报",
    "问题清单.xlsx": "问题清单",
    "reports": "各网站的报告",
    "evidence": "证据",
    "verdicts.jsonl": "结论数据",
}


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--port N] [--serve-only] [--output DIR]"

    def short_desc(self) -> str:
        return "在本机搭起一座演示城市（53 个网站），检查它并生成通报"

    def long_desc(self) -> str:
        return (
            "在本机回环地址上搭起 53 个演示网站，写出它们的名册，用 scrapy crawl sites 真实检查一遍，"
            "在 <输出目录>/demo/ 生成通报等全部成果，最后列出结果。每次检查都先清空该目录。不访问任何外部网络。"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=0, metavar="N", help="演示网站的端口，默认自动选择空闲端口")
        parser.add_argument("--serve-only", action="store_true", help="只搭起网站并写出名册，不检查，不清空目录")
        parser.add_argument("--output", default="", metavar="DIR", help="输出目录，默认取设置 OUTPUT")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("scrapy demo 不接受位置参数")
        settings = self.settings or Settings()
        output = Path(opts.output or settings["OUTPUT"]).resolve()
        city = City(dt.datetime.now(BEIJING).date())
        try:
            server = serve(city, opts.port)
        except (OSError, OverflowError) as error:
            self.exitcode = 1
            sys.stderr.write(f"无法在 127.77.0.* 的端口 {opts.port or '（任意）'} 上提供演示网站：{error}\n")
            return
        with server:
            folder = output / ROUND
            if not opts.serve_only:
                shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
            register = write_register(city, server.port, folder / "demo-sites.csv")
            office = write_office(city, folder / "demo-office.toml")
            command = crawl_command(output, register, office, city.checkpoint, said(settings))
            if opts.serve_only:
                sys.stdout.write(f"演示网站已就绪，名册：{register}\n检查命令：{' '.join(command)}\n按 Ctrl-C 结束。\n")
                sys.stdout.flush()
                wait_for_interrupt()
                return
            self.exitcode = run_crawl(command)
        summary = folder / "verdicts.jsonl"
        if summary.exists():
            show(Console(), folder, [json.loads(line) for line in summary.read_text("utf-8").splitlines()])
        elif not self.exitcode:
            self.exitcode = 1


def said(settings: Settings) -> dict[str, Any]:
    """What the user set on the command line of the demo, which is passed on to the crawl."""
    priority = SETTINGS_PRIORITIES["cmdline"]
    return {name: settings[name] for name in PASSED_ON if settings.getpriority(name) == priority}


def crawl_command(
    output: Path, register: Path, office: Path, checkpoint: dt.date, more: Mapping[str, Any]
) -> list[str]:
    settings = {
        "REGISTER": register,
        "OFFICE": office,
        "COLUMNS": "",
        "OUTPUT": output,
        "DATABASE_URL": sqlite_url(output / ROUND / "demo.sqlite"),
        "PRIVATE_NETWORKS_ALLOWED": NETWORK,
        "DOWNLOAD_DELAY": 0,  # the sites are our own
        **more,
    }
    passed = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    arguments = ["-a", f"round={ROUND}", "-a", f"checkpoint={checkpoint}"]
    return [sys.executable, "-m", "scrapy", "crawl", "sites", *arguments, *passed]


def run_crawl(command: list[str]) -> int:
    """The crawl's exit code. Ctrl-C reaches the crawl too, which ends cleanly; so wait for it."""
    with subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1"}) as crawl:  # noqa: S603 - our own command
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                return crawl.wait()


def wait_for_interrupt() -> None:
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()


def show(console: Console, folder: Path, verdicts: list[dict[str, Any]]) -> None:
    """The verdicts counted, with their shares, and where the outputs are."""
    counts = Counter(verdict["verdict"] for verdict in verdicts)
    table = Table(title="演示城市", title_justify="left")
    for heading in ("检查网站", *WORDS.values()):
        table.add_column(heading, justify="right")
    shares = (f"{counts[kind]}（{counts[kind] / max(len(verdicts), 1):.1%}）" for kind in WORDS)
    table.add_row(str(len(verdicts)), *shares)
    console.print(table)
    for name, what in OUTPUTS.items():
        if (folder / name).exists():
            console.print(f"{what}：{folder / name}", soft_wrap=True, highlight=False)
