"""Where the title of an article stands in its page: by name, or as the line above the one that dates it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from govspider.reading import dates
from govspider.reading.dates import Hit, Stand
from govspider.reading.dom import Doc, Node
from govspider.reading.lists import ASIDE
from govspider.reading.regions import Regions

_TITLE_JOINT = re.compile(r"\s*(?:[-_|–—>»]+)\s*")
BODY = re.compile(r"(?:网|网站|网页|门户|平台|政府|委员会|办公室|协会|中心|[局厅委院])[!！]?$")
_CLOCK = re.compile(r"\d[:：]\d\d")
_SIDE = 8  # characters of the heading of a side list
WORDS_OF_LINE = re.compile(
    r"来源|作者|浏览|点击|阅读|访问|字号|字体|打印|编辑|责编|稿源|供稿|发布|时间|日期|【|\[|分享|大\s*中\s*小"
)


def title_end(doc: Doc, hits: Sequence[Hit], meta: Mapping[str, str], title: str, regions: Regions) -> int:
    """Where the article's title ends in the text, -1 when nothing tells. ``title`` is the page's own."""
    if (end := _find_title(doc, meta, _without_bodies(title), regions)) >= 0:
        return end
    if (end := _guess_title(doc, hits, regions, title)) >= 0:
        return end
    return _find_title(doc, meta, title, regions)


def _without_bodies(title: str) -> str:
    """A page's title without the names of bodies and sites in it, which stand in headers, signatures and feet as well."""
    parts = [part for part in _TITLE_JOINT.split(title) if part]
    return "-".join(part for part in parts if not (len(part) <= 24 and BODY.search(part)))


def _find_title(doc: Doc, meta: Mapping[str, str], title: str, regions: Regions) -> int:
    """Where the article's title ends in the text, -1 when it stands nowhere as a line of its own."""
    wanted = [value for name, value in meta.items() if name.lower() in ("articletitle", "og:title", "title")]
    wanted += [*_TITLE_JOINT.split(title)[:2], title]
    for name in wanted:
        head = "".join(name.split())[:16]
        if len(head) < 4:
            continue
        for node in doc.tags("h1", "h2", "h3", "h4"):
            if node.start >= regions.crumb and "".join(doc.raw(node).split()).startswith(head[:10]):
                return node.stop
        if (end := _line_beginning(doc, head, max(regions.crumb, 0), regions.footer)) >= 0:
            return end
    headings = (node for node in doc.tags("h1") if node.start >= regions.crumb and node.stop - node.start >= 4)
    heading = next((node for node in headings if not _heads_side_list(doc, node)), None)
    return heading.stop if heading else -1


def _heads_side_list(doc: Doc, node: Node) -> bool:
    """Whether a heading names related texts, the most read, and their like."""
    return node.stop - node.start <= _SIDE and ASIDE.search(doc.raw(node)) is not None


def _squeezed(doc: Doc) -> str:
    return "".join(doc.text.split())


def _line_beginning(doc: Doc, head: str, start: int, stop: int) -> int:
    """Where ``head`` ends at the beginning of a line, whatever spaces stand between its letters; -1: nowhere."""
    text, times = doc.text, doc.once(_squeezed).count(head)
    if not times:
        return -1
    places = list(_places(text, head, start, stop))
    if len(places) < times:
        spaced = (_places(text, head[0] + space, start, stop) for space in (head[1], " ", "\n"))
        places = sorted(chain(*spaced))
    for place in places:
        near = text[place : min(place + 2 * len(head), stop)]
        begins = place < 5 or text.rfind("\n", place - 5, place) >= 0
        if begins and "".join(near.split()).startswith(head):
            for letter in head:
                place = text.index(letter, place) + 1
            return place
    return -1


def _places(text: str, piece: str, start: int, stop: int) -> Iterator[int]:
    place = text.find(piece, start, stop)
    while place >= 0:
        yield place
        place = text.find(piece, place + 1, stop)


def _guess_title(doc: Doc, hits: Sequence[Hit], regions: Regions, title: str) -> int:
    """Where the line ends that stands right above the first line with a date of its own; -1 when none does."""
    texts, starts = doc.texts, doc.text_starts
    for hit in hits:
        if hit.start < regions.crumb or hit.bare:
            continue
        node = texts[dates.at(starts, hit.start)]
        stand = dates.stand(hit, doc.text, node.start, max(node.stop, hit.stop))
        if stand < Stand.LABELLED and not (stand and WORDS_OF_LINE.search(line_around(doc.text, hit))):
            continue
        end = doc.text.rfind("\n", max(0, hit.start - 200), hit.start)
        line = doc.text[doc.text.rfind("\n", max(0, end - 100), max(end, 0)) + 1 : max(end, 0)].strip()
        above = texts[dates.at(starts, end - 1)] if end > 0 else node
        timed = stand is Stand.ALONE and _CLOCK.search(doc.text, hit.start, hit.stop)
        least = (
            2
            if timed or title.startswith(line)
            else 3
            if dates.publish_label(dates.before(doc.text, hit.start)) == 2
            else 6
        )
        if least <= len(line) <= 80 and not in_link(above) and not line.endswith(("。", "：", ":")):
            return end
        return -1
    return -1


def line_around(text: str, hit: Hit) -> str:
    start = text.rfind("\n", max(0, hit.start - 200), hit.start)
    stop = text.find("\n", hit.stop, hit.stop + 200)
    return text[start + 1 if start >= 0 else max(0, hit.start - 200) : stop if stop >= 0 else hit.stop + 200]


def in_link(node: Node) -> bool:
    """Whether a text stands in a link."""
    parent = node.parent
    for _ in range(4):
        if parent is None:
            return False
        if parent.tag == "a":
            return True
        parent = parent.parent
    return False
