"""``scrapy page FILE_OR_URL``: reads one page and prints what it says as one JSON object, and nothing else, on stdout."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TextIO

import scrapy
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Request, Response

from govspider.facts import BEIJING, Fetch, Fetched, How, Page
from govspider.fetching.live import LiveFetcher
from govspider.reading.lexicon_files import LexiconError
from govspider.reading.page import read_page
from govspider.reading.terms import Lexicon, load_lexicon
from govspider.rounds import RULES

LEXICONS = RULES / "lexicons"
_NO_ADDRESS = "http://localhost/"


@dataclass(frozen=True, slots=True)
class Job:
    """One page to read: a file and the address it came from."""

    path: Path
    url: str
    checkpoint: dt.date


class _OnePage(scrapy.Spider):
    """Fetches one address as an inspection does, and leaves what came in ``arrived``."""

    name = "one-page"
    custom_settings: dict[Any, Any] | None = {"ITEM_PIPELINES": {}, "EXTENSIONS": {}}  # noqa: RUF012 - as Scrapy reads it

    def __init__(self, url: str, render: bool, arrived: list[Fetched]) -> None:
        super().__init__()
        self.url, self.render, self.arrived = url, render, arrived

    async def start(self) -> AsyncIterator[Any]:
        fetch = LiveFetcher.from_crawler(self.crawler, [self.url])
        yield Request("data:,", self.look, cb_kwargs={"fetch": fetch})

    async def look(self, response: Response, fetch: LiveFetcher) -> None:
        self.arrived.append(await fetch(self.url, How.BROWSER if self.render else How.PAGE))


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] FILE_OR_URL | --list FILE.tsv"

    def short_desc(self) -> str:
        return "读一个网页，把读到的内容打印为一个 JSON 对象"

    def long_desc(self) -> str:
        return "读一个保存下来的网页文件或一个网址，把栏目、条目、日期、页脚等打印为一个 JSON 对象；--list 逐行读一批文件。"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", default="", help="文件原来的网址，用来补全相对链接")
        parser.add_argument("--checkpoint", default="", metavar="YYYY-MM-DD", help="监测时间点，默认今天")
        parser.add_argument("--browser", action="store_true", help="用浏览器打开网址后再读")
        parser.add_argument("--list", default="", metavar="FILE.tsv", help="每行：路径<TAB>网址<TAB>监测时间点")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        # Only an address needs the reactor; files are read without starting anything.
        self.requires_crawler_process = not opts.list and len(args) == 1 and _is_address(args[0])
        if opts.browser and not self.requires_crawler_process:
            raise UsageError("--browser 只能和网址一起用", print_help=False)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            lexicon = load_lexicon(LEXICONS)
        except LexiconError as error:
            raise UsageError(str(error), print_help=False) from error
        if self.requires_crawler_process:
            self._read_address(args[0], opts, lexicon)
            return
        if opts.list:
            jobs: Iterable[Job] = _jobs(Path(opts.list))
        elif len(args) == 1:
            jobs = [Job(Path(args[0]), opts.url or _NO_ADDRESS, _day(opts.checkpoint, "--checkpoint"))]
        else:
            raise UsageError("请给出一个文件或网址，或者 --list FILE.tsv")
        for job in jobs:
            _print(_read(job, lexicon), sys.stdout)

    def _read_address(self, url: str, opts: argparse.Namespace, lexicon: Lexicon) -> None:
        assert self.crawler_process is not None  # noqa: S101 - made because process_options asked for it
        checkpoint = _day(opts.checkpoint, "--checkpoint")
        arrived: list[Fetched] = []
        self.crawler_process.crawl(_OnePage, url=url, render=opts.browser, arrived=arrived)
        self.crawler_process.start()
        fetched = arrived[0] if arrived else Fetched(url, url, Fetch.OTHER, error="没有取到网页")
        if fetched.outcome is not Fetch.OK:
            sys.stderr.write(f"{url}：{fetched.error or fetched.outcome.value}\n")
            self.exitcode = 1
            return
        headers = {"content_type": fetched.header("content-type"), "last_modified": fetched.header("last-modified")}
        _print(
            read_page(fetched.body, fetched.final_url, checkpoint=checkpoint, lexicon=lexicon, **headers),
            sys.stdout,
        )


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def _read(job: Job, lexicon: Lexicon) -> Page:
    try:
        body = job.path.read_bytes()
    except OSError as error:
        raise UsageError(f"读不了 {job.path}：{error.strerror}", print_help=False) from error
    return read_page(body, job.url, checkpoint=job.checkpoint, lexicon=lexicon)


def _jobs(table: Path) -> Iterator[Job]:
    try:
        lines = table.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "应为 UTF-8 编码"
        raise UsageError(f"读不了 {table}：{reason}", print_help=False) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        path, url, day = (*line.split("\t"), "", "")[:3]
        yield Job(Path(path), url or _NO_ADDRESS, _day(day.strip(), f"{table} 第 {number} 行"))


def _day(text: str, where: str) -> dt.date:
    if not text:
        return dt.datetime.now(BEIJING).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{where}：监测时间点 {text!r} 应写成 YYYY-MM-DD", print_help=False) from error


def _print(page: Page, out: TextIO) -> None:
    # Never surrogates, and no control characters: the terminal of whoever reads a hostile page stays his own.
    out.write(json.dumps(contract(page), ensure_ascii=False).replace("\x7f", "\\u007f"))
    out.write("\n")


def contract(page: Page) -> dict[str, Any]:
    """The published form of a page: names and formats as others rely on them."""
    return {
        "url": page.url,
        "charset": page.charset,
        "kind": page.kind.value,
        "title": page.title,
        "site_name": page.site_name,
        "site_id_code": page.site_id_code,
        "icp": page.icp,
        "police_filing": page.police_filing,
        "party_gov_badge": page.party_gov_badge,
        "error_report_badge": page.error_report_badge,
        "meta": dict(page.meta),
        "published": _iso(page.published),
        "published_from": page.published_from,
        "published_shown": _iso(page.published_shown),
        "published_tagged": _iso(page.published_tagged),
        "breadcrumb": list(page.breadcrumb),
        "columns": [{"name": column.name, "url": column.url} for column in page.columns],
        "entries": [{"title": entry.title, "url": entry.url, "date": _iso(entry.date)} for entry in page.entries],
        "newest": _iso(page.newest),
        "newest_anywhere": _iso(page.newest_anywhere),
        "blank": page.blank,
        "blank_signs": list(page.blank_signs),
        "needs_browser": page.needs_browser,
        "redirect": page.redirect,
        "carriers": list(page.carriers),
        "next_page": page.next_page,
        "last_page": page.last_page,
        "page_count": page.page_count,
        "guide": page.guide
        and {
            "name": page.guide.name,
            "elements": dict(page.guide.elements),
            "missing": list(page.guide.missing),
            "unreadable": list(page.guide.unreadable),
        },
        "messages": [
            {
                "title": message.title,
                "url": message.url,
                "asked": _iso(message.asked),
                "answered": _iso(message.answered),
                "has_answer": message.has_answer,
            }
            for message in page.messages
        ],
        "foreign": [
            {"term": trace.term, "where": trace.where, "snippet": trace.snippet, "family": trace.family}
            for trace in page.foreign
        ],
        "privacy": [{"kind": hit.kind, "masked": hit.masked, "snippet": hit.snippet} for hit in page.privacy],
        "wording": [
            {
                "word": one.word,
                "suggestion": one.suggestion,
                "grade": one.grade,
                "offset": one.offset,
                "snippet": one.snippet,
            }
            for one in page.wording
        ],
        "leaks": [
            {"kind": leak.kind, "masked": leak.masked, "count": leak.count, "why": leak.why, "snippet": leak.snippet}
            for leak in page.leaks
        ],
        "links": sum(1 for anchor in page.anchors if anchor.kind not in ("image", "script")),
        "template": page.template,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
