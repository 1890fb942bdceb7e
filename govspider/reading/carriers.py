"""Lists that a page does not hold as HTML: data islands in the page, and addresses that hold the data."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from govspider.facts import Entry
from govspider.reading import dates, dom
from govspider.reading.charset import decode
from govspider.reading.dom import Doc
from govspider.reading.pager import read_pager
from govspider.reading.regions import read_regions
from govspider.reading.scanning import SCRIPT, remembered

_MARK = re.compile(r"<(/?)(record|nextgroup)\s*>", re.IGNORECASE)
_RECORD_MARKS = ("ecord>", "ECORD>")
_HREF = re.compile(r"""(?:href|src|url)\s*=\s*\\?['"]([^'"\\]+)""", re.IGNORECASE)
_PROXY = re.compile(
    r"""['"]([^'"\s]*(?:dataproxy\.jsp|jpage|datacall|getlist|\w*list\w*\.json|\w+\.json)[^'"\s]*)['"]""", re.IGNORECASE
)
_PROXY_SIGNS = ("dataproxy.jsp", "jpage", "datacall", "getlist", ".json")  # every such address holds one
_STATE = re.compile(r"[\w$\])'\"]\s*=\s*(?=[\[{]\s*[\[{\"])")  # what a script is given as data
_STATE_SIZE = 1_000_000  # characters of one script that are looked through for data
_STATES = 10  # data of one script that are tried
_FEWEST = 3  # rows that make a list of such data
_ROWS = 1000
_TITLE_KEYS = ("title", "doctitle", "vc_title", "infotitle", "showtitle", "subject", "name", "bt", "topic", "headline")
_URL_KEYS = ("url", "docpuburl", "puburl", "link", "href", "linkurl", "docurl", "infourl", "path")
_DATE_KEYS = (
    "publishdate", "pubdate", "docreltime", "publishtime", "deploytime", "createdate", "createtime", "date", "time", "pubtime",
    "displaydate", "releasedate", "fbsj", "fbrq", "writetime", "operatetime",
)  # fmt: skip


def _islands(source: str, wanted: str) -> list[str]:
    """What stands between the tags of a data island, without the CDATA around it; linear, whatever is left open."""
    found: list[str] = []
    begin = -1
    for mark in _MARK.finditer(source):
        if mark[2].lower() != wanted:
            continue
        if not mark[1]:
            begin = mark.end()
        elif begin >= 0:
            found.append(source[begin : mark.start()].strip().removeprefix("<![CDATA[").removesuffix("]]>"))
            begin = -1
        if len(found) >= _ROWS:
            break
    return found


def inline_records(source: str) -> list[str]:
    """The HTML pieces of a data island within the page, one an entry."""
    return _islands(source, "record") if any(mark in source for mark in _RECORD_MARKS) else []


def inline_entries(doc: Doc, checkpoint: dt.date) -> tuple[Entry, ...]:
    """The entries of a data island, read as the page's own list."""
    pieces = inline_records(doc.source)
    if not pieces:
        return ()
    entries = []
    for piece in pieces:
        if entry := _piece(piece, doc.url, checkpoint):
            entries.append(entry)
    return tuple(entries)


def state_entries(doc: Doc, checkpoint: dt.date) -> tuple[Entry, ...]:
    """The longest list of dated titles in the data that a page hands to its own scripts."""
    best: list[Entry] = []
    for script in doc.tags("script"):
        source = script.data[:_STATE_SIZE]
        if "title" not in source and "Title" not in source:
            continue
        for data in _states(source, whole="json" in script.get("type")):
            for rows in _lists(data):
                found = _rows(rows, doc, checkpoint)
                dated = sum(entry.date is not None for entry in found)
                if len(found) >= max(_FEWEST, len(best) + 1) and 2 * dated >= len(found):
                    best = found
    return tuple(best)


def _states(source: str, *, whole: bool) -> Iterator[Any]:
    """The JSON values in a script. ``whole``: it is nothing else."""
    reader, end = json.JSONDecoder(), 0
    starts = [0] if whole else [match.end() for match in islice(_STATE.finditer(source), _STATES)]
    for start in starts:
        if start < end:
            continue
        try:
            value, end = reader.raw_decode(source.lstrip() if whole else source, start)
        except (ValueError, RecursionError):
            continue
        yield value


def _piece(piece: str, url: str, checkpoint: dt.date) -> Entry | None:
    part = Doc(piece, url, "utf-8")
    links = [node for node in part.tags("a") if len(part.label(node)) >= 2]
    hits = [hit for hit in dates.find(part.text, checkpoint) if not hit.bare or len(part.text) < 40]
    if not links:
        return None
    best = max(links, key=lambda node: len(part.label(node)))
    outside = [hit for hit in hits if not best.start <= hit.start < best.stop] or hits
    title = best.get("title").strip() or part.label(best)
    return Entry(" ".join(title.split()), part.absolute(best.get("href")), outside[-1].day if outside else None)


