"""Draws a bulletin as a Word file in the format of official documents."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml

from govspider.reports.annexes import Annex, Cell
from govspider.reports.atomic import whole
from govspider.reports.bulletin import Bulletin, Style
from govspider.reports.proof import bookmark, prove
from govspider.reports.sentences import Measures, Sentence
from govspider.reports.text import clean, long_date
from govspider.reports.word_parts import (
    DOC_DEFAULTS,
    NS,
    SECTION,
    SETTINGS,
    STYLES,
    WIDTH,
    font_table,
    page_number,
    run_properties,
)

TYPE = (24, 21, 18)  # half points: 小四, and 五号 and 小五 where the page is too narrow
PADDING = 200  # twips beside a cell's text
ROOM = 4  # characters of a name on each line, at least
SHORT = 16  # characters: names, counts, rates
KEEP = "<w:keepNext/>"  # on the page of the next paragraph
ROWS = 500  # of one table: word processors take time in the square of it
_BODY = {Style.FIRST: "First", Style.SECOND: "Second", Style.BODY: "Body"}
_FONT = {style.id: (style.font, style.size) for style in STYLES}


def write_bulletin(bulletin: Bulletin, path: Path, *, made: dt.datetime, recounted: Measures) -> None:
    """Raises ProofError, and leaves no file, when a number in it is not what ``recounted`` says."""
    document = Document()
    _dress(document)
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for block in _blocks(bulletin):
        body.append(parse_xml(block))
    body.append(parse_xml(SECTION))
    _number_pages(document)
    properties = document.core_properties
    properties.title = clean("".join(bulletin.title))[:250]
    properties.author = clean(bulletin.issuer)[:250]
    properties.last_modified_by = ""
    properties.comments = ""
    properties.created = properties.modified = made.astimezone(dt.UTC).replace(tzinfo=None)
    packed = BytesIO()  # a zip file that a full disk broke off complains of it once more when it is forgotten
    document.save(packed)
    with whole(path) as part:
        part.write_bytes(packed.getbuffer())
        prove(part, bulletin, recounted)


def _dress(document: Any) -> None:
    """Puts our styles, settings and fonts in the place of the library's template."""
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.append(parse_xml(DOC_DEFAULTS))
    for style in STYLES:
        styles.append(parse_xml(style.xml()))
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    for child in list(parse_xml(SETTINGS)):
        settings.append(child)
    for relation in list(document.part.rels.values()):
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = font_table().encode()
        elif relation.reltype.endswith(("/stylesWithEffects", "/numbering", "/customXml")):
            del document.part.rels[relation.rId]
    for relation in list(document.part.package.rels.values()):
        if relation.reltype.endswith("/thumbnail"):
            del document.part.package.rels[relation.rId]


def _number_pages(document: Any) -> None:
    section = document.sections[0]
    for footer, right in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        element = footer._element
        for child in list(element):
            element.remove(child)
        element.append(parse_xml(page_number(right=right)))


def _blocks(bulletin: Bulletin) -> Iterable[str]:
    if bulletin.notes:
        yield _note("制作提示（核对后删除）：" + "".join(bulletin.notes))
        yield _paragraph("Normal", "")
    for line in bulletin.title:
        yield _paragraph("Title", line)
    yield _paragraph("Normal", "")
    yield _paragraph("Normal", bulletin.addressees + "：")
    pen = Pen(bulletin)
    for paragraph in bulletin.body:
        style = _BODY[paragraph.style]
        keep = KEEP if paragraph is bulletin.body[-1] else ""
        yield _paragraph(style, "", keep, "".join(pen.runs(style, sentence) for sentence in paragraph.sentences))
    yield from _annex_list(bulletin.listed)
    yield from _signature(bulletin)
    for annex in bulletin.annexes:
        yield from _annex(annex, pen)


class Pen:
    """Draws sentences; those with counted numbers between bookmarks, numbered in the document's order."""

    def __init__(self, bulletin: Bulletin) -> None:
        self._bulletin = bulletin
        self._numbers: Iterator[int] = count(1)

    def runs(self, style: str, cell: Cell, size: int = 0) -> str:
        """``size``: another one than the style's, in half points."""
        if not isinstance(cell, Sentence):
            return _run(style, cell, size)
        run = _run(style, self._bulletin.say(cell), size)
        if not cell.measured:
            return run
        number = next(self._numbers)
        return f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(number)}"/>{run}<w:bookmarkEnd w:id="{number}"/>'

    def text(self, cell: Cell) -> str:
        return self._bulletin.say(cell) if isinstance(cell, Sentence) else cell


def _run(style: str, text: str, size: int = 0) -> str:
    font, usual = _FONT[style]
    return f'<w:r>{run_properties(font, size or usual)}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'


def _paragraph(style: str, text: str, properties: str = "", runs: str = "") -> str:
    """``properties`` follow the style's name in schema order; they and ``runs`` must be safe XML."""
    drawn = (_run(style, text) if text else "") + runs
    return f'<w:p {NS}><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{drawn}</w:p>'


