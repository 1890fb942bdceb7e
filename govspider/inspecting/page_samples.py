"""Pages looked at for their tags and their feet: the home page, five column pages, five content pages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from govspider.facts import FOOT_ITEMS, Page, PageKind, PageSample
from govspider.inspecting.home import HomeView, render_home
from govspider.inspecting.sampler import ARTICLES, Sampler
from govspider.inspecting.urls import key
from govspider.inspecting.visits import Look
from govspider.reading.tags import COLUMN_TAGS, CONTENT_TAGS, SITE_TAGS, official_tags

_EACH = 5
_FRAMES = 3
_LISTS = (PageKind.LIST, PageKind.MESSAGE_BOARD)
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "home": SITE_TAGS,
    "column": (*SITE_TAGS, *COLUMN_TAGS),
    "content": (*SITE_TAGS, *CONTENT_TAGS),
}


async def sample_pages(sampler: Sampler) -> tuple[PageSample, ...]:
    """The home page first. A page that lacks something is looked at in the browser as well, the first of its kind
    always, the others when it showed more there."""
    home = await _home(sampler)
    columns = await _confirmed(sampler, _column_pages(sampler))
    contents = await _confirmed(sampler, await _content_pages(sampler))
    return (home, *columns, *contents)


async def _home(sampler: Sampler) -> PageSample:
    view: HomeView = sampler.view
    sample = _of(view.visit.final_url, "home", "首页", view.pages, view)
    if _lacks(sample):
        view = await render_home(sampler.visitor, view)
        sample = _of(view.visit.final_url, "home", "首页", view.pages, view)
    return _doubted(sample, view.unseen) if view.unseen else sample


def _column_pages(sampler: Sampler) -> list[tuple[PageSample, Look]]:
    """Columns that hold a list themselves: a channel that leads to columns may be either."""
    lists = [column for column in sampler.own_columns() if not column.children]
    looks = [(column, sampler.visitor.seen(column.url)) for column in lists]
    read = [(column.name, look) for column, look in looks if look and look.page and look.page.kind in _LISTS]
    drawn = sampler.order("page-column", read, lambda one: key(one[1].visit.final_url))[:_EACH]
    return [(_of_look("column", name, look), look) for name, look in drawn]


async def _content_pages(sampler: Sampler) -> list[tuple[PageSample, Look]]:
    drawn = sampler.order("page-content", sampler.entries(*ARTICLES), lambda entry: key(entry.url))
    if sampler.thorough:
        opened = await sampler.open(drawn, _EACH, _is_article)
    else:
        seen = [(entry, look) for entry in drawn if (look := sampler.visitor.seen(entry.url)) is not None]
        opened = [(entry, look) for entry, look in seen if look.page and _is_article(look.page)][:_EACH]
    return [(_of_look("content", entry.title, look), look) for entry, look in opened]


def _is_article(page: Page) -> bool:
    return page.kind is PageKind.ARTICLE and not page.messages


async def _confirmed(sampler: Sampler, pages: Sequence[tuple[PageSample, Look]]) -> list[PageSample]:
    """What the browser adds to pages that lack something; what it could not show stays in doubt."""
    unseen: str | None = None  # why the browser cannot show more; None until it was asked
    more = False
    found = []
    for sample, look in pages:
        sample = await _with_frames(sampler, sample, look)
        if _lacks(sample) and (unseen is None or more or unseen):
            page, unseen = await sampler.shown(look)
            whole = _joined(sample, [page] if page is not None else [])
            more = more or whole != sample
            sample = whole
        found.append(_doubted(sample, unseen) if unseen and _lacks(sample) else sample)
    return found


async def _with_frames(sampler: Sampler, sample: PageSample, look: Look) -> PageSample:
    """A foot that stands in a frame of its own is read there."""
    if look.page is None or not set(sample.foot_unsure) >= set(FOOT_ITEMS) - set(sample.foot):
        return sample
    frames = [a.url for a in look.page.anchors if a.kind == "frame" and sampler.visitor.owns(a.url)]
    looks = await sampler.visitor.look_all(list(dict.fromkeys(frames))[-_FRAMES:])
    return _joined(sample, [frame.page for frame in looks if frame.page is not None])


def _of_look(kind: str, name: str, look: Look) -> PageSample:
    pages = [look.page] if look.page is not None else []
    sample = _of(look.visit.final_url, kind, name, pages)
    return replace(sample, visit=look.visit)


def _of(url: str, kind: str, name: str, pages: Sequence[Page], view: HomeView | None = None) -> PageSample:
    sample = PageSample(url, kind, name[:80], view.visit if view is not None else None)
    return _joined(sample, pages)


def _joined(sample: PageSample, pages: Sequence[Page]) -> PageSample:
    """With what further sights of the page show."""
    tags = dict(sample.tags)
    for page in pages:
        tags = {**official_tags(page.meta), **tags}
    foot = {*sample.foot, *(item for page in pages for item in page.foot)}
    unsure = {*sample.foot_unsure, *(item for page in pages for item in page.foot_unsure)} - foot
    scripted = sample.scripted or any(page.needs_browser for page in pages)
    return replace(sample, tags=tags, foot=_sorted(foot), foot_unsure=_sorted(unsure), scripted=scripted)


def _lacks(sample: PageSample) -> bool:
    """Whether the browser may add what counts. The site map does not, nor do tags to a page that is no empty shell."""
    tags = set(_NEEDED[sample.kind]) - set(sample.tags) if sample.scripted else set()
    return bool(tags or set(FOOT_ITEMS[:-1]) - set(sample.foot))


def _doubted(sample: PageSample, reason: str) -> PageSample:
    """Scripts may add to a page that the browser did not show whole."""
    unsure = set(FOOT_ITEMS) - set(sample.foot)
    return replace(sample, foot_unsure=_sorted(unsure), reason=reason)


def _sorted(items: set[str]) -> tuple[str, ...]:
    return tuple(item for item in FOOT_ITEMS if item in items)
