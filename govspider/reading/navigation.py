"""The columns that a page offers: navigation bars, side bars, block headings with their 更多 links, site maps.

A menu is known by its form: an area of short links without dates and headlines. Class names decide nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from govspider.facts import ColumnLink
from govspider.reading.anchors import FUNCTIONS, HOME, MORE, NAME_LENGTH, Item, clean, host_of, items, plain_text
from govspider.reading.areas import Area, find_areas, footer_start, kind_of, main_bar, places
from govspider.reading.blocks import BLOCK_NAME, UNIT, headings, may_stand_alone, place_of
from govspider.reading.dom import Doc, Node

SITEMAP = re.compile(r"^(?:网站|站点)(?:地图|导航|导图)$|^sitemap$|^site map$", re.IGNORECASE)
SEPARATOR = re.compile(r"\s*(?:>{1,2}|»|›|→|/|\\|＞|&gt;|::|—>|-&gt;|·)\s*")
MOST = 600  # columns that one page can offer
SHORT_NAME = 8  # characters; where most names of a menu are so short, a longer one is a name too


def columns(doc: Doc, url: str) -> tuple[ColumnLink, ...]:
    """The columns in the order of finding, each address once; names without an address keep their place in paths."""
    found = items(doc, url)
    if not found:
        return ()
    if is_sitemap(doc):
        return _unique(_sitemap(doc, found))
    footer = footer_start(doc)
    areas = find_areas(doc, found, footer)
    bar = main_bar(found, areas)
    menus: list[ColumnLink] = []
    others: list[ColumnLink] = []
    for area in areas:
        kind = kind_of(doc, url, found, area, bar, footer)
        if kind:
            (menus if kind == "nav" else others).extend(_links(doc, found, area, kind))
    return _unique([*menus, *others, *headings(doc, found, areas, footer)])


def sitemap_url(doc: Doc, url: str) -> str | None:
    """The address of the site's own map, if the page links to one."""
    host = host_of(url)
    for link in doc.links:
        title = link.node.attrs.get("title") or ""
        near = link.url and (title or 4 <= len(link.text) <= 12)
        if near and _names_sitemap(link.text, title) and host_of(link.url) == host:
            return link.url
    return None


@lru_cache(maxsize=4096)
def _names_sitemap(text: str, title: str) -> bool:
    return SITEMAP.match(clean(text) or clean(title[:100])) is not None


def is_sitemap(doc: Doc) -> bool:
    """Whether this page is the site map: by its title or its place in the site."""
    titles = [node.data.strip() for node in doc.tags("title")]
    parts = [clean(part) for title in titles for part in re.split(r"[-_|—–>·]", title)]
    crumbs = breadcrumb(doc) if "地图" in doc.text else ()
    return any(SITEMAP.match(part) for part in [*parts, *crumbs[-1:]] if part)


def breadcrumb(doc: Doc) -> tuple[str, ...]:
    """The names of 当前位置, from the site's own first level to the current page; () when the page shows none."""
    return doc.once(_breadcrumb)


def _breadcrumb(doc: Doc) -> tuple[str, ...]:
    for match in doc.once(places)[:5]:
        if match.end() > 20_000:
            break
        line_end = doc.text.find("\n", match.end())
        start = match.start() if ">" in match[0] or "»" in match[0] or "首页" in match[0] else match.end()
        text = doc.text[start : line_end if line_end >= 0 else start + 200]
        names = [clean(name) for name in SEPARATOR.split(text[:300])]
        names = [name for name in names if name]
        if len(names) < 2:
            names = _crumb_anchors(doc, match.end()) or names
        while names and (HOME.match(names[0]) or len(names[0]) > 30):
            names.pop(0)
        if names and len(names) <= 8 and all(len(name) <= 60 for name in names):
            return tuple(names)
    return ()


def _crumb_anchors(doc: Doc, position: int) -> list[str]:
    """The links right after the label when each stands in a block of its own."""
    anchors = doc.tags("a")
    place = bisect_left(anchors, position, key=lambda node: node.start)
    if place >= len(anchors) or len(clean(doc.text[position : anchors[place].start])) > 2:
        return []
    first = anchors[place]
    trail = next((above for above in first.ancestors() if doc.count(above, "a") > 1), first)
    return [name for anchor in anchors[place : place + 8] if trail.holds(anchor) and (name := clean(doc.line(anchor)))]


# ------------------------------------------------------------------------------------------------------ names and paths