def _note(text: str) -> str:
    edges = "".join(
        f'<w:{side} w:val="dashed" w:sz="6" w:space="4" w:color="C00000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return _paragraph("Note", text, f'<w:pBdr>{edges}</w:pBdr><w:ind w:left="85" w:right="85"/>')


def _indent(**characters: int) -> str:
    """Indents in hundredths of a character, with their length in twips for programs that know no characters."""
    pairs = " ".join(
        f'w:{side}="{hundredths * 16 // 5}" w:{side}Chars="{hundredths}"' for side, hundredths in characters.items()
    )
    return f"<w:ind {pairs}/>"


def _annex_list(titles: Sequence[str]) -> Iterable[str]:
    """附件:1.… two characters in, the later lines below the first one's number. It stays with the signature, which no
    page may hold without text."""
    if not titles:
        return
    yield _paragraph("Normal", "", KEEP)
    hanging = 300 if len(titles) == 1 else 375
    for number, title in enumerate(titles):
        lead = "\u3000\u3000\u3000" if number else "附件："
        indent = _indent(left=200 + hanging, hanging=hanging)
        yield _paragraph("Normal", "", KEEP + indent, _spaced("Normal", lead + title))


def _spaced(style: str, text: str) -> str:
    """A run whose leading ideographic spaces count."""
    return f'<w:r>{run_properties(*_FONT[style])}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _ems(text: str) -> float:
    """The width of a text in characters of its size."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _signature(bulletin: Bulletin) -> Iterable[str]:
    """With a seal the date stands four characters from the right and the issuer is centred on it; without one the
    issuer stands two characters from the right and the date begins two characters after it."""
    date = long_date(bulletin.date)
    issuer = clean(bulletin.issuer) or "（发文机关署名）"
    if bulletin.seal:
        issuer_right = max(4 + (_ems(date) - _ems(issuer)) / 2, 0.0)
        date_right = issuer_right + (_ems(issuer) - _ems(date)) / 2
    else:
        issuer_right = 2.0
        date_right = issuer_right + _ems(issuer) - 2 - _ems(date)
        if date_right < 2:
            issuer_right, date_right = issuer_right + 2 - date_right, 2.0
    yield from (_paragraph("Normal", "", KEEP) for _ in range(2))
    for text, right in ((issuer, issuer_right), (date, date_right)):
        keep = KEEP if text == issuer else ""
        yield _paragraph("Normal", text, f'{keep}{_indent(right=round(right * 100))}<w:jc w:val="right"/>')
    if bulletin.remark:
        yield _paragraph("Body", f"（{bulletin.remark}）")


def _annex(annex: Annex, pen: Pen) -> Iterable[str]:
    yield _paragraph("Mark", annex.mark, "<w:pageBreakBefore/>")
    yield _paragraph("Normal", "", KEEP)
    yield _paragraph("Title", annex.title)
    yield _paragraph("Normal", "", KEEP)
    columns = [[pen.text(row[column]) for row in annex.rows] for column in range(len(annex.head))]
    size, widths = TYPE[0], _widths(annex.widths)
    if not widths:
        size, widths = _fitted([[head, *texts] for head, texts in zip(annex.head, columns, strict=True)], annex.wraps)
    styles = [_cell_style(texts) for texts in columns]
    head = _table_row(annex.head, widths, ["CellHead"] * len(widths), pen, size, "<w:tblHeader/>")
    for start in range(0, len(annex.rows), ROWS):
        if start:
            # Two tables that touch become one.
            yield _paragraph("Gap", "")
        rows = "".join(_table_row(row, widths, styles, pen, size) for row in annex.rows[start : start + ROWS])
        yield _table(widths, head + rows)
    yield _paragraph("Gap", "")


def _fitted(columns: Sequence[Sequence[str]], wraps: int) -> tuple[int, list[int]]:
    """The largest type in which all columns but one keep each text on one line and leave that one room for some
    characters, and the columns' widths."""
    size, widths = TYPE[0], [0] * len(columns)
    for size in TYPE:
        widths = [round(max(map(_breadth, texts)) * size * 10) + PADDING for texts in columns]
        left, least = WIDTH - sum(widths) + widths[wraps], ROOM * size * 10 + PADDING
        widths[wraps] = max(left, least)
        if left >= least:
            break
    return size, widths


def _breadth(text: str) -> float:
    """Characters that a text takes. Digits of a font that stands in for a missing one are wider than half of one."""
    return sum(0.35 if letter == "." else 0.6 if letter.isascii() else 1 for letter in text)


def _widths(shares: Sequence[int]) -> list[int]:
    if not shares:
        return []
    widths = [WIDTH * share // sum(shares) for share in shares]
    widths[-1] += WIDTH - sum(widths)
    return widths


def _table(widths: Sequence[int], rows: str) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {NS}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="57" w:type="dxa"/>'
        '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _table_row(
    cells: Sequence[Cell], widths: Sequence[int], styles: Sequence[str], pen: Pen, size: int, properties: str = ""
) -> str:
    """A row is never split between two pages."""
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{style}"/></w:pPr>{pen.runs(style, cell, size)}</w:p></w:tc>'
        for cell, width, style in zip(cells, widths, styles, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{drawn}</w:tr>"


def _cell_style(texts: Sequence[str]) -> str:
    """A column of short texts is centred, any other one starts at the left."""
    return "CellCenter" if all(len(text) <= SHORT for text in texts) else "Cell"
