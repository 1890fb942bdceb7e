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
    """The beginning of a column's list, in its order. ``page`` is the digest of the column's address."""

    page: str
    entries: tuple[EarlierEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article that was read. ``sketch`` are the smallest hashes of its sentences: nearly equal for the same text.
    ``shown`` and ``tagged`` are the dates that the page shows and that its official tag holds."""

    url: str
    title: str
    date: dt.date | None
    sketch: tuple[int, ...]
    shown: dt.date | None = None
    tagged: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a site is drawn and divided. ``home`` are hashes of the blocks of the home page as the server sends it,
    ``columns`` digests of the columns' addresses."""

    home: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last inspection of another round. ``seen`` is its checkpoint, or the day on which it began (in Beijing) where
    that was earlier. ``known`` are digests of every page that any inspection up to it saw in a list of the site."""

    seen: dt.date
    lists: tuple[EarlierList, ...] = ()
    known: tuple[str, ...] = ()
    layout: Layout = Layout()


@dataclass(frozen=True, slots=True)
class Past:
    """``earlier`` is None on a site's first round. ``texts`` are articles that any inspection read, oldest first.

    Inspections of one round are not compared with each other: what a site puts right between them is its answer.
    """

    earlier: Earlier | None = None
    texts: tuple[ArticleText, ...] = ()
