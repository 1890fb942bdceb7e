"""``scrapy register check FILE``: is this register fit for an inspection?"""

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from govspider.register import RegisterError, check_register


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "check FILE"

    def short_desc(self) -> str:
        return "检查名册：列出每一处错误及其行号和改法"

    def long_desc(self) -> str:
        return (
            "检查网站、新媒体、栏目名册或报备停机登记表（CSV 或 XLSX，按表头识别），列出每一处错误的行号、原值和改法；"
            "有错误时退出码为 1，没有错误时按类型和状态汇总。"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2 or args[0] != "check":
            raise UsageError("用法：scrapy register check 文件")
        path = Path(args[1])
        try:
            checked = check_register(path)
        except RegisterError as error:
            self.exitcode = 1
            sys.stdout.write("\n".join((*error.problems, f"共 {len(error.problems)} 处错误，请更正后再检查。", "")))
            return
        lines = [f"{path}：{checked.title}无误，共 {checked.rows} 个{checked.subject}。"]
        lines += [f"  {name}：{counts}" for name, counts in checked.counts]
        sys.stdout.write("\n".join((*lines, "")))
