"""When a page says that it was published, and by which of its voices.

Sources, from the surest to the weakest; a weaker one speaks only where the stronger are silent:
a labelled date near the title, a date that an inline script writes there, an unlabelled date on a line of its own near
the title, the official tag, another labelled date, the address, the signature below the text, the response header.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import IntEnum
from itertools import chain

from govspider.reading import dates, titles
from govspider.reading.dates import Hit, Stand
from govspider.reading.dom import Doc, Node
from govspider.reading.lists import ASIDE
from govspider.reading.regions import Regions
from govspider.reading.scanning import remembered

META_DATES = (
    "pubdate",
    "publishdate",
    "publish_date",
    "publishtime",
    "articlepubdate",
    "article:published_time",
    "og:published_time",
    "dc.date",
    "dc.date.issued",
    "weibo: article:create_at",
    "weibo:article:create_at",
    "date",
    "createdate",
)
_SCRIPT_DATE = re.compile(
    r"(?:pub\w*|publish\w*|doc\w*|rel\w*|fbsj|fbrq|create\w*|\w*(?:date|time))['\"]?\s*[=:]\s*['\"](?P<value>[^'\"]{6,30})['\"]"
    r"|document\.write(?:ln)?\(\s*['\"](?P<written>[^'\"]{6,80})['\"]",
    re.IGNORECASE,
)
_TITLE_JOINT = re.compile(r"\s*(?:[-_|–—>»]+)\s*")
_BODY = re.compile(r"(?:网|网站|网页|门户|平台|政府|委员会|办公室|协会|中心|[局厅委院])[!！]?$")
_CLOCK = re.compile(r"\d[:：]\d\d")
_ROWS = frozenset({"li", "tr", "dd", "p"})
_TITLE = 10  # characters that a link to another document has at least
_SIDE = 8  # characters of the heading of a side list
_NEAR = 400  # characters between a title and the line that dates it
_WORDS_OF_LINE = re.compile(
    r"来源|作者|浏览|点击|阅读|访问|字号|字体|打印|编辑|责编|稿源|供稿|发布|时间|日期|【|\[|分享|大\s*中\s*小"
)


class Label(IntEnum):
    """What the label of a date near a title says, the surest first; 时间 alone may also be that of a meeting."""

    PUBLISHED = 0
    BARE = 1
    UPDATED = 2


@dataclass(frozen=True, slots=True)
class Published:
    """``source`` is text, meta, url or header; ``confidence`` 0-1. ``shown`` and ``tagged`` keep a disagreement."""

    day: dt.date | None = None
    source: str | None = None
    confidence: float = 0.0
    shown: dt.date | None = None
    tagged: dt.date | None = None
    labelled_at: int = -1  # where a labelled date near the title stands
    title_at: int = -1


def meta_date(meta: Mapping[str, str], checkpoint: dt.date) -> dt.date | None:
    """The date of the official tag PubDate or one of its namesakes."""
    lower = {name.lower(): value for name, value in meta.items()}
    for name in META_DATES:
        if name in lower and (day := dates.first_day(lower[name], checkpoint)) and day <= checkpoint:
            return day
    return None


def read_published(
    doc: Doc,
    hits: Sequence[Hit],
    meta: Mapping[str, str],
    title: str,
    regions: Regions,
    in_lists: Sequence[tuple[int, int]],
    checkpoint: dt.date,
    last_modified: str = "",
) -> Published:
    """``in_lists`` are the stretches of the text that belong to lists with dates."""
    hits = [
        hit for hit in hits if hit.start < regions.footer and not any(low <= hit.start < high for low, high in in_lists)
    ]
    title_at = find_title(doc, meta, _without_bodies(title), regions)
    if title_at < 0:
        title_at = _guess_title(doc, hits, regions, title)
    if title_at < 0:
        title_at = find_title(doc, meta, title, regions)
    tagged = meta_date(meta, checkpoint)
    named = _labelled(doc, hits, title_at, checkpoint)
    labelled = named.day if named else None
    scripted = _scripted(doc, title_at, checkpoint)
    plain = _plain(doc, hits, title_at, checkpoint)
    below = named is not None and named.start > title_at and plain not in (None, named.day)
    if named and below and (named.yearless or _kind(doc, named) is Label.BARE):
        named = labelled = None  # the time of a meeting, below the page's own day
    shown = labelled or scripted or plain
    labelled_at = named.start if named else title_at if scripted else -1
    for day, source, confidence in (
        (labelled, "text", 0.97),
        (scripted, "text", 0.95),
        (plain, "text", 0.9),
        (tagged, "meta", 0.9),
        (_labelled_anywhere(doc, hits, checkpoint), "text", 0.7),
        (_not_after(dates.in_address(doc.url), checkpoint), "url", 0.6),
        (_signature(doc, hits, title_at, regions, checkpoint), "text", 0.4),
        (_header(last_modified, checkpoint), "header", 0.2),
    ):
        if day:
            return Published(day, source, confidence, shown, tagged, labelled_at, title_at)
    return Published(shown=shown, tagged=tagged, labelled_at=labelled_at, title_at=title_at)


def _without_bodies(title: str) -> str:
    """A page's title without the names of bodies and sites in it, which stand in headers, signatures and feet as well."""
    parts = [part for part in _TITLE_JOINT.split(title) if part]
    return "-".join(part for part in parts if not (len(part) <= 24 and _BODY.search(part)))


