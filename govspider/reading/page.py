"""One page's bytes → everything they say. The parts are read by the modules beside this one."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

from govspider.facts import Anchor, ColumnLink, Entry, Page, PageKind
from govspider.reading import (
    article,
    carriers,
    challenge,
    dates,
    dom,
    foot_items,
    footer,
    forms,
    guides,
    hidden,
    leaks,
    lists,
    messages,
    navigation,
    privacy,
    redirects,
    tampering,
)
from govspider.reading.blank import is_filled_later, is_placeholder, is_shell, read_blank
from govspider.reading.dom import Doc, Node
from govspider.reading.kinds import read_kind
from govspider.reading.lists import Found
from govspider.reading.own_entries import without_entries
from govspider.reading.pager import read_pager
from govspider.reading.regions import read_regions
from govspider.reading.sketch import sketch
from govspider.reading.tags import is_unset
from govspider.reading.terms import Lexicon
from govspider.reading.unlinked import unlinked_items

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".svg", ".ico")
_FILES = (".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".pdf", ".zip", ".rar", ".7z", ".txt", ".wps", ".et", ".ofd", ".csv")  # fmt: skip
_COMPLETE = frozenset({PageKind.ARTICLE, PageKind.GUIDE, PageKind.SOFT404, PageKind.FRAMESET})  # no list to wait for
_DATED = frozenset({PageKind.ARTICLE, PageKind.GUIDE, PageKind.OTHER})
_LINKS = 12  # with more of them, and with text, a page is a site's own
_MAX_ANCHORS = 5000
_MAX_SCRIPTS = 60
_BLOCKS = ("body", "center", "header", "footer", "nav", "main", "aside", "section", "div", "form", "table", "tbody", "ul", "ol", "dl", "h1", "h2", "h3")  # fmt: skip
_SKELETON_DEPTH = 12
_LINE = 60  # characters kept of a line
_LINES = 800
_WRITTEN = ("", "text", "tel", "email")
_WIDGETS = ("input", "select", "textarea", "button", "video", "audio", "object", "embed", "canvas", "svg", "iframe", "frame")  # fmt: skip
_FORM_FIELDS = 3  # fewer are a search box or a log-in
_SKELETON_SIZE = 300


def read_page(
    body: bytes, url: str, *, checkpoint: dt.date, lexicon: Lexicon, content_type: str = "", last_modified: str = ""
) -> Page:
    """Read a page. Never raises, whatever the bytes. ``content_type`` and ``last_modified`` are response headers."""
    doc = dom.parse(body, url, content_type)
    seen = lexicon.scan(doc.text)
    doc.marks = seen.marks
    title, meta = _title(doc), _meta(doc)
    regions = read_regions(doc, title)
    hits = dates.find(doc.text, checkpoint)
    paging = read_pager(doc, regions.footer)
    found = lists.find_lists(doc, hits, regions, paging, checkpoint)
    found.entries = _own_entries(found.entries)
    outside = carriers.external(doc)
    if inline := carriers.inline_entries(doc, checkpoint):
        _fold_in(found, inline)
    elif not found.entries:
        found.entries = list(carriers.state_entries(doc, checkpoint))
    prose = article.prose(doc, max(regions.crumb, 0), regions.footer, [(g.start, g.stop) for g in found.main])
    blank = read_blank(doc, found, regions, paging, prose, bool(outside))
    published = article.read_published(doc, hits, meta, title, regions, found.stretches, checkpoint, last_modified)
    guide = guides.read_guide(doc)
    letters = messages.read_messages(doc, url, checkpoint)
    kind = read_kind(
        doc,
        meta,
        title,
        regions,
        found,
        published,
        blank,
        prose,
        told=guide.elements.keys() - {"事项名称", "联系电话"} if guide else None,
        messages=len(letters),
        challenge=_is_challenge(doc, body),
    )
    is_list = kind in (PageKind.LIST, PageKind.MESSAGE_BOARD, PageKind.HOME, PageKind.SERVICE_HUB)
    entries = tuple(found.entries) if is_list else ()
    foot = footer.read(doc, meta)
    items, unsure = foot_items.read_items(doc, foot, regions.footer)
    skeleton = _skeleton(doc)
    numbers = privacy.hits(doc.text)
    return Page(
        url=url,
        charset=doc.charset,
        kind=kind,
        title=title,
        site_name=next((value for name, value in meta.items() if name.lower() == "sitename"), ""),
        site_id_code=foot.site_id_code,
        icp=foot.icp,
        police_filing=foot.police_filing,
        party_gov_badge=foot.party_gov_badge,
        error_report_badge=foot.error_report_badge,
        meta=meta,
        published=published.day if _is_dated(kind, published) else None,
        published_from=published.source if _is_dated(kind, published) else None,
        published_shown=published.shown if kind in _DATED else None,
        published_tagged=published.tagged if kind in _DATED else None,
        breadcrumb=navigation.breadcrumb(doc),
        columns=_columns(doc, url, kind, found),
        entries=entries,
        newest=_newest(entries, checkpoint),
        newest_anywhere=_newest_anywhere(found, checkpoint),
        blank=blank.blank if kind in (PageKind.LIST, PageKind.MESSAGE_BOARD) else None,
        blank_signs=blank.signs,
        needs_browser=blank.needs_browser and (kind not in _COMPLETE or is_shell(doc)),
        redirect=redirects.read_redirect(doc),
        carriers=outside,
        next_page=paging.next_page,
        last_page=paging.last_page,
        page_count=paging.pages,
        guide=None if kind is PageKind.LIST else guide,
        guide_filled_later=guide is not None and bool(guide.missing) and is_filled_later(doc, regions),
        foreign=tampering.foreign(doc, url, lexicon, seen.hits),
        sitemap=navigation.sitemap_url(doc, url),
        messages=letters,
        privacy=numbers,
        leaks=leaks.read(doc.text, checkpoint) if numbers else (),
        wording=lexicon.wording.judge(doc.text, seen.wording, checkpoint),
        sketch=sketch(doc, title, max(regions.crumb, 0), regions.footer) if kind is PageKind.ARTICLE else (),
        anchors=tuple(_anchors(doc)),
        scripts=_scripts(doc),
        text_length=len(doc.text),
        template=_digest(skeleton),
        skeleton=skeleton,
        lines=_lines(doc),
        form=_has_form(doc),
        widgets=len(doc.tags(*_WIDGETS)),
        searches=forms.search_forms(doc),
        foot=items,
        foot_unsure=unsure,
    )


def skim_page(body: bytes, url: str, *, checkpoint: dt.date, lexicon: Lexicon, content_type: str = "") -> Page:
    """A page read in half the time for its links and for what it should not say: also where it leads on, and
    what tells it from a challenge or from the site's answer to missing pages. All else is left out. Never raises."""
    doc = dom.parse(body, url, content_type)
    seen = lexicon.scan(doc.text)
    doc.marks = seen.marks
    title, skeleton, numbers = _title(doc), _skeleton(doc), privacy.hits(doc.text)
    challenged = not doc.tags("frameset") and _is_challenge(doc, body)
    return Page(
        url=url,
        charset=doc.charset,
        kind=PageKind.CHALLENGE if challenged else PageKind.OTHER,
        title=title,
        redirect=redirects.read_redirect(doc),
        next_page=read_pager(doc, read_regions(doc, title).footer).next_page,
        privacy=numbers,
        leaks=leaks.read(doc.text, checkpoint) if numbers else (),
        wording=lexicon.wording.judge(doc.text, seen.wording, checkpoint),
        anchors=tuple(_anchors(doc)),
        text_length=len(doc.text),
        template=_digest(skeleton),
        skeleton=skeleton,
    )


