"""Candidate lists: records that repeat one structure, with dates or without."""

import datetime as dt
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from govspider.facts import Entry
from govspider.reading import dates, pager
from govspider.reading.dom import Doc, Node
from govspider.reading.marks import MOST, Mark, alone, between, column_heading
from govspider.reading.regions import Regions
from govspider.reading.titles import Title, record_title
from govspider.reading.years import is_year_or_nothing

ROWS = frozenset({"li", "tr", "dl", "dd", "a", "td", "details"})
OPENING = "[【(（〔 "  # what may stand before the day of an entry
_CELLS = frozenset({"td", "th"})
_STACKS = frozenset({"table", "tbody"})
_DEADLINE = re.compile(r"截止|截至|到期|结束|开标|失效|废止")
_ROW_PARENTS = frozenset({"tbody", "thead", "tr"})


@dataclass(slots=True)
class Group:
    """A candidate list: records in document order, and where it stands."""

    parent: Node
    entries: list[Entry]
    start: int  # in the text
    stop: int
    end: int  # node index behind it
    tag: str
    dated: int = 0
    linked: bool = True
    score: float = 0.0
    paged: bool = False
    aside: bool = False
    own: bool = False  # stands under the page's own name
    heading: str = ""


def dated_groups(doc: Doc, marks: list[Mark], links: list[Title], checkpoint: dt.date) -> list[Group]:
    spots = [mark.position for mark in marks]
    parents: dict[int, list[tuple[Node, Mark]]] = {}
    for mark in marks:
        top = alone(mark.node, spots)
        parents.setdefault(top.parent.index if top.parent else 0, []).append((top, mark))
    groups = []
    for index, records in parents.items():
        parent = doc.nodes[index]
        rows = _records(doc, parent, records, links) if len(records) > 1 and _alike(records) else []
        if (
            len(rows) * 2 < len(records)
            and len({mark.node.parent and mark.node.parent.tag for _, mark in records}) == 1
        ):
            rows = _flat(parent, [mark for _, mark in records], links)
        if len(records) > 1 and len(rows) * 2 >= len(records):
            groups.append(_group(parent, rows, records, checkpoint, deadlines=_are_deadlines(doc, records)))
            continue
        for record in records:
            if single := _single(doc, record[1], record[0], links):
                groups.append(_group(parent, single, [record], checkpoint))
    groups.sort(key=lambda group: group.start)
    return groups


def _are_deadlines(doc: Doc, records: list[tuple[Node, Mark]]) -> bool:
    """Whether the first row of a table says that the days of its rows are ends of something."""
    top, mark = records[0]
    return top.tag == "tr" and _DEADLINE.search(column_heading(doc, mark)) is not None


def _alike(records: list[tuple[Node, Mark]]) -> bool:
    """Whether records repeat one structure: rows of a list or table, or elements of one class."""
    shapes = Counter(top.tag if top.tag in ROWS else (top.tag, top.get("class")) for top, _ in records)
    return max(shapes.values()) * 2 > len(records)


def _records(
    doc: Doc, parent: Node, records: list[tuple[Node, Mark]], links: list[Title]
) -> list[tuple[Title, Mark | None]]:
    tags = {top.tag for top, _ in records}
    by_node = {top.index: mark for top, mark in records}
    shape = {(child.tag, child.get("class")) for child, _ in records}
    rows: list[tuple[Title, Mark | None]] = []
    for child in doc.children(parent):
        if len(rows) >= MOST:
            break
        mark = by_node.get(child.index)
        if mark is not None:
            if title := record_title(doc, child, mark.position, mark.hit, between(links, child)):
                rows.append((title, mark))
        elif child.tag in tags and (child.tag in ROWS or (child.tag, child.get("class")) in shape):
            inside = between(links, child)
            if len({link.url or link.text for link in inside}) == 1 and (len(inside[0].text) >= 6 or child.tag == "li"):
                rows.append((inside[0], None))
    return rows


def _flat(parent: Node, marks: list[Mark], links: list[Title]) -> list[tuple[Title, Mark | None]]:
    """Titles and dates that follow each other without an element around each pair."""
    inside = between(links, parent)
    if not inside or not marks:
        return []
    starts = [link.start for link in inside]
    dates_first = marks[0].position < inside[0].start
    rows: list[tuple[Title, Mark | None]] = []
    for number, mark in enumerate(marks):
        if dates_first:
            low = mark.position
            high = marks[number + 1].position if number + 1 < len(marks) else parent.stop
        else:
            low = marks[number - 1].position if number else parent.start
            high = mark.position
        first = bisect_left(starts, low)
        near = inside[first : bisect_left(starts, high, first)]
        if first and inside[first - 1].start < mark.position < inside[first - 1].stop:
            near = [inside[first - 1], *near]
        if near:
            rows.append((max(near, key=lambda link: len(link.text)), mark))
    return rows


