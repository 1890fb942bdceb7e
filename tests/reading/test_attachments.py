"""Files are read where they cannot hurt, and what they hold never comes out whole."""

import json
import subprocess
import sys
import zlib
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from govspider.reading.attachments import UnreadableFileError, text_of
from govspider.reading.leaks import read
from tests.reading.old_excel import compound, xls
from tests.reading.test_leaks import CARD, DAY, ONE

PEOPLE = [("张一", "某镇一组", 13812345671), ("张二", "某镇二组", 13812345672.0), ("张三", "某镇三组", "13812345673")]


def docx(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    book.active.append(["说明"])
    hidden = book.create_sheet("名单")
    hidden.sheet_state = "hidden"
    for row in rows:
        hidden.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def pdf(text: str) -> bytes:
    content = zlib.compress(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1"))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, text_of_object in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, text_of_object)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n%btrailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        start,
    )


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (docx("公示", rows=(("姓名", "身份证号"), ("张一", ONE))), ["id_card"]),
        (docx("通知", "联系电话：13812345678"), []),
        (xlsx(("姓名", "家庭住址", "电话"), *PEOPLE), ["mobile"]),
        (xlsx(("姓名", "银行卡号"), ("张一", CARD)), ["bank_card"]),
        (xlsx(("单位", "电话"), ("某局", "0912-1234567")), []),
        (xls(("姓名", "家庭住址", "电话"), *PEOPLE, hidden=True), ["mobile"]),
        (xls(("姓名", "身份证号"), ("张一", ONE)), ["id_card"]),
        (xls(("单位", "电话"), ("某局", "0912-1234567")), []),
        (f"<html><table><tr><td>姓名</td><td>身份证号</td><tr><td>张一<td>{ONE}</table></html>".encode(), ["id_card"]),
        (pdf(f"ID {ONE} end"), ["id_card"]),
        (f"姓名,身份证号\n张一,{ONE}\n".encode("gb18030"), ["id_card"]),
    ],
)
def test_every_format_is_read_by_cells(body: bytes, kinds: list[str]) -> None:
    assert [leak.kind for leak in read(text_of(body), DAY)] == kinds


def bomb() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:document/>")
        for number in range(5):
            archive.writestr(f"word/media/{number}.bin", bytes(20_000_000))
    return file.getvalue()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (bomb(), "解压后过大"),
        (pdf(""), "没有可读的文字"),
        (b"PK\x03\x04 broken", "已损坏"),
        (b"%PDF-1.4 broken", "损坏"),
        (b"\xd0\xcf\x11\xe0old\x00\x00", "不是可以读取的格式"),
        (compound("WordDocument", f"张一 {ONE}".encode("utf-16le")), "是旧版文档或者已损坏"),
        (b"<html><body>404</body></html>", "不是可以读取的格式"),
        (b"", "没有可读的文字"),
        (bytes(9_000_000), "过大"),
        (docx("x")[:-200], "已损坏"),
    ],
)
def test_what_cannot_be_read_is_said(body: bytes, told: str) -> None:
    with pytest.raises(UnreadableFileError, match=told):
        text_of(body)


def test_the_program_prints_masked_leaks_and_survives_what_it_is_given() -> None:
    def run(body: bytes) -> dict[str, object]:
        command = [sys.executable, "-m", "govspider.reading.attachments", f"{DAY:%Y-%m-%d}"]
        done = subprocess.run(command, input=body, capture_output=True, check=True)
        answer: dict[str, object] = json.loads(done.stdout)
        return answer

    answer = run(docx(f"张一 {ONE}"))
    assert ONE not in str(answer)
    assert run(b"PK\x03\x04" + bytes(5000)) == {"unread": "已损坏"}
    assert run(xls(("姓名", "身份证号"))[:1500]) == {"unread": "未能读取，可能已损坏"}
    names = ["a", *"bcdefghij"]
    steps = (f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in pairwise(names))
    entity = f'<!DOCTYPE a [<!ENTITY a "0123456789">{"".join(steps)}]>'
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", f'<?xml version="1.0"?>{entity}<workbook>&j;</workbook>')
    assert "unread" in run(file.getvalue())
