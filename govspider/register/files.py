"""Bytes of a CSV or XLSX file → grids of cleaned cells with their line numbers, whatever program wrote it."""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from govspider.register.cells import clean, visible
from govspider.register.problems import RegisterError

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 100_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
SEPARATORS = (",", ";", "\t", "，")
BLANK = "".join(SEPARATORS)  # a blank row of one separator is no text under another
# What openpyxl lets through when a workbook is broken or forged.
BROKEN_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows that hold any text, each with its line (row) number. ``sheet`` is "" for a text file, which is
    ``delimited``: read once for each separator, of which one makes sense. ``broken`` is the line from which it could
    not be read, 0 when it could.
    """

    sheet: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    delimited: bool = False
    broken: int = 0


def read_grids(path: Path, example: str) -> tuple[Grid, ...]:
    """At least one grid, none of them empty. Raises RegisterError."""
    file = visible(path)
    data = read_bytes(path, file, example)
    if data.startswith(b"PK\x03\x04"):
        grids = sheets(data, file)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RegisterError((f"{file}：是旧版 Excel（.xls）或加密的文件，请另存为不加密的 XLSX 或 CSV",))
    else:
        text = decode(data, file)
        grids = [lines(text, separator, file) for separator in SEPARATORS]
    grids = [grid for grid in grids if grid.rows or grid.broken]
    if not grids:
        raise RegisterError((f"{file}：文件是空的，请参照 {example} 填写",))
    return tuple(grids)


def read_bytes(path: Path, file: str, example: str) -> bytes:
    if not path.exists():
        raise RegisterError(
            (f"找不到名册 {file}：请把 {example} 复制为 {file}，按其中的表头填写后再运行（CSV 或 XLSX 均可）",)
        )
    if not path.is_file():
        raise RegisterError((f"{file}：不是文件，请指定一个 CSV 或 XLSX 文件",))
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise RegisterError((f"{file}：无法读取（{visible(error.strerror)}），请检查文件权限",)) from error
    if len(data) > LARGEST_FILE:
        raise RegisterError((f"{file}：超过 {LARGEST_FILE // 1_000_000} MB，不像名册，请检查是否选错了文件",))
    return data


def decode(data: bytes, file: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = []
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RegisterError((f"{file}：不是 CSV 或 XLSX 文件，或编码已损坏，请用表格软件另存为“CSV UTF-8”或 XLSX",))


def lines(text: str, separator: str, file: str) -> Grid:
    """Rows by the line on which they begin; a quoted cell may run over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    begins = 1
    try:
        for cells in reader:
            add_row(rows, begins, cells, file)
            begins = reader.line_num + 1
    except csv.Error:
        return Grid("", tuple(rows), delimited=True, broken=begins)
    return Grid("", tuple(rows), delimited=True)


def sheets(data: bytes, file: str) -> list[Grid]:
    """The visible sheets. Formulas give the value that was last computed."""
    import openpyxl  # most registers are text, and this takes a while

    from govspider.register.merged import filled

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise RegisterError((f"{file}：内容过大，不像名册，请检查是否选错了文件",))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it drops
                book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
                grids = []
                for sheet in book.worksheets:
                    if sheet.sheet_state == "visible":
                        sheet.reset_dimensions()  # some programs write a wrong size, which would cut the sheet
                        cells = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
                        rows = sheet_rows(filled(cells, archive.read(sheet._worksheet_path)), file)
                        grids.append(Grid(clean(sheet.title), rows))
                return grids
    except BROKEN_WORKBOOK as error:
        raise RegisterError((f"{file}：XLSX 文件已损坏，请用表格软件打开后另存一份",)) from error


def sheet_rows(lines: Iterable[tuple[object, ...]], file: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    rows: list[tuple[int, tuple[str, ...]]] = []
    for line, cells in enumerate(lines, start=1):
        add_row(rows, line, cells, file)
    return tuple(rows)


def add_row(rows: list[tuple[int, tuple[str, ...]]], line: int, cells: Sequence[object], file: str) -> None:
    """Keep a row that holds text. A workbook's rows end with their last filled cell, those of a CSV as written."""
    if cells.count(None) == len(cells):  # a formatted sheet may have a million of them
        return
    kept = list(cells[:MOST_COLUMNS])
    while kept and kept[-1] is None:
        kept.pop()
    texts = tuple(clean(cell) for cell in kept)
    if any(text.strip(BLANK) for text in texts):
        rows.append((line, texts))
    if len(rows) > MOST_ROWS:
        raise RegisterError((f"{file}：超过 {MOST_ROWS} 行，不像名册，请检查是否选错了文件",))
