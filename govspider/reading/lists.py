"""The main list of a page, found by repetition and by the rhythm of titles and dates, never by class names.

Every date that stands as a field of its own is a mark. The record of a mark is the largest element that holds it
alone, the list is that element's parent. Where no dates are shown, links are the marks.
"""

import datetime as dt
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from govspider.facts import Entry
from govspider.reading import dates, pager
from govspider.reading.dates import Hit, Stand
from govspider.reading.dom import Doc, Node
from govspider.reading.pager import Pager
from govspider.reading.regions import Regions
from govspider.reading.titles import Title, record_title, title_links

_MARKS = 2000  # entries of one page; what comes behind them is not read
_ROWS = frozenset({"li", "tr", "dl", "dd", "a", "td"})
_ARTICLE = re.compile(r"\d{3,}[^/]*$|[0-9a-f]{16,}")
_NEIGHBOUR = re.compile(r"(?:上|前|下|后)一[篇条则][^\n]*$")
_MORE = re.compile(r"^[\s>＞»+\[【(]*(?:更多|more|查看更多)", re.IGNORECASE)
_ASIDE = re.compile(
    r"热点|热门|热文|排行|推荐|相关|点击|友情|更多新闻|延伸|猜你|专题专栏|图片新闻|链接|最新(?:更新|文章|信息|公告|动态|发布)|阅读榜|上一篇|下一篇|搜索|关键词|大家都在"
)


@dataclass(slots=True)
class Mark:
    """A date that stands as a field (or, in lists without dates, a title link)."""

    position: int
    node: Node
    hit: Hit | None = None
    stand: Stand = Stand.ALONE
    label: int = 1
    link: Title | None = None


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


@dataclass(slots=True)
class Found:
    """``entries`` are the main list's; ``groups`` all candidates, ``hub`` says that several short lists make it up."""

    entries: list[Entry] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    main: list[Group] = field(default_factory=list)
    hub: bool = False
    links: list[Title] = field(default_factory=list)  # all links that could be titles
    stretches: list[tuple[int, int]] = field(default_factory=list)  # of the text that lists with dates take up


def find_lists(doc: Doc, hits: Sequence[Hit], regions: Regions, paging: Pager, checkpoint: dt.date) -> Found:
    texts = doc.texts
    marks = _date_marks(doc, hits, texts, regions.footer)
    links = title_links(doc, regions.footer)
    marks = _one_date_a_record(doc, marks, links)
    groups = _merge(doc, _dated_groups(doc, marks, links, checkpoint))
    stretches = [(group.start, group.stop) for group in groups if group.dated >= 3]
    found = Found(groups=groups, stretches=stretches, links=links)
    _rate(doc, groups, regions, paging)
    _choose(doc, found, links, regions, paging)
    return found


# --------------------------------------------------------------------------------------------------------- the marks


def _date_marks(doc: Doc, hits: Sequence[Hit], texts: list[Node], footer: int) -> list[Mark]:
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
        if _NEIGHBOUR.search(doc.text, max(0, hit.start - 100), hit.start) and stand is Stand.TAIL:
            continue  # the article before or behind this one
        label = dates.publish_label(doc.text[max(0, hit.start - 20) : hit.start].replace("\n", " "))
        marks.append(Mark(hit.start, node, hit, stand, label))
        if len(marks) >= _MARKS:
            break
    return marks


def _one_date_a_record(doc: Doc, marks: list[Mark], links: list[Title]) -> list[Mark]:
    """Where one record shows several dates (begin and end, signed and published), keep the one that dates it."""
    for _ in range(3):
        parents: dict[int, list[Mark]] = {}
        spots = [mark.position for mark in marks]
        for mark in marks:
            top = _alone(mark.node, spots, mark.position)
            if top.parent is not None:
                parents.setdefault(top.parent.index, []).append(mark)
        dropped: set[int] = set()
        for index, inside in parents.items():
            parent = doc.nodes[index]
            if not 2 <= len(inside) <= 5 or parent.tag in ("body", "html", "table", "tbody", "ul", "ol"):
                continue
            near = _between(links, parent)
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
        cell = mark.node.inside({"td", "th"})
        table = cell.inside({"table"}) if cell else None
        if cell is None or cell.parent is None or table is None:
            continue
        place = [child for child in cell.parent.children if child.tag in ("td", "th")].index(cell)
        heading = next(iter(doc.below(table, "tr")), None)
        names = [child for child in heading.children if child.tag in ("td", "th")] if heading else []
        if place < len(names):
            mark.label = dates.publish_label(doc.line(names[place])[-12:] + "：")


def _alone(node: Node, spots: list[int], position: int) -> Node:
    """The highest element around a mark that holds no other one."""
    top = node
    while top.parent is not None:
        above = top.parent
        low = bisect_left(spots, above.start)
        if bisect_left(spots, above.stop, low) - low > 1:
            break
        top = above
    return top


