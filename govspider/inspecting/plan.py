"""What a walk may spend and what it reads with."""

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from govspider.facts import EarlierClue, EarlierColumn, EarlierLink, Page, Past
from govspider.reading.categories import CategoryTable
from govspider.reading.terms import Lexicon


class UnreadableError(Exception):
    """A page was fetched but could not be read, which says nothing of the page. The text is Chinese."""


class Reader(Protocol):
    """Reads a page somewhere else, as ``read_page`` does, or when ``brief`` as ``skim_page``. Raises UnreadableError."""

    async def __call__(
        self, body: bytes, url: str, content_type: str = "", last_modified: str = "", *, brief: bool = False
    ) -> Page: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """The terms of one walk.

    ``page_budget`` counts pages that are read (plain or rendered), ``time_budget`` is in seconds of ``clock`` and is
    looked at between requests. ``render_budget`` bounds browser pages. ``parallel`` requests are under way at once;
    the fetcher bounds them further per host. ``browser`` False: what needs the browser stays unknown; ``firefox`` is there to look at pages beside it. ``earlier`` is
    what earlier inspections of the site saw of its columns, ``earlier_links`` the links that they found dead, ``earlier_clues`` where they found what must not be there, ``past``
    its lists, texts and templates. ``round`` seeds the samples, and the ``sample_`` limits are what they may spend
    beyond the budgets of the walk. ``sampled_files`` and ``sampled_articles`` are what is read for its text alone. ``survey_pages``, within these budgets, are
    further pages on which dead links are looked for. ``read`` reads pages in other processes; None: in this one.
    """

    checkpoint: dt.date
    lexicon: Lexicon
    categories: CategoryTable
    page_budget: int = 600
    time_budget: float = 1800.0
    render_budget: int = 60
    browser: bool = True
    firefox: bool = False
    parallel: int = 4
    home_links: int = 400
    sampled_links: int = 40
    earlier: tuple[EarlierColumn, ...] = ()
    earlier_links: tuple[EarlierLink, ...] = ()
    earlier_clues: tuple[EarlierClue, ...] = ()
    past: Past = field(default_factory=Past)
    round: str = ""
    sample_pages: int = 80
    sample_renders: int = 30
    sample_seconds: float = 300.0
    sampled_files: int = 3
    sampled_articles: int = 20
    survey_pages: int = 300
    read: Reader | None = None
    clock: Callable[[], float] = time.monotonic

    @property
    def limits(self) -> dict[str, int]:
        """What the office may have set for a crawl and decides which pages are read, by field."""
        return {"page_budget": self.page_budget, "survey_pages": self.survey_pages}

    def within(self, limits: Mapping[str, float]) -> "Plan":
        """The same with these limits; what they leave out stays."""
        pages, survey = (int(limits.get(name, was)) for name, was in self.limits.items())
        return replace(self, page_budget=pages, survey_pages=survey)
