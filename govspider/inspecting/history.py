"""A column against its own past: what earlier inspections of the site read of it, and where it has gone."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from govspider.facts import Column, EarlierColumn
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Visitor

_ASKED = 20  # columns that nothing leads to any more, asked for by their old address


class History:
    """The columns that earlier inspections read entries of, by the identity of their pages."""

    def __init__(self, earlier: Iterable[EarlierColumn]) -> None:
        self._by_page = {key(one.url): one for one in earlier if is_web(one.url) and one.entries}

    def of(self, url: str) -> EarlierColumn | None:
        return self._by_page.get(key(url))

    def remember(self, column: Column) -> Column:
        """The column with its past; where nothing could be read now, the reason says that there was something."""
        earlier = self.of(column.url)
        if earlier is None or column.external:
            return column
        nothing_read = column.blank is None and not column.entry_count and column.reason
        reason = f"{column.reason}；{told(earlier)}" if nothing_read and told(earlier) not in column.reason else ""
        return replace(column, earlier=earlier, reason=reason or column.reason)

    def unlisted(self, columns: Iterable[Column]) -> list[EarlierColumn]:
        """Columns that no page leads to now, last seen first. One of the same name has only moved."""
        pages: set[str] = set()
        names: set[str] = set()
        for column in columns:
            pages |= {key(column.url), key(column.visit.final_url if column.visit is not None else column.url)}
            names.add(column.name)
        missing = [one for page, one in self._by_page.items() if page not in pages and one.name not in names]
        return sorted(missing, key=lambda one: (-one.seen.toordinal(), one.url))


def told(earlier: EarlierColumn) -> str:
    return f"此前检查（{earlier.seen}）有{earlier.entries}条信息"


async def gone_columns(visitor: Visitor, history: History, columns: Collection[Column]) -> tuple[Column, ...]:
    """Columns that the site no longer offers: nothing leads there, and the address says that there is no such page.

    Where a walk found no columns, or not all of them, nothing can be said of one that is missing.
    """
    if visitor.stopped or not columns:
        return ()
    missing = [one for one in history.unlisted(columns) if visitor.owns(one.url)][:_ASKED]
    looks = await visitor.look_all([one.url for one in missing])
    return tuple(
        Column(name=one.name, url=one.url, visit=look.visit, reason="栏目已撤下，页面不存在", earlier=one, gone=True)
        for one, look in zip(missing, looks, strict=True)
        if look.gone
    )