def _own_entries(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without a template's placeholders. One without a date that only a script opens counts once, not once
    more for its picture."""
    kept: list[Entry] = []
    for entry in entries:
        echo = bool(kept) and kept[-1] == entry and not entry.url and entry.date is None
        if not echo and not is_placeholder(entry.title):
            kept.append(entry)
    return kept


def _is_dated(kind: PageKind, published: article.Published) -> bool:
    """A response header dates an article, if nothing else does; of other pages it says when they were made."""
    return kind is PageKind.ARTICLE if published.source == "header" else kind in _DATED


def _columns(doc: Doc, url: str, kind: PageKind, found: Found) -> tuple[ColumnLink, ...]:
    columns = navigation.columns(doc, url)
    return columns if kind is PageKind.HOME else without_entries(columns, found.entries, found.links)


def _is_challenge(doc: Doc, body: bytes) -> bool:
    return len(doc.tags("a")) <= _LINKS and challenge.challenge_sign(200, (), body[:200_000]) is not None


def _title(doc: Doc) -> str:
    return next((dom.collapse(node.data) for node in doc.tags("title") if node.data.strip()), "")


def _meta(doc: Doc) -> dict[str, str]:
    """The page's tags by name; the first of a name counts, a second set comes from an included header. A placeholder
    yields to a value."""
    found: dict[str, str] = {}
    for node in doc.tags("meta"):
        name, content = node.get("name") or node.get("property"), dom.collapse(node.get("content"))
        if name and content and (name not in found or (is_unset(found[name]) and not is_unset(content))):
            found[name] = content
    return found


def _fold_in(found: Found, inline: Sequence[Entry]) -> None:
    """The entries of a data island take the place of a shorter list that stands in the HTML itself."""
    if len(inline) >= len(found.entries) or not any(
        (group.paged or group.own) and not group.aside for group in found.main
    ):
        found.entries = list(inline)


def _newest(entries: Sequence[Entry], checkpoint: dt.date) -> dt.date | None:
    return max((entry.date for entry in entries if entry.date and entry.date <= checkpoint), default=None)


def _newest_anywhere(found: Found, checkpoint: dt.date) -> dt.date | None:
    """The newest day of all lists and of the links' own addresses: a home page's news may stand in any block."""
    days = [entry.date for group in found.groups for entry in group.entries]
    days += [dates.in_address(link.url) for link in found.links]
    return max((day for day in days if day and day <= checkpoint), default=None)


def _anchors(doc: Doc) -> Iterator[Anchor]:
    """Links, frames and pictures; a link that only a script follows has no address."""
    blocks = hidden.hidden_blocks(doc)
    found: list[tuple[Node, str, str, str]] = []
    for link in doc.links[:_MAX_ANCHORS]:
        if link.url or _is_scripted(link.node):
            kind = _kind(link.url) if link.url else "script"
            found.append((link.node, link.url, link.text or doc.alternative(link.node), kind))
    linked = {link.node.index for link in doc.links}
    found += [(node, "", doc.line(node), "script") for node in unlinked_items(doc) if node.index not in linked]
    for node in doc.tags("iframe", "frame", "area", "img")[:_MAX_ANCHORS]:
        if node.tag == "area":
            if (address := doc.absolute(node.get("href"))) or _is_scripted(node):
                found.append((node, address, doc.label(node), _kind(address) if address else "script"))
        elif address := doc.absolute(node.get("src")):
            image = node.tag == "img"
            found.append((node, address, node.get("alt") if image else doc.label(node), "image" if image else "frame"))
    found.sort(key=_place)
    for node, address, text, kind in found[:_MAX_ANCHORS]:
        yield Anchor(address, text[:200], kind, bool(blocks) and hidden.within(blocks, node))


def _scripts(doc: Doc) -> tuple[str, ...]:
    sources = [node.get("src") for node in doc.tags("script") if node.get("src")]
    return tuple(dict.fromkeys(filter(None, map(doc.absolute, sources[:_MAX_SCRIPTS]))))


def _is_scripted(node: Node) -> bool:
    """Whether a link without an address is followed by a script."""
    return bool(node.get("onclick")) or node.get("href")[:11].lower() == "javascript:"


def _place(found: tuple[Node, str, str, str]) -> int:
    return found[0].index


@lru_cache(maxsize=4096)
def _kind(address: str) -> str:
    path = address.partition("?")[0].partition("#")[0].lower()
    if path.endswith(_PICTURES):
        return "picture"
    return "attachment" if path.endswith(_FILES) else "page"


def _lines(doc: Doc) -> frozenset[str]:
    return frozenset([line.strip()[:_LINE] for line in doc.text.split("\n", _LINES)[:_LINES]]) - {""}


def _has_form(doc: Doc) -> bool:
    written = [node for node in doc.tags("input") if node.get("type").lower() in _WRITTEN]
    return bool(doc.tags("textarea")) or len(written) >= _FORM_FIELDS


def _skeleton(doc: Doc) -> frozenset[str]:
    """The blocks that a template draws, whatever the texts in them and the number of their rows."""
    blocks = (node for node in doc.tags(*_BLOCKS) if node.depth <= _SKELETON_DEPTH)
    seen: dict[tuple[int, str, str, str], None] = {}
    for node in blocks:
        seen.setdefault((node.depth, node.tag, node.get("class"), node.get("id")))
        if len(seen) >= _SKELETON_SIZE:
            break
    return frozenset([f"{depth} {tag} {name} {identity}"[:120] for depth, tag, name, identity in seen])


@lru_cache(maxsize=256)
def _digest(skeleton: frozenset[str]) -> str:
    return hashlib.sha256("\n".join(sorted(skeleton)).encode("utf-8", "replace")).hexdigest()[:16]
