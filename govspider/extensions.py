"""What a run shows and leaves: the log file, live progress, the round's outputs and the closing table."""

import datetime as dt
import logging
import shlex
import sys
from pathlib import Path
from typing import Any, Self, TextIO

from rich.console import Console
from rich.live import Live
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.settings import SETTINGS_PRIORITIES
from scrapy.utils.log import get_scrapy_root_handler

from govspider.closing import PLAIN, closing
from govspider.facts import BEIJING, Inspection, Outcome
from govspider.notices import announce
from govspider.reports import unwritten, write_outputs
from govspider.rounds import UNFINISHED

logger = logging.getLogger(__name__)

NOUNS = {"sites": "网站", "accounts": "账号"}  # by spider: what it inspects
UNSAID = {"DATABASE_URL", "NOTIFY"}  # may hold a password


class RunLog:
    """``run.log`` in the round's folder holds everything from INFO on; the terminal only what needs attention."""

    def __init__(self, crawler: Crawler) -> None:
        self._handler: logging.FileHandler | None = None
        self._settings = crawler.settings
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.engine_stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not hasattr(crawler.spider, "campaign"):
            raise NotConfigured
        return cls(crawler)

    def spider_opened(self, spider: Any) -> None:
        folder: Path = spider.campaign.folder
        folder.mkdir(parents=True, exist_ok=True)
        self._handler = RoundFile(folder / "run.log", encoding="utf-8")
        self._handler.setLevel(logging.INFO)
        self._handler.setFormatter(OneLine(self._settings["LOG_FORMAT"], self._settings["LOG_DATEFORMAT"]))
        root = logging.getLogger()
        root.addHandler(self._handler)
        terminal = get_scrapy_root_handler()
        # Scrapy lets every record be made, also those that no handler takes.
        root.setLevel(min(logging.INFO, terminal.level if terminal is not None else logging.INFO))

    def engine_stopped(self) -> None:
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()


class RoundFile(logging.FileHandler):
    """A full disk must not hide behind tracebacks what else is told, so it is said once."""

    _silent = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        if isinstance(sys.exception(), OSError):
            self._say()
        else:
            super().handleError(record)

    def close(self) -> None:
        try:
            super().close()
        except OSError:
            self._say()

    def _say(self) -> None:
        if not self._silent:
            self._silent = True
            sys.stderr.write(f"{self.baseFilename} 写不下去了，其中的记录不全。请检查磁盘空间。\n")


