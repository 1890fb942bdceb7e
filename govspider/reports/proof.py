"""Proves a finished bulletin: every number that stands in the file is counted once more, by other means.

What a sentence should say is made from its template and the recounted measures, and compared with what stands at its
bookmark in the file. Digits outside of bookmarks may only come from what was put there as it is, dates, names, codes, and
stand where they were put: a row that is missing, doubled or in another's place is a difference, too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from govspider.reports.annexes import Annex
from govspider.reports.bulletin import Bulletin
from govspider.reports.sentences import Measures, Sentence
from govspider.reports.text import clean

_DIGIT = re.compile(r"[0-9]")
_SHOWN = 5  # differences in a message


class ProofError(Exception):
    """The document and the store disagree. The text is Chinese and names the sentences."""


def marked(bulletin: Bulletin) -> Iterator[tuple[str, Sentence]]:
    """The sentences and cells with counted numbers, each with the name of its bookmark, in the document's order."""
    sentences = [sentence for paragraph in bulletin.body for sentence in paragraph.sentences]
    cells = [cell for annex in bulletin.annexes for row in annex.rows for cell in row if isinstance(cell, Sentence)]
    counted = (sentence for sentence in (*sentences, *cells) if sentence.measured)
    for number, sentence in enumerate(counted, 1):
        yield bookmark(number), sentence


def bookmark(number: int) -> str:
    """Word does not show bookmarks whose names begin with a line."""
    return f"_n{number:05d}"


def prove(path: Path, bulletin: Bulletin, recounted: Measures) -> None:
    """Raises ProofError when a number of the file is not what the store says."""
    wrong = [*_sentences(path, bulletin, recounted), *_lists(bulletin, recounted)]
    if wrong:
        more = f"等 {len(wrong)} 处" if len(wrong) > _SHOWN else ""
        raise ProofError(f"通报中的数字与检查结果不一致：{'；'.join(wrong[:_SHOWN])}{more}")


def _sentences(path: Path, bulletin: Bulletin, recounted: Measures) -> Iterator[str]:
    said, around = _read(path)
    for name, sentence in marked(bulletin):
        found = said.pop(name, "")
        try:
            wanted = clean(sentence.text(recounted, bulletin.decimals))
        except KeyError as error:
            yield f"“{found}”中的 {error.args[0]} 无从核对"
            continue
        if found != wanted:
            yield f"“{found}”应为“{wanted}”"
        if _DIGIT.search(sentence.literal):
            yield f"“{found}”中有未经统计的数字"
    yield from (f"“{text}”不是通报的内容" for text in said.values())
    yield from _out_of_place([text for text in around if _DIGIT.search(text)], bulletin)


def _out_of_place(found: Sequence[str], bulletin: Bulletin) -> Iterator[str]:
    """``found``: the texts with digits outside of bookmarks, in the file's order."""
    given = [text for text in _plain(bulletin) if _DIGIT.search(text)]
    strange, missing = Counter(found) - Counter(given), Counter(given) - Counter(found)
    yield from (f"“{text}”中的数字没有出处" for text in strange)
    yield from (f"“{text}”缺失" for text in missing)
    if not (strange or missing):
        yield from (f"“{one}”处应为“{other}”" for one, other in zip(found, given, strict=True) if one != other)


def _lists(bulletin: Bulletin, recounted: Measures) -> Iterator[str]:
    for annex in bulletin.annexes:
        if not annex.rows_are:
            continue
        if [row[0] for row in annex.rows] != [str(number) for number in range(1, len(annex.rows) + 1)]:
            yield f"“{annex.title}”的序号不连续"
        if len(annex.rows) != recounted.get(annex.rows_are):
            yield f"“{annex.title}”有 {len(annex.rows)} 行，应有 {recounted.get(annex.rows_are)} 行"


def _plain(bulletin: Bulletin) -> Iterator[str]:
    """Texts that stand in the file as they were given, in its order."""
    yield from map(clean, bulletin.opening)
    for paragraph in bulletin.body:
        yield clean("".join(bulletin.say(sentence) for sentence in paragraph.sentences if not sentence.measured))
    yield from map(clean, bulletin.closing)
    for annex in bulletin.annexes:
        yield from map(clean, _words(annex))


def _words(annex: Annex) -> Iterator[str]:
    yield from (annex.mark, annex.title, *annex.head)
    yield from (cell for row in annex.rows for cell in row if isinstance(cell, str))


def _read(path: Path) -> tuple[dict[str, str], list[str]]:
    """The text at each of our bookmarks, and what is left of each paragraph without it."""
    said: dict[str, str] = {}
    around: list[str] = []
    for paragraph in Document(str(path)).element.body.iter(qn("w:p")):
        inside, rest = "", []
        for element in paragraph.iter():
            if element.tag == qn("w:bookmarkStart"):
                inside = _name(element)
                said[inside] = ""
            elif element.tag == qn("w:bookmarkEnd"):
                inside = ""
            elif element.tag == qn("w:t"):
                text = element.text or ""
                if inside:
                    said[inside] += text
                else:
                    rest.append(text)
        around.append(clean("".join(rest)))
    return {name: clean(text) for name, text in said.items()}, around


def _name(element: Any) -> str:
    return str(element.get(qn("w:name")))
