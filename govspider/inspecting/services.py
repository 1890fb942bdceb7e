"""What a site offers to do: service hubs, guides, links to a service platform."""

import re
from dataclasses import dataclass, replace

from govspider.facts import Category, Column, Entry, GuideElements, Page, PageKind, Service
from govspider.inspecting.home import HomeView
from govspider.inspecting.mentions import unresolved
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Look, Visitor
from govspider.reading.guide_labels import ELEMENTS
from govspider.reading.guide_titles import is_item
from govspider.reading.own_entries import form_of

_HUBS = 20
_GUIDES = 30
_NUMBER = re.compile(r"\d+")
_LACKING = 3  # a guide that lacks fewer elements is not worth a page in the browser


@dataclass(frozen=True, slots=True)
class Services:
    """Services found, and why the search was not exhaustive (empty: it was)."""

    found: tuple[Service, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Offer:
    """``kind``: hub, guide and platform by name; entry (of a hub's list) and link (any other link of a hub)."""

    name: str
    url: str
    kind: str


async def find_services(visitor: Visitor, view: HomeView, columns: tuple[Column, ...]) -> Services:
    """Reads the service hubs that the home page and the columns lead to, and a bounded number of their guides."""
    offers = _offers(visitor, view, columns)
    services = {key(o.url): Service(o.name, o.url, external=True) for o in offers if not visitor.owns(o.url)}
    services.update(_guides_among(visitor, columns))
    hubs = [offer for offer in offers if offer.kind == "hub" and visitor.owns(offer.url)][:_HUBS]
    guides = [offer for offer in offers if offer.kind == "guide" and visitor.owns(offer.url)]
    everywhere = {key(anchor.url) for anchor in view.links} | {key(column.url) for column in columns}
    blanks = {key(column.url): column.blank for column in columns}
    unread: list[str] = []
    looks = await visitor.gather(lambda offer: _look_hub(visitor, offer.url), hubs)
    for hub, look in zip(hubs, looks, strict=True):
        if look.external:
            services.setdefault(key(hub.url), Service(hub.name, hub.url, look.visit, external=True))
        elif look.page is None:
            unread += [] if look.gone else [f"“{hub.name}”未能读取：{look.reason}"]
        else:
            offered, outside = _offered_by(visitor, look.page, everywhere)
            guides += offered
            services.update({key(o.url): Service(o.name, o.url, external=True) for o in outside})
            if look.page.guide is not None or (offered and blanks.get(key(hub.url), look.page.blank) is not True):
                services.setdefault(key(hub.url), Service(hub.name, hub.url, look.visit, look.page.guide))
    services.update(await _read_guides(visitor, guides))
    services.update(_beside_guides(visitor, services, [*guides, *hubs]))
    services = await _confirmed(visitor, services)
    if not services:
        unread += await unresolved(visitor, view, columns, visitor.plan.categories.mentions_service)
    return Services(tuple(services.values()), tuple(dict.fromkeys(unread)))


def _guides_among(visitor: Visitor, columns: tuple[Column, ...]) -> dict[str, Service]:
    """Guides that the navigation leads to directly."""
    found = {}
    for column in columns:
        look = visitor.seen(column.url) if column.single_page else None
        if look is not None and look.page is not None and look.page.guide is not None:
            guide = look.page.guide
            found[key(column.url)] = Service(guide.name or column.name, column.url, look.visit, guide)
    return found


async def _read_guides(visitor: Visitor, guides: list[_Offer]) -> dict[str, Service]:
    unique = list({key(guide.url): guide for guide in guides}.values())[:_GUIDES]
    looks = await visitor.gather(lambda guide: _look_guide(visitor, guide.url), unique)
    found = {}
    for offer, look in zip(unique, looks, strict=True):
        guide = look.page.guide if look.page is not None else None
        if guide is not None or (offer.kind != "link" and not look.gone):
            name = (guide.name if guide is not None else "") or offer.name
            found[key(offer.url)] = Service(name, offer.url, look.visit, guide, external=look.external)
    return found


async def _look_guide(visitor: Visitor, url: str) -> Look:
    """A guide, in the browser when its bytes are only a shell for scripts."""
    look = await visitor.look(url)
    if look.page is not None and look.page.guide is None and look.page.needs_browser and visitor.plan.browser:
        rendered = await visitor.look(look.visit.final_url, render=True)
        return rendered if rendered.page is not None else look
    return look


def _beside_guides(visitor: Visitor, services: dict[str, Service], offers: list[_Offer]) -> dict[str, Service]:
    """Pages that stand among the guides and tell nothing: each may be a guide that is one picture, and all of its
    elements are unread."""
    places = {_place(service.url) for service in services.values() if service.guide is not None}
    found = {}
    for offer in offers:
        look = visitor.seen(offer.url) if key(offer.url) not in services and _place(offer.url) in places else None
        if look is None or look.gone or look.external:
            continue
        if look.page is None:
            found[key(offer.url)] = Service(offer.name, offer.url, look.visit)
        elif look.page.kind is PageKind.OTHER or (look.page.kind is PageKind.ARTICLE and is_item(offer.name)):
            guide = GuideElements(offer.name, {}, missing=(), unreadable=ELEMENTS)
            found[key(offer.url)] = Service(offer.name, offer.url, look.visit, guide)
    return found


def _place(url: str) -> tuple[str, str]:
    """The folder of an address and how its last part is built, numbers made alike."""
    return _NUMBER.sub("0", url.partition("?")[0].rpartition("/")[0]), form_of(url)


async def _confirmed(visitor: Visitor, services: dict[str, Service]) -> dict[str, Service]:
    """Scripts may fill in what a guide's own bytes lack: the emptiest guide is opened in the browser, and where that
    shows more, or fails, what the site's guides lack is not missing but unread."""
    lacking = [(len(s.guide.missing), s.url) for s in services.values() if s.guide is not None]
    number, url = max(lacking, default=(0, ""))
    if number < _LACKING:
        return services
    if not visitor.plan.browser:
        return {page: _static(visitor, one) for page, one in services.items()}
    look = await visitor.look(url, render=True)
    shown = look.page.guide if look.page is not None and not look.visit.error else None
    if shown is not None and len(shown.missing) >= number:
        return services
    return {page: replace(one, guide=_unsure(one.guide)) for page, one in services.items()}


def _static(visitor: Visitor, service: Service) -> Service:
    """A guide that no browser will show: where its page has scripts to fill it in, what it lacks is unread."""
    look = visitor.seen(service.url)
    later = look is not None and look.page is not None and look.page.guide_filled_later
    return replace(service, guide=_unsure(service.guide)) if later else service


def _unsure(guide: GuideElements | None) -> GuideElements | None:
    return guide and replace(guide, missing=(), unreadable=(*guide.unreadable, *guide.missing))


async def _look_hub(visitor: Visitor, url: str) -> Look:
    look = await visitor.look(url)
    if look.page is not None and look.page.needs_browser and not look.page.entries and visitor.plan.browser:
        rendered = await visitor.look(look.visit.final_url, render=True)
        return rendered if rendered.page is not None or rendered.external else look
    return look


def _offers(visitor: Visitor, view: HomeView, columns: tuple[Column, ...]) -> list[_Offer]:
    table = visitor.plan.categories
    named = [(column.name, column.url) for column in columns]
    named += [(anchor.text, anchor.url) for anchor in view.links]
    offers: dict[str, _Offer] = {}
    for name, url in named:
        kind = table.service_kind(name, url) if is_web(url) else None
        if kind is not None and not (kind == "hub" and not visitor.owns(url)):
            offers.setdefault(key(url), _Offer(name, url, kind))
    for column in columns:
        if column.category is Category.SERVICE and visitor.owns(column.url):
            offers.setdefault(key(column.url), _Offer(column.name, column.url, "hub"))
    return list(offers.values())


def _offered_by(visitor: Visitor, page: Page, everywhere: set[str]) -> tuple[list[_Offer], list[_Offer]]:
    """What only a hub page links to - its entries, guides and other own links - and the platforms it names.

    everywhere: the keys of the home page's links and of the columns, which every page carries around.
    """
    table = visitor.plan.categories
    inside = [_Offer(entry.title, entry.url, "entry") for entry in page.entries if visitor.owns(entry.url)]
    outside = []
    for anchor in page.anchors:
        if anchor.kind != "page" or anchor.hidden or not is_web(anchor.url):
            continue
        kind = table.service_kind(anchor.text, anchor.url)
        if visitor.owns(anchor.url):
            inside.append(_Offer(anchor.text, anchor.url, "guide" if kind == "guide" else "link"))
        elif kind is not None:
            outside.append(_Offer(anchor.text, anchor.url, kind))
    return [offer for offer in inside if key(offer.url) not in everywhere], outside


def entries_of(columns: tuple[Column, ...]) -> dict[str, Entry]:
    """Every dated entry of every column by its address: dates for the same links elsewhere."""
    return {key(e.url): e for column in columns for e in column.entries if e.date is not None and is_web(e.url)}