def find_title(doc: Doc, meta: Mapping[str, str], title: str, regions: Regions) -> int:
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
        if stand < Stand.LABELLED and not (stand and _WORDS_OF_LINE.search(_line_around(doc.text, hit))):
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


def _usable(hit: Hit, checkpoint: dt.date) -> bool:
    return hit.day is not None and hit.day <= checkpoint


def _labelled(doc: Doc, hits: Sequence[Hit], title_at: int, checkpoint: dt.date) -> Hit | None:
    """The nearest date after (or just before) the title that a label such as 发布时间 names."""
    if title_at < 0:
        return None
    best: tuple[int, int, Hit] | None = None
    body_at = _body_start(doc, title_at)
    for hit in hits:
        distance = hit.start - title_at
        if not -120 <= distance <= _NEAR or not _usable(hit, checkpoint):
            continue
        before = dates.before(doc.text, hit.start)
        if dates.publish_label(before) != 2 or (hit.yearless and "时" not in before and "期" not in before):
            continue
        rank = _kind(doc, hit)
        if rank == Label.BARE and hit.start > body_at:
            continue  # within the text, of what it tells of
        if best is None or (rank, abs(distance)) < best[:2]:
            best = (rank, abs(distance), hit)
    return best[2] if best else None


def _kind(doc: Doc, hit: Hit) -> Label:
    """How surely a date's label speaks of publishing."""
    before = dates.before(doc.text, hit.start)
    if re.search("[发公][布表]", before[-10:]):
        return Label.PUBLISHED
    return Label.UPDATED if "更新" in before[-8:] else Label.BARE


def _scripted(doc: Doc, title_at: int, checkpoint: dt.date) -> dt.date | None:
    """A date that an inline script near the title writes into the page."""
    for script in doc.tags("script"):
        if not script.data or len(script.data) > 3000:
            continue
        if title_at >= 0 and not -60 <= script.start - title_at <= _NEAR:
            continue
        if title_at < 0 and "document.write" not in script.data:
            continue
        for value in _given(script.data):
            found = dates.find(value, checkpoint)
            if found and _usable(found[0], checkpoint) and not found[0].yearless:
                return found[0].day
    return None


@remembered
def _given(code: str) -> tuple[str, ...]:
    """The texts that a script writes, or gives to a name that may be that of a date."""
    return tuple(match["value"] or match["written"] for match in _SCRIPT_DATE.finditer(code))


