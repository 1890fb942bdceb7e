"""The marks of lists: dates that stand as fields of their own, one a record."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from govspider.reading import dates
from govspider.reading.dates import Hit, Stand
from govspider.reading.dom import Doc, Node
from govspider.reading.titles import Title

MOST = 2000  # entries of one page; what comes behind them is not read
_NEIGHBOUR = re.compile(r"(?:上|前|下|后)一[篇条则][^\n]*$")
# What heads a column of dates; the first row of a block may as well hold the block's name, such as 工作动态.
_OF_DATES = re.compile(r"时\s*间|日\s*期|[日期]$|截止|成文|date|time", re.IGNORECASE)


@dataclass(slots=True)
class Mark:
    """A date that stands as a field (or, in lists without dates, a title link)."""

    position: int
    node: Node
    hit: Hit | None = None
    stand: Stand = Stand.ALONE
    label: int = 1
    link: Title | None = None


def date_marks(doc: Doc, hits: Sequence[Hit], texts: list[Node], footer: int) -> list[Mark]:
    starts = doc.text_starts
    marks: list[Mark] = []
    for hit in hits:
        if hit.start >= footer or not texts:
            continue
        first = dates.at(starts, hit.start)
        last = dates.at(starts, hit.stop - 1)
        node, stop = texts[first], texts[last].stop
        stand = dates.stand(hit, doc.text, node.start, stop)
        if stand is Stand.INSIDE or (hit.bare and stand is Stand.HEAD and hit.yearless is False):
            continue
        if stand is Stand.TAIL and _NEIGHBOUR.search(doc.text, max(0, hit.start - 100), hit.start):
            continue  # the article before or behind this one
        label = dates.publish_label(dates.before(doc.text, hit.start, 20))
        marks.append(Mark(hit.start, node, hit, stand, label))
        if len(marks) >= MOST:
            break
    return marks


def one_date_a_record(doc: Doc, marks: list[Mark], links: list[Title]) -> list[Mark]:
    """Where one record shows several dates (begin and end, signed and published), keep the one that dates it."""
    for _ in range(3):
        parents: dict[int, list[Mark]] = {}
        spots = [mark.position for mark in marks]
        for mark in marks:
            top = alone(mark.node, spots)
            if top.parent is not None:
                parents.setdefault(top.parent.index, []).append(mark)
        dropped: set[int] = set()
        for index, inside in parents.items():
            parent = doc.nodes[index]
            if not 2 <= len(inside) <= 5 or parent.tag in ("body", "html", "table", "tbody", "ul", "ol"):
                continue
            near = between(links, parent)
            targets = {(link.url or link.text) for link in near}
            free = [mark for mark in inside if not any(link.start <= mark.position < link.stop for link in near)]
            if len(targets) > 1 and not (len(free) == 1 and free[0].stand >= Stand.LABELLED):
                continue  # several titles: several records, unless all other dates belong to titles
            if not targets and parent.tag not in ("tr", "li", "dl", "p"):
                continue
            if parent.tag == "tr":
                _label_by_heading(doc, inside)
            best = free[0] if len(targets) > 1 else max(inside, key=lambda m: (m.label, m.stand, -m.position))
            dropped.update(mark.position for mark in inside if mark is not best)
        if not dropped:
            break
        marks = [mark for mark in marks if mark.position not in dropped]
    return marks


def _label_by_heading(doc: Doc, marks: list[Mark]) -> None:
    """What the first row of a table calls the columns in which dates stand."""
    for mark in marks:
        if _OF_DATES.search(heading := column_heading(doc, mark)[-12:]):
            mark.label = dates.publish_label(heading + "：")


def column_heading(doc: Doc, mark: Mark) -> str:
    """What the first row of a table calls the column of a date; "" when it stands in no table, or in that row."""
    cell = mark.node.inside({"td", "th"})
    table = cell.inside({"table"}) if cell else None
    if cell is None or cell.parent is None or table is None:
        return ""
    place = [child for child in doc.children(cell.parent) if child.tag in ("td", "th")].index(cell)
    heading = next(iter(doc.below(table, "tr")), None)
    names = [child for child in doc.children(heading) if child.tag in ("td", "th")] if heading else []
    return doc.line(names[place]) if place < len(names) else ""


def alone(node: Node, spots: list[int]) -> Node:
    """The highest element around a mark that holds no other one."""
    top = node
    while top.parent is not None:
        above = top.parent
        low = bisect_left(spots, above.start)
        if bisect_left(spots, above.stop, low) - low > 1:
            break
        top = above
    return top


def between(links: list[Title], node: Node) -> list[Title]:
    low = bisect_left(links, node.index, key=lambda link: link.index)
    return links[low : bisect_left(links, node.end, low, key=lambda link: link.index)]
