"""Boxes that the pages of a site carry beside their lists, such as 重要通知: they are no list of a page that has none."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from govspider.facts import Page, PageKind
from govspider.inspecting.content import drawn_alike
from govspider.inspecting.urls import key

_COMMON = 3  # other pages on which links must stand to be what all carry
_OTHER = 5  # lines in which pages with texts of their own differ: more than name and trail


@dataclass(frozen=True, slots=True)
class _Listed:
    """A page with a list: its blocks and lines, the entries' addresses, and how often it shows each link."""

    skeleton: frozenset[str]
    lines: frozenset[str]
    entries: frozenset[str]
    shown: Counter[str]


@dataclass(frozen=True, slots=True)
class Boxes:
    """What the pages of a site's columns show, their lists and what stands beside these."""

    listed: tuple[_Listed, ...] = ()

    def without(self, page: Page, *, text: bool) -> Page:
        """The page, without entries when at least three pages that are drawn alike show all of them, each at least as
        often, beside others that this page lacks: a column's own list would show its entries once more. Beside a page
        with a ``text`` of its own, pages with other texts do as well."""
        entries = {key(entry.url) if entry.url else "" for entry in page.entries}
        if not entries or "" in entries:
            return page
        here = _shown(page)
        carried = (
            one
            for one in self.listed
            if all(one.shown[link] >= max(here[link], 1) for link in entries)
            and (any(link not in here for link in one.entries) or (text and len(one.lines - page.lines) >= _OTHER))
            and drawn_alike(one.skeleton, page.skeleton)
        )
        return replace(page, entries=(), newest=None) if sum(1 for _ in islice(carried, _COMMON)) == _COMMON else page


def boxes_of(pages: Iterable[Page]) -> Boxes:
    """``pages``: those of the site's columns."""
    return Boxes(
        tuple(
            _Listed(page.skeleton, page.lines, frozenset([key(entry.url) for entry in page.entries]), _shown(page))
            for page in pages
            if page.kind is PageKind.LIST and page.entries
        )
    )


def _shown(page: Page) -> Counter[str]:
    return Counter(key(anchor.url) for anchor in page.anchors if anchor.url and not anchor.hidden)
