"""Which of the links that look like columns are rows of the page's own list: told by how addresses are built."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from govspider.facts import ColumnLink, Entry
from govspider.reading.anchors import NAME_LENGTH
from govspider.reading.guide_titles import is_item
from govspider.reading.titles import Title

FEW = 3  # columns of the menus that show how addresses of columns are built
SHARE = 8  # a form that fewer than one in so many of them have is that of an article among the columns
ITEM = re.compile(r"(?:通知|公告|公示|通告|通报|指南|名单|方案|批复|意见稿|须知|办法|决定)(?:[(（].{0,8}[)）])?$")
ITEM_LENGTH = 9  # characters of a name that is rather a title when it ends so
NUMBERS = re.compile(r"[\d〇零一二三四五六七八九十百]+")
LOOSE = frozenset({"block", "side"})
_HEX = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[A-Za-z]+")


def without_entries(
    columns: Sequence[ColumnLink], entries: Sequence[Entry], links: Sequence[Title]
) -> tuple[ColumnLink, ...]:
    """The columns that a column's page offers, without its list's rows and the headlines of its blocks.

    A loose link (of a block or side bar) is a row when its address is built like those of headlines and unlike those
    of the menu's columns, or when it is numbered, unlike those, and its name is that of a service item. Rows of the
    list whose addresses tell nothing are known by their names.
    """
    built = Counter(form_of(column.url) for column in columns if column.url and column.source not in LOOSE)
    usual = {form for form, number in built.items() if number * SHARE >= built.total()}
    if built.total() < FEW:
        return tuple(columns)
    rows = {entry.url for entry in entries}
    forms = {form_of(link.url) for link in links if link.url and len(link.text) > NAME_LENGTH}
    forms |= {form_of(entry.url) for entry in entries if entry.url}
    twins = Counter(NUMBERS.sub("#", column.name) for column in columns if column.url in rows)

    def is_row(column: ColumnLink) -> bool:
        if column.source not in LOOSE or not column.url:
            return False
        form = form_of(column.url)
        if form not in usual and column.source == "side" and column.url not in rows:
            return False  # single pages stand in a side bar with the columns
        if form not in usual and (form in forms or ("0" in form and is_item(column.name))):
            return True
        return column.url in rows and _is_title(column.name, twins)

    return tuple(column for column in columns if not is_row(column))


def _is_title(name: str, twins: Counter[str]) -> bool:
    """Whether a row's name is that of a document rather than of a column."""
    bare = NUMBERS.sub("#", name)
    numbered = twins[bare] >= 2 and bare not in {"#年", "#", "#年度", "#月"}
    return numbered or (len(name) >= ITEM_LENGTH and bool(ITEM.search(name)))


@lru_cache(maxsize=4096)
def form_of(url: str) -> str:
    """How an address is built: its last part with numbers and words made alike, and the names of its parameters."""
    path, _, query = url.partition("#")[0].partition("?")
    last = _LETTERS.sub("a", _DIGITS.sub("0", _HEX.sub("0", path.rpartition("/")[2])))
    names = sorted(part.partition("=")[0] for part in query.split("&") if part)
    return "?".join((last, "&".join(names)))