class OneLine(logging.Formatter):
    """What came from a page cannot begin a line of its own; tracebacks keep theirs."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        record.message = record.message.translate(PLAIN)
        return super().formatMessage(record)


class ByCode(LogFormatter):
    """Names an inspection by its code: the whole of it, as Scrapy would write it, is hundreds of thousands of signs."""

    def scraped(self, item: Inspection, response: Any, spider: Any) -> LogFormatterResult:
        return {"level": logging.DEBUG, "msg": "%s 已检查并保存", "args": (item.facts.code,)}

    def item_error(self, item: Inspection, exception: BaseException, response: Any, spider: Any) -> LogFormatterResult:
        return {
            "level": logging.ERROR,
            "msg": "%s 的检查结果没有保存（%s）",
            "args": (item.facts.code, str(exception).partition("\n")[0]),
        }


class Progressing:
    """Live progress on a terminal; nothing elsewhere."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f} 个{task.fields[noun]}"),
            TextColumn("已读 {task.fields[pages]} 页"),
            TextColumn("发现问题 {task.fields[findings]} 项"),
            TextColumn("剩余时间"),
            TimeRemainingColumn(),
        )
        self._task = TaskID(0)
        self._findings = 0
        self._live: Live | None = None
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.item_scraped, signals.item_scraped)
        crawler.signals.connect(self.stop, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not hasattr(crawler.spider, "campaign") or not sys.stderr.isatty():
            raise NotConfigured
        return cls(crawler)

    def spider_opened(self, spider: Any) -> None:
        campaign, noun = spider.campaign, NOUNS[spider.name]
        self._task = self._progress.add_task(
            f"{campaign.round} 检查", total=len(campaign.todo), pages=0, findings=0, noun=noun
        )
        self._mute(logging.CRITICAL)  # a line of the log would tear the display; the file has it
        self._live = Live(get_renderable=self._shown, console=self._console, refresh_per_second=2, transient=True)
        self._live.start()

    def item_scraped(self, item: Inspection) -> None:
        self._findings += sum(finding.outcome is Outcome.VIOLATION for finding in item.findings)
        self._progress.advance(self._task)

    def stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._mute(self._crawler.settings["LOG_LEVEL"])

    def _mute(self, level: int | str) -> None:
        terminal = get_scrapy_root_handler()
        if terminal is not None:
            terminal.setLevel(level)

    def _shown(self) -> Progress:
        pages = sum(value for name, value in self._crawler.stats.get_stats().items() if name.startswith("fetch/"))
        self._progress.update(self._task, pages=pages, findings=self._findings)
        return self._progress


class Interruption(logging.Handler):
    """Scrapy tells of Ctrl-C only in its log, and in English."""

    def __init__(self, spider: str, again: str, out: TextIO) -> None:
        super().__init__(logging.INFO)
        self._noun = NOUNS[spider]
        self._again = f"scrapy crawl {spider} {again}"
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        text = str(record.msg)
        if text.startswith("Received") and "gracefully" in text:
            message = f"正在收尾：已开始检查的{self._noun}查完后停止。再按一次 Ctrl-C 立即停止。"
        elif text.startswith("Received") and "twice" in text:
            message = f"已立即停止，正在检查的{self._noun}未保存。续查：{self._again}"
        else:
            return
        self._out.write(f"\n{message}\n")
        self._out.flush()


class RoundReport:
    """Writes the round's outputs when the crawl ends, however it ends, and says what came out."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._lost = 0
        self._interruption: Interruption | None = None
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.item_error, signals.item_error)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not hasattr(crawler.spider, "campaign"):
            raise NotConfigured
        return cls(crawler)

    def spider_opened(self, spider: Any) -> None:
        sys.stderr.write(untimely(spider.campaign.plan.checkpoint, dt.datetime.now(BEIJING).date()))
        self._interruption = Interruption(spider.name, said_again(spider.campaign.again, self._crawler), sys.stderr)
        logging.getLogger("scrapy.crawler").addHandler(self._interruption)

    def item_error(self) -> None:
        self._lost += 1

    def spider_closed(self, spider: Any, reason: str) -> None:
        campaign, noun = spider.campaign, NOUNS[spider.name]
        console = Console()
        missing: tuple[str, ...] = ("全部成果",)
        try:
            results = campaign.store.results(campaign.round, campaign.rules)
            written = write_outputs(results, campaign.office, campaign.folder)
        except Exception:
            logger.exception("The outputs of %s could not be written", campaign.round)
            console.print(
                f"成果没有写出，原因见 {campaign.folder / 'run.log'}。检查结果已保存，可用 "
                f"scrapy bulletin --round {campaign.round} 重新生成。",
                soft_wrap=True,
            )
        else:
            console.print(closing(results, spider.name, campaign.folder, written))
            missing = unwritten(written)
            if missing:
                console.print(
                    f"没有写出：{'、'.join(missing)}。检查结果已保存，可用 scrapy bulletin 重新生成。",
                    style="bold red",
                    soft_wrap=True,
                )
            for line in announce(campaign.store, results, self._crawler.settings):
                console.print(line, style="bold red")
        if self._lost:
            console.print(f"有 {self._lost} 个{noun}的检查结果没有保存，请续查。", style="bold red")
        crashed = self._crawler.stats.get_value("inspection/crashed", 0)
        if crashed:
            console.print(
                f"有 {crashed} 个{noun}因检查程序出错没有得出结论，原因见 {campaign.folder / 'run.log'}，请续查。",
                style="bold red",
                soft_wrap=True,
            )
        undone = reason != "finished" or self._lost or crashed
        if undone or missing:
            self._crawler.stats.set_value(UNFINISHED, 1)
        if undone:
            console.print(
                f"检查没有做完（已查完的{noun}都已保存）。续查：scrapy crawl {spider.name} "
                f"{said_again(campaign.again, self._crawler)}",
                soft_wrap=True,
            )
        campaign.store.close()
        logging.getLogger("scrapy.crawler").removeHandler(self._interruption or logging.NullHandler())


def untimely(checkpoint: dt.date, today: dt.date) -> str:
    """A line on a checkpoint that is still to come; "" for any other. By a slip of the pen every site would look stale."""
    if checkpoint <= today:
        return ""
    return f"注意：监测时间点 {checkpoint} 还没有到，更新期限都按那一天计算，写错会误判网站。如果不对，请按 Ctrl-C 停止。\n"


def said_again(arguments: str, crawler: Crawler) -> str:
    """The arguments with the settings that were given on the command line."""
    settings = crawler.settings
    given = sorted(name for name in settings if settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"])
    values = {name: "…" if name in UNSAID else str(settings[name]) for name in given}
    return " ".join([arguments, *(f"-s {shlex.quote(f'{name}={value}')}" for name, value in values.items())])
