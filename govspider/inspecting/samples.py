"""All samples of one inspection, taken when the walk is over and with a budget of their own."""

from collections.abc import Sequence

from govspider.facts import Column, Message, Samples
from govspider.inspecting.displays import sample_displays
from govspider.inspecting.guide_samples import sample_guides
from govspider.inspecting.home import HomeView
from govspider.inspecting.interpretations import sample_interpretations, sample_policies
from govspider.inspecting.letters import sample_letters
from govspider.inspecting.page_samples import sample_pages
from govspider.inspecting.sampler import Sampler
from govspider.inspecting.search import try_search
from govspider.inspecting.services import Services
from govspider.inspecting.statistics import find_statistics
from govspider.inspecting.visits import Visitor


async def take_samples(
    visitor: Visitor, view: HomeView, columns: Sequence[Column], offered: Services, letters: Sequence[Message]
) -> Samples:
    visitor.begin_samples()
    sampler = Sampler(visitor, view, columns)
    pages = await sample_pages(sampler)
    search = await try_search(sampler) if sampler.thorough else None
    interpretations = await sample_interpretations(sampler)
    policies = sample_policies(sampler)
    statistics = await find_statistics(sampler)
    opened = await sample_letters(sampler, letters)
    guides = await sample_guides(sampler, offered)
    displays = await sample_displays(sampler)
    return Samples(
        seed=sampler.seed,
        base=dict(sampler.base),
        pages=pages,
        search=search,
        interpretations=interpretations,
        policies=policies,
        statistics=statistics,
        letters=opened,
        guides=guides,
        displays=displays,
    )
