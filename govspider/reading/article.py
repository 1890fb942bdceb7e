"""When a page says that it was published, and by which of its voices.

Sources, from the surest to the weakest; a weaker one speaks only where the stronger are silent:
a labelled date near the title, a date that an inline script writes there, an unlabelled date on a line of its own near
the title, the official tag, another labelled date, the address, the signature below the text, the response header.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import IntEnum

from govspider.reading import dates, titles
from govspider.reading.dates import Hit, Stand
from govspider.reading.dom import Doc, Node
from govspider.reading.headline import BODY, WORDS_OF_LINE, in_link, line_around, title_end
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
_ROWS = frozenset({"li", "tr", "dd", "p"})
_TITLE = 10  # characters that a link to another document has at least
_NEAR = 400  # characters between a title and the line that dates it


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
    title_at = title_end(doc, hits, meta, title, regions)
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
        line = line_around(doc.text, hit)
        label = dates.publish_label(dates.before(doc.text, hit.start))
        if label == 0:
            continue
        if (
            stand >= Stand.LABELLED
            or (WORDS_OF_LINE.search(line) and len(line) <= 160)
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
        and not BODY.search(doc.line(link).strip())
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
        line = line_around(doc.text, hit).strip()
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
