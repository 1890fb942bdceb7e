"""Early warnings: warnings.jsonl, and the sheets of the workbook that watch over sites between two rounds."""

from collections.abc import Iterator
from typing import Any

from govspider.facts import AccountResult, Level, SiteResult
from govspider.reports.reachability import FAILURES, WEEKS, failure_rows, week_rows
from govspider.reports.sheets import Book, Head, Sheet

LEVEL_NAMES = {Level.WARNING: "预警", Level.VIOLATION: "已达否决线"}
WARNINGS = (
    Head("网站标识码", 13),
    Head("网站名称", 28),
    Head("程度", 12),
    Head("指标", 20, "wrap"),
    Head("情况", 56, "wrap"),
    Head("界限", 40, "wrap"),
    Head("截至", 12, "date"),
    Head("网址", 40, "link"),
)


def warning_records(result: SiteResult | AccountResult) -> Iterator[dict[str, Any]]:
    """Accounts have no early-warning lines."""
    for one in result.watched if isinstance(result, SiteResult) else ():
        if one.level is not Level.NORMAL:
            yield {
                "code": one.code,
                "name": one.name,
                "rule": one.rule,
                "title": one.title,
                "level": one.level,
                "message": one.message,
                "threshold": one.threshold,
                "url": one.url,
                "as_of": one.as_of,
                "count": one.count,
                "evidence": one.evidence,
            }


def warning_rows(result: SiteResult) -> Iterator[tuple[Any, ...]]:
    for one in result.watched:
        if one.level is not Level.NORMAL:
            yield one.code, one.name, LEVEL_NAMES[one.level], one.title, one.message, one.threshold, one.as_of, one.url


class WatchSheets:
    """预警, and where probes were made, 可用性 and 打不开记录."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._warnings = book.sheet("预警", WARNINGS, frozen=2)
        self._weeks: tuple[Sheet, Sheet] | None = None

    def add(self, result: SiteResult) -> None:
        self._warnings.add(warning_rows(result))
        if result.week is None:
            return
        if self._weeks is None:
            self._weeks = (
                self._book.sheet("可用性", WEEKS, frozen=2),
                self._book.sheet("打不开记录", FAILURES, frozen=2),
            )
        weeks, failures = self._weeks
        weeks.add(week_rows(result))
        failures.add(failure_rows(result))

    def finish(self) -> None:
        for sheet in (self._warnings, *(self._weeks or ())):
            sheet.close()
