"""The last doubts about a column without entries of its own: what its neighbours' pages carry tells what is left of it."""

from dataclasses import replace

from govspider.facts import Category, Page
from govspider.inspecting.beside import Boxes
from govspider.inspecting.carried import IN_FRAME
from govspider.inspecting.content import (
    NOTHING_OWN,
    Chrome,
    holds_nothing,
    holds_text,
    is_explicit,
    says_nothing,
    shows_media,
)
from govspider.inspecting.lists import NOT_EMPTY, UNRECOGNISED, Reading
from govspider.inspecting.visits import Visitor

_SHARED = "只读到各栏目共有的链接，不能确认栏目内容"
_ASKED = 4  # articles that may name their column
_LISTS = {Category.NEWS, Category.NOTICE, Category.POLICY, Category.INTERPRETATION, Category.DATA}


async def own_part(visitor: Visitor, reading: Reading, boxes: Boxes, chrome: Chrome) -> Reading:
    """A column of which nothing was read but boxes that its neighbours carry too has no list in its static HTML: when it
    holds no text either, what the browser shows besides decides whether it has one, is a text, or may be empty. It may
    be empty only when articles of these boxes name other columns: its own short list may stand in a box elsewhere."""
    if reading.page is None or not reading.entries:
        return reading
    text = holds_text(replace(reading.page, lines=_besides(reading.page)), chrome)
    page = boxes.without(reading.page, text=text)
    if page is reading.page:
        return reading
    bare = replace(reading, page=page, entries=(), blank=None)
    if text:
        return replace(bare, blank=False, single=True)
    own = await _names_column(visitor, reading)
    if own:
        return reading
    if not reading.rendered:
        if not visitor.plan.browser:
            return replace(bare, reason=f"{_SHARED}（未启用浏览器）")
        shown = await visitor.look(reading.look.visit.final_url, render=True)
        if shown.page is None or shown.visit.error:
            return replace(bare, reason=f"浏览器未能打开页面（{shown.reason or shown.visit.error or '原因不明'}）")
        page = boxes.without(shown.page, text=False)
        bare = replace(bare, page=page, entries=page.entries, rendered=True)
    if page.entries or not holds_nothing(page, reading.found.link.name, chrome):
        return replace(bare, blank=False, single=not page.entries)
    if own is None:
        return replace(bare, page=None, rendered=True, reason=_SHARED)
    return replace(bare, signs=page.blank_signs)


async def _names_column(visitor: Visitor, reading: Reading) -> bool | None:
    """Whether articles that a column shows name it as their place; None when they name none."""
    looks = await visitor.look_all([entry.url for entry in reading.entries[:_ASKED]])
    trails = [look.page.breadcrumb for look in looks if look.page is not None and look.page.breadcrumb]
    name = reading.found.link.name
    return any(name in place or place in name for trail in trails for place in trail) if trails else None


def _besides(page: Page) -> frozenset[str]:
    """The lines of a page beside the titles of its entries."""
    titles = {entry.title[:20] for entry in page.entries}
    return frozenset(line for line in page.lines if not any(title in line for title in titles))


async def doubt_emptiness(visitor: Visitor, reading: Reading, chrome: Chrome, *, short: bool) -> Reading:
    """A page without entries that holds nothing of its own is blank once the browser shows nothing either.

    What looked like a single page or an unknown kind of list is settled here, by what its neighbours' pages carry;
    and a page that looked blank and yet holds something is not called blank. A page that is ``short`` by nature must
    say itself that it is empty.
    """
    name, page = reading.found.link.name, reading.page
    if reading.entries or page is None:
        return reading
    framed = any(sign.startswith(IN_FRAME) for sign in reading.signs)
    if framed:  # the frames themselves are known to hold nothing
        own = tuple(anchor for anchor in page.anchors if anchor.kind != "frame")
        page = replace(page, anchors=own, widgets=min(page.widgets, chrome.widgets))
    if not holds_nothing(page, name, chrome):
        unsure = reading.blank is True and (framed or not is_explicit(reading.signs))
        link = reading.found.link
        listed = visitor.plan.categories.category(link.name, link.path, link.url) in _LISTS
        if reading.rendered and reading.reason == UNRECOGNISED and not listed and shows_media(page, chrome):
            return replace(reading, blank=False, single=True, reason="")
        return replace(reading, blank=None, reason=NOT_EMPTY) if unsure else reading
    if reading.blank is True or (short and not says_nothing(page, chrome)):
        return reading
    if not reading.rendered:
        if not visitor.plan.browser:
            return replace(reading, blank=None, single=False, reason="页面没有内容，未启用浏览器，不能确认是否空白")
        shown = await visitor.look(reading.look.visit.final_url, render=True)
        if shown.page is None:
            reason = f"浏览器未能打开页面（{shown.reason or '原因不明'}）"
            return replace(reading, blank=None, single=False, reason=reason)
        page = shown.page
        if page.entries:
            return Reading(reading.found, reading.look, page, page.entries, rendered=True, blank=False)
        if shown.visit.error:
            return replace(reading, rendered=True, blank=None, single=False, reason=shown.visit.error)
        if not holds_nothing(page, name, chrome):
            return replace(reading, page=page, rendered=True)
    said = says_nothing(page, chrome)
    signs = (*reading.signs, *page.blank_signs, f"页面写明“{said}”" if said else NOTHING_OWN)
    signs = tuple(dict.fromkeys(signs))
    return replace(reading, page=page, rendered=True, blank=True, single=False, signs=signs, reason="")
