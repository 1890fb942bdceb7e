"""Whether links answer: all of the home page's, those that earlier inspections found dead, those of which the walk
knows already that they do not, and a stated sample of the other pages'."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govspider.facts import Anchor, EarlierLink, LinkCheck, Page
from govspider.inspecting.draw import in_drawing_order
from govspider.inspecting.home import HomeView
from govspider.inspecting.urls import clean, is_web, key
from govspider.inspecting.visits import Visitor

_CHECKED = {"page", "picture", "attachment", "frame", "image"}
_EARLIER = 200  # links that are asked for again
_LOOKED_AT = 3  # pages that are looked at again for one of them

Standing = tuple[str, Anchor]  # the address of a page and a link on it


@dataclass(frozen=True, slots=True)
class Links:
    """``checks``: the links that were tried. ``eligible``: how many the sample was drawn from. ``gone``: earlier dead
    links that stand on none of the pages that showed them, nor on any other that was read."""

    checks: tuple[LinkCheck, ...]
    eligible: int
    gone: tuple[str, ...]


async def check_links(visitor: Visitor, view: HomeView, others: Sequence[Standing]) -> Links:
    """Tries the links. others: the links of the pages below the home page.

    The sample depends on the round and on the addresses alone, so that an inspection of the same round draws the same
    ones, whatever its checkpoint and whatever else has come or gone.
    """
    plan, home_url = visitor.plan, view.visit.final_url
    home = standing((home_url, anchor) for anchor in view.anchors)
    below = {page: one for page, one in standing(others).items() if page not in home}
    earlier = plan.earlier_links[:_EARLIER]
    held = [page for one in earlier for page in one.pages[:_LOOKED_AT] if visitor.owns(page)]
    await visitor.look_all(list(dict.fromkeys(held)))
    shown = _shown(visitor, view)
    known = {page: one for page, one in below.items() if _is_known_dead(visitor, one[1].url)}
    again = {key(one.url): shown[key(one.url)] for one in earlier if key(one.url) in shown}
    drawn = in_drawing_order(f"{plan.round}\n{visitor.site.code}", below, str)[: plan.sampled_links]
    asked = dict(list(home.items())[: plan.home_links])
    asked |= {page: one for page, one in (known | again).items() if page not in asked}
    asked |= {page: below[page] for page in drawn if page not in asked}

    async def check(item: tuple[str, Standing]) -> LinkCheck | None:
        identity, (page, anchor) = item
        if visitor.out_of_time():
            return None
        visit = await visitor.check_link(anchor.url, home=identity in home)
        return LinkCheck(
            url=clean(anchor.url),
            text=anchor.text[:120],
            found_on=page,
            home=identity in home,
            kind=anchor.kind,
            external=not visitor.owns(anchor.url),
            visit=visit,
        )

    checks = await visitor.gather(check, asked.items())
    gone = tuple(one.url for one in earlier if key(one.url) not in shown and _all_read(visitor, one))
    return Links(tuple(done for done in checks if done is not None), len(below), gone)


def _shown(visitor: Visitor, view: HomeView) -> dict[str, Standing]:
    """Every link of every page that was read, with the first page that shows it."""
    home_url = view.visit.final_url
    pages: list[tuple[str, Page]] = [*((home_url, page) for page in view.pages), *visitor.read_pages()]
    return standing((url, anchor) for url, page in pages for anchor in page.anchors)


def _is_known_dead(visitor: Visitor, url: str) -> bool:
    look = visitor.seen(url)
    return look is not None and look.gone


def _all_read(visitor: Visitor, link: EarlierLink) -> bool:
    """Whether the pages that showed a link were read again, or do not exist any more."""
    looks = [visitor.seen(page) for page in link.pages[:_LOOKED_AT]]
    return bool(looks) and all(look is not None and (look.page is not None or look.gone) for look in looks)


def standing(links: Iterable[Standing]) -> dict[str, Standing]:
    """The links that are worth a check, each address once."""
    first: dict[str, Standing] = {}
    for page, anchor in links:
        if anchor.kind in _CHECKED and not anchor.hidden and is_web(anchor.url):
            first.setdefault(key(anchor.url), (page, anchor))
    return first