def _links(doc: Doc, found: Sequence[Item], area: Area, kind: str) -> Iterable[ColumnLink]:
    inside = found[area.first : area.last]
    whole = _around_all(area, inside) if kind == "nav" else area.node  # what heads a whole bar is the site's name
    heads = _Heads(doc)
    seen_heads: set[tuple[str, ...]] = set()
    names = {item.name for item in inside}
    plain = any(not item.url for item in inside)
    places = {place_of(item) for item in inside if item.url and not item.junk and not item.article} if plain else set()
    short = sum(len(item.name) <= SHORT_NAME for item in inside)
    for item in inside:
        longest = NAME_LENGTH if short * 5 >= len(inside) * 3 or UNIT.search(item.name) else BLOCK_NAME
        if item.junk or (kind != "nav" and not may_stand_alone(item, longest)):
            continue
        if not item.url and (len(item.name) > 8 or place_of(item) not in places):
            continue
        path = heads.path(item.node, whole, include_top=kind != "nav")
        if path and path not in seen_heads:
            seen_heads.add(path)
            if path[-1] not in names:
                yield ColumnLink(path[-1], "", path[:-1], kind)
        yield ColumnLink(item.name, item.url, path, kind)


def _around_all(area: Area, inside: Sequence[Item]) -> Node:
    """The smallest element that holds all the area's usable links."""
    useful = [item.node for item in inside if not item.junk]
    node = useful[0]
    return next((above for above in node.ancestors() if above is area.node or above.holds(useful[-1])), area.node)


class _Heads:
    """What heads the elements of a page; each is asked once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._firsts: dict[int, Node | None] = {}
        self._paths: dict[int, tuple[str, ...]] = {}
        self._over: dict[int, str] = {}

    def path(self, branch: Node, top: Node, *, include_top: bool = True) -> tuple[str, ...]:
        """The names above a branch of the one element ``top``, outermost first."""
        known = self._paths.get(branch.index)
        if known is None:
            above = branch.parent
            if above is None or (above is top and not include_top):
                known = ()
            else:
                known = () if above is top else self.path(above, top, include_top=include_top)
                if name := self.over(branch, above):
                    known = (*known, name)
            self._paths[branch.index] = known
        return known

    def over(self, branch: Node, above: Node) -> str:
        """The name that heads a branch of an element, "" when none does."""
        name = self._over.get(branch.index)
        if name is None:
            name = self._over[branch.index] = self._find(branch, above) if above.end - above.index > 2 else ""
        return name

    def _find(self, branch: Node, above: Node) -> str:
        if above.index not in self._firsts:
            self._firsts[above.index] = _first_branch(self.doc, above)
        first = self._firsts[above.index]
        heads = first is not None and first.index < branch.index and _is_below(self.doc, first, branch)
        return _head(self.doc, first) if heads else ""


def _is_below(doc: Doc, first: Node, branch: Node) -> bool:
    """Whether a branch looks like what the first one heads rather than like its equal."""
    return first.tag != branch.tag or doc.count(branch, "a") + (branch.tag == "a") >= 2


def _first_branch(doc: Doc, node: Node) -> Node | None:
    """The first child with something to read, if others follow it."""
    for child in doc.children(node):
        if child.stop > child.start or child.tag == "a" or doc.below(child, "a"):
            return child
    return None


def _head(doc: Doc, first: Node | None) -> str:
    """The one short name in an element's first branch, "" when the branch holds more or none."""
    if first is None or first.stop - first.start > 2 * NAME_LENGTH + 8:
        return ""
    anchors = [first] if first.tag == "a" else doc.below(first, "a")
    if len(anchors) > 1:
        return ""
    return _heading(doc.label(anchors[0]) if anchors else doc.line(first) or plain_text(doc, first))


@lru_cache(maxsize=4096)
def _heading(text: str) -> str:
    """The name that a heading gives, "" when it names no column."""
    name = clean(text[:200])
    good = 2 <= len(name) <= NAME_LENGTH and not HOME.match(name) and not MORE.match(name) and not FUNCTIONS.match(name)
    return name if good else ""


# ------------------------------------------------------------------------------------------------------------ site map


def _sitemap(doc: Doc, found: Sequence[Item]) -> Iterable[ColumnLink]:
    footer = footer_start(doc)
    heads = _Heads(doc)
    for item in found:
        if not item.junk and item.own and item.url and item.node.stop <= footer:
            yield ColumnLink(item.name, item.url, heads.path(item.node, doc.root)[-4:], "sitemap")


def _unique(links: Iterable[ColumnLink]) -> tuple[ColumnLink, ...]:
    chosen: dict[tuple[str, str], ColumnLink] = {}
    links = list(links)
    named = {link.name for link in links if link.url}
    for link in links:
        if not link.url and link.name in named:
            continue
        key = (link.url, "") if link.url else ("", link.name)
        chosen.setdefault(key, link)
        if len(chosen) >= MOST:
            break
    return tuple(chosen.values())