def _plain(doc: Doc, hits: Sequence[Hit], title_at: int, checkpoint: dt.date) -> dt.date | None:
    """A date without label that stands as a field on one of the lines after the title, before the text begins."""
    if title_at < 0:
        return None
    texts, starts = doc.texts, doc.text_starts
    body_at = _body_start(doc, title_at)
    title_ends = doc.text.find("\n", title_at)
    glued = None  # a date on the title's own line may be a part of the title
    for hit in hits:
        if hit.start - title_at < -60 or hit.start > min(body_at, title_at + _NEAR):
            continue
        if not _usable(hit, checkpoint) or hit.yearless:
            continue
        node = texts[dates.at(starts, hit.start)]
        stand = dates.stand(hit, doc.text, node.start, max(node.stop, hit.stop))
        line = _line_around(doc.text, hit)
        label = dates.publish_label(dates.before(doc.text, hit.start))
        if label == 0:
            continue
        if (
            stand >= Stand.LABELLED
            or (_WORDS_OF_LINE.search(line) and len(line) <= 160)
            or (stand in (Stand.HEAD, Stand.TAIL) and hit.start > title_at and len(line) <= 60)
        ):
            found = hit.day
        else:
            continue
        if _dates_another(doc, node, title_at, hit):
            continue
        if not title_at <= hit.start < title_ends:
            return found
        glued = glued or found
    return glued


def _dates_another(doc: Doc, node: Node, title_at: int, hit: Hit) -> bool:
    """Whether a date stands in one row behind the title of another page, as in a box of related documents."""
    row = node.inside(_ROWS)
    links = doc.below(row, "a") if row else []
    return any(
        title_at <= link.start
        and link.stop <= hit.start
        and link.stop - link.start >= _TITLE
        and not titles.is_source(doc, link)
        and not _BODY.search(doc.line(link).strip())
        for link in links
    )


def _body_start(doc: Doc, title_at: int) -> int:
    """Where the text proper begins: the first long line with the punctuation of prose after the title."""
    position = title_at
    for line in doc.text[title_at : title_at + 1500].split("\n"):
        if len(line) >= 40 and "。" in line:
            return position
        position += len(line) + 1
    return position


def _line_around(text: str, hit: Hit) -> str:
    start = text.rfind("\n", max(0, hit.start - 200), hit.start)
    stop = text.find("\n", hit.stop, hit.stop + 200)
    return text[start + 1 if start >= 0 else max(0, hit.start - 200) : stop if stop >= 0 else hit.stop + 200]


def _labelled_anywhere(doc: Doc, hits: Sequence[Hit], checkpoint: dt.date) -> dt.date | None:
    """发布时间 and its like anywhere outside lists and footer, such as a notice box or the end of the text."""
    for hit in hits:
        before = dates.before(doc.text, hit.start)
        if _usable(hit, checkpoint) and not hit.yearless and dates.publish_label(before) == 2:
            return hit.day
    return None


def _signature(doc: Doc, hits: Sequence[Hit], title_at: int, regions: Regions, checkpoint: dt.date) -> dt.date | None:
    """The date under the text, on a line of its own, of a document that shows no other."""
    texts, starts = doc.texts, doc.text_starts
    for hit in reversed(hits):
        if hit.start < max(title_at, regions.crumb) or hit.yearless or hit.bare:
            continue
        node = texts[dates.at(starts, hit.start)]
        line = _line_around(doc.text, hit).strip()
        if _usable(hit, checkpoint) and len(line) <= 16 and "年" in line and node.tag == "#text":
            return hit.day
    return None


def _not_after(day: dt.date | None, checkpoint: dt.date) -> dt.date | None:
    return day if day and day <= checkpoint else None


def _header(value: str, checkpoint: dt.date) -> dt.date | None:
    try:
        return _not_after(parsedate_to_datetime(value).date(), checkpoint) if value else None
    except (TypeError, ValueError, IndexError):
        return None


def prose(doc: Doc, begin: int, end: int, outside: Sequence[tuple[int, int]]) -> int:
    """How many characters of running text stand between two positions, outside links and the given stretches."""
    total = 0
    for node in doc.texts:
        size = node.stop - node.start
        if size < 20 or node.start < begin or node.start >= end:
            continue
        if any(low <= node.start < high for low, high in outside) or in_link(node):
            continue
        total += size
    return total


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