def _single(doc: Doc, mark: Mark, top: Node, links: list[Title]) -> list[tuple[Title, Mark | None]]:
    """The record of a date that no other date keeps company: the nearest element around it that has a title."""
    node: Node | None = mark.node
    while node is not None:
        inside = between(links, node)
        if inside:
            if len({link.url or link.text for link in inside}) > 2 or node.stop - node.start > 400:
                return []
            title = record_title(doc, node, mark.position, mark.hit, inside)
            return [(title, mark)] if title and len(title.text) >= 2 else []
        if node is top:
            return []
        node = node.parent
    return []


def _group(
    parent: Node,
    rows: list[tuple[Title, Mark | None]],
    records: list[tuple[Node, Mark]],
    checkpoint: dt.date,
    *,
    deadlines: bool = False,
) -> Group:
    hits = [mark.hit if mark else None for _, mark in rows]
    days = dates.settle_years(hits, [dates.in_address(title.url) for title, _ in rows], checkpoint)
    if deadlines:
        days = [None] * len(rows)
    entries = [Entry(title.text, title.url, day) for (title, _), day in zip(rows, days, strict=True)]
    first, last = records[0][0], records[-1][0]
    single = len(records) == 1
    row = records[0][1].node.inside(ROWS - {"a"}) if single else None
    return Group(
        parent=row.parent if row is not None and row.parent is not None else parent,
        entries=entries,
        start=min(rows[0][0].start, records[0][1].position) if single else first.start,
        stop=max(rows[-1][0].stop, records[-1][1].position + 10) if single else max(last.stop, rows[-1][0].stop),
        end=records[0][1].node.index + 1 if single else last.end,
        tag=first.tag if row is None else row.tag,
        dated=sum(hit is not None for hit in hits),
        linked=sum(bool(title.index >= 0) for title, _ in rows) * 2 >= len(rows),
    )


def undated_groups(doc: Doc, links: list[Title], regions: Regions, dated: list[Group]) -> list[Group]:
    begin = regions.crumb
    kept: list[Title] = []
    for link in links:
        if link.start < begin or link.start >= regions.footer or pager.is_pager_text(link.text):
            continue
        if kept and link.url and kept[-1].url == link.url:
            if len(link.text) > len(kept[-1].text):
                kept[-1] = link
            continue
        kept.append(link)
        if len(kept) >= MOST:
            break
    spots = [link.index for link in kept]
    parents: dict[int, list[tuple[Node, Title]]] = {}
    for link in kept:
        top = doc.nodes[link.index]
        while top.parent is not None:
            above = top.parent
            low = bisect_left(spots, above.index)
            if bisect_left(spots, above.end, low) - low > 1:
                break
            top = above
        if top.parent is not None:
            parents.setdefault(top.parent.index, []).append((top, link))
    groups = []
    for index, records in parents.items():
        first, last = records[0][0], records[-1][0]
        entries = [Entry(link.text, link.url) for _, link in records]
        start = min(first.start, records[0][1].start)
        if any(group.start < last.stop and start < group.stop for group in dated):
            continue
        groups.append(Group(doc.nodes[index], entries, start, last.stop, last.end, first.tag))
    groups.sort(key=lambda group: group.start)
    return groups


def merge(doc: Doc, groups: list[Group]) -> list[Group]:
    """One list that its template cuts into pieces, such as five lines and a rule, or a year over each, is one list."""
    merged: list[Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        if (
            last
            and last.stop <= group.start
            and is_year_or_nothing(doc.text[last.stop : group.start].rstrip(OPENING))
            and last.tag == group.tag
            and (_one_column(last.parent, group.parent) or _halves(last, group))
        ):
            last.entries += group.entries
            last.stop, last.end, last.dated = group.stop, group.end, last.dated + group.dated
            continue
        merged.append(group)
    return merged


def _one_column(first: Node, second: Node) -> bool:
    """Whether two pieces stand below each other in one place of the layout: neither in cells nor in blocks of their own
    beside each other."""
    first, second = _list_of(first), _list_of(second)
    around: Node | None = first
    while around is not None and around is not second and not around.holds(second):
        around = around.parent
    if first is second or (around is not None and around.tag in _STACKS):
        return True  # stray end tags tear the rows of one table over several
    alike = first.tag == second.tag and first.get("class") == second.get("class")
    return alike and first.parent is second.parent and first.tag not in _CELLS


def _halves(first: Group, second: Group) -> bool:
    """Whether one list runs on in a second cell of the same width, with as many lines or one less."""
    one, two = first.parent, second.parent
    alike = one.tag in _CELLS and one.parent is two.parent and one.attrs == two.attrs
    return alike and 0 <= len(first.entries) - len(second.entries) <= 1 and first.dated >= 2 and second.dated >= 1


def _list_of(node: Node) -> Node:
    """The whole list or table around rows."""
    while node.parent is not None and node.tag in _ROW_PARENTS:
        node = node.parent
    return node
