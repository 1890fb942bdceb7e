"""Where else a dead link stands: when one was found, further pages of the site are looked at for it, those that are
likely to show it first.

Pages of one template show the same menus and feet, and have addresses of one shape. So a shape is looked at as long
as one in thirty of its pages shows a dead link, a shape of which nothing was read is tried, and pages to which many
dead links lead the way go first. Nothing else of these pages is used, and none of them is kept.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from govspider.checks.links import names_resolve
from govspider.facts import Fetch, LinkCheck, Page
from govspider.inspecting.content_clues import Pages, is_telling
from govspider.inspecting.home import HomeView
from govspider.inspecting.links import standing
from govspider.inspecting.shapes import shape_of
from govspider.inspecting.urls import is_web, key, repeats_itself, split
from govspider.inspecting.visits import GONE, Look, Visitor

_ONE_IN = 30  # pages of a shape must show a dead link, or the rest of them is left
_TRIED = 3  # pages of a shape before it is known to show none
_AT_ONCE = 20  # pages, before it is decided again which ones come next
_KNOWN = 20_000  # addresses of further pages that are remembered
_PLACES = 20_000  # pages that are named in all, and of each link at least ...
_NAMED = 50


@dataclass(frozen=True, slots=True)
class Surveyed:
    """``checks`` with the pages that show those that failed. ``read``: pages whose links were looked at, here or
    before; ``known``: those and the pages that they link to. ``telling``: further pages with something in them that is
    to be told."""

    checks: tuple[LinkCheck, ...]
    read: int
    known: int
    telling: Pages = ()


@dataclass(slots=True)
class _Further:
    """A page that was not looked at. ``promise``: how many dead links one page that leads to it shows."""

    url: str
    shape: str
    promise: int


async def survey_links(visitor: Visitor, view: HomeView, checks: Sequence[LinkCheck]) -> Surveyed:
    """Says of each link that failed which pages show it; for those that are dead, further pages are looked at."""
    failed = {key(check.url) for check in checks if check.visit.fetch is not Fetch.OK}
    if not failed:
        return Surveyed(tuple(checks), 0, 0)
    names_work = names_resolve(checks)
    dead = {key(check.url) for check in checks if _is_dead(check, names_work)}
    survey = _Survey(visitor, failed, dead)
    for page in view.pages:
        survey.take(view.visit.final_url, page)
    for look in sorted(visitor.looks(), key=lambda one: (one.visit.url, one.visit.rendered)):
        survey.learn(look)
    visitor.begin_survey()
    telling: list[tuple[str, Page]] = []
    while dead and (further := survey.choose(min(_AT_ONCE, visitor.pages_left))):
        for look in await visitor.gather(visitor.glance, further):
            survey.learn(look)
            if look.page is not None and is_telling(visitor, look.visit.final_url, look.page):
                telling.append((look.visit.final_url, look.page))
    most = max(_NAMED, _PLACES // len(failed))
    return Surveyed(
        tuple(survey.placed(check, view, most) for check in checks), len(survey.read), survey.known, telling
    )


def _is_dead(check: LinkCheck, names_work: bool) -> bool:
    visit = check.visit
    return (visit.fetch is Fetch.HTTP_ERROR and visit.status in GONE) or (visit.fetch is Fetch.DNS and names_work)


class _Survey:
    """What is known of the pages so far. All by the identity of addresses (``key``)."""

    def __init__(self, visitor: Visitor, failed: set[str], dead: set[str]) -> None:
        self.read: set[str] = set()
        self._visitor = visitor
        self._failed, self._dead = failed, dead
        self._places: dict[str, dict[str, str]] = {link: {} for link in failed}
        self._further: dict[str, _Further] = {}
        self._unread: set[str] = set()  # asked for in vain
        self._asked: set[str] = set()
        self._looked: Counter[str] = Counter()  # pages by shape,
        self._showing: Counter[str] = Counter()  # and those that show a dead link

    @property
    def known(self) -> int:
        return len(self.read) + len(self._further) + len(self._unread - self.read)

    def learn(self, look: Look) -> None:
        self._settle(look.visit.url)
        if look.page is not None:
            self.take(look.visit.final_url, look.page)
        elif not (look.external or look.gone or look.visit.fetch is Fetch.NOT_HTML):
            self._unread.add(key(look.visit.url))

    def take(self, url: str, page: Page) -> None:
        """The links of a page. One that was taken before (as it is, and in the browser) counts once."""
        self._settle(url)
        shown = standing((url, anchor) for anchor in page.anchors)
        for link in self._failed & shown.keys():
            self._places[link].setdefault(key(url), url)
        dead = len(self._dead & shown.keys())
        if key(url) not in self.read:
            self.read.add(key(url))
            shape = shape_of(url)
            self._looked[shape] += 1
            self._showing[shape] += dead > 0
        self._note([anchor.url for _, anchor in shown.values() if anchor.kind == "page"], dead)
        self._note([page.next_page] if page.next_page else [], dead)

    def choose(self, most: int) -> list[str]:
        """The addresses to look at next, those with the most promise first; none when no shape is worth it."""
        chosen: list[str] = []
        taken: Counter[str] = Counter()
        for further in sorted(self._further.values(), key=lambda one: -one.promise):
            if len(chosen) >= most:
                break
            shape = further.shape
            # An address with parameters may do something, so none is only tried.
            worth = _ONE_IN * self._showing[shape] or (0 if split(further.url)[3] else _TRIED)
            if self._looked[shape] + taken[shape] < worth:
                taken[shape] += 1
                chosen.append(further.url)
        return chosen

    def placed(self, check: LinkCheck, view: HomeView, most: int) -> LinkCheck:
        """The home page first, the others in the order of their addresses."""
        if check.visit.fetch is Fetch.OK:
            return check
        home = key(view.visit.final_url)
        places = sorted(self._places[key(check.url)].values(), key=lambda url: (key(url) != home, url))
        return replace(check, pages=tuple(places[:most]), page_count=len(places))

    def _settle(self, url: str) -> None:
        self._asked.add(key(url))
        self._further.pop(key(url), None)

    def _note(self, urls: Iterable[str], promise: int) -> None:
        for url in urls:
            identity = key(url)
            if (known := self._further.get(identity)) is not None:
                known.promise = max(known.promise, promise)
            elif identity not in self._asked and len(self._further) < _KNOWN and self._may_be_page(url):
                self._further[identity] = _Further(url, shape_of(url), promise)

    def _may_be_page(self, url: str) -> bool:
        return is_web(url) and self._visitor.owns(url) and not repeats_itself(url)
