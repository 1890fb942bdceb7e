"""Personal data in an attachment: ``python -m govspider.reading.attachments CHECKPOINT`` reads a file from standard input.

It is a program of its own because files are hostile: it limits its own memory and computing time, and whatever it does
to itself costs nobody else anything. It prints one JSON object, ``{"leaks": [...]}`` or ``{"unread": reason}``; the
file's text never leaves it.
"""

import datetime as dt
import json
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from io import BytesIO, StringIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

from govspider.reading import dom, leaks
from govspider.reading.charset import decode

MOST_BYTES = 8_000_000  # of a file
MOST_UNPACKED = 80_000_000  # of a document's parts together
MOST_PARTS = 2_000
MOST_TEXT = leaks.READ
MOST_PAGES = 60
MOST_ROWS = 20_000
MEMORY = 1 << 30
SECONDS = 10
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Office wrote until 2007
WHITE = str.maketrans({" ": "\n", "\t": "\n", "\u3000": "\n"})


class UnreadableFileError(Exception):
    """The text is Chinese and fits after the file's name."""


def text_of(body: bytes) -> str:
    """A file's text, one cell or paragraph a line. Raises UnreadableFileError; other errors are the libraries'."""
    if len(body) > MOST_BYTES:
        raise UnreadableFileError("过大，未读取")
    pieces, length = [], 0
    for piece in _reader(body)(body):
        pieces.append(piece)
        length += len(piece) + 1
        if length >= MOST_TEXT:
            break
    text = "\n".join(pieces)[:MOST_TEXT]
    if not text.strip():
        raise UnreadableFileError("没有可读的文字，可能是扫描件")
    return text


def _reader(body: bytes) -> Callable[[bytes], Iterator[str]]:
    if body.startswith(b"%PDF"):
        return _pdf
    if body.startswith(b"PK\x03\x04"):
        names = _parts(body)
        if "word/document.xml" in names:
            return _docx
        if "xl/workbook.xml" in names:
            return _xlsx
    elif body.startswith(COMPOUND):
        return _xls
    elif b"<table" in body.lower():  # what many programs save under the name of a workbook
        return _html
    elif b"\x00" not in body[:4096] and b"<" not in body[:200]:
        return _plain
    raise UnreadableFileError("不是可以读取的格式")


def _parts(body: bytes) -> set[str]:
    """The names of a zip file's parts, none of which can be larger than it says."""
    try:
        with ZipFile(BytesIO(body)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError) as error:
        raise UnreadableFileError("已损坏") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFileError("解压后过大，未读取")
    return {part.filename for part in parts}


def _docx(body: bytes) -> Iterator[str]:
    """Paragraphs in their order; each cell of a table holds its own."""
    from docx import Document
    from docx.oxml.ns import qn

    for paragraph in Document(BytesIO(body)).element.body.iter(qn("w:p")):
        yield "".join(run.text or "" for run in paragraph.iter(qn("w:t")))


def _xlsx(body: bytes) -> Iterator[str]:
    """The cells of all sheets, hidden ones too: those are forgotten most easily."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(body), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS):
            yield "\n".join(_cell(value) for value in row if value is not None)


def _xls(body: bytes) -> Iterator[str]:
    """The cells of all sheets of an old workbook. No library for old documents is kept up well enough to be trusted."""
    from xlrd import XLRDError, open_workbook
    from xlrd.compdoc import CompDocError

    try:
        book = open_workbook(file_contents=body, logfile=StringIO(), on_demand=True, ragged_rows=True)
    except (XLRDError, CompDocError) as error:
        raise UnreadableFileError("是旧版文档或者已损坏，不能读取") from error
    for sheet in map(book.sheet_by_index, range(book.nsheets)):
        for row in range(min(sheet.nrows, MOST_ROWS)):
            yield "\n".join(_cell(value) for value in sheet.row_values(row) if value != "")


def _html(body: bytes) -> Iterator[str]:
    yield dom.parse(body, "").text


def _cell(value: object) -> str:
    """Numbers as they were typed: 13812345678 and not 13812345678.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _pdf(body: bytes) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError

    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFileError("已加密")
        for page in islice(reader.pages, MOST_PAGES):
            yield page.extract_text().translate(WHITE)
    except PdfReadError as error:
        raise UnreadableFileError("已损坏") from error


def _plain(body: bytes) -> Iterator[str]:
    text, _ = decode(body, "text/plain")
    yield text.replace(",", "\n")


def _limit() -> None:
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main(checkpoint: str) -> None:
    _limit()
    try:
        found = leaks.read(text_of(sys.stdin.buffer.read(MOST_BYTES + 1)), dt.date.fromisoformat(checkpoint))
        answer: dict[str, object] = {"leaks": [asdict(leak) for leak in found]}
    except UnreadableFileError as error:
        answer = {"unread": str(error)}
    except Exception:  # noqa: BLE001 - whatever a library says of a broken file
        answer = {"unread": "未能读取，可能已损坏"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