def _between(links: list[Title], node: Node) -> list[Title]:
    low = bisect_left(links, node.index, key=lambda link: link.index)
    return links[low : bisect_left(links, node.end, low, key=lambda link: link.index)]


# -------------------------------------------------------------------------------------------------- lists with dates


def _dated_groups(doc: Doc, marks: list[Mark], links: list[Title], checkpoint: dt.date) -> list[Group]:
    spots = [mark.position for mark in marks]
    parents: dict[int, list[tuple[Node, Mark]]] = {}
    for mark in marks:
        top = _alone(mark.node, spots, mark.position)
        parents.setdefault(top.parent.index if top.parent else 0, []).append((top, mark))
    groups = []
    for index, records in parents.items():
        parent = doc.nodes[index]
        rows = _records(doc, parent, records, links) if len(records) > 1 and _alike(records) else []
        if (
            len(rows) * 2 < len(records)
            and len({mark.node.parent and mark.node.parent.tag for _, mark in records}) == 1
        ):
            rows = _flat(doc, parent, [mark for _, mark in records], links)
        if len(records) > 1 and len(rows) * 2 >= len(records):
            groups.append(_group(parent, rows, records, checkpoint))
            continue
        for record in records:
            if single := _single(doc, record[1], record[0], links):
                groups.append(_group(parent, single, [record], checkpoint))
    groups.sort(key=lambda group: group.start)
    return groups


def _rhythm(marks: list[Mark]) -> list[Mark]:
    """The dates that stand in the same kind of element, without those that happen to end a title."""
    tags = Counter(mark.node.parent.tag for mark in marks if mark.node.parent)
    tag = max(tags, key=lambda name: tags[name]) if tags else ""
    alike = [mark for mark in marks if mark.node.parent and mark.node.parent.tag == tag]
    return alike if len(alike) * 3 >= len(marks) * 2 else []


def _alike(records: list[tuple[Node, Mark]]) -> bool:
    """Whether records repeat one structure: rows of a list or table, or elements of one class."""
    shapes = Counter(top.tag if top.tag in _ROWS else (top.tag, top.get("class")) for top, _ in records)
    return max(shapes.values()) * 2 > len(records)


def _records(
    doc: Doc, parent: Node, records: list[tuple[Node, Mark]], links: list[Title]
) -> list[tuple[Title, Mark | None]]:
    tags = {top.tag for top, _ in records}
    by_node = {top.index: mark for top, mark in records}
    shape = {(child.tag, child.get("class")) for child, _ in records}
    rows: list[tuple[Title, Mark | None]] = []
    for child in parent.children:
        if len(rows) >= _MARKS:
            break
        mark = by_node.get(child.index)
        if mark is not None:
            if title := record_title(doc, child, mark.position, mark.hit, _between(links, child)):
                rows.append((title, mark))
        elif child.tag in tags and (child.tag in _ROWS or (child.tag, child.get("class")) in shape):
            inside = _between(links, child)
            if len({link.url or link.text for link in inside}) == 1 and (len(inside[0].text) >= 6 or child.tag == "li"):
                rows.append((inside[0], None))
    return rows


def _flat(doc: Doc, parent: Node, marks: list[Mark], links: list[Title]) -> list[tuple[Title, Mark | None]]:
    """Titles and dates that follow each other without an element around each pair."""
    inside = _between(links, parent)
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
        inside = _between(links, node)
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
) -> Group:
    hits = [mark.hit if mark else None for _, mark in rows]
    days = dates.settle_years(hits, [dates.in_address(title.url) for title, _ in rows], checkpoint)
    entries = [Entry(title.text, title.url, day) for (title, _), day in zip(rows, days, strict=True)]
    first, last = records[0][0], records[-1][0]
    single = len(records) == 1
    return Group(
        parent=parent,
        entries=entries,
        start=min(rows[0][0].start, records[0][1].position) if single else first.start,
        stop=max(rows[-1][0].stop, records[-1][1].position + 10) if single else last.stop,
        end=records[0][1].node.index + 1 if single else last.end,
        tag=(_row_tag(records[0][1].node) or first.tag) if single else first.tag,
        dated=sum(hit is not None for hit in hits),
        linked=sum(bool(title.index >= 0) for title, _ in rows) * 2 >= len(rows),
    )


def _row_tag(node: Node) -> str:
    row = node.inside(_ROWS - {"a"})
    return row.tag if row else ""


# ----------------------------------------------------------------------------------------------- lists without dates


def _undated_groups(doc: Doc, links: list[Title], regions: Regions, dated: list[Group]) -> list[Group]:
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
        if len(kept) >= _MARKS:
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


# ------------------------------------------------------------------------------------------------------- the choosing


