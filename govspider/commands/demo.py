"""``scrapy demo``: serves the demo city on loopback, inspects it with a real crawl and says what came out."""

import argparse
import contextlib
import datetime as dt
import json
import os
import shlex
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

from govspider.demo.city import NETWORK, City, serve, write_accounts, write_office, write_register
from govspider.facts import BEIJING
from govspider.rounds import sqlite_url

ROUND = "demo"
PASSED_ON = ("BROWSER", "CHROMIUM", "SITES_IN_PARALLEL", "SITE_PAGE_BUDGET", "SITE_TIME_BUDGET", "LOG_LEVEL")
WORDS = {"qualified": "合格", "unqualified": "不合格", "undetermined": "待定", "excluded": "不参评"}
REGISTERS = {"sites": "REGISTER", "accounts": "ACCOUNTS"}
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
        return "在本机搭起一座演示城市（网站和政务新媒体），检查它并生成通报"

    def long_desc(self) -> str:
        return (
            "在本机回环地址上搭起演示城市的网站和政务新媒体账号，写出它们的名册，用 scrapy crawl sites 和 scrapy crawl accounts "
            "真实检查一遍，在 <输出目录>/demo/ 生成通报等全部成果，最后列出结果。每次检查都先清空该目录。不访问任何外部网络。"
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
            registers = {
                "sites": write_register(city, server.port, folder / "demo-sites.csv"),
                "accounts": write_accounts(city, server.port, folder / "demo-accounts.csv"),
            }
            office = write_office(city, folder / "demo-office.toml")
            commands = [
                crawl_command(half, output, register, office, city.checkpoint, said(settings))
                for half, register in registers.items()
            ]
            if opts.serve_only:
                ready = "".join(f"名册：{register}\n" for register in registers.values())
                checks = "".join(f"检查命令：{shlex.join(command)}\n" for command in commands)
                sys.stdout.write(f"演示网站已就绪\n{ready}{checks}按 Ctrl-C 结束。\n")
                sys.stdout.flush()
                wait_for_interrupt()
                return
            # One half that was broken off, or could not begin, ends the demo.
            self.exitcode = next((code for command in commands if (code := run_crawl(command))), 0)
            if self.exitcode:
                sys.stderr.write("演示网站随本命令关闭，演示不能续查；请重新运行 scrapy demo。\n")
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
    half: str, output: Path, register: Path, office: Path, checkpoint: dt.date, more: Mapping[str, Any]
) -> list[str]:
    """``half`` is sites or accounts, ``register`` its register."""
    settings = {
        REGISTERS[half]: register,
        "OFFICE": office,
        "COLUMNS": "",
        "OUTAGES": "",
        "OUTPUT": output,
        "DATABASE_URL": sqlite_url(output / ROUND / "demo.sqlite"),
        "PRIVATE_NETWORKS_ALLOWED": NETWORK,
        "DOWNLOAD_DELAY": 0,  # the sites are our own
        **more,
    }
    passed = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    arguments = ["-a", f"round={ROUND}", "-a", f"checkpoint={checkpoint}"]
    return [sys.executable, "-m", "scrapy", "crawl", half, *arguments, *passed]


def run_crawl(command: list[str]) -> int:
    """The crawl's exit code. Ctrl-C reaches the crawl too, which ends cleanly; so wait for it."""
    with subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1", "GOVSPIDER_NOTIFY": ""}) as crawl:  # noqa: S603 - our own command
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                return crawl.wait()


def wait_for_interrupt() -> None:
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()


def show(console: Console, folder: Path, verdicts: list[dict[str, Any]]) -> None:
    """The verdicts counted, with their shares, and where the outputs are."""
    table = Table(title="演示城市", title_justify="left")
    for heading in ("", "检查数", *WORDS.values()):
        table.add_column(heading, justify="right")
    for subject, name in (("site", "政府网站"), ("account", "政务新媒体")):
        counts = Counter(verdict["verdict"] for verdict in verdicts if verdict["subject"] == subject)
        shares = (f"{counts[kind]}（{counts[kind] / max(counts.total(), 1):.1%}）" for kind in WORDS)
        table.add_row(name, str(counts.total()), *shares)
    console.print(table)
    for name, what in OUTPUTS.items():
        if (folder / name).exists():
            console.print(f"{what}：{folder / name}", soft_wrap=True, highlight=False)
