"""One page's bytes → everything they say. The parts are read by the modules beside this one."""

import datetime as dt
from collections.abc import Iterator

from govspider.facts import Anchor, Page, PageKind
from govspider.reading import dom
from govspider.reading.dom import Doc
from govspider.reading.terms import Lexicon


def read_page(
    body: bytes, url: str, *, checkpoint: dt.date, lexicon: Lexicon | None = None, content_type: str = ""
) -> Page:
    """Read a page. Never raises, whatever the bytes."""
    doc = dom.parse(body, url, content_type)
    page = Page(
        url=url,
        charset=doc.charset,
        kind=PageKind.OTHER,
        title=_title(doc),
        meta=_meta(doc),
        anchors=tuple(_anchors(doc)),
        text_length=len(doc.text),
    )
    doc.close()
    return page


def _title(doc: Doc) -> str:
    return next((dom.collapse(node.data) for node in doc.tags("title") if node.data.strip()), "")


def _meta(doc: Doc) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in doc.tags("meta"):
        name, content = node.get("name") or node.get("property"), node.get("content").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _anchors(doc: Doc) -> Iterator[Anchor]:
    for node in doc.tags("a"):
        if address := doc.absolute(node.get("href")):
            yield Anchor(address, doc.label(node))
