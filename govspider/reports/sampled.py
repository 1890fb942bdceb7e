"""What was drawn as samples of one site, so that anybody can look at the same pages again."""

from collections.abc import Iterator
from dataclasses import dataclass

from govspider.facts import DisplaySample, Fetch, PageSample, SearchTry, SiteFacts
from govspider.reports.phrases import FETCH_NAMES

PAGES = {"home": "首页", "column": "栏目页", "content": "内容页"}
SEEN, UNSURE = "已查看", "不能判断"


@dataclass(frozen=True, slots=True)
class Drawn:
    """``of``: what it is a sample of; ``said``: what became of it."""

    of: str
    name: str
    url: str
    said: str


def drawn(facts: SiteFacts) -> Iterator[Drawn]:
    """All samples of one inspection, item by item."""
    taken = facts.samples
    for page in taken.pages:
        yield Drawn(f"页面标签和底部（{PAGES.get(page.kind, page.kind)}）", page.name, page.url, _page(page))
    for one in taken.search.tries if taken.search else ():
        yield Drawn("站内搜索的标题", one.title, one.url, _search(one))
    for text in taken.interpretations:
        yield Drawn("政策解读", text.title, text.url, text.reason or _linked(text.linked))
    for document in taken.policies:
        found = f"有解读：{document.interpretation}" if document.interpretation else "没有找到解读"
        yield Drawn("政策文件", document.title, document.url, found)
    for letter in taken.letters:
        yield Drawn("公开的留言", letter.title, letter.url, letter.reason or SEEN)
    for guide in taken.guides:
        yield Drawn("办事指南", guide.name, guide.url, guide.reason or SEEN)
    for look in taken.displays:
        name = f"兼容性（{PAGES.get(look.kind, look.kind)}）"
        yield Drawn(name, look.name, look.url, _shown(look))
    for file in facts.attachments:
        yield Drawn("附件（个人信息）", file.name, file.url, file.unread or SEEN)


def _shown(look: DisplaySample) -> str:
    if not look.reason:
        return f"已用 {look.browser} 打开"
    return f"{look.browser}：{look.reason}" if look.browser else look.reason


def _page(page: PageSample) -> str:
    if page.visit is not None and page.visit.fetch is not Fetch.OK:
        return FETCH_NAMES.get(page.visit.fetch, page.visit.fetch)
    return page.reason or SEEN


def _search(tried: SearchTry) -> str:
    if tried.found is None:
        return tried.reason or UNSURE
    return "结果第一页有" if tried.found else "结果第一页没有"


def _linked(linked: bool | None) -> str:
    return UNSURE if linked is None else "已关联被解读文件" if linked else "没有关联被解读文件"
