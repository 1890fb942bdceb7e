"""A sketch of an article's text: the smallest hashes of its sentences. The same text has nearly the same sketch,
whatever stands around it and whatever date it bears; a sentence that was changed changes one number."""

import re
from collections.abc import Sequence
from zlib import crc32

from govspider.reading.article import in_link
from govspider.reading.dom import Doc

KEPT = 16
_SHORTEST = 12  # characters of a sentence that tells texts apart
_LONGEST = 300_000
_ENDS = re.compile(r"[。！？!?；;\n]+")
_NOISE = re.compile(r"[\s\d,，、.:：()（）“”\"'《》\-]+")


def sketch(doc: Doc, begin: int, end: int) -> tuple[int, ...]:
    """Of the running text between two positions, outside links, in rising order."""
    pieces = [
        doc.text[node.start : node.stop]
        for node in doc.texts
        if node.stop - node.start >= _SHORTEST and begin <= node.start < end and not in_link(node)
    ]
    return of_text("\n".join(pieces))


def of_text(text: str) -> tuple[int, ...]:
    """Numbers and punctuation do not count: a text under a new date is the same text."""
    sentences = (_NOISE.sub("", piece) for piece in _ENDS.split(text[:_LONGEST]))
    hashes = {crc32(sentence.encode("utf-8", "replace")) for sentence in sentences if len(sentence) >= _SHORTEST}
    return tuple(sorted(hashes)[:KEPT])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of sentences that two texts have in common, as far as their sketches tell."""
    smallest = sorted({*one, *other})[: max(len(one), len(other))]
    both = set(one) & set(other)
    return sum(1 for value in smallest if value in both) / len(smallest) if smallest else 0.0
