"""What all samples share: who draws, from what, and opening pages until there are enough."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from govspider.facts import Category, Column, Entry, Fetch, Page, SiteKind
from govspider.inspecting.content import Chrome, identity
from govspider.inspecting.draw import in_drawing_order
from govspider.inspecting.home import HomeView
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Look, Visitor

# The entries of other columns are letters and guides.
ARTICLES = tuple(one for one in Category if one not in (Category.INTERACTION, Category.SERVICE))
_T = TypeVar("_T")
_FEW = 3
_FILES = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip", ".rar", ".jpg", ".png", ".mp4", ".wps", ".ofd")


@dataclass
class Sampler:
    """One inspection's samples. ``base`` grows: for each rule, how many there were to draw from."""

    visitor: Visitor
    view: HomeView
    columns: Sequence[Column]
    base: dict[str, int] = field(default_factory=dict)

    @property
    def seed(self) -> str:
        return self.visitor.plan.round or str(self.visitor.plan.checkpoint)

    @property
    def thorough(self) -> bool:
        """Only portals are scored: of other sites only what was read already is looked at."""
        return self.visitor.site.kind is SiteKind.PORTAL

    def order(self, rule: str, items: Iterable[_T], identity: Callable[[_T], str]) -> list[_T]:
        drawn = in_drawing_order(f"{self.seed}\n{self.visitor.site.code}\n{rule}", items, identity)
        self.base[rule] = len(drawn)
        return drawn

    def own_columns(self) -> list[Column]:
        """The columns with entries that were read on this site."""
        return [c for c in self.columns if c.entry_count and not c.external and not c.gone and _read(c)]

    def entries(self, *categories: Category) -> list[Entry]:
        """The entries of columns of these categories that lead to pages of this site."""
        columns = [c for c in self.own_columns() if c.category in categories]
        lists = {key(column.url) for column in self.columns}
        found = [e for column in columns for e in column.entries if is_web(e.url) and self.visitor.owns(e.url)]
        pages = [e for e in found if not e.url.partition("?")[0].lower().endswith(_FILES) and key(e.url) not in lists]
        return list({key(entry.url): entry for entry in pages}.values())

    async def open(
        self, entries: Sequence[Entry], number: int, fits: Callable[[Page], bool]
    ) -> list[tuple[Entry, Look]]:
        """The first ``number`` of the entries whose pages fit; at most three times as many are opened."""
        found: list[tuple[Entry, Look]] = []
        left = list(entries[: 3 * number])
        while left and len(found) < number:
            batch, left = left[: number - len(found)], left[number - len(found) :]
            looks = await self.visitor.look_all([entry.url for entry in batch])
            found += [(e, look) for e, look in zip(batch, looks, strict=True) if look.page and fits(look.page)]
        return found

    def menus(self) -> Chrome:
        """What at least half of the pages that were read carry. A document that a few pages lead to is no menu."""
        pages = [page for _, page in self.visitor.read_pages()]
        least = max(_FEW, len(pages) / 2)
        links = Counter(link for page in pages for link in {identity(anchor) for anchor in page.anchors})
        lines = Counter(line for page in pages for line in page.lines)
        return Chrome(_often(lines, least), _often(links, least))

    async def shown(self, look: Look) -> tuple[Page | None, str]:
        """The page as the browser shows it, and why it does not show the whole of it ("" when it does)."""
        if look.visit.rendered:
            return look.page, look.visit.error
        if not self.visitor.plan.browser:
            return None, "未启用浏览器，脚本生成的内容看不到"
        seen = await self.visitor.look(look.visit.final_url, render=True)
        if seen.page is None:
            return None, f"浏览器未能打开页面（{seen.reason or '原因不明'}）"
        return seen.page, seen.visit.error


def _often(counted: Counter[str], least: float) -> frozenset[str]:
    return frozenset(what for what, number in counted.items() if number >= least)


def _read(column: Column) -> bool:
    return column.visit is not None and column.visit.fetch is Fetch.OK
