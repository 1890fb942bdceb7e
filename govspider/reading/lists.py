"""The main list of a page, found by repetition and by the rhythm of titles and dates, never by class names.

Every date that stands as a field of its own is a mark. The record of a mark is the largest element that holds it
alone, the list is that element's parent. Where no dates are shown, links are the marks.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govspider.facts import Entry
from govspider.reading import dates, pager
from govspider.reading.dates import Hit
from govspider.reading.dom import Doc
from govspider.reading.groups import OPENING, ROWS, Group, dated_groups, merge, undated_groups
from govspider.reading.marks import date_marks, one_date_a_record
from govspider.reading.pager import Pager
from govspider.reading.regions import Regions
from govspider.reading.titles import Title, title_links
from govspider.reading.years import under_years

_MORE = re.compile(r"^[\s>＞»+\[【(]*(?:更多|more|查看更多)", re.IGNORECASE)
_FIELDS = re.compile(r"(?:时\s*间|日\s*期)\W*$")  # ends a line that names the fields of entries: 标题 点击数 发布日期
_ARTICLE = re.compile(r"\d{3,}[^/]*$|[0-9a-f]{16,}")
ASIDE = re.compile(
    r"热点|热门|热文|排行|推荐|相关|关联|点击|友情|更多新闻|延伸|猜你|专题专栏|图片新闻|链接|最新(?:更新|文章|信息|公告|动态|发布)|阅读榜|上一篇|下一篇|搜索|关键词|大家都在"
)


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
    marks = date_marks(doc, under_years(doc, hits, regions.footer, checkpoint), texts, regions.footer)
    links = title_links(doc, regions.footer)
    marks = one_date_a_record(doc, marks, links)
    groups = merge(doc, dated_groups(doc, marks, links, checkpoint))
    stretches = [(group.start, group.stop) for group in groups if group.dated >= 3]
    found = Found(groups=groups, stretches=stretches, links=links)
    _rate(doc, groups, regions, paging)
    _choose(doc, found, links, regions, paging)
    return found


def _rate(doc: Doc, groups: list[Group], regions: Regions, paging: Pager) -> None:
    named = _own_heading(doc, regions)
    for number, group in enumerate(groups):
        behind = groups[number + 1].start if number + 1 < len(groups) else len(doc.text)
        turned = pager.after(paging, doc, group.end, group.stop)
        group.paged = turned >= 0 and not (behind < turned and behind - group.stop < 40)
        floor = max(0, regions.crumb, group.start - 80)
        first = not doc.text[floor : group.start].rstrip(OPENING).strip()
        floor = max(
            [floor, *(other.stop for other in groups[max(0, number - 5) : number] if other.stop <= group.start)]
        )
        above = doc.text[floor : group.start].rstrip(OPENING)
        lines = [line.strip() for line in above.split("\n") if line.strip()]
        group.heading = _heading(lines)
        group.own = any(_same(name, line) for name in regions.names for line in _near(lines, group.heading))
        if group.start >= regions.crumb >= 0 and first:
            group.own = True
        beside = not group.own and named >= group.stop and group.start >= regions.crumb
        group.aside = not group.own and (beside or bool(ASIDE.search(group.heading)))
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


def _near(lines: list[str], heading: str) -> list[str]:
    """The lines above a list that may name it: behind the heading of a side list stands no other."""
    return [heading] if ASIDE.search(heading) else lines[-3:]


def _heading(lines: list[str]) -> str:
    """The line above a list that names it, past its 更多 link; the names of its fields are no name of it."""
    for line in reversed(lines[-3:]):
        if len(line) > 24 or _FIELDS.search(line):
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
    usable = [group for group in found.groups if group.linked or (len(group.entries) > 2 and group.tag in ROWS)]
    best = max((group for group in usable if not group.aside), key=lambda group: group.score, default=None)
    if best is None or not (best.paged or len(best.entries) >= 3 or best.own):
        others = merge(doc, undated_groups(doc, links, regions, found.groups))
        _rate(doc, others, regions, paging)
        main = [group for group in others if _is_undated_main(group, regions) and not _is_trail(group, doc, regions)]
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


def _is_trail(group: Group, doc: Doc, regions: Regions) -> bool:
    """Whether links on one line end with one to the page itself by its own name."""
    last = group.entries[-1]
    one_line = len(group.entries) > 1 and "\n" not in doc.text[group.start : group.stop].strip()
    return one_line and last.url.partition("#")[0] == doc.url and last.title in regions.names


def _is_undated_main(group: Group, regions: Regions) -> bool:
    """Not a menu: titles of some length, or addresses of articles with a pager behind them."""
    if group.aside:
        return False
    mean = sum(len(entry.title) for entry in group.entries) / len(group.entries)
    if mean < 7:
        articles = sum(bool(_ARTICLE.search(entry.url)) for entry in group.entries)
        return group.paged and articles * 2 > len(group.entries)
    return group.paged or (mean >= 8 and (group.own or regions.crumb >= 0) and len(group.entries) >= 2)
