"""What a site offers to do: service hubs, guides, links to a service platform."""

from dataclasses import dataclass

from govspider.facts import Category, Column, Entry, Page, Service
from govspider.inspecting.home import HomeView
from govspider.inspecting.mentions import unresolved
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Look, Visitor

_HUBS = 20
_GUIDES = 30


@dataclass(frozen=True, slots=True)
class Services:
    """Services found, and why the search was not exhaustive (empty: it was)."""

    found: tuple[Service, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Offer:
    name: str
    url: str
    kind: str


async def find_services(visitor: Visitor, view: HomeView, columns: tuple[Column, ...]) -> Services:
    """Reads the service hubs that the home page and the columns lead to, and a bounded number of their guides."""
    offers = _offers(visitor, view, columns)
    unread: list[str] = []
    services: dict[str, Service] = {}
    hubs = [offer for offer in offers if offer.kind == "hub" and visitor.owns(offer.url)]
    guides = [offer for offer in offers if offer.kind == "guide" and visitor.owns(offer.url)]
    for offer in offers:
        if not visitor.owns(offer.url):
            services.setdefault(key(offer.url), Service(offer.name, offer.url, external=True))
    blanks = {key(column.url): column.blank for column in columns}
    looks = await visitor.gather(lambda offer: _look_hub(visitor, offer.url), hubs[:_HUBS])
    for hub, look in zip(hubs, looks, strict=False):
        if look.external:
            services.setdefault(key(hub.url), Service(hub.name, hub.url, look.visit, external=True))
        elif look.page is None:
            if not look.gone:
                unread.append(f"“{hub.name}”未能读取:{look.reason}")
        else:
            offered, outside = _offered_by(visitor, look.page, columns)
            guides += offered
            services.update({key(o.url): Service(o.name, o.url, external=True) for o in outside})
            blank = blanks.get(key(hub.url), look.page.blank)
            if look.page.guide is not None or (not offered and blank is False):
                services.setdefault(key(hub.url), Service(hub.name, hub.url, look.visit, look.page.guide))
            elif not offered and blank is None:
                unread.append(f"“{hub.name}”的内容未能辨认")
    unique = list({key(guide.url): guide for guide in guides}.values())[:_GUIDES]
    looks = await visitor.look_all([guide.url for guide in unique])
    for guide, look in zip(unique, looks, strict=True):
        if look.gone:
            continue
        read = look.page.guide if look.page is not None else None
        services[key(guide.url)] = Service(guide.name, guide.url, look.visit, read, external=look.external)
    if not services:
        unread += await unresolved(visitor, view, columns, visitor.plan.categories.mentions_service)
    return Services(tuple(services.values()), tuple(dict.fromkeys(unread)))


async def _look_hub(visitor: Visitor, url: str) -> Look:
    look = await visitor.look(url)
    if look.page is not None and look.page.needs_browser and not look.page.entries and visitor.plan.browser:
        rendered = await visitor.look(look.visit.final_url, render=True)
        return rendered if rendered.page is not None or rendered.external else look
    return look


def _offers(visitor: Visitor, view: HomeView, columns: tuple[Column, ...]) -> list[_Offer]:
    table = visitor.plan.categories
    named = [(column.name, column.url) for column in columns]
    named += [(anchor.text, anchor.url) for anchor in view.anchors if not anchor.hidden]
    offers: dict[str, _Offer] = {}
    for name, url in named:
        kind = table.service_kind(name, url) if is_web(url) else None
        if kind is not None and not (kind == "hub" and not visitor.owns(url)):
            offers.setdefault(key(url), _Offer(name, url, kind))
    for column in columns:
        if column.category is Category.SERVICE and visitor.owns(column.url):
            offers.setdefault(key(column.url), _Offer(column.name, column.url, "hub"))
    return list(offers.values())


def _offered_by(visitor: Visitor, page: Page, columns: tuple[Column, ...]) -> tuple[list[_Offer], list[_Offer]]:
    """Guides that a hub page lists, and platforms it links to."""
    table = visitor.plan.categories
    known = {key(column.url) for column in columns}
    listed = [_Offer(entry.title, entry.url, "entry") for entry in page.entries if is_web(entry.url)]
    inside = [offer for offer in listed if visitor.owns(offer.url) and key(offer.url) not in known]
    outside = []
    for anchor in page.anchors:
        kind = table.service_kind(anchor.text, anchor.url) if is_web(anchor.url) and not anchor.hidden else None
        if kind is None:
            continue
        offer = _Offer(anchor.text, anchor.url, kind)
        if visitor.owns(anchor.url):
            if kind == "guide" and key(anchor.url) not in known:
                inside.append(offer)
        else:
            outside.append(offer)
    return inside, outside


def entries_of(columns: tuple[Column, ...]) -> dict[str, Entry]:
    """Every dated entry of every column by its address: dates for the same links elsewhere."""
    return {key(e.url): e for column in columns for e in column.entries if e.date is not None and is_web(e.url)}
