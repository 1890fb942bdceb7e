"""Labels of a guide and the texts after them: in lines, in tables, and under heads that are clicked."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from govspider.reading import guide_labels as labels
from govspider.reading.dom import Doc
from govspider.reading.guide_tabs import Strip, empty_places

VALUE = 2000  # characters kept of an element's text
RUN = 3  # labels in a row without a text: the text behind them may belong to any of them
COLON = re.compile(r"[:：]")
INLINE = re.compile(r"[^\s:：;；。,，、]{1,18}(?: [^\s:：;；。,，、]{1,3}){0,3}\s*$")
BRACKETED = re.compile(r"^\s*[【\[〔]([^】\]〕]{2,18})[】\]〕]\s*[:：]?\s*(.*)$")
SIGN = re.compile("[:：【\\[〔?？ ]")  # long lines without one hold no label


@dataclass(slots=True)
class Field:
    """A label as it stands and the text after it. ``elements`` is empty for labels that are none of the ten."""

    elements: tuple[str, ...]
    start: int
    text: str = ""
    limit: bool = False  # a time limit such as 承诺时限


def line_fields(doc: Doc, begin: int, end: int) -> list[Field]:
    """Labels at the beginning of lines (cells, headings, terms are lines of their own) and within lines."""
    fields: list[Field] = []
    current: Field | None = None
    position = begin
    linked = _linked(doc, begin, end)
    for line in doc.text[begin:end].split("\n"):
        started = [] if position in linked else list(_labels_in(line, position))
        if started:
            if current is not None and started[0].start > position:
                rest = line[: started[0].start - position]
                current.text += "\n" + labels.NUMBER.sub("", rest, count=1) if rest.strip() else ""
            fields += started
            current = started[-1]
        elif current is not None and len(current.text) < VALUE:
            current.text += "\n" + line
        position += len(line) + 1
    return fields


def _linked(doc: Doc, begin: int, end: int) -> set[int]:
    """Where links to other pages begin: a menu's 政策法规 is no label. Links within the page are tabs."""
    return {
        link.node.start
        for link in doc.links
        if begin <= link.node.start < end and link.url and link.url.partition("#")[0] != doc.url
    }


def _labels_in(line: str, position: int) -> Iterator[Field]:
    text = line.strip()
    if not text:
        return
    if bracketed := BRACKETED.match(text):
        name = labels.bare(bracketed[1])
        if labels.is_label(name):
            yield _field(name, position, bracketed[2])
            return
    if len(text) > 30 and not SIGN.search(text):
        return
    if len(text) <= 30 and not COLON.search(text, 0, len(text) - 1) and (whole := labels.label_in(text)):
        yield _field(whole, position)
        return
    if text[-1] in "?？" and len(text) <= 80:
        hits = [element for pattern, element in labels.QUESTIONS if pattern.search(text)]
        if hits:
            yield Field(tuple(hits), position)
            return
    inline = [
        (match, colon.end()) for colon in islice(COLON.finditer(line), 12) if (match := _before(line, colon.start()))
    ]
    for number, (match, begin) in enumerate(inline):
        stop = inline[number + 1][0].start() if number + 1 < len(inline) else len(line)
        yield _field(labels.bare(match[0]), position + match.start(), line[begin:stop].rstrip(")）"))
    if not inline:
        head, _, rest = text.partition(" ")
        if rest and len(name := labels.bare(head)) >= 4 and labels.elements_of(name):
            yield _field(name, position, rest)


def _before(line: str, colon: int) -> re.Match[str] | None:
    """The label that ends at a colon."""
    match = INLINE.search(line, max(0, colon - 26), colon)
    return match if match and labels.is_label(labels.bare(match[0])) else None


def _field(label: str, start: int, text: str = "") -> Field:
    return Field(labels.elements_of(label), start, text, bool(labels.TIME_LIMIT.fullmatch(label)))


def table_fields(doc: Doc, begin: int, end: int) -> list[Field]:
    """Tables whose first row holds the labels and whose second the values."""
    fields: list[Field] = []
    for table in doc.tags("table"):
        if table.start < begin or table.start > end or doc.below(table, "table"):
            continue
        rows = [[cell for cell in doc.children(row) if cell.tag in {"td", "th"}] for row in doc.below(table, "tr")[:4]]
        for head, values in pairwise(rows):
            names = [labels.bare(doc.line(cell)) for cell in head]
            if len(head) >= 3 and len(head) == len(values) and all(names) and all(map(labels.is_label, names)):
                texts = [doc.raw(cell) for cell in values]
                if not any(labels.is_label(labels.bare(text)) for text in texts):
                    fields += [
                        _field(name, cell.start, text) for name, cell, text in zip(names, values, texts, strict=True)
                    ]
    return fields


def outside(fields: Sequence[Field], strips: Sequence[Strip]) -> list[Field]:
    """The fields that stand in none of the strips, which follow each other."""
    starts = [strip.start for strip in strips]
    before = (bisect_right(starts, field.start) for field in fields)
    return [
        field
        for field, number in zip(fields, before, strict=True)
        if not (number and field.start < strips[number - 1].stop)
    ]


def ambiguous(doc: Doc, fields: Sequence[Field]) -> set[str]:
    """The elements of labels that follow each other without a text or a place for one, before a text on other lines."""
    unsure: set[str] = set()
    run: list[Field] = []
    places: list[int] | None = None
    for field in sorted(fields, key=lambda each: each.start):
        if not field.text.strip():
            run.append(field)
            continue
        if len(run) >= RUN and field.text.startswith("\n"):
            places = empty_places(doc) if places is None else places
            stops = [*(each.start for each in run[1:]), field.start]
            spans = zip(run, stops, strict=True)
            if not all(bisect_right(places, stop) > bisect_right(places, each.start) for each, stop in spans):
                unsure.update(element for each in run for element in each.elements)
        run = []
    return unsure


def in_strips(strips: Sequence[Strip], fields: Sequence[Field]) -> set[str]:
    """The elements of heads whose text cannot be told and that no label elsewhere names."""
    named = {element for field in fields for element in field.elements}
    unsure = {element for strip in strips for names, text in strip.values if text is None for element in names}
    return unsure - named
