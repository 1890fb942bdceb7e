"""Lists that are cut by years: a year stands over its entries, which show month and day only."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from govspider.reading.dates import Hit, Stand, at, last_such_day, stand, valid
from govspider.reading.dom import Doc

_YEAR = re.compile(r"^[ \t]*((?:19|20)\d\d)[ \t]?年?度?[ \t]*$", re.MULTILINE)
_DAY = r"\d{1,2}[-/.月]\d{1,2}日?"
_JOINED = re.compile(rf"(?:19|20)\d\d年?[^\S\n]*\n\s*(?P<behind>{_DAY})|(?P<ahead>{_DAY})[^\S\n]*\n\s*(?:19|20)\d\d年?")
_REACH = 300  # characters from a heading to its first date and from one date to the next


def is_year_or_nothing(text: str) -> bool:
    """Whether only a year, or nothing at all, stands between two pieces of a list."""
    return not text.strip() or _YEAR.fullmatch(text.strip()) is not None


def under_years(doc: Doc, hits: Sequence[Hit], footer: int, checkpoint: dt.date) -> list[Hit]:
    """Gives days without a year that of the heading above them.

    A year and the day below or above it, read as one date, are taken apart when most days have no year. Years with
    nothing between them, and years that are links, are tabs or a menu, and tell nothing of what follows.
    """
    text = doc.text
    if not any(hit.yearless for hit in hits):
        return list(hits)
    headings = [(match.end(), _told(doc, match)) for match in _YEAR.finditer(text, 0, max(footer, 0))]
    if not headings:
        return list(hits)
    tabs = {place for (one, _), (two, _) in pairwise(headings) if two - one < 8 for place in (one, two)}
    apart = _taken_apart(doc, hits, checkpoint)
    told: list[Hit] = []
    turn, year, reached = 0, 0, 0
    for hit in apart:
        while turn < len(headings) and headings[turn][0] <= hit.start:
            reached, year = headings[turn]
            year = 0 if reached in tabs else year
            turn += 1
        if hit.start - reached > _REACH:
            year = 0
        day = valid(year, hit.month, hit.dom) if year and hit.yearless else None
        told.append(replace(hit, day=day, headed=True) if day else hit)
        reached = hit.stop if year else reached
    return told


def _told(doc: Doc, match: re.Match[str]) -> int:
    """The year of a heading; 0 when it is a link."""
    node = doc.texts[at(doc.text_starts, match.start(1))] if doc.texts else None
    return 0 if node is None or node.inside({"a", "button"}) else int(match[1])


def _taken_apart(doc: Doc, hits: Sequence[Hit], checkpoint: dt.date) -> list[Hit]:
    text = doc.text
    joined = {hit.start: match for hit in hits if (match := _JOINED.fullmatch(text, hit.start, hit.stop)) is not None}
    if not joined or len(joined) > sum(hit.yearless and _is_field(doc, hit) for hit in hits):
        return list(hits)
    return [_alone(hit, joined[hit.start], checkpoint) if hit.start in joined else hit for hit in hits]


def _is_field(doc: Doc, hit: Hit) -> bool:
    """Whether a day stands for itself, not in the midst of a sentence."""
    node = doc.texts[at(doc.text_starts, hit.start)]
    return stand(hit, doc.text, node.start, node.stop) is not Stand.INSIDE


def _alone(hit: Hit, match: re.Match[str], checkpoint: dt.date) -> Hit:
    if hit.day is None:
        return hit
    start, stop = match.span("ahead" if match["ahead"] else "behind")
    month, dom = hit.day.month, hit.day.day
    day = last_such_day(month, dom, checkpoint)
    return replace(hit, start=start, stop=stop, day=day, yearless=True, bare=True, month=month, dom=dom)
