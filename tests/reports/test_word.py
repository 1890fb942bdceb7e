import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from govspider.facts import RoundResults, ScoreItem, SiteKind, VerdictKind
from govspider.reports import Office
from govspider.reports.bulletin import compose
from govspider.reports.recount import recount
from govspider.reports.word import ROWS, write_bulletin
from tests.reports.builder import MOMENT, blank, city, round_of, site

OFFICE = Office("乙市人民政府办公室", "全市", ("各县区人民政府",), remark="此件公开发布")


def drawn(results: RoundResults, folder: Path, office: Office = OFFICE) -> Document:
    path = folder / "通报.docx"
    write_bulletin(compose(results, office), path, made=MOMENT, recounted=recount(results))
    return Document(str(path))


def paragraph(document: Document, start: str):
    return next(p for p in document.paragraphs if p.text.startswith(start))


def serious(count: int) -> RoundResults:
    return round_of(
        *(
            site(
                n,
                verdict=VerdictKind.UNQUALIFIED,
                vetoes=["columns-blank"],
                findings=[blank(n)],
                problems=["多个栏目存在空白"],
            )
            for n in range(count)
        )
    )


def test_the_page_is_that_of_official_documents(tmp_path: Path) -> None:
    section = drawn(city(), tmp_path).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for margin, wanted in zip(margins, (37, 35, 28, 26), strict=True):
        assert abs(margin - Mm(wanted)) < Mm(0.1)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "579")


def test_twenty_two_lines_of_twenty_eight_characters_fill_the_page(tmp_path: Path) -> None:
    document = drawn(city(), tmp_path)
    section, body = document.sections[0], document.styles["公文正文"]
    height = section.page_height - section.top_margin - section.bottom_margin
    width = section.page_width - section.left_margin - section.right_margin
    assert height // body.paragraph_format.line_spacing == 22
    spacing = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    character = body.font.size + spacing * 635
    assert width // character == 28


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("公文正文", "仿宋_GB2312", 16),
        ("heading 1", "黑体", 16),
        ("heading 2", "楷体_GB2312", 16),
        ("footer", "宋体", 14),
    ],
)
def test_styles_name_their_font_for_chinese_text(tmp_path: Path, style: str, font: str, points: int) -> None:
    found = next(s for s in drawn(city(), tmp_path).styles if s.element.name_val == style)
    assert found.font.size.pt == points
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font


def test_every_run_names_its_font_for_chinese_text(tmp_path: Path) -> None:
    document = drawn(city(), tmp_path)
    runs = list(document.element.body.iter(qn("w:r")))
    assert len(runs) > 40
    assert all(run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs)


def test_missing_fonts_have_substitutes(tmp_path: Path) -> None:
    drawn(city(), tmp_path)
    with zipfile.ZipFile(tmp_path / "通报.docx") as parts:
        table = parts.read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋' in table


def test_levels_and_annexes_have_their_styles(tmp_path: Path) -> None:
    document = drawn(city(), tmp_path)
    assert paragraph(document, "一、总体情况").style.style_id == "First"
    assert paragraph(document, "（一）").style.style_id == "Second"
    assert paragraph(document, "附件：").text == "附件：存在严重问题的政府网站名单"
    mark = next(p for p in document.paragraphs if p.style.style_id == "Mark")
    assert mark.text == "附件"
    assert mark.paragraph_format.page_break_before


def test_page_numbers_stand_outside(tmp_path: Path) -> None:
    document = drawn(city(), tmp_path)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        number = footer.paragraphs[0]
        assert number.text.replace("1", "") == "—  —"
        assert number._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert number._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"


def test_the_signature_with_a_seal_is_centred_on_the_date(tmp_path: Path) -> None:
    document = drawn(city(), tmp_path)
    issuer = [p for p in document.paragraphs if p.text == OFFICE.issuer][-1]
    date = paragraph(document, "2021年8月18日")
    # 9 characters of issuer, 6.5 of date (digits are half as wide): 4 - (9 - 6.5) / 2 = 2.75
    assert issuer._p.pPr.ind.get(qn("w:rightChars")) == "275"
    assert date._p.pPr.ind.get(qn("w:rightChars")) == "400"
    assert paragraph(document, "（此件公开发布）")


def test_the_signature_without_a_seal_starts_two_characters_before_the_date(tmp_path: Path) -> None:
    document = drawn(city(), tmp_path, Office("乙市人民政府办公室", seal=False))
    issuer = [p for p in document.paragraphs if p.text == OFFICE.issuer][-1]
    date = paragraph(document, "2021年8月18日")
    assert issuer._p.pPr.ind.get(qn("w:rightChars")) == "200"
    assert date._p.pPr.ind.get(qn("w:rightChars")) == "250"


def test_the_signature_is_never_alone_on_its_page(tmp_path: Path) -> None:
    paragraphs = drawn(city(), tmp_path).paragraphs
    texts = [p.text for p in paragraphs]
    date, annexes = texts.index("2021年8月18日"), next(n for n, text in enumerate(texts) if text.startswith("附件："))
    last = max(n for n, text in enumerate(texts[:annexes]) if text)
    assert paragraphs[last].style.style_id == "Body"
    assert all(p.paragraph_format.keep_with_next for p in paragraphs[last:date])


