"""Draws the sheets of a workbook: cell formats, links, dates and text that must never act as a formula."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from govspider.reports.atomic import whole
from govspider.reports.text import clean, cut, local, safe_link

CELL = 32_767  # characters that a cell holds
LINKS = 5_000  # of a sheet; it could hold 65,530, but each takes a kilobyte of memory
ROWS = 1_048_575  # below the head
LINE, TALLEST = 15, 300  # points: one line of text, and the tallest row
_FORMULA = ("=", "+", "-", "@")
VERDICT_COLOURS = {"合格": "#E2EFDA", "不合格": "#F8CBAD", "未能形成结论": "#FFF2CC"}


@contextmanager
def workbook(path: Path, options: dict[str, Any]) -> Iterator[xlsxwriter.Workbook]:
    """A workbook that is filled in the block and written when that ends. Raises OSError.

    It is packed in memory: a zip file that a full disk broke off complains of it once more when it is forgotten. Rows
    go by way of a folder only where ``options`` name one (``tmpdir``).
    """
    with whole(path) as part:
        packed = BytesIO()
        book = xlsxwriter.Workbook(packed, {"in_memory": "tmpdir" not in options} | options)
        yield book
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise (error.__context__ if isinstance(error.__context__, OSError) else OSError(str(error))) from error
        part.write_bytes(packed.getbuffer())


@dataclass(frozen=True, slots=True)
class Head:
    """``kind`` is text, wrap, number, points, date, time, share, rate (two decimals), seconds or link."""

    name: str
    width: float
    kind: str = "text"


@dataclass(slots=True)
class Book:
    """A workbook being written and its cell formats, one for each kind, and for text that looks like a formula."""

    book: xlsxwriter.Workbook
    formats: dict[str, Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        base: dict[str, Any] = {
            "font_name": "宋体",
            "font_size": 10.5,
            "valign": "top",
            "border": 1,
            "border_color": "#D0D0D0",
        }
        kinds: dict[str, dict[str, Any]] = {
            "text": {},
            "wrap": {"text_wrap": True},
            "number": {"num_format": "#,##0"},
            "points": {"num_format": "General"},
            "share": {"num_format": "0.0%"},
            "rate": {"num_format": "0.00%"},
            "seconds": {"num_format": "0.00"},
            "date": {"num_format": "yyyy-mm-dd", "align": "center"},
            "time": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
            "link": {"font_color": "#0563C1", "underline": 1},
            "quoted": {"quote_prefix": True, "text_wrap": True},
        }
        for kind, own in kinds.items():
            self.formats[kind] = self.book.add_format(base | own)
        head = {"bold": True, "bg_color": "#D9E2F3", "valign": "vcenter", "align": "center", "text_wrap": True}
        self.formats["head"] = self.book.add_format(base | head)
        for kind, colour in VERDICT_COLOURS.items():
            self.formats[kind] = self.book.add_format({"bg_color": colour})

    def sheet(self, name: str, heads: Sequence[Head], frozen: int = 0) -> "Sheet":
        """A sheet with a frozen head; ``frozen`` columns stay in view as well."""
        sheet = self.book.add_worksheet(name)
        for column, head in enumerate(heads):
            sheet.set_column(column, column, head.width)
            sheet.write_string(0, column, head.name, self.formats["head"])
        sheet.set_row(0, 24)
        sheet.freeze_panes(1, frozen)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return Sheet(sheet, heads, self.formats)


@dataclass(slots=True)
class Sheet:
    """Takes rows one after the other, each of which is written before the next one; filters are set when it is closed."""

    sheet: Worksheet
    heads: Sequence[Head]
    formats: dict[str, Format]
    last: int = 0
    links: int = 0

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        for row in rows:
            if self.last >= ROWS:
                self.sheet.write_string(
                    ROWS, 0, "……（超出工作表行数，完整内容见同名 jsonl 文件）", self.formats["text"]
                )
                return
            self.last += 1
            for column, (head, value) in enumerate(zip(self.heads, row, strict=True)):
                self.links += self._cell(column, head.kind, value)
            lines = max(_lines(head, value) for head, value in zip(self.heads, row, strict=True))
            if lines > 1:
                self.sheet.set_row(self.last, min(lines * LINE, TALLEST))

    def highlight(self, column: int) -> None:
        """Colours the verdicts that stand in a column."""
        for name in VERDICT_COLOURS:
            rule = {"type": "cell", "criteria": "==", "value": f'"{name}"', "format": self.formats[name]}
            self.sheet.conditional_format(1, column, max(self.last, 1), column, rule)

    def close(self) -> None:
        self.sheet.autofilter(0, 0, self.last, len(self.heads) - 1)

    def _cell(self, column: int, kind: str, value: Any) -> int:
        """Writes one cell; says how many links that took."""
        sheet, row, style = self.sheet, self.last, self.formats[kind]
        if value is None or value == "":
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, dt.datetime):
            sheet.write_datetime(row, column, local(value), style)
        elif isinstance(value, dt.date):
            _date(sheet, row, column, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, style)
        else:
            text = cut(clean(value), CELL)
            target = safe_link(text) if kind == "link" and self.links < LINKS else None
            if target and sheet.write_url(row, column, target, style, string=text) == 0:
                return 1
            plain = self.formats["wrap"] if kind == "link" else style
            sheet.write_string(row, column, text, self.formats["quoted"] if text.startswith(_FORMULA) else plain)
        return 0


def _lines(head: Head, value: Any) -> int:
    """How many lines a wrapped text takes: programs do not agree on fitting the rows of a file they did not write."""
    if head.kind != "wrap" or not isinstance(value, str):
        return 1
    width = sum(1 if character.isascii() else 2 for character in value[:CELL])
    return -(-width // int(head.width - 1)) or 1


def _date(sheet: Worksheet, row: int, column: int, day: dt.date, style: Format) -> None:
    """Spreadsheets know no day before 1900; such a day stays text."""
    if day.year < 1900:
        sheet.write_string(row, column, day.isoformat(), style)
    else:
        sheet.write_datetime(row, column, dt.datetime(day.year, day.month, day.day), style)  # noqa: DTZ001
