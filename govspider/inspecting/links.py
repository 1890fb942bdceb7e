"""Whether links answer: all of the home page's, and a stated sample of the other pages'."""

import random
from collections.abc import Sequence

from govspider.facts import Anchor, LinkCheck
from govspider.inspecting.home import HomeView
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Visitor

_CHECKED = {"page", "picture", "attachment", "frame", "image"}


async def check_links(
    visitor: Visitor, view: HomeView, others: Sequence[tuple[str, Anchor]]
) -> tuple[tuple[LinkCheck, ...], int]:
    """Tries the links. others: (address of the page, link on it) for the pages below the home page.

    Returns the checks and how many different links of the other pages the sample was drawn from. The sample is seeded
    by the site's code and the checkpoint, so that it can be drawn again.
    """
    plan = visitor.plan
    home_url = view.visit.final_url
    home = _unique([(home_url, anchor) for anchor in view.anchors])[: plan.home_links]
    taken = {key(anchor.url) for _, anchor in home}
    eligible = [(page, anchor) for page, anchor in _unique(others) if key(anchor.url) not in taken]
    seed = random.Random(f"{visitor.site.code} {plan.checkpoint}")  # noqa: S311 - a repeatable sample, not a secret
    sample = eligible
    if len(eligible) > plan.sampled_links:
        chosen = sorted(seed.sample(range(len(eligible)), plan.sampled_links))
        sample = [eligible[index] for index in chosen]

    async def check(item: tuple[str, Anchor, bool]) -> LinkCheck | None:
        page, anchor, on_home = item
        if visitor.out_of_time():
            return None
        visit = await visitor.check_link(anchor.url)
        external = not visitor.owns(anchor.url)
        return LinkCheck(anchor.url, anchor.text[:120], page, on_home, anchor.kind, external, visit)

    items = [(page, anchor, True) for page, anchor in home] + [(page, anchor, False) for page, anchor in sample]
    checks = await visitor.gather(check, items)
    return tuple(done for done in checks if done is not None), len(eligible)


def _unique(links: Sequence[tuple[str, Anchor]]) -> list[tuple[str, Anchor]]:
    first: dict[str, tuple[str, Anchor]] = {}
    for page, anchor in links:
        if anchor.kind in _CHECKED and not anchor.hidden and is_web(anchor.url):
            first.setdefault(key(anchor.url), (page, anchor))
    return list(first.values())