def test_the_annex_table_reads_back_row_for_row(tmp_path: Path) -> None:
    table = drawn(city(), tmp_path).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "网站名称", "网站标识码", "存在的突出问题"]
    assert rows[2] == ["2", "乙市林业局", "6108000027", "未提供办事服务、多个栏目存在空白"]
    assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)


PARTS = ("发布解读", "办事服务", "互动交流", "功能设计", "加分")


@pytest.mark.parametrize(
    ("low", "high", "total", "size"),
    [
        (20, 23, "45～97", 12),
        (9.5, 20, "45.4～129.3", 10.5),
        (11.9, 20.9, "45.33～129.33", 9),
        (23.5, 29.5, "100.25～129.75", 9),
    ],
)
def test_every_portal_has_its_line_in_the_table_of_scores_and_no_range_is_broken(
    tmp_path: Path, low: float, high: float, total: str, size: float
) -> None:
    items = tuple(ScoreItem(f"{part}/甲", 30, low, high, bonus=part == PARTS[-1]) for part in PARTS)
    least, most = map(float, total.split("～"))
    portal = site(1, "清河县人民政府门户网站", kind=SiteKind.PORTAL)
    scored = replace(portal, verdict=replace(portal.verdict, score_low=least, score_high=most, score_items=items))
    vetoed = site(2, "乙县人民政府门户网站", kind=SiteKind.PORTAL, verdict=VerdictKind.UNQUALIFIED,
        vetoes=["columns-blank"], findings=[blank(2)], problems=["多个栏目存在空白"])  # fmt: skip
    unread = site(3, "丙县人民政府门户网站", kind=SiteKind.PORTAL, verdict=VerdictKind.UNDETERMINED)
    unseen = site(4, "丁县人民政府门户网站", kind=SiteKind.PORTAL, verdict=VerdictKind.UNDETERMINED, inspected=False)
    document = drawn(round_of(scored, vetoed, unread, unseen, site(5)), tmp_path)
    table = next(table for table in document.tables if table.cell(0, 2).text == PARTS[0])
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [(row[1], row[-1]) for row in rows[1:]] == [
        ("乙县人民政府门户网站", "单项否决"),
        ("丙县人民政府门户网站", "未评分"),
    ]
    assert rows[0][2:] == [*[f"{low:g}～{high:g}"] * 5, total]
    said = "".join(paragraph.text for paragraph in document.paragraphs)
    assert "存在单项否决问题的不再评分" in said
    assert "合格的网站中，有1个得分尚未评定完毕，评定后低于合格线的，改判为不合格。" in said
    runs = [run for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs]
    assert {run.font.size.pt for run in runs} == {size}
    for row in table.rows:
        for cell in (row.cells[0], *row.cells[2:]):
            breadth = sum(0.5 if letter.isascii() else 1 for letter in cell.text) * size
            assert breadth + 9 <= cell.width.pt, cell.text
    assert table.cell(1, 1).width.pt >= 4 * size
    assert sum(cell.width.pt for cell in table.rows[0].cells) < 443  # 156 mm


def test_long_tables_are_split_and_keep_every_row(tmp_path: Path) -> None:
    document = drawn(serious(2 * ROWS + 1), tmp_path)
    assert [len(table._tbl.tr_lst) - 1 for table in document.tables] == [ROWS, ROWS, 1]
    body = list(document.element.body)
    places = [body.index(table._tbl) for table in document.tables]
    assert all(later - earlier == 2 for earlier, later in pairwise(places))
    assert len(document.tables[2].rows[0].cells) == 4


def test_hostile_names_do_not_break_the_file(tmp_path: Path) -> None:
    name = "甲\x00\x0b\u202e<w:p/>&amp;]]>\ud800\uffff" + "长" * 5000
    bad = site(
        1, name, verdict=VerdictKind.UNQUALIFIED, vetoes=["columns-blank"], findings=[blank(1)], problems=["=1+1\x01"]
    )
    document = drawn(round_of(bad), tmp_path)
    cells = [cell.text for cell in document.tables[0].rows[1].cells]
    assert cells[1].startswith("甲<w:p/>&amp;]]>长")
    assert len(cells[1]) <= 80
    assert cells[3] == "=1+1"


def test_notes_stand_in_a_box_on_top(tmp_path: Path) -> None:
    document = drawn(city(), tmp_path, Office(notes=("未找到 office.toml。",)))
    assert "未找到 office.toml" in document.paragraphs[0].text
    assert document.paragraphs[0].style.style_id == "Note"


def test_the_file_says_who_wrote_it_and_when(tmp_path: Path) -> None:
    properties = drawn(city(), tmp_path).core_properties
    assert properties.author == "乙市人民政府办公室"
    assert properties.created.replace(tzinfo=None) == MOMENT.replace(tzinfo=None)
    assert "python" not in (properties.comments or "")
