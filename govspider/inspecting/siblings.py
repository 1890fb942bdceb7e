"""Columns compared with one another: which blanks hold, which column stands below which. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from govspider.facts import Category, Column, Fetch
from govspider.inspecting.content import NOTHING_OWN, drawn_alike, is_explicit
from govspider.inspecting.history import History, told
from govspider.inspecting.lists import NOT_EMPTY, UNRECOGNISED, Reading
from govspider.inspecting.urls import folder, key

_UNREAD_TEMPLATE = "同一模板的栏目均未读到条目，不能确认是否空白"
# The whole page was seen, and its list if any: a page that only leads on needs no list.
_LOOKED_AT = frozenset({UNRECOGNISED, NOT_EMPTY, _UNREAD_TEMPLATE})
_REPEATED = 3
_FLAT = 2  # addresses in a folder this shallow say nothing of parents: /channels/12.html


def settle_blanks(readings: Sequence[Reading], history: History) -> list[Reading]:
    """Withdraws a blank that nothing supports.

    A blank list holds when the page says so itself (a 0 counter, 暂无信息) or when a column of the same template was
    read with entries, so that the reader is known to understand it. Several blank columns of a template of which not
    one was ever read may as well be a template that cannot be read: unknown. So may a single one of which an
    earlier inspection read entries.
    """
    understood = {reading.skeleton for reading in readings if reading.entries and reading.skeleton}
    blanks = [reading.skeleton for reading in readings if reading.blank is True]
    settled = []
    for reading in readings:
        if reading.blank is True and not _proved(reading, understood):
            earlier = history.of(reading.found.link.url)
            if earlier is not None:
                reading = replace(reading, blank=None, reason=f"{told(earlier)}，本次未读到，不能确认是否空白")
            elif not _probable(reading, understood, blanks):
                reading = replace(reading, blank=None, reason=_UNREAD_TEMPLATE)
        settled.append(reading)
    return settled


def _proved(reading: Reading, understood: set[frozenset[str]]) -> bool:
    return is_explicit(reading.signs) or any(drawn_alike(reading.skeleton, other) for other in understood)


def _probable(reading: Reading, understood: set[frozenset[str]], blanks: list[frozenset[str]]) -> bool:
    seen = set(reading.signs) - {NOTHING_OWN}
    return bool(understood and seen) and sum(drawn_alike(reading.skeleton, other) for other in blanks) < _REPEATED


def relate(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Fills ``children``, ``newest_below`` and ``top_level``, and clears the blank of a column that only leads on.

    A column stands below another when its menu path names it, or when its address lies in the other's folder.
    """
    folders = {folder(c.url): c for c in reversed(columns) if key(c.url).endswith("/") and not c.external}
    above = {key(column.url): _parents(column, columns, folders) for column in columns}
    below: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        for parent in above[key(column.url)]:
            below[key(parent.url)].append(column)
    related = []
    for column in columns:
        children = below[key(column.url)]
        newest = max((c.newest for c in _descendants(column, below) if c.newest is not None), default=None)
        leads_on = bool(children) and column.blank is not False and not column.entries
        related.append(
            replace(
                column,
                children=tuple(child.url for child in children),
                newest_below=newest,
                top_level=not _same_category_above(column, above),
                blank=False if leads_on and _page_read(column) else column.blank,
                reason="" if leads_on and column.reason in _LOOKED_AT else column.reason,
            )
        )
    return tuple(related)


def _page_read(column: Column) -> bool:
    return column.visit is not None and column.visit.fetch is Fetch.OK


def _parents(column: Column, columns: Sequence[Column], folders: Mapping[str, Column]) -> list[Column]:
    """The nearest columns above: by the menu path, else by the deepest folder that holds the address."""
    if column.path:
        named = [c for c in columns if c.name == column.path[-1] and c.path == column.path[:-1] and c is not column]
        named = named or [c for c in columns if c.name == column.path[-1] and c is not column]
        if len(named) == 1 or (named and named[0].path == column.path[:-1]):
            return named[:1]
    parts = folder(column.url).split("/")[:-1]
    for depth in range(len(parts) - 1, _FLAT - 1, -1):
        above = folders.get("/".join(parts[:depth]) + "/")
        if above is not None:
            return [above]
    return []


def _descendants(column: Column, below: dict[str, list[Column]]) -> list[Column]:
    found: dict[str, Column] = {}
    queue = list(below[key(column.url)])
    while queue:
        child = queue.pop()
        if key(child.url) not in found and child is not column:
            found[key(child.url)] = child
            queue += below[key(child.url)]
    return list(found.values())


def _same_category_above(column: Column, above: dict[str, list[Column]]) -> bool:
    if column.category is Category.OTHER:
        return bool(above[key(column.url)])
    seen: set[str] = set()
    queue = list(above[key(column.url)])
    while queue:
        parent = queue.pop()
        if key(parent.url) in seen:
            continue
        seen.add(key(parent.url))
        if parent.category is column.category:
            return True
        queue += above[key(parent.url)]
    return False


def without_twins(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The same list under two addresses is one column: equal bytes and entries, or the same page after redirects."""
    kept: dict[tuple[object, ...], Column] = {}
    for column in columns:
        visit = column.visit
        identity: tuple[object, ...] = ("url", key(column.url))
        if visit is not None and visit.fetch is Fetch.OK and not column.external:
            identity = ("page", key(visit.final_url))
            if column.entry_count:
                identity = ("list", column.name, tuple((entry.title, entry.url) for entry in column.entries))
        kept.setdefault(identity, column)
    return tuple(kept.values())


def without_articles(columns: Sequence[Column], registered: Collection[str]) -> tuple[Column, ...]:
    """A single page that another column lists is an article of it, though its short title stood like a name in a menu.

    What a name tells to be more, such as 机构职能, stays, and so does what the register says of columns (``registered``).
    """
    listed = {key(entry.url) for column in columns for entry in column.entries}
    return tuple(
        column
        for column in columns
        if not (
            column.single_page and column.category is Category.OTHER and key(column.url) in listed - set(registered)
        )
    )
