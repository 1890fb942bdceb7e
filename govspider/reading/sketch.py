"""A sketch of an article's text: the smallest hashes of its sentences. The same text has the same sketch, whatever
stands around it; a sentence that was changed changes one number."""

import re
from zlib import crc32

from govspider.reading.article import in_link
from govspider.reading.dom import Doc

KEPT = 16
_SHORTEST = 12  # characters of a sentence that tells texts apart
_LONGEST = 300_000
_ENDS = re.compile(r"[。！？!?；;\n]+")


def sketch(doc: Doc, begin: int, end: int) -> tuple[int, ...]:
    """Of the running text between two positions, outside links, in rising order."""
    pieces = [
        doc.text[node.start : node.stop]
        for node in doc.texts
        if node.stop - node.start >= _SHORTEST and begin <= node.start < end and not in_link(node)
    ]
    return of_text("\n".join(pieces))


def of_text(text: str) -> tuple[int, ...]:
    """Spaces do not count. Numbers do: this year's notice is not last year's."""
    sentences = ("".join(piece.split()) for piece in _ENDS.split(text[:_LONGEST]))
    hashes = {crc32(sentence.encode("utf-8", "replace")) for sentence in sentences if len(sentence) >= _SHORTEST}
    return tuple(sorted(hashes)[:KEPT])
