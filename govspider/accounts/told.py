"""What one document says of an account, and of which days it shows every post."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from govspider.facts import BEIJING, Post, Sign

MOST_POSTS = 300
LONGEST_TITLE = 200
LONGEST_HTML = 60_000
HEAD, TAIL = 3000, 1000  # characters kept of a text: where it comes from is said at its beginning or its end
FRESH = dt.timedelta(days=2)  # a document made this long before it was read is as good as made then
HTML = re.compile(r"<[a-z/!]|&#?\w+;", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """``posts`` in the document's order; ``pinned`` are those that stand on top whatever their age. ``made``: when the
    document says it was written. ``whole`` is False where some of its posts could not be read. ``reason``: why it is of no
    use, in Chinese."""

    adapter: str
    posts: tuple[Post, ...] = ()
    pinned: frozenset[int] = frozenset()
    signs: tuple[Sign, ...] = ()
    title: str = ""
    made: dt.datetime | None = None
    whole: bool = True
    reason: str = ""


def covered(told: Told, read_at: dt.datetime) -> tuple[dt.date, dt.date] | None:
    """From which to which day the document shows every post; None when that cannot be said.

    Lists are cut at their old end, so one that is sorted newest first and begins with a date shows everything since its
    last entry; an old one on top of newer ones is a pinned one, and one without a date just below those may be the newest. A list that was written long before it was read, and not
    just when the last post appeared, comes from a service that stopped: it shows nothing later than itself.
    """
    days = [post.published for number, post in enumerate(told.posts) if number not in told.pinned]
    dated = [day for day in days if day is not None]
    if not told.whole or not dated or None in days[: on_top(days) + 1] or not falls(dated):
        return None
    until = read_at.astimezone(BEIJING).date()
    if told.made is not None and read_at - told.made > FRESH:
        made = told.made.astimezone(BEIJING).date()
        if made > max(dated) + dt.timedelta(days=1):
            until = min(made, until)
    return dated[-1], until


def falls(days: Sequence[dt.date]) -> bool:
    """Whether a list is sorted newest first, but for a few entries that were put on top."""
    rises = sum(one < other for one, other in pairwise(days))
    return rises <= min(sum(one > other for one, other in pairwise(days)), on_top(days))


def on_top(days: Sequence[object]) -> int:
    """How many entries of a list may have been put on top."""
    return max(1, len(days) // 5)


def plain(html: str) -> str:
    """The text of a piece of HTML, or the text itself, as one line."""
    if HTML.search(html):
        tree = LexborHTMLParser(html[:LONGEST_HTML])
        for node in tree.css("script,style"):
            node.decompose()
        html = tree.text(separator=" ")
    return " ".join(html.split())


def kept(text: str) -> str:
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} … {text[-TAIL:]}"


def titled(title: str, text: str) -> str:
    """A short post has no title of its own: then its beginning is one."""
    return (title or text)[:LONGEST_TITLE]
