"""``scrapy accounts``: the self-check form that units fill in, and what they hand in."""

import argparse
import datetime as dt
import sys
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from govspider.accounts.cells import month
from govspider.accounts.content import examined
from govspider.accounts.handed_in import read_statements
from govspider.facts import BEIJING, Change, Statement
from govspider.reading.terms import load_lexicon
from govspider.register import RegisterError, load_accounts
from govspider.reports.selfcheck_form import write_form
from govspider.rounds import FIXABLE, LEXICONS, open_store

USAGE = "用法：scrapy accounts template 文件.xlsx，或者 scrapy accounts import 文件…"
KINDS = {"selfcheck": "自查表", "export": "后台导出"}


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "template FILE.xlsx | import FILE…"

    def short_desc(self) -> str:
        return "生成新媒体自查表，导入单位报来的自查表和后台导出数据"

    def long_desc(self) -> str:
        return (
            "template 按新媒体名册生成每月自查表（XLSX），发给各单位填写；import 导入填好的自查表，或者账号后台导出的信息清单"
            "（CSV 或 XLSX，按表头识别），逐行核对，有一行错误时整个文件都不导入，列出全部错误，退出码为 1。"
            "导入以后用 scrapy judge 重新判定，新的检查会自动采用。"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--month", default="", metavar="YYYY-MM", help="填报月份；template 默认本月")
        parser.add_argument("--account", default="", metavar="ID", help="后台导出数据属于哪个账号（文件中没有写明时）")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        action, files = (args[0], args[1:]) if args else ("", [])
        if not files or action not in ("template", "import") or (action == "template" and len(files) > 1):
            raise UsageError(USAGE, print_help=False)
        today = dt.datetime.now(BEIJING).date()
        try:
            asked = month(opts.month) if opts.month else None
        except ValueError as error:
            raise UsageError(f"--month {opts.month}{error}", print_help=False) from error
        assert self.settings is not None  # noqa: S101 - set before a command runs
        try:
            accounts = load_accounts(Path(self.settings["ACCOUNTS"]))
            if action == "template":
                write_form(Path(files[0]), accounts, asked or today)
                sys.stdout.write(f"已生成自查表 {files[0]}，列出 {len(accounts)} 个账号中正常运行的账号。\n")
                return
            statements = [
                one for file in files for one in read_statements(Path(file), accounts, today, asked, opts.account)
            ]
            with open_store(self.settings) as store:
                added = store.accounts.hand_in(examined(statements, load_lexicon(LEXICONS), today))
        except RegisterError as error:
            self.exitcode = 1
            sys.stderr.write("\n".join((*error.problems, f"共 {len(error.problems)} 处错误，没有导入任何内容。", "")))
        except FIXABLE as error:
            raise UsageError(str(error), print_help=False) from error
        except OSError as error:
            raise UsageError(f"{files[0]} 无法写入（{error.strerror or error}）。", print_help=False) from error
        else:
            sys.stdout.write(summary(statements, added))


def summary(statements: list[Statement], added: int) -> str:
    if not statements:
        return "没有导入任何内容：各行只有自查表原有的内容，还没有填写。\n"
    kinds = Counter(KINDS[one.kind] for one in statements)
    counted = "、".join(f"{name} {number} 个账号" for name, number in kinds.items())
    changes = Counter(one.selfcheck.change.value for one in statements if one.selfcheck is not None)
    changed = "、".join(f"{name} {number}" for name, number in changes.items() if name != Change.NONE.value)
    lines = [f"已导入：{counted}，其中新增 {added} 项。"]
    if changed:
        lines.append(f"自查报告的变动：{changed}。")
    return "\n".join((*lines, "用 scrapy judge 重新判定并生成文件。", ""))
