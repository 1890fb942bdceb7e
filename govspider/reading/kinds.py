"""What kind of page this is."""

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from govspider.facts import PageKind
from govspider.reading.article import Published
from govspider.reading.blank import Blank
from govspider.reading.dom import Doc
from govspider.reading.landmarks import landmark
from govspider.reading.lists import Found
from govspider.reading.regions import Regions

_ARTICLE_URL = re.compile(
    r"/t20\d{6}_|/art/20\d\d/|content_\d+|/contents?/\d+/\d+|/20\d\d[-/]?\d{1,2}(?:[-/]?\d{1,2})?/[\w\-]{4,}\.|[0-9a-f]{24,}\.|"
    r"(?:article|content|show|view|detail|news|info)(?:_?(?:show|view|detail|info))?(?:\.\w{2,5})?[?/_\-](?:\w+=)?\d{3,}|/20\d{6}[/_\-]",
    re.IGNORECASE,
)
# What the common systems give to articles alone: a day and a number, or the numbers of a column and of an article.
_SURE_ARTICLE_URL = re.compile(
    r"/t20\d{6}_\d+|/art/20\d\d/\d|/20\d\d[-/](?:0\d|1[0-2])[-/][0-3]\d/\w{4,}\.|/c\d+a\d+/page\.|/info/\d{4,}/\d+\.html?$",
    re.IGNORECASE,
)
_LIST_URL = re.compile(
    r"/$|/(?:index|list|default|col|channels?|more|column)(?:[_\-]?\d+)*(?:\.\w{3,5})?$|/col\d*/|_list(?:_\d+)?\.|/list|list/",
    re.IGNORECASE,
)
_ROOT = re.compile(r"^/?(?:(?:index|default|main|home)\d*\.(?:s?html?|aspx?|jspx?|php|do))?$", re.IGNORECASE)
_TOOLS = landmark(
    "上一 下一 打印 关闭 字号 字体 我要纠错 责任编辑 【 [ 扫一扫 分享到",
    r"上一[篇条]|下一[篇条]|打印(?:本页|此页|文章|正文|】|\])|关闭(?:本页|窗口|此页|】|\])|字[号体]\s*[:：]?|我要纠错|责任编辑|【\s*大|\[\s*大|扫一扫在手机|分享到",
)
_NEIGHBOURS = landmark("上一 前一 下一 后一", r"[上前下后](?<![^\s【\[].)一[篇条则]")
_MISSING = re.compile(
    # A number may be that of a bus or a telephone; 不存在 and 已删除 are also said of rumours, in articles that have a day.
    r"(?<![\d.\-/])404(?=\s*(?:$|[—_|:：,，。!！]|-(?!\d)|错误|页|网页|抱歉|对不起|您|error|not|page))|页面(?:不存在|未找到|找不到|已删除|丢失)|(?:找不到|未找到|无法找到)(?:该|此|您要?(?:访问|查找))?的?(?:页面|网页|文件)|(?:您|你)访问的(?:页面|网页|内容)(?:不存在|已)|not found|信息(?:已删除|不存在)|内容不存在",
    re.IGNORECASE | re.MULTILINE,
)
_TEXT_STEP = re.compile(r"(?:正文|内容|详情|详细(?:信息|内容)|阅读|查看信息|文章|浏览)(?:页面?)?\s*$")
_LETTERS = re.compile(r"信箱|留言|来信|信件|咨询|投诉|诉求|求助|建言|问政|互动|问答")
_SERVICE = re.compile(r"办事(?:服务|大厅|指南)|政务服务|网上办事|服务事项|在线服务|网上服务")


def read_kind(
    doc: Doc,
    meta: Mapping[str, str],
    title: str,
    regions: Regions,
    found: Found,
    published: Published,
    blank: Blank,
    prose: int,
    *,
    told: Collection[str] | None,
    messages: int,
    challenge: bool,
) -> PageKind:
    """``told``: what a page that reads like a guide states beyond a name and a telephone; None on other pages."""
    if doc.tags("frameset"):
        return PageKind.FRAMESET
    if challenge:
        return PageKind.CHALLENGE
    if (
        len(doc.text) < 600
        and prose < 200
        and _MISSING.search(title + "\n" + doc.text[:300])
        and len(found.entries) < 3
        and published.shown is None
        and published.tagged is None
    ):
        return PageKind.SOFT404
    path = urlsplit_path(doc.url)
    if _ROOT.match(path) and regions.crumb < 0 and published.labelled_at < 0 and len(doc.tags("a")) >= 10:
        return PageKind.HOME
    as_list = _list_points(path, found, blank)
    as_article = _article_points(doc, meta, path, regions, found, published, prose)
    if told is not None:
        few = len(told) <= 1 and as_list > as_article
        if not (found.main and as_list >= (2 if few else 5)):
            return PageKind.GUIDE
    if as_article > as_list:
        return PageKind.ARTICLE
    if messages and _LETTERS.search(" ".join((title, *regions.names))):
        return PageKind.MESSAGE_BOARD
    if found.entries or blank.blank or blank.skeleton:
        return PageKind.LIST
    if _SERVICE.search(" ".join((title, *regions.names))):
        return PageKind.SERVICE_HUB
    return PageKind.OTHER


def urlsplit_path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.path + ("?" + parts.query if parts.query else "")


def _article_points(
    doc: Doc, meta: Mapping[str, str], path: str, regions: Regions, found: Found, published: Published, prose: int
) -> float:
    points = 0.0
    names = {name.lower(): value for name, value in meta.items()}
    points += 2 * bool(names.get("articletitle") and (published.tagged or names.get("pubdate")))
    points += 4 if _SURE_ARTICLE_URL.search(path) else 2 * bool(_ARTICLE_URL.search(path))
    if published.labelled_at >= 0:
        points += 2 * (not _in_main(found, published.labelled_at))
    elif published.shown and published.title_at >= 0:
        points += 1
    points += 2.5 if prose >= 300 else 1.5 if prose >= 100 else 0.5 if prose >= 40 else 0
    points += 1.5 * bool(doc.first(_TOOLS)) + 1.5 * bool(doc.first(_NEIGHBOURS))
    points += 2.5 * bool(_TEXT_STEP.search(regions.crumb_line))
    return points


def _in_main(found: Found, position: int) -> bool:
    return any(group.start <= position < group.stop for group in found.main if len(group.entries) > 2)


def _list_points(path: str, found: Found, blank: Blank) -> float:
    points = 0.0
    if found.main:
        size = len(found.entries)
        dated = sum(group.dated for group in found.main)
        points += 3 if dated >= 5 else 2 if dated >= 2 else 1 if size >= 3 or dated else 0.5
        # Articles of some systems carry a pager too, for the parts of a long text.
        points += 3 * (any(group.paged for group in found.main) and (size >= 5 or not _SURE_ARTICLE_URL.search(path)))
        points += 1.5 * any(group.own for group in found.main)
        points += 1.5 if size >= 10 else 0
        points += 2 * found.hub
    elif blank.skeleton:
        points += 3
    points += 1 * bool(_LIST_URL.search(path))
    return points
