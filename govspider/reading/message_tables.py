"""Boards of letters with a head for each column: tables, and lists drawn like them."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govspider.facts import Message
from govspider.reading import dates
from govspider.reading.dom import Doc, Node
from govspider.reading.letter_labels import ANSWER_LABEL, ASKED_LABEL, DONE_LABEL, TITLE_LABEL
from govspider.reading.message_rows import TITLE, state_of


@dataclass(frozen=True, slots=True)
class _Heads:
    """Which cells of a table of letters hold what; -1 where it has no such column."""

    title: int
    asked: int
    answered: int
    state: int


def read_table(doc: Doc, table: Node, checkpoint: dt.date) -> Iterator[Message]:
    """The letters of one table whose heads name them."""
    rows = [[cell for cell in doc.children(row) if cell.tag in {"td", "th"}] for row in doc.below(table, "tr")]
    heads = None
    for cells in rows:
        texts = [doc.line(cell) for cell in cells]
        if heads is None:
            heads = _heads(texts)
        elif len(cells) > max(heads.title, heads.asked, heads.answered, heads.state):
            anchor = next(iter(doc.below(cells[heads.title], "a")), None) or next(
                iter(doc.below(cells[0].parent or table, "a")), None
            )
            yield from _message(doc, texts, heads, anchor, checkpoint)


def read_head_strip(doc: Doc, checkpoint: dt.date) -> Iterator[Message]:
    """A board drawn with lists: a strip of column names, then rows of as many pieces."""
    if not doc.spots("状态", "回复", "答复", "办理情况", "办结"):
        return
    for node in doc.tags("ul", "li", "div", "dl", "p"):
        pieces = [
            child
            for child in doc.children(node)
            if child.tag not in {"#text", "#comment", "script"} and child.stop > child.start
        ]
        if not 3 <= len(pieces) <= 8 or node.stop - node.start > 80:
            continue
        heads = _heads([doc.line(piece) for piece in pieces])
        if heads is None or node.parent is None:
            continue
        around = node.parent if len(list(doc.children(node.parent))) > 1 else node.parent.parent
        for row in doc.below(around, *{node.tag, "li", "dd", "ul"}) if around else []:
            cells = [
                child
                for child in doc.children(row)
                if child.tag not in {"#text", "#comment", "script"} and child.stop >= child.start
            ]
            cells = [cell for cell in cells if cell.tag not in {"i", "img", "br"}]
            if row.index > node.index and len(cells) == len(pieces):
                anchors = doc.below(row, "a")
                yield from _message(
                    doc, [doc.line(cell) for cell in cells], heads, anchors[0] if anchors else None, checkpoint
                )
        return


def _heads(texts: Sequence[str]) -> _Heads | None:
    names = ["".join(text.split()).strip(":：") for text in texts]
    if any(len(name) > 10 for name in names):
        return None

    def place(pattern: re.Pattern[str]) -> int:
        return next((number for number, name in enumerate(names) if pattern.match(name)), -1)

    heads = _Heads(place(TITLE_LABEL), place(ASKED_LABEL), place(ANSWER_LABEL), place(DONE_LABEL))
    return heads if heads.title >= 0 and heads.asked >= 0 and (heads.answered >= 0 or heads.state >= 0) else None


def _message(
    doc: Doc, texts: Sequence[str], heads: _Heads, anchor: Node | None, checkpoint: dt.date
) -> Iterator[Message]:
    title = texts[heads.title].strip()
    asked = dates.first_day(texts[heads.asked], checkpoint)
    if not title or asked is None:
        return
    if anchor is not None and anchor.get("title").startswith(title.rstrip(".…")[:6]):
        title = anchor.get("title").strip()
    answered = dates.first_day(texts[heads.answered], checkpoint) if heads.answered >= 0 else None
    state = texts[heads.state] if heads.state >= 0 else ""
    replied = True if answered else state_of(state)
    if replied is None and heads.answered >= 0 and heads.state < 0:
        replied = False  # the column for the answer's date is there and empty
    yield Message(
        title[:TITLE], doc.absolute(anchor.get("href")) if anchor is not None else "", asked, answered, replied
    )
