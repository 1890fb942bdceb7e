"""A sketch of an article's text: the smallest hashes of its sentences. The same text has the same sketch, whatever
stands around it; a sentence that was changed changes one number."""

import re
from zlib import crc32

from govspider.reading.dom import Doc
from govspider.reading.headline import in_link

KEPT = 16
_SHORTEST = 12  # characters of a sentence that tells texts apart
_LONGEST = 300_000
_ORIGIN = re.compile(
    r"\s*[\[【(（]?\s*(?:(?:发布|发稿|发文|更新|录入|上传|添加|编辑|创建)?(?:时间|日期)|发布于|信息来源|稿件来源|文章来源|来源|作者|编辑|浏览|点击|阅读|20\d\d\s*[-年/.])"
    r"[^。！？!?]{0,120}$"
)
_ENDS = re.compile(r"[。！？!?；;\n]+")


def sketch(doc: Doc, title: str, begin: int, end: int) -> tuple[int, ...]:
    """Of the running text between two positions, outside links, in rising order. The article's title and the line that
    says when it came from where are left out: they are what is changed when a text is published anew."""
    pieces = [
        doc.text[node.start : node.stop]
        for node in doc.texts
        if node.stop - node.start >= _SHORTEST and begin <= node.start < end and not in_link(node)
    ]
    named = "".join(title.split())
    return of_text("\n".join(text for text in pieces if "".join(text.split()) not in named and not _ORIGIN.match(text)))


def of_text(text: str) -> tuple[int, ...]:
    """Spaces do not count. Numbers do: this year's notice is not last year's."""
    sentences = ("".join(piece.split()) for piece in _ENDS.split(text[:_LONGEST]))
    hashes = {crc32(sentence.encode("utf-8", "replace")) for sentence in sentences if len(sentence) >= _SHORTEST}
    return tuple(sorted(hashes)[:KEPT])