def _merge(doc: Doc, groups: list[Group]) -> list[Group]:
    """One list that its template cuts into pieces, such as five lines and a rule, is one list."""
    merged: list[Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        if (
            last
            and last.stop <= group.start
            and not doc.text[last.stop : group.start].strip()
            and last.tag == group.tag
        ):
            last.entries += group.entries
            last.stop, last.end, last.dated = group.stop, group.end, last.dated + group.dated
            continue
        merged.append(group)
    return merged


def _rate(doc: Doc, groups: list[Group], regions: Regions, paging: Pager) -> None:
    named = _own_heading(doc, regions)
    for number, group in enumerate(groups):
        behind = groups[number + 1].start if number + 1 < len(groups) else len(doc.text)
        group.paged = pager.after(paging, doc, group.end, group.stop) and not (
            behind < len(doc.text) and behind - group.stop < 40
        )
        floor = max(0, regions.crumb, group.start - 80)
        lines = [line.strip() for line in doc.text[floor : group.start].split("\n") if line.strip()]
        group.heading = _heading(lines)
        group.own = any(_same(name, line) for name in regions.names for line in lines[-3:])
        if group.start >= regions.crumb >= 0 and not lines:
            group.own = True
        beside = not group.own and named >= group.stop and group.start >= regions.crumb
        group.aside = not group.own and (beside or bool(_ASIDE.search(group.heading)))
        group.paged = group.paged and not beside
        lengths = [len(entry.title) for entry in group.entries]
        size = min(len(lengths), 40)
        score = float(size + min(group.dated, 40))
        mean = sum(lengths) / len(lengths)
        score *= 0.4 if mean < 5 else 1.0 if mean < 8 else 1.3
        score *= 2.5 if group.paged else 1
        score *= 1.5 if group.own else 1
        score *= 0.25 if group.aside else 1
        score *= 0.5 if 0 <= group.start < regions.crumb else 1
        score *= 0.5 if not group.linked else 1
        group.score = score


def _heading(lines: list[str]) -> str:
    """The line above a list that names it, past its 更多 link."""
    for line in reversed(lines[-3:]):
        if len(line) > 24:
            return ""
        if not _MORE.match(line):
            return line
    return ""


def _own_heading(doc: Doc, regions: Regions) -> int:
    """Where the page's own name last stands on a line of its own that is no link and no menu item; -1: nowhere."""
    last = -1
    for name in set(regions.names):
        position = doc.text.find(name, max(regions.crumb, 0), regions.footer)
        while position >= 0:
            start = doc.text.rfind("\n", max(0, position - 40), position) + 1
            stop = doc.text.find("\n", position, position + 64)
            if stop >= 0 and _same(name, doc.text[start:stop]):
                node = doc.texts[dates.at(doc.text_starts, position)]
                if node.inside({"a", "li"}) is None:
                    last = max(last, position)
            position = doc.text.find(name, position + len(name), regions.footer)
    return last


def _same(name: str, line: str) -> bool:
    bare = line.strip("【】[]·•|>＞» :：")
    return bare == name or (len(name) >= 4 and (bare.startswith(name) and len(bare) <= len(name) + 8))


def _choose(doc: Doc, found: Found, links: list[Title], regions: Regions, paging: Pager) -> None:
    usable = [group for group in found.groups if group.linked or (len(group.entries) > 2 and group.tag in _ROWS)]
    best = max((group for group in usable if not group.aside), key=lambda group: group.score, default=None)
    if best is None or not (best.paged or len(best.entries) >= 3 or best.own):
        others = _merge(doc, _undated_groups(doc, links, regions, found.groups))
        _rate(doc, others, regions, paging)
        main = [group for group in others if _is_undated_main(group, regions)]
        undated = max(main, key=lambda group: group.score, default=None)
        if undated and (best is None or undated.paged or undated.own > best.own):
            best = undated
            found.groups.append(undated)
    if best is None and paging.total != 0:
        best = next((group for group in usable if group.paged), None)
    if best is None:
        return
    found.main = [best]
    blocks = [
        group
        for group in usable
        if not group.aside
        and len(group.entries) >= 2
        and group.start >= regions.crumb
        and group.dated * 2 >= len(group.entries)
    ]
    total = sum(len(group.entries) for group in blocks)
    if not best.paged and best in blocks and len(blocks) >= 3 and len(best.entries) * 10 <= total * 6:
        found.main = blocks
        found.hub = True
    found.entries = [entry for group in found.main for entry in group.entries]


def _is_undated_main(group: Group, regions: Regions) -> bool:
    """Not a menu: titles of some length, or addresses of articles with a pager behind them."""
    if group.aside:
        return False
    mean = sum(len(entry.title) for entry in group.entries) / len(group.entries)
    if mean < 7:
        articles = sum(bool(_ARTICLE.search(entry.url)) for entry in group.entries)
        return group.paged and articles * 2 > len(group.entries)
    return group.paged or (mean >= 8 and (group.own or regions.crumb >= 0) and len(group.entries) >= 2)
