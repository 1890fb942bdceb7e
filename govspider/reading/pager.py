"""The pager of a list page: where it stands, what it counts, where its next and last pages are."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from govspider.reading.dom import Doc, Link, Node
from govspider.reading.landmarks import landmark

_NEXT = frozenset(
    {
        "下一页",
        "下页",
        "后一页",
        "下一页>",
        "下一页>>",
        "下一页»",
        "下一页›",
        "后页",
        "next",
        "nextpage",
        ">",
        "›",
        "»",
        "&gt;",
    }
)
_LAST = frozenset({"尾页", "末页", "最后一页", "最后页", "最末页", "last", ">>", ">|"})
_PAUSE = re.compile(r"[，。；]")
_DONE = "件个项"  # what bodies count of their work; entries of a list are counted so only where nothing is named before
_OF = re.compile(
    r"[\u4e00-\u9fff](?<![栏列]目)(?<!列表|结果|信息|记录|文章|内容|数据|当前|目前|查询|检索|事项|文件)\s*[:：]?\s*$"
)
_ARROW = ">>"
_NUMBER = 4  # digits of a page's number
_TITLES = _NEXT | _LAST
# The labels of a pager in the order in which they stand, with no more than numbers between them.
_PLAIN = landmark(
    "首 上一 前一",
    r"(?:首\s?页[\s|]{0,6}[上前]一?页|[上前]一页)[\s\d.…|/<>«»‹›\[\]()]{0,60}[下后]一?页",
)
_FIRST = frozenset({"首页", "第一页", "上一页", "上页", "前一页", "前页", "prev", "first", "<", "<<", "‹", "«"})
_SCRIPTED = re.compile(
    r"createPage(?:HTML|Html|html)?\w*\s*\(\s*(?:['\"][^'\"]*['\"]\s*,\s*)?(\d+)\s*,\s*(\d+)\s*(?:,\s*['\"]([^'\"]*)['\"]\s*,\s*['\"]([^'\"]*)['\"])?"
    r"(?:\s*,\s*['\"]?(\d+)['\"]?)?"
)
_COUNT = re.compile(
    r"(?=[共第页当:：\s\d总])(?:"  # what any form begins with
    r"共\s*(\d{1,5})\s*页|(?:第|页次|页码|当前)?[:：]?\s*第?\s*\d{1,5}\s*[/／]\s*(?:共\s*)?(\d{1,5})\s*页?(?![\d\-/年月])|总页数[:：]?\s*(\d{1,5}))"
)
_COUNT_SIGN = landmark("/ ／ 共 总页数", r"/|／|共\s*\d|总页数")  # what any form holds
_COUNT_REACH = 14  # characters of a form before and behind what it holds
_TOTAL = landmark(
    "共 总 合计 记录 信息总 找到 检索到 查询到",
    r"(?:共有?|总共|合计|总数[为是]?|总计|总条数|总记录数?|记录总数|记录数|信息总数|找到(?:相关)?(?:结果|信息|内容)?约?|检索到|查询到)\s*[:：]?\s*(\d{1,7})\s*"
    r"(?:条|个|篇|项|件|封|则|份|记录|信息|结果|数据)|(?:总数|总条数|总记录数?|记录总数|记录数|信息总数)[:：]?\s*(\d{1,7})",
)


@dataclass(frozen=True, slots=True)
class Pager:
    """``spots`` are the node indices at which pagers stand. ``total`` counts entries, ``pages`` pages, None: not said.

    ``scripted``: a static publisher wrote the pager's numbers into the page, so that its list is static as well.
    ``plain``: the labels of the only pager are text that nothing follows when it is clicked, as some publishers write it
    below a list of a single page.
    """

    spots: tuple[int, ...] = ()
    next_page: str | None = None
    last_page: str | None = None
    pages: int | None = None
    total: int | None = None
    total_at: int = -1
    scripted: bool = False
    plain: bool = False


def read_pager(doc: Doc, footer: int) -> Pager:
    spots: list[int] = []
    numbered: dict[int, str] = {}
    following = last = arrow = None
    for link in (*doc.links, *(Link(node, doc.line(node), "") for node in doc.tags("button"))):
        node = link.node
        if len(link.text) > 12 or node.start > footer:
            continue
        label = _label(link.text)
        if label.isdecimal() and len(label) <= _NUMBER and link.url:
            numbered[int(label)] = link.url
        if not label and node.attrs.get("title") in _TITLES:
            label = node.get("title")
        if label in _NEXT or label in _LAST or (label in _FIRST and label != "首页"):
            spots.append(node.index)
            target = link.url
            if label in _NEXT and target and following is None:
                following = target
            elif label in _LAST and target and last is None:
                last = target
                arrow = target if label == _ARROW else None
    if arrow is not None and following is None and _leads_on(arrow, numbered):
        following, last = arrow, None
    pages = total = None
    scripted = False
    for script in doc.tags("script"):
        if "createPage" in script.data and (match := _SCRIPTED.search(script.data)):
            spots.append(script.index)
            if "//" in script.data[script.data.rfind("\n", 0, match.start()) + 1 : match.start()]:
                continue  # a call that is commented out counts nothing; another script draws the pager
            scripted = True
            pages = int(match[1])
            following, last = _scripted_pages(doc, match, following, last)
            if match[5] is not None:
                total = int(match[5])
    total_at = -1
    for match in doc.matches(_TOTAL, 0, footer):
        number = int(match[1] or match[2])
        if number or not _is_sentence(doc, match):
            total, total_at = number, match.start()
    if pages is None:
        counts = (match for match in _counts(doc, footer) if match[0][0] in "共第页总当" or spots)
        pages = next((int(match[1] or match[2] or match[3]) for match in counts), None)
    written = None if spots else _plain_label(doc, footer)
    if written is not None:
        spots.append(written.index)
    spots.sort()
    return Pager(tuple(spots), following, last, pages, total, total_at, scripted, plain=written is not None)


def _is_sentence(doc: Doc, match: re.Match[str]) -> bool:
    """Whether a count of none is what a text reports, such as 行政处罚共0件，行政强制共0件."""
    start = doc.text.rfind("\n", 0, match.start()) + 1
    stop = doc.text.find("\n", match.end())
    line = doc.text[start : stop if stop >= 0 else len(doc.text)]
    if match[0][0] not in "共总合" or "页" in line:
        return False
    of_something = match[0][-1] in _DONE and _OF.search(doc.text[start : match.start()]) is not None
    return of_something or _PAUSE.search(line) is not None


def _leads_on(arrow: str, numbered: dict[int, str]) -> bool:
    """Whether a double arrow that no single one accompanies leads to the next page rather than to the last: among numbers
    it leads to one that others follow."""
    return not numbered or any(url == arrow and number < max(numbered) for number, url in numbered.items())


def _plain_label(doc: Doc, footer: int) -> Node | None:
    """The first text of a pager of which no label is a link and none listens to clicks."""
    for match in doc.matches(_PLAIN, 0, footer):
        first, last = (bisect_right(doc.text_starts, at) for at in (match.start(), match.end() - 1))
        labels = doc.texts[first - 1 : last]
        if labels and not any("onclick" in around.attrs for node in labels for around in islice(node.ancestors(), 2)):
            return labels[0]
    return None


@lru_cache(maxsize=4096)
def _label(text: str) -> str:
    return text.replace(" ", "").lower()


def _counts(doc: Doc, footer: int) -> Iterator[re.Match[str]]:
    end = 0
    for sign in doc.matches(_COUNT_SIGN, 0, footer):
        reach = min(footer, sign.end() + _COUNT_REACH)
        match = _COUNT.search(doc.text, max(end, sign.start() - _COUNT_REACH), reach)
        if match and match.start() <= sign.start():
            yield match
            end = match.end()


def _scripted_pages(
    doc: Doc, match: re.Match[str], following: str | None, last: str | None
) -> tuple[str | None, str | None]:
    """createPageHTML(4, 0, "index", "html"): page 0 is index.html, page 3 is index_3.html."""
    pages, current, name, ending = int(match[1]), int(match[2]), match[3], match[4]
    if not name or not ending or pages < 2 or pages > 10_000:
        return following, last
    from_one = match[5] is not None  # the variant that also counts entries numbers pages from 1
    if current + 1 < pages + from_one:
        following = following or doc.absolute(f"{name}_{current + 1}.{ending}") or None
    return following, last or doc.absolute(f"{name}_{pages - 1 + from_one}.{ending}") or None


def is_pager_text(text: str) -> bool:
    """Whether a label is a pager's own: a number, or a word such as 下一页."""
    label = text.replace(" ", "").lower()
    return label.isdigit() or label in _NEXT or label in _LAST or label in _FIRST


def after(pager: Pager, doc: Doc, end: int, stop: int) -> int:
    """Where in the text a pager stands shortly after the node index ``end`` (text position ``stop``); -1: nowhere."""
    for spot in pager.spots:
        if spot >= end:
            start = doc.nodes[spot].start
            return start if start - stop <= 80 else -1
    return -1
