"""What the pages that a walk read say and link to that they should not. Nothing is asked for here."""

from collections.abc import Iterable, Iterator, Sequence

from govspider.facts import HarmfulLink, Leaked, LinkCheck, Misworded, Page
from govspider.inspecting.home import HomeView
from govspider.inspecting.urls import host_of, is_web, key
from govspider.inspecting.visits import Visitor
from govspider.reading import hosts
from govspider.reading.outlinks import DISGUISE, HarmfulHosts, disguised

_WORDINGS, _LEAKS, _LINKS = 60, 30, 30  # kept for one site
_REPEATED = 3  # pages named for one and the same sentence

Pages = Sequence[tuple[str, Page]]


def pages_of(visitor: Visitor, view: HomeView) -> Pages:
    """Every page of the site that was read, each once, the home page first."""
    read = [*((view.visit.final_url, page) for page in view.pages), *visitor.read_pages()]
    return list({(key(url), id(page)): (url, page) for url, page in read}.values())


def is_telling(visitor: Visitor, url: str, page: Page) -> bool:
    """Whether anything would be told of a page."""
    return bool(page.wording or page.leaks) or any(_written(visitor, [(url, page)], visitor.plan.lexicon.links))


def wording_of(pages: Pages) -> tuple[Misworded, ...]:
    """Wrong wording; one and the same sentence, as in a template, for some pages only."""
    times: dict[tuple[str, str], set[str]] = {}
    found: list[Misworded] = []
    for url, page in pages:
        for one in page.wording:
            seen = times.setdefault((one.word, one.snippet), set())
            if key(url) not in seen and len(seen) < _REPEATED:
                seen.add(key(url))
                found.append(Misworded(url, one))
    found.sort(key=lambda one: one.wording.grade)  # serious ones first
    return tuple(found[:_WORDINGS])


def leaks_of(pages: Pages) -> tuple[Leaked, ...]:
    unique = {(key(url), one.masked): Leaked(url, one) for url, page in pages for one in page.leaks}
    return tuple(unique.values())[:_LEAKS]


def harmful_links(visitor: Visitor, pages: Pages, checks: Iterable[LinkCheck]) -> tuple[HarmfulLink, ...]:
    """By the address as it stands in a page, and by where links ended that were tried; each address once."""
    known = visitor.plan.lexicon.links
    found: dict[str, HarmfulLink] = {}
    for link in (*_written(visitor, pages, known), *_landed(visitor, checks, known)):
        found.setdefault(key(link.url), link)
        if len(found) >= _LINKS:
            break
    return tuple(found.values())


def _written(visitor: Visitor, pages: Pages, known: HarmfulHosts) -> Iterator[HarmfulLink]:
    own = tuple(f"{scheme}{name}/" for scheme in ("http://", "https://") for name in visitor.hosts)
    looked: set[str] = set()
    for url, page in pages:
        for anchor in page.anchors:
            if anchor.url in looked or anchor.kind not in ("page", "frame") or anchor.url.startswith(own):
                continue
            looked.add(anchor.url)
            name = hosts.host(anchor.url)
            if not name or visitor.owns(anchor.url):
                continue
            sign = known.of(name) or (DISGUISE if disguised(anchor.text, name) else "")
            if sign:
                yield HarmfulLink(anchor.url, anchor.text[:120], url, sign, sign)


def _landed(visitor: Visitor, checks: Iterable[LinkCheck], known: HarmfulHosts) -> Iterator[HarmfulLink]:
    for check in checks:
        end = check.visit.final_url
        if not check.external or not is_web(end) or host_of(end) == host_of(check.url) or visitor.owns(end):
            continue
        if hosts.domain(hosts.host(end)) != hosts.domain(hosts.host(check.url)) and (
            sign := known.landing(hosts.host(end))
        ):
            yield HarmfulLink(check.url, check.text, check.found_on, sign, sign, landed=end)
