"""Before absence is claimed: every short link that may lead to the missing thing must have been followed and found empty."""

import re
from collections.abc import Callable

from govspider.facts import Anchor, Column, Page, PageKind
from govspider.inspecting.content import chrome_of, holds_nothing, own_links
from govspider.inspecting.home import HomeView
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Visitor

_SHOWN = 3
_OPENED = 8
# What a page says in words, or beside a picture to scan, where no link leads.
_ELSEWHERE = re.compile(
    r"https?://|www\.|\.gov\.cn|请登[录陆]|扫码|扫描|扫一扫|二维码|公众号|小程序|政务服务网|12345.{0,6}(?:平台|网)|电子邮[箱件]|[\w.]@\w",
    re.IGNORECASE,
)


async def unresolved(
    visitor: Visitor, view: HomeView, columns: tuple[Column, ...], is_mention: Callable[[str], bool]
) -> tuple[str, ...]:
    """Why the links that ``is_mention`` names do not prove absence, in Chinese; empty when none is left open.

    A link is settled when its page was read and is blank, or only leads on to columns that were read themselves. One
    that a script follows, that leads to another host, that failed, or whose page holds more (also fields of its own,
    which may lead to another host, or words that name another place), stays open.
    """
    followed = {"page", "script"}
    pages = [*view.pages, *(page for _, page in visitor.read_pages())]
    own_names = {visitor.site.name, visitor.site.sponsor, ""}
    mentions: dict[tuple[str, str], Anchor] = {}
    for anchor in (anchor for page in pages for anchor in page.anchors):
        text = anchor.text.strip()
        if (
            anchor.kind in followed
            and text not in own_names
            and is_mention(text)
            and not _leads_home(visitor, view, anchor)
        ):
            mentions.setdefault((text, key(anchor.url) if anchor.url else ""), anchor)
    own = [anchor.url for anchor in mentions.values() if is_web(anchor.url) and visitor.owns(anchor.url)]
    await visitor.look_all(own[:_OPENED])
    chrome = chrome_of(pages)
    known = {key(column.url) for column in columns}
    blank = {key(column.url) for column in columns if column.blank is True}

    def is_settled(anchor: Anchor, page: Page) -> bool:
        if key(anchor.url) in blank or holds_nothing(page, anchor.text, chrome):
            return True
        if page.form or page.messages or page.guide is not None or page.needs_browser:
            return False
        if page.widgets > chrome.widgets:  # a select or a field may lead to a platform elsewhere
            return False
        if any(_ELSEWHERE.search(line) for line in page.lines - chrome.lines):
            return False
        others = known | {key(entry.url) for c in columns if key(c.url) != key(anchor.url) for entry in c.entries}
        if any(key(entry.url) not in others for entry in page.entries):
            return False
        led = [link for link in own_links(page, chrome) if not link.url or key(link.url) not in others]
        return not led and page.kind is not PageKind.ARTICLE

    reasons = [reason for anchor in mentions.values() if (reason := _open_reason(visitor, anchor, is_settled))]
    return tuple(dict.fromkeys(reasons))[:_SHOWN]


def _leads_home(visitor: Visitor, view: HomeView, anchor: Anchor) -> bool:
    homes = {key(visitor.site.url), key(view.visit.final_url)}
    return bool(anchor.url) and key(anchor.url) in homes


def _open_reason(visitor: Visitor, anchor: Anchor, is_settled: Callable[[Anchor, Page], bool]) -> str:
    name = f"“{anchor.text.strip()[:20]}”"
    if not is_web(anchor.url):
        return f"{name}由脚本打开，未能核实"
    if not visitor.owns(anchor.url):
        return f"{name}指向其他网站，未能核实"
    look = visitor.seen(anchor.url)
    if look is None:
        return f"{name}未打开核实"
    if look.page is None:
        return f"{name}未能读取：{look.reason}"
    return "" if is_settled(anchor, look.page) else f"{name}的内容未能辨认"
