"""What earlier inspections saw of a site's lists, texts and templates: told to the walk, kept in the facts."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EarlierEntry:
    """One line of a list as it was read then. ``page`` and ``title`` are digests of its address and its title."""

    page: str
    title: str
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EarlierList:
    """The first page of a column's list, in its order, as it was last read on ``seen`` (a day in Beijing)."""

    url: str
    seen: dt.date
    entries: tuple[EarlierEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article that was read. ``sketch`` are the smallest hashes of its sentences: nearly equal for the same text."""

    url: str
    title: str
    date: dt.date | None
    sketch: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a site is drawn and divided. ``home`` are hashes of the home page's blocks, ``columns`` digests of the
    columns' addresses."""

    home: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierLayout:
    seen: dt.date
    layout: Layout


@dataclass(frozen=True, slots=True)
class Past:
    """``known`` are digests of all entries that any remembered inspection saw, wherever on the site."""

    lists: tuple[EarlierList, ...] = ()
    known: tuple[str, ...] = ()
    texts: tuple[ArticleText, ...] = ()
    layout: EarlierLayout | None = None
