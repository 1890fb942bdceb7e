"""Sites that are registered as closed or as exceptions: nobody inspects them, but their home page is asked once."""

from dataclasses import replace

from govspider.facts import Fetcher, Site, SiteFacts
from govspider.inspecting.home import facts_of, open_home
from govspider.inspecting.plan import Plan
from govspider.inspecting.visits import Visitor

_PAGES = 8  # the home page after its redirects, with its frames
_RENDERED = 1


async def look_at_home(site: Site, fetch: Fetcher, plan: Plan) -> SiteFacts:
    """Whether the home page is there and what it says of itself; nothing else of the facts is filled."""
    visitor = Visitor(site, fetch, replace(plan, page_budget=_PAGES, render_budget=_RENDERED))
    view = await open_home(visitor)
    return SiteFacts(
        site=site,
        checkpoint=plan.checkpoint,
        home=facts_of(view),
        pages=visitor.pages,
        rendered=visitor.rendered,
        blocked=visitor.blocked,
        failed=visitor.failed,
    )
