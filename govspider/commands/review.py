"""``scrapy review``: the web page on which people confirm or reject what was found."""

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from govspider.commands._rounds import add_round_option
from govspider.commands._settings import refuse_misspelt
from govspider.rounds import FIXABLE, choose_round, open_store

PORT = 8020


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--round ID] [--port N]"

    def short_desc(self) -> str:
        return "打开人工核实网页（只在本机）"

    def long_desc(self) -> str:
        return (
            "在 127.0.0.1 上提供一轮检查的核实网页：逐条查看问题和线索的证据，标为属实、误报或者退回待核，结论随即更新，"
            "历次意见都保留。检查还在进行时也可以使用。按 Ctrl-C 结束。"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_round_option(parser)
        parser.add_argument("--port", type=int, default=PORT, metavar="N", help=f"端口，默认 {PORT}；0 为任意空闲端口")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        # Scrapy imports every command each time it starts; the web server alone would take a third of a second.
        from govspider.review.board import Board
        from govspider.review.server import HOST, listen, serve

        assert self.settings is not None  # noqa: S101 - set before a command runs
        if args:
            raise UsageError("scrapy review 不接受位置参数", print_help=False)
        refuse_misspelt(self.settings)
        if not 0 <= opts.port <= 65535:
            raise UsageError(f"端口 {opts.port} 不能用：应当在 0 到 65535 之间", print_help=False)
        try:
            opened = listen(opts.port)
        except OSError as error:
            self._fail(f"端口 {opts.port} 不能使用（{error.strerror}），请用 --port 换一个。")
            return
        try:
            with opened, open_store(self.settings, must_exist=True) as store:
                found = choose_round(store, opts.round)
                board = Board(store, found.id, self.settings)
                address = f"http://{HOST}:{opened.getsockname()[1]}/"
                sys.stdout.write(f"轮次 {found.id} 的核实网页：{address}\n只能在本机打开，按 Ctrl-C 结束。\n")
                sys.stdout.flush()
                serve(board, opened)
        except FIXABLE as error:
            self._fail(str(error))

    def _fail(self, text: str) -> None:
        self.exitcode = 1
        sys.stderr.write(f"{text}\n")
