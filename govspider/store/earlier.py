"""What stored inspections read of a site's columns and links, summed up for the next walk. Pure: no SQL."""

import datetime as dt
from collections.abc import Iterable

from govspider.facts import BEIJING, EarlierClue, EarlierColumn, EarlierLink, Fetch, SiteFacts
from govspider.inspecting.urls import key

REMEMBERED = 8  # inspections of a site; what none of them saw is forgotten

PLACES = 30  # pages and files of earlier clues

Row = tuple[str, str, int, dt.datetime, dt.date | None]  # url, name, entries, when, newest


def remembered(rows: Iterable[Row]) -> tuple[EarlierColumn, ...]:
    """``rows`` oldest first. One column for each page: its last address and name, its most entries, its newest date."""
    found: dict[str, EarlierColumn] = {}
    for url, name, entries, at, newest in rows:
        before = found.pop(key(url), None)
        dates = [day for day in (newest, before.newest if before else None) if day is not None]
        most = max(entries, before.entries if before else 0)
        found[key(url)] = EarlierColumn(url, name, most, at.astimezone(BEIJING).date(), max(dates, default=None))
    return tuple(found.values())


def dead_links(facts: SiteFacts) -> tuple[EarlierLink, ...]:
    """The links that an inspection found dead, and those that it was told of and could not settle."""
    dead = [one for one in facts.links if one.visit.fetch in (Fetch.HTTP_ERROR, Fetch.DNS)]
    settled = {key(url) for url in facts.links_gone} | {key(one.url) for one in facts.links}
    found = [EarlierLink(one.url, one.pages or (one.found_on,)) for one in dead]
    return (*found, *(one for one in facts.earlier_links if key(one.url) not in settled))


def clue_places(facts: SiteFacts) -> tuple[EarlierClue, ...]:
    """The pages and files in which an inspection found what must not be there, and those before them, the last PLACES:
    what was put right is looked at by every later inspection, since each is compared with the first one."""
    found = [EarlierClue(one.url) for one in facts.wording if one.wording.grade == "serious"]
    found += [EarlierClue(one.url, one.found_on if one.name else "", one.name) for one in facts.leaks]
    found += [EarlierClue(one.found_on) for one in facts.harmful]
    return tuple({key(one.url): one for one in (*facts.earlier_clues, *found)}.values())[-PLACES:]