def external(doc: Doc) -> tuple[str, ...]:
    """Addresses that seem to hold the main list: frames in the page, data files that its scripts ask for."""
    found: list[str] = []
    for piece in _islands(doc.source, "nextgroup") if "nextgroup" in doc.source else ():
        if href := _HREF.search(piece[:2000]):
            found.append(doc.absolute(href[1]))
    for frame in doc.tags("iframe"):
        address = doc.absolute(frame.get("src"))
        small = frame.get("width") in ("0", "1") or frame.get("height") in ("0", "1")
        if address and not small and "none" not in frame.get("style").replace(" ", ""):
            found.append(address)
    for script in doc.tags("script"):
        found += map(doc.absolute, _asked_for(script.data[:SCRIPT]))
    return tuple(dict.fromkeys(address for address in found if address))[:10]


@remembered
def _asked_for(code: str) -> tuple[str, ...]:
    """The addresses of data that a script names."""
    lower = code.lower()
    return tuple(_PROXY.findall(code)) if any(sign in lower for sign in _PROXY_SIGNS) else ()


def read_carrier(body: bytes, url: str, *, content_type: str = "", checkpoint: dt.date) -> tuple[Entry, ...] | None:
    """The entries that a separately fetched data file holds: datastore XML, JSON or an HTML list; None: not understood."""
    text, _ = decode(body, content_type)
    head = text.lstrip()[:1]
    if "<record" in text[:200_000].lower() or "<datastore" in text[:2000].lower():
        pieces = inline_records(text)
        entries = [entry for piece in pieces if (entry := _piece(piece, url, checkpoint))]
        return tuple(entries) if entries or not pieces else None
    if head in ("{", "["):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return None
        return _from_json(data, url, checkpoint)
    if match := re.match(r"\s*[\w.$]+\s*\(\s*([\[{].*[\]}])\s*\)\s*;?\s*$", text, re.DOTALL):
        try:
            return _from_json(json.loads(match[1]), url, checkpoint)
        except (ValueError, RecursionError):
            return None
    return _from_html(body, url, content_type, checkpoint) if "<" in text else None


def _from_html(body: bytes, url: str, content_type: str, checkpoint: dt.date) -> tuple[Entry, ...] | None:
    from govspider.reading.lists import find_lists

    doc = dom.parse(body, url, content_type)
    regions = read_regions(doc, "")
    found = find_lists(doc, dates.find(doc.text, checkpoint), regions, read_pager(doc, regions.footer), checkpoint)
    return tuple(found.entries) or None


def _from_json(data: Any, url: str, checkpoint: dt.date) -> tuple[Entry, ...] | None:
    """The longest list of objects with titles, wherever it stands."""
    base = Doc("", url, "utf-8")
    best: list[Entry] = []
    seen_list = False
    for rows in _lists(data):
        seen_list = seen_list or not rows
        entries = _rows(rows, base, checkpoint)
        if len(entries) > len(best):
            best = entries
    if best:
        return tuple(best)
    return () if seen_list else None


def _lists(data: Any) -> Iterator[list[Any]]:
    queue = [data]
    for _ in range(20_000):
        if not queue:
            return
        value = queue.pop()
        if isinstance(value, list):
            yield value
            queue += value[:50]
        elif isinstance(value, dict):
            queue += value.values()


def _rows(rows: list[Any], base: Doc, checkpoint: dt.date) -> list[Entry]:
    return [entry for row in rows if isinstance(row, dict) and (entry := _row(row, base, checkpoint))]


def _row(row: dict[str, Any], base: Doc, checkpoint: dt.date) -> Entry | None:
    lower = {str(key).lower().replace("_", ""): value for key, value in row.items()}
    title = next((lower[key] for key in map(_plain, _TITLE_KEYS) if isinstance(lower.get(key), str) and lower[key]), "")
    if not title:
        return None
    link = next((lower[key] for key in _URL_KEYS if isinstance(lower.get(key), str)), "")
    value = next((lower[key] for key in _DATE_KEYS if lower.get(key)), "")
    return Entry(" ".join(re.sub(r"<[^<>]*>", "", title).split()), base.absolute(link), _day(value, checkpoint))


def _plain(key: str) -> str:
    return key.replace("_", "")


def _day(value: Any, checkpoint: dt.date) -> dt.date | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 8e8 < value < 5e12:
        seconds = value / 1000 if value > 1e11 else value
        return dt.datetime.fromtimestamp(seconds, dt.timezone(dt.timedelta(hours=8))).date()
    return dates.first_day(str(value), checkpoint) if value else None
